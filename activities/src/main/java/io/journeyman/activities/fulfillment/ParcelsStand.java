package io.journeyman.activities.fulfillment;

import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a shipment's parcels are: ids, codes and days, and nothing of what is in them.
 *
 * @param newsExpectedAt when there may be more to hear; empty when nobody knows
 * @param collection of what its customer collects in a store
 */
public record ParcelsStand(
        boolean cancelled, List<Standing> parcels, Optional<Instant> newsExpectedAt, Optional<Kept> collection) {
    /** What a store keeps. @param store its name @param pickupCode what its customer shows there */
    public record Kept(String store, CollectionStatus status, String pickupCode, Instant keepUntil) {}

    /**
     * @param due when it comes, as far as one knows
     * @param told what its carrier told, in the order in which it happened
     * @param awaitedOn the day on which its pieces are due in the shop, as long as they are not here
     * @param calledOff whether these pieces are announced no more
     */
    public record Standing(
            ParcelId parcelId,
            ParcelStatus status,
            LocalDate due,
            List<ParcelEvent> told,
            Optional<LocalDate> awaitedOn,
            boolean calledOff) {
        /** A parcel whose pieces are here. */
        public Standing(ParcelId parcelId, ParcelStatus status, LocalDate due, List<ParcelEvent> told) {
            this(parcelId, status, due, told, Optional.empty(), false);
        }
    }

    /** Whether any of its parcels waits for pieces that are to come. */
    public boolean awaits() {
        return parcels.stream().anyMatch(ParcelsStand::waits);
    }

    public static ParcelsStand of(Shipment shipment) {
        return of(shipment, Set.of());
    }

    /** @param calledOff variants that are announced no more */
    static ParcelsStand of(Shipment shipment, Set<Sku> calledOff) {
        return new ParcelsStand(
                shipment.status() == ShipmentStatus.cancelled,
                shipment.parcels().stream()
                        .map(parcel -> standing(parcel, calledOff))
                        .toList(),
                shipment.newsExpectedAt(),
                shipment.collection()
                        .map(kept -> new Kept(
                                kept.storeName().orElse(kept.storeId().value()),
                                kept.status(),
                                kept.pickupCode(),
                                kept.keepUntil())));
    }

    private static Standing standing(Parcel parcel, Set<Sku> calledOff) {
        return new Standing(
                parcel.parcelId(),
                parcel.status(),
                parcel.expectedDate().orElse(parcel.promisedDate()),
                parcel.events(),
                parcel.awaitedOn(),
                parcel.awaitedOn().isPresent()
                        && parcel.lines().stream().map(ParcelLine::sku).anyMatch(calledOff::contains));
    }

    private static boolean waits(Standing parcel) {
        return parcel.awaitedOn().isPresent() && parcel.status() == ParcelStatus.created;
    }
}
