package io.journeyman.inventory.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.Inventory.RenewHold;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.TestShop.Stock;
import io.journeyman.testing.ContractClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HoldRaceTest {
    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = new TestShop();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(shop.brokenRows()).isEmpty();
    }

    @Test
    void sellsTheLast50UnitsToExactly50Of200BuyersAtOnce() throws Exception {
        Sku sku = shop.variant(30, 15, 5);

        List<Answer> answers = allAtOnce(buyers("spread", sku));

        assertThat50Of200Have(answers);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(30, 30));
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(15, 15));
        assertThat(shop.stock(sku, TestShop.SECOND_STORE)).isEqualTo(new Stock(5, 5));
    }

    @Test
    void sellsTheLast50UnitsOfOnePlaceToExactly50Of200BuyersAtOnce() throws Exception {
        Sku sku = shop.variant(50, 0, 0);

        List<Answer> answers = allAtOnce(buyers("hot", sku));

        assertThat50Of200Have(answers);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(50, 50));
        assertThat(shop.ledger().addsUp()).isTrue();
    }

    private static List<Callable<Answer>> buyers(String name, Sku sku) {
        return IntStream.range(0, 200)
                .<Callable<Answer>>mapToObj(i ->
                        () -> shop.client().post("/holds", shop.hold(new HoldId(name + "-" + i), new Line(sku, 1))))
                .toList();
    }

    private static void assertThat50Of200Have(List<Answer> answers) {
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(50);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .hasSize(150)
                .allSatisfy(answer -> assertThat(answer.problem().code()).isEqualTo("out_of_stock"));
    }

    @Test
    void buyersOfTheSameThingsInAnyOrderNeverWaitForEachOtherInACircle() throws Exception {
        List<Sku> skus =
                IntStream.range(0, 6).mapToObj(i -> shop.variant(40, 20, 0)).toList();

        List<Answer> answers = atOnce(IntStream.range(0, 80)
                .<Callable<Answer>>mapToObj(i -> () -> {
                    var mixed = new ArrayList<>(skus);
                    Collections.shuffle(mixed, new Random(i));
                    Line[] lines = mixed.stream().map(sku -> new Line(sku, 1)).toArray(Line[]::new);
                    return shop.client().post("/holds", shop.hold(new HoldId("circle-" + i), lines));
                })
                .toList());

        assertThat(answers).extracting(Answer::status).containsOnly(201, 409);
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(60);
    }

    @Test
    void expiryAndAllocationNeverBothHappen() throws Exception {
        List<HoldId> ids = new ArrayList<>();
        Sku sku = shop.variant(40, 0, 0);
        for (int i = 0; i < 40; i++) {
            HoldId id = new HoldId("race-" + i);
            shop.client().post("/holds", shop.hold(id, new Line(sku, 1))).as(Hold.class);
            ids.add(id);
        }
        shop.pass(Duration.ofHours(1));
        List<Callable<Answer>> tasks = new ArrayList<>();
        ids.forEach(id -> tasks.add(() -> shop.client().post("/holds/" + id + "/allocate")));
        tasks.add(20, () -> {
            shop.sweep();
            return shop.client().get("/stores");
        });
        tasks.add(0, () -> {
            shop.sweep();
            return shop.client().get("/stores");
        });

        atOnce(tasks);
        shop.sweep();

        long sold =
                ids.stream().filter(id -> status(id) == HoldStatus.allocated).count();
        long expired =
                ids.stream().filter(id -> status(id) == HoldStatus.expired).count();
        assertThat(sold + expired).isEqualTo(40);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock((int) (40 - sold), 0));
    }

    @Test
    void aHoldAndItsReleaseAtTheSameMomentEndWithNothingHeld() throws Exception {
        Sku sku = shop.variant(40, 0, 0);
        List<Callable<Answer>> tasks = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            HoldId id = new HoldId("late-" + i);
            tasks.add(() -> shop.client().post("/holds", shop.hold(id, new Line(sku, 1))));
            tasks.add(() -> shop.client().post("/holds/" + id + "/release"));
        }

        List<Answer> answers = atOnce(tasks);

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(40, 0));
    }

    @Test
    void anyMixtureOfEverythingKeepsThePromises() throws Exception {
        var random = new Random(4);
        List<Sku> skus =
                IntStream.range(0, 4).mapToObj(i -> shop.variant(6, 3, 2)).toList();
        List<Callable<Answer>> tasks = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            HoldId id = new HoldId("mix-" + random.nextInt(40));
            Line line = new Line(skus.get(random.nextInt(4)), 1 + random.nextInt(3));
            int what = random.nextInt(10);
            int minutes = random.nextInt(30);
            tasks.add(() -> switch (what) {
                case 0, 1, 2, 3, 4 -> shop.client().post("/holds", shop.hold(id, line));
                case 5, 6 -> shop.client().post("/holds/" + id + "/allocate");
                case 7 -> shop.client().post("/holds/" + id + "/release");
                case 8 ->
                    shop.client()
                            .post(
                                    "/holds/" + id + "/renew",
                                    new RenewHold(shop.now().plus(Duration.ofHours(2))));
                default -> {
                    shop.pass(Duration.ofMinutes(minutes));
                    shop.sweep();
                    yield shop.client().get("/stores");
                }
            });
        }

        List<Answer> answers = atOnce(tasks);

        assertThat(answers).extracting(Answer::status).containsOnly(200, 201, 409);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .extracting(answer -> answer.problem().code())
                .isSubsetOf("out_of_stock", "hold_gone", "hold_differs");
        long held = shop.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM movement WHERE kind = 'held'")
                        .mapTo(Long.class)
                        .one());
        assertThat(held).as("the mixture held something").isPositive();
    }

    private static HoldStatus status(HoldId id) {
        return shop.client().get("/holds/" + id).as(Hold.class).status();
    }

    /** Runs everything at once, as many in flight as the agent takes. */
    private static List<Answer> atOnce(List<Callable<Answer>> tasks) throws InterruptedException, ExecutionException {
        return run(tasks, 64);
    }

    /** Nobody waits for anybody: all of them are in flight together. */
    private static List<Answer> allAtOnce(List<Callable<Answer>> tasks)
            throws InterruptedException, ExecutionException {
        return run(tasks, tasks.size());
    }

    private static List<Answer> run(List<Callable<Answer>> tasks, int most)
            throws InterruptedException, ExecutionException {
        var atOnce = new Semaphore(most);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> futures = new ArrayList<>();
            for (Callable<Answer> task : tasks) {
                atOnce.acquire();
                futures.add(threads.submit(() -> {
                    try {
                        return task.call();
                    } finally {
                        atOnce.release();
                    }
                }));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }
}
