package io.journeyman.inventory.delivery;

import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.Inventory.AnnounceDelivery;
import io.journeyman.contracts.Inventory.AnnouncedLine;
import io.journeyman.contracts.Inventory.Delivery;
import io.journeyman.contracts.Inventory.DeliveryLine;
import io.journeyman.contracts.Inventory.DeliveryStatus;
import io.journeyman.contracts.Inventory.Waiting;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.delivery.DeliveryTable.StandingDelivery;
import io.journeyman.inventory.promise.Promises;
import io.journeyman.inventory.stock.Assortment;
import io.journeyman.inventory.stock.StockLines;
import io.journeyman.inventory.stock.StockLines.Pieces;
import io.journeyman.kit.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What is to come, and when: expected → received, in one receipt or several, or cancelled. It may be announced anew, later or
 * smaller, as often as suppliers change their minds. Its day is told, and as much of it as the shop allows may be promised before it
 * is there. Cancelled is for ever, also when it comes before the announcement.
 */
public final class Deliveries {
    private static final int MOST_SHOWN = 200;

    private final InstantSource clock;

    public Deliveries(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Where it brings fewer than were promised, the newest promises go to the next delivery that has room.
     *
     * @throws ProblemException unknown_location, unknown_variant, line_twice, delivery_begun
     */
    public Delivery announce(Handle handle, DeliveryId id, AnnounceDelivery wanted) {
        var table = handle.attach(DeliveryTable.class);
        StockLines lines = StockLines.ofAnnounced(wanted.lines());
        Assortment.require(handle, wanted.locationId());
        Assortment.require(handle, lines.skus());
        Instant now = clock.instant();
        boolean first = table.open(
                id, DeliveryStatus.expected, Optional.of(wanted.locationId()), Optional.of(wanted.dueOn()), now);
        StandingDelivery standing = table.lock(id).orElseThrow();
        if (standing.status() != DeliveryStatus.cancelled) {
            List<Sku> skus = Stream.concat(table.lines(id).stream().map(DeliveryLine::sku), lines.skus().stream())
                    .distinct()
                    .toList();
            Promises.lock(handle, skus);
            if (!first && !standing.location().equals(Optional.of(wanted.locationId())) && table.bringsTheRest(id)) {
                throw begun();
            }
            keepWhatComes(handle, id, table.lines(id), lines, now);
            table.move(id, wanted.locationId(), wanted.dueOn(), now);
            table.announce(id, lines.skus(), lines.units());
            allow(table, id, wanted.lines());
            table.settle(id, now);
            Promises.settle(handle, skus, now);
        }
        return find(handle, id);
    }

    /** Promises beyond what is to come from now on are taken off, the newest first. */
    private static void keepWhatComes(
            Handle handle, DeliveryId id, List<DeliveryLine> before, StockLines announced, Instant now) {
        Map<Sku, Integer> units = announced.all().stream().collect(Collectors.toMap(Pieces::sku, Pieces::units));
        for (DeliveryLine line : before) {
            int toCome = Math.max(0, units.getOrDefault(line.sku(), 0) - line.received());
            if (line.waiting() > toCome) {
                Promises.cut(handle, id, line.sku(), toCome, now);
            }
        }
    }

    /** Where it is not said how many may be promised, that stays as it is. */
    private static void allow(DeliveryTable table, DeliveryId id, List<AnnouncedLine> lines) {
        List<AnnouncedLine> said =
                lines.stream().filter(line -> line.promisable().isPresent()).toList();
        table.allow(
                id,
                said.stream().map(AnnouncedLine::sku).toList(),
                said.stream().map(line -> line.promisable().orElseThrow()).toList());
    }

    /**
     * What has not come is expected no more; what came stays, and a delivery that is received stays so. Who waits for it gets pieces of
     * the next delivery that has room.
     */
    public Delivery cancel(Handle handle, DeliveryId id) {
        var table = handle.attach(DeliveryTable.class);
        Instant now = clock.instant();
        boolean first = table.open(id, DeliveryStatus.cancelled, Optional.empty(), Optional.empty(), now);
        if (!first && table.lock(id).orElseThrow().status() == DeliveryStatus.expected) {
            List<DeliveryLine> lines = table.lines(id);
            List<Sku> skus = lines.stream().map(DeliveryLine::sku).toList();
            Promises.lock(handle, skus);
            table.cancel(id, now);
            skus.forEach(sku -> Promises.cut(handle, id, sku, 0, now));
            Promises.settle(handle, skus, now);
        }
        return find(handle, id);
    }

    /** @throws ProblemException unknown_delivery */
    public Waiting waiting(Handle handle, DeliveryId id) {
        Delivery delivery = find(handle, id);
        return new Waiting(
                delivery.lines().stream().mapToInt(DeliveryLine::waiting).sum(),
                handle.attach(DeliveryTable.class).waiting(id, MOST_SHOWN));
    }

    /** @throws ProblemException unknown_delivery */
    public Delivery find(Handle handle, DeliveryId id) {
        return standing(handle, id).orElseThrow(Deliveries::unknown);
    }

    /** Keeps them as they stand until the transaction ends; in their order, so that no two callers wait for each other. */
    public void lock(Handle handle, Collection<DeliveryId> ids) {
        var table = handle.attach(DeliveryTable.class);
        ids.stream().distinct().sorted(Comparator.comparing(DeliveryId::value)).forEach(table::lock);
    }

    public Optional<Delivery> standing(Handle handle, DeliveryId id) {
        var table = handle.attach(DeliveryTable.class);
        return table.find(id)
                .map(delivery -> new Delivery(
                        delivery.id(), delivery.status(), delivery.location(), delivery.dueOn(), table.lines(id)));
    }

    /** @throws ProblemException unknown_delivery */
    public void require(Handle handle, DeliveryId id) {
        known(handle.attach(DeliveryTable.class).find(id));
    }

    /**
     * A receipt says that this much of it came; more than was announced, or something else, may come too.
     *
     * @return what of it belongs to those who wait, once it is in stock
     * @throws ProblemException delivery_cancelled, delivery_elsewhere
     */
    public StockLines came(Handle handle, DeliveryId id, LocationId where, StockLines lines) {
        var table = handle.attach(DeliveryTable.class);
        StandingDelivery delivery = known(table.lock(id));
        if (delivery.status() == DeliveryStatus.cancelled) {
            throw new ProblemException(Problem.of(
                    409,
                    "delivery_cancelled",
                    "That delivery was cancelled.",
                    "Book the receipt without a delivery, if the goods came all the same."));
        }
        if (!delivery.location().equals(Optional.of(where))) {
            throw new ProblemException(Problem.of(
                    409,
                    "delivery_elsewhere",
                    "That delivery was announced for another place.",
                    "Announce it anew for this one first."));
        }
        Promises.lock(handle, lines.skus());
        var promised = new StockLines(table.came(id, lines.skus(), lines.units()));
        table.settle(id, clock.instant());
        return promised;
    }

    private static ProblemException begun() {
        return new ProblemException(Problem.of(
                409,
                "delivery_begun",
                "Somebody who waits for that delivery has a part of their pieces at its place already.",
                "Announce what comes elsewhere as another delivery."));
    }

    private static StandingDelivery known(Optional<StandingDelivery> delivery) {
        return delivery.orElseThrow(Deliveries::unknown);
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.of(404, "unknown_delivery", "There is no such delivery."));
    }
}
