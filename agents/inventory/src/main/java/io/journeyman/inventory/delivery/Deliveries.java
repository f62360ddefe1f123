package io.journeyman.inventory.delivery;

import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.Inventory.AnnounceDelivery;
import io.journeyman.contracts.Inventory.Delivery;
import io.journeyman.contracts.Inventory.DeliveryStatus;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Problem;
import io.journeyman.inventory.delivery.DeliveryTable.StandingDelivery;
import io.journeyman.inventory.stock.Assortment;
import io.journeyman.inventory.stock.StockLines;
import io.journeyman.kit.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What is to come, and when: expected → received, in one receipt or several, or cancelled. It may be announced anew, later or
 * smaller, as often as suppliers change their minds. Nothing of it can be held before it is there; its day is told. Cancelled is
 * for ever, also when it comes before the announcement.
 */
public final class Deliveries {
    private final InstantSource clock;

    public Deliveries(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws ProblemException unknown_location, unknown_variant, line_twice */
    public Delivery announce(Handle handle, DeliveryId id, AnnounceDelivery wanted) {
        var table = handle.attach(DeliveryTable.class);
        StockLines lines = StockLines.ofUnits(wanted.lines());
        Assortment.require(handle, wanted.locationId());
        Assortment.require(handle, lines.skus());
        Instant now = clock.instant();
        boolean first = table.open(
                id, DeliveryStatus.expected, Optional.of(wanted.locationId()), Optional.of(wanted.dueOn()), now);
        if (first || table.lock(id).orElseThrow().status() != DeliveryStatus.cancelled) {
            table.move(id, wanted.locationId(), wanted.dueOn(), now);
            table.announce(id, lines.skus(), lines.units());
            table.settle(id, now);
        }
        return find(handle, id);
    }

    /** What has not come is expected no more; what came stays, and a delivery that is received stays so. */
    public Delivery cancel(Handle handle, DeliveryId id) {
        var table = handle.attach(DeliveryTable.class);
        Instant now = clock.instant();
        if (!table.open(id, DeliveryStatus.cancelled, Optional.empty(), Optional.empty(), now)) {
            table.cancel(id, now);
        }
        return find(handle, id);
    }

    /** @throws ProblemException unknown_delivery */
    public Delivery find(Handle handle, DeliveryId id) {
        var table = handle.attach(DeliveryTable.class);
        StandingDelivery delivery = known(table.find(id));
        return new Delivery(delivery.id(), delivery.status(), delivery.location(), delivery.dueOn(), table.lines(id));
    }

    /** @throws ProblemException unknown_delivery */
    public void require(Handle handle, DeliveryId id) {
        known(handle.attach(DeliveryTable.class).find(id));
    }

    /**
     * A receipt says that this much of it came; more than was announced, or something else, may come too.
     *
     * @throws ProblemException delivery_cancelled, delivery_elsewhere
     */
    public void came(Handle handle, DeliveryId id, LocationId where, StockLines lines) {
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
        table.came(id, lines.skus(), lines.units());
        table.settle(id, clock.instant());
    }

    private static StandingDelivery known(Optional<StandingDelivery> delivery) {
        return delivery.orElseThrow(
                () -> new ProblemException(Problem.of(404, "unknown_delivery", "There is no such delivery.")));
    }
}
