package io.journeyman.activities.fulfillment;

import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.ParcelId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

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

    /** @param due when it comes, as far as one knows @param told what its carrier told, in the order in which it happened */
    public record Standing(ParcelId parcelId, ParcelStatus status, LocalDate due, List<ParcelEvent> told) {}

    public static ParcelsStand of(Shipment shipment) {
        return new ParcelsStand(
                shipment.status() == ShipmentStatus.cancelled,
                shipment.parcels().stream().map(ParcelsStand::standing).toList(),
                shipment.newsExpectedAt(),
                shipment.collection()
                        .map(kept -> new Kept(
                                kept.storeName().orElse(kept.storeId().value()),
                                kept.status(),
                                kept.pickupCode(),
                                kept.keepUntil())));
    }

    private static Standing standing(Parcel parcel) {
        return new Standing(
                parcel.parcelId(),
                parcel.status(),
                parcel.expectedDate().orElse(parcel.promisedDate()),
                parcel.events());
    }
}
