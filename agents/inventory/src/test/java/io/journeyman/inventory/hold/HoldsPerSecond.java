package io.journeyman.inventory.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.stock.GoodsLedger;
import io.journeyman.inventory.stock.StockLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.Test;

/**
 * Holds per second of the conditional update that {@link StockLedger#hold} is, beside one that reads the row FOR UPDATE, decides,
 * and writes. Not part of the suite, since it proves nothing: it prints what this machine does.
 *
 * <pre>
 * mvn test -pl agents/inventory -am -Dtest=HoldsPerSecond -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * <p>Both write the same rows in the same transactions over the agent's eight connections. The tests' Postgres does not wait for
 * its disk; one that does keeps a hot row locked for longer, in both ways.
 */
class HoldsPerSecond {
    private static final int CLIENTS = 32;

    /** Many short ones, one way after the other, so that whatever else the machine does meets both. */
    private static final int ROUNDS = 40;

    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration ROUND = Duration.ofMillis(250);
    private static final LocationId WAREHOUSE = TestShop.WAREHOUSE;
    private static final AtomicLong HOLDS = new AtomicLong();

    /** How a piece is set aside. */
    private enum Way {
        conditional_update {
            @Override
            boolean hold(Handle handle, HoldId hold, Sku sku, Instant now) {
                return handle.attach(StockLedger.class).hold(hold, sku, WAREHOUSE, 1, now);
            }
        },
        select_for_update {
            @Override
            boolean hold(Handle handle, HoldId hold, Sku sku, Instant now) {
                var stock = handle.attach(ReadThenWrite.class);
                if (stock.lockFree(sku, WAREHOUSE) < 1) {
                    return false;
                }
                stock.hold(sku, WAREHOUSE);
                stock.write(now, sku, WAREHOUSE, hold);
                return true;
            }
        };

        abstract boolean hold(Handle handle, HoldId hold, Sku sku, Instant now);
    }

    /** The three statements of whoever reads first. */
    interface ReadThenWrite {
        @SqlQuery("""
                SELECT on_hand - held - safety_stock FROM stock WHERE sku = :sku AND location = :location FOR UPDATE
                """)
        int lockFree(Sku sku, LocationId location);

        @SqlUpdate("UPDATE stock SET held = held + 1 WHERE sku = :sku AND location = :location")
        void hold(Sku sku, LocationId location);

        @SqlUpdate("""
                INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, hold_id)
                VALUES (:now, :sku, :location, 'held', 0, 1, :hold)
                """)
        void write(Instant now, Sku sku, LocationId location, HoldId hold);
    }

    /** What all of them want at the same time. */
    private enum Load {
        hot(1, 10_000_000),
        spread(1_000, 10_000_000),
        hot_and_sold_out(1, 0);

        private final int variants;
        private final int units;

        Load(int variants, int units) {
            this.variants = variants;
            this.units = units;
        }
    }

    @Test
    void compare() throws Exception {
        try (var shop = new TestShop()) {
            System.out.printf("%-20s %20s %20s %8s%n", "answers/s", Way.values()[0], Way.values()[1], "ratio");
            for (Load load : Load.values()) {
                List<Sku> skus = stocked(shop, load);
                Map<Way, List<Double>> rates = new EnumMap<>(Way.class);
                for (Way way : Way.values()) {
                    rate(shop, way, skus, WARM_UP);
                }
                for (int round = 0; round < ROUNDS; round++) {
                    for (Way way : Way.values()) {
                        rates.computeIfAbsent(way, w -> new ArrayList<>()).add(rate(shop, way, skus, ROUND));
                    }
                }
                double[] medians = Arrays.stream(Way.values())
                        .mapToDouble(way -> median(rates.get(way)))
                        .toArray();
                System.out.printf("%-20s %20.0f %20.0f %8.2f%n", load, medians[0], medians[1], medians[0] / medians[1]);
            }
            assertThat(shop.brokenRows()).isEmpty();
        }
    }

    private static List<Sku> stocked(TestShop shop, Load load) {
        List<Sku> skus = IntStream.range(0, load.variants)
                .mapToObj(i -> shop.newVariant(load.name(), String.valueOf(i), "blue"))
                .toList();
        shop.jdbi()
                .useHandle(handle -> handle.attach(GoodsLedger.class)
                        .takeIn(
                                MovementKind.received,
                                Optional.empty(),
                                skus,
                                Collections.nCopies(skus.size(), WAREHOUSE),
                                Collections.nCopies(skus.size(), load.units),
                                shop.now()));
        return skus;
    }

    /** Answers per second, good and bad ones, of all clients together. */
    private static double rate(TestShop shop, Way way, List<Sku> skus, Duration time) throws Exception {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        long answers = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    long done = 0;
                    while (System.nanoTime() < end) {
                        Sku sku = skus.get(ThreadLocalRandom.current().nextInt(skus.size()));
                        try (Handle handle = shop.jdbi().open()) {
                            holdOne(handle, way, sku, shop.now());
                        }
                        done++;
                    }
                    return done;
                }));
            }
            for (Future<Long> client : clients) {
                answers += client.get();
            }
        }
        return answers * 1e9 / (System.nanoTime() - start);
    }

    private static void holdOne(Handle handle, Way way, Sku sku, Instant now) {
        var hold = new HoldId("measured-" + HOLDS.incrementAndGet());
        handle.begin();
        handle.attach(HoldTable.class)
                .open(hold, HoldStatus.held, Optional.empty(), now.plus(Duration.ofHours(1)), now);
        if (way.hold(handle, hold, sku, now)) {
            handle.attach(HoldTable.class).addLine(hold, sku, WAREHOUSE, 1);
            handle.commit();
        } else {
            handle.rollback();
        }
    }

    private static double median(List<Double> rates) {
        return rates.stream().sorted().skip(rates.size() / 2).findFirst().orElseThrow();
    }
}
