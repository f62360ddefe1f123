package io.journeyman.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The records of {@code fulfillment.json}: delivery options, shipments, collection in a store, customers' addresses. */
public interface Fulfillment {
    record AskDeliveryOptions(Address address, Money goods) {}

    record DeliveryOptions(List<DeliveryOption> options) {}

    /** @param optionId standard or express; {@code fee} includes GST */
    record DeliveryOption(String optionId, String label, Money fee, LocalDate promisedDate) {}

    record SavedAddress(Optional<Address> address) {}

    record SaveAddress(Address address) {}

    record CreateShipment(
            OrderId orderId, String optionId, Address address, List<Line> lines, LocalDate promisedDate) {}

    record Shipment(
            OrderId orderId, ShipmentStatus status, Optional<String> trackingId, Optional<LocalDate> promisedDate) {}

    enum ShipmentStatus {
        created,
        shipped,
        delivered,
        cancelled
    }

    record CreateCollection(ReservationId reservationId, LocationId storeId, List<Line> lines, Instant keepUntil) {}

    record KeepCollection(Instant keepUntil) {}

    /** @param pickupCode what the customer shows in the store */
    record Collection(
            ReservationId reservationId,
            CollectionStatus status,
            Optional<LocationId> storeId,
            Optional<String> pickupCode,
            Optional<Instant> keepUntil) {}

    enum CollectionStatus {
        waiting,
        picked_up,
        cancelled
    }

    /** @param dryRun only answers what would become of each */
    record ImportAddresses(boolean dryRun, List<CustomerAddress> rows) {}

    /** Where a customer's parcels go. */
    record CustomerAddress(CustomerId customerId, String name, String line1, String city, String pincode) {}
}
