package io.journeyman.fulfillment.collection;

import io.journeyman.contracts.Fulfillment.CollectionPoint;
import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.Fulfillment.HandOver;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.StoreCollection;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Problem;
import io.journeyman.fulfillment.collection.OrderCollectionTable.Kept;
import io.journeyman.fulfillment.delivery.DeliveryDesk;
import io.journeyman.fulfillment.parcel.Parcels;
import io.journeyman.kit.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * What stores keep for orders that their customers collect. Whether it is handed over, or its pieces are taken out again, is decided under
 * the lock of its shipment's row, once and for ever: whoever comes second is told what became of it. Each method runs in the caller's
 * transaction.
 */
public final class OrderCollections {
    /** A code that the store has given already is drawn again, this often. */
    private static final int DRAWS = 5;

    /** Whoever ends it at its last moment may have a clock that is ahead of ours by so much. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /** So much longer than it would be kept otherwise, in all: what waits for one customer is kept from all others. */
    private static final Duration MOST_LONGER = Duration.ofDays(3);

    private final Supplier<String> codes;
    private final Parcels parcels;
    private final InstantSource clock;

    /** @param codes draws pickup codes, {@link PickupCode#draw} */
    public OrderCollections(Supplier<String> codes, Parcels parcels, InstantSource clock) {
        this.codes = codes;
        this.parcels = parcels;
        this.clock = clock;
    }

    /** Of a shipment that was just created. */
    public void create(Handle handle, OrderId order, CollectionPoint at) {
        var table = handle.attach(OrderCollectionTable.class);
        for (int draw = 0; draw < DRAWS; draw++) {
            if (table.create(order, at.storeId(), codes.get(), at.keepUntil(), clock.instant())) {
                return;
            }
        }
        throw new IllegalStateException("every pickup code drawn for order " + order + " was taken");
    }

    /** Whether it is collected in that store; empty: in none. */
    public boolean isIn(Handle handle, OrderId order, Optional<LocationId> store) {
        return handle.attach(OrderCollectionTable.class).store(order).equals(store);
    }

    /** @param order under which its shipment was created */
    public Optional<StoreCollection> of(Handle handle, OrderId order) {
        return handle.attach(OrderCollectionTable.class).find(order).map(OrderCollections::told);
    }

    /** @param order as its customer knows it @throws ProblemException unknown_collection */
    public StoreCollection find(Handle handle, OrderId order) {
        return handle.attach(OrderCollectionTable.class)
                .of(order)
                .flatMap(shipment -> of(handle, shipment))
                .orElseThrow(OrderCollections::unknown);
    }

    /** The store has set it aside. One that was picked up already is answered as it is. @throws ProblemException unknown_collection, not_collected, cancelled */
    public StoreCollection ready(Handle handle, OrderId order) {
        Kept kept = lock(handle, order);
        requireKept(kept);
        if (kept.status() == ParcelStatus.created) {
            happens(handle, kept, "ready", ParcelEventStatus.ready);
        }
        return of(handle, kept.orderId()).orElseThrow();
    }

    /**
     * The store keeps it longer, never shorter, also when its time is over and nobody has taken it out yet. One that was picked up is
     * answered as it is.
     *
     * @throws ProblemException unknown_collection, not_collected, cancelled, too_far
     */
    public StoreCollection keep(Handle handle, OrderId order, Instant until) {
        Kept kept = lock(handle, order);
        requireKept(kept);
        if (until.isAfter(keptAnyway(kept).plus(MOST_LONGER))) {
            throw problem(
                    "too_far",
                    "It is kept three days longer at most than its customer was told.",
                    "Choose an earlier time.");
        }
        if (kept.status() != ParcelStatus.delivered) {
            handle.attach(OrderCollectionTable.class).keepLonger(kept.orderId(), until);
        }
        return of(handle, kept.orderId()).orElseThrow();
    }

    /** The customer is there, and says the code. @throws ProblemException unknown_collection, not_collected, cancelled, wrong_code */
    public StoreCollection handOver(Handle handle, OrderId order, HandOver said) {
        Kept kept = lock(handle, order);
        requireKept(kept);
        if (!kept.pickupCode().equalsIgnoreCase(said.pickupCode().strip())) {
            throw problem(
                    "wrong_code",
                    "That is not the code of this order.",
                    "Ask the customer for the code in their chat.");
        }
        if (kept.status() != ParcelStatus.delivered) {
            happens(handle, kept, "picked-up", ParcelEventStatus.delivered);
        }
        return of(handle, kept.orderId()).orElseThrow();
    }

    private void happens(Handle handle, Kept kept, String event, ParcelEventStatus status) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        parcels.happened(
                handle,
                kept.orderId(),
                kept.parcelId(),
                new ParcelEvent(event, status, now, Optional.empty(), Optional.empty()));
    }

    private static Kept lock(Handle handle, OrderId order) {
        var table = handle.attach(OrderCollectionTable.class);
        return table.lock(order).flatMap(table::find).orElseThrow(OrderCollections::unknown);
    }

    private static void requireKept(Kept kept) {
        switch (status(kept)) {
            case waiting, ready, picked_up -> {}
            case not_collected ->
                throw problem(
                        "not_collected",
                        "Nobody collected it in time: the order is undone, and its pieces are the store's again.",
                        "Offer the customer to order it again.");
            case cancelled ->
                throw problem(
                        "cancelled",
                        "That order was cancelled: its pieces are the store's again.",
                        "Offer the customer to order it again.");
        }
    }

    private static StoreCollection told(Kept kept) {
        return new StoreCollection(
                kept.orderId(), kept.storeId(), kept.storeName(), status(kept), kept.pickupCode(), keptUntil(kept));
    }

    private static CollectionStatus status(Kept kept) {
        return switch (kept.status()) {
            case ready -> CollectionStatus.ready;
            case delivered -> CollectionStatus.picked_up;
            case cancelled -> isOver(kept) ? CollectionStatus.not_collected : CollectionStatus.cancelled;
            case created, handed_over, in_transit, out_for_delivery, delayed, delivery_failed ->
                CollectionStatus.waiting;
        };
    }

    /** Its pieces were taken out because its time was over, not before. */
    private static boolean isOver(Kept kept) {
        return kept.readyAt().isPresent()
                && kept.takenOutAt()
                        .filter(at -> !at.plus(CLOCKS_DIFFER).isBefore(keptUntil(kept)))
                        .isPresent();
    }

    private static Instant keptUntil(Kept kept) {
        Instant anyway = keptAnyway(kept);
        return kept.keptLongerUntil().filter(anyway::isBefore).orElse(anyway);
    }

    /** What was ready late is kept longer than its customer was told first. */
    private static Instant keptAnyway(Kept kept) {
        return kept.readyAt()
                .flatMap(ready ->
                        kept.closes().map(LocalTime::parse).map(closes -> DeliveryDesk.keptUntil(ready, closes)))
                .filter(until -> until.isAfter(kept.keepUntil()))
                .orElse(kept.keepUntil());
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.of(
                404,
                "unknown_collection",
                "No store keeps anything for an order of that number, as far as it is confirmed.",
                "Look at the number again."));
    }

    private static ProblemException problem(String code, String detail, String suggestion) {
        return new ProblemException(Problem.of(409, code, detail, suggestion));
    }
}
