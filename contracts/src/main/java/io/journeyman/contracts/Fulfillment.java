package io.journeyman.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The records of {@code fulfillment.json}: delivery options, shipments, collection in a store, customers' addresses. */
public interface Fulfillment {
    /**
     * @param address where it goes; empty for what is collected
     * @param stores those that have all of it
     * @param hereOn the day on which it is due in the shop, where it is still to come and is sent then
     */
    record AskDeliveryOptions(
            Optional<Address> address, Money goods, Optional<List<LocationId>> stores, Optional<LocalDate> hereOn) {
        /** For what is here. */
        public AskDeliveryOptions(Optional<Address> address, Money goods, Optional<List<LocationId>> stores) {
            this(address, goods, stores, Optional.empty());
        }
    }

    record DeliveryOptions(List<DeliveryOption> options) {}

    /**
     * @param optionId standard, express or collect; {@code fee} includes GST
     * @param promisedDate by when it comes, or is ready to be collected
     */
    record DeliveryOption(
            String optionId, String label, Money fee, LocalDate promisedDate, Optional<CollectionPoint> collect) {}

    /** A store that hands over what was ordered. @param keepUntil until when it keeps it */
    record CollectionPoint(LocationId storeId, String name, String pincode, Instant keepUntil) {}

    record SavedAddress(Optional<Address> address) {}

    record SaveAddress(Address address) {}

    /** @param address where it goes; of what is collected the store's */
    record CreateShipment(
            OrderId orderId,
            String optionId,
            Address address,
            List<ShippedLine> lines,
            LocalDate promisedDate,
            Optional<CollectAt> collect) {}

    /** @param keepUntil what the customer was told; a store that is ready later keeps it longer */
    record CollectAt(LocationId storeId, Instant keepUntil) {}

    /**
     * @param shipsFrom where the pieces lie; the warehouse when it is not said
     * @param comesOn the day on which they are due in the shop, where they are not here yet
     */
    record ShippedLine(Sku sku, int quantity, Optional<LocationId> shipsFrom, Optional<LocalDate> comesOn) {
        /** Pieces that are here. */
        public ShippedLine(Sku sku, int quantity, Optional<LocationId> shipsFrom) {
            this(sku, quantity, shipsFrom, Optional.empty());
        }
    }

    /** What is known of the pieces that a shipment waits for, each variant once. */
    record AwaitedPieces(List<AwaitedLine> lines) {}

    /**
     * @param shipsFrom where the pieces are since they came
     * @param dueOn the day on which they are due in the shop; empty, as {@code shipsFrom}, where nobody knows any more
     */
    record AwaitedLine(Sku sku, Optional<LocationId> shipsFrom, Optional<LocalDate> dueOn) {}

    /** @param goods what the order's goods cost: above a sum delivery is free */
    record QuoteAddressChange(String trackingId, Address address, Money goods) {}

    /**
     * @param optionId the shipment's own
     * @param feeBefore what that delivery costs to where it goes now, {@code fee} to the other address
     * @param promisedDate by when all of it comes that goes there
     * @param staying what has left already, and comes to where it went; empty where nothing has
     */
    record AddressChangeQuote(
            String optionId,
            String label,
            Money feeBefore,
            Money fee,
            LocalDate promisedDate,
            Optional<List<ParcelLine>> staying) {}

    record ChangeAddress(AddressChangeId changeId, String trackingId, Address address) {}

    /**
     * @param orderId under which the shipment was created
     * @param promisedDate by when all of it comes
     * @param staying what had left before, and comes to where it went; empty where nothing had
     */
    record AddressChange(
            AddressChangeId changeId, OrderId orderId, LocalDate promisedDate, Optional<List<ParcelLine>> staying) {}

    /**
     * Pieces of a cancellation, one withdrawal for each.
     *
     * @param trackingId of the shipment that they are in
     * @param keptUntil of what nobody collected: until when its store kept it; kept longer, nothing is taken out
     */
    record WithdrawPieces(
            CancellationId cancellationId, String trackingId, List<Line> lines, Optional<Instant> keptUntil) {
        /** What its customer does not want any more. */
        public WithdrawPieces(CancellationId cancellationId, String trackingId, List<Line> lines) {
            this(cancellationId, trackingId, lines, Optional.empty());
        }
    }

    /**
     * Pieces that never leave.
     *
     * @param orderId under which their shipment was created
     * @param shipment as it stands without them
     * @param lines each where it lies
     */
    record Withdrawal(
            CancellationId cancellationId, OrderId orderId, ShipmentStatus shipment, List<ShippedLine> lines) {}

    /**
     * @param trackingId of the whole shipment; its parcels are numbered under it
     * @param promisedDate by when all of it comes
     * @param newsExpectedAt when the carrier is asked next; empty when it is not asked: it tells by itself, or there is nothing to tell
     * @param collection of what is collected in a store
     */
    record Shipment(
            OrderId orderId,
            ShipmentStatus status,
            Optional<String> trackingId,
            Optional<LocalDate> promisedDate,
            List<Parcel> parcels,
            Optional<Instant> newsExpectedAt,
            Optional<StoreCollection> collection) {}

    /** shipped: some of it is on its way. delivered: all of it has come. */
    enum ShipmentStatus {
        created,
        shipped,
        delivered,
        cancelled
    }

    /**
     * What goes back to a customer, to the address that they gave last, or to that of the order.
     *
     * @param shipmentId of this shipment
     * @param orderId the order as its customer knows it
     */
    record SendBack(
            OrderId shipmentId,
            ReturnId returnId,
            OrderId orderId,
            CustomerId customerId,
            SentBackBecause because,
            List<ShippedLine> lines) {}

    /** replaced: another piece for one that failed. repaired: their own. refused: what the inspection did not take. */
    enum SentBackBecause {
        replaced,
        repaired,
        refused
    }

    /** The order is confirmed, and its parcels may leave. @param forOrder the order as its customer knows it */
    record SendShipment(OrderId forOrder, CustomerId customerId) {}

    /**
     * @param forOrder the order as its customer knows it, once that is confirmed
     * @param promisedDate what the customer was told first; {@code expectedDate} what the carrier says since it is delayed
     * @param shipsFrom the warehouse or store that it leaves from, where that was said
     * @param events in the order in which they happened
     * @param awaitedOn the day on which its pieces are due in the shop; empty once they are here, and it may leave
     * @param goesTo city and pincode, where parcels of one shipment go to different addresses
     * @param forReturn the return whose customer gets this back; empty for an order's own parcels
     */
    record Parcel(
            ParcelId parcelId,
            Optional<OrderId> forOrder,
            ParcelStatus status,
            Optional<LocationId> shipsFrom,
            Optional<String> shipsFromName,
            List<ParcelLine> lines,
            LocalDate promisedDate,
            Optional<LocalDate> expectedDate,
            List<ParcelEvent> events,
            Optional<LocalDate> awaitedOn,
            Optional<String> goesTo,
            Optional<ReturnId> forReturn) {
        /** One of an order, whose pieces are here, and that goes where all of its shipment goes. */
        public Parcel(
                ParcelId parcelId,
                Optional<OrderId> forOrder,
                ParcelStatus status,
                Optional<LocationId> shipsFrom,
                Optional<String> shipsFromName,
                List<ParcelLine> lines,
                LocalDate promisedDate,
                Optional<LocalDate> expectedDate,
                List<ParcelEvent> events) {
            this(
                    parcelId,
                    forOrder,
                    status,
                    shipsFrom,
                    shipsFromName,
                    lines,
                    promisedDate,
                    expectedDate,
                    events,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    record ParcelLine(Sku sku, int quantity) {}

    /**
     * created and cancelled are the shop's words, ready the store's where it is collected, all others the carrier's. delivered (also:
     * handed over in a store) and cancelled are for ever.
     */
    enum ParcelStatus {
        created,
        ready,
        handed_over,
        in_transit,
        out_for_delivery,
        delivered,
        delayed,
        delivery_failed,
        cancelled;

        /** It is still in the shop, so that its pieces can be taken out again. */
        public boolean isHere() {
            return this == created || this == ready;
        }
    }

    /**
     * What a carrier tells of a parcel.
     *
     * @param eventId the carrier's own, once per parcel
     * @param reason a code such as nobody_home, where there is one to give
     */
    record ParcelEvent(
            String eventId,
            ParcelEventStatus status,
            Instant happenedAt,
            Optional<String> reason,
            Optional<LocalDate> expectedDate) {}

    /** The tool track_parcels: one order of the session's customer, or their latest five. */
    record TrackParcels(Optional<OrderId> orderId, CustomerId customerId) {}

    /** @param sentBack what goes back to the customer after a return or a claim, newest first */
    record TrackedOrders(List<TrackedOrder> orders, List<TrackedSendBack> sentBack) {
        public TrackedOrders(List<TrackedOrder> orders) {
            this(orders, List.of());
        }
    }

    /** A confirmed order's shipment as its customer sees it. */
    record TrackedOrder(
            OrderId orderId,
            ShipmentStatus status,
            Optional<String> trackingId,
            Optional<LocalDate> promisedDate,
            List<Parcel> parcels,
            Optional<StoreCollection> collection) {}

    /** What goes back to a customer as they see it. @param orderId the order of which it was returned */
    record TrackedSendBack(
            ReturnId returnId,
            OrderId orderId,
            SentBackBecause because,
            ShipmentStatus status,
            Optional<String> trackingId,
            Optional<LocalDate> promisedDate,
            List<Parcel> parcels) {}

    /**
     * What a store keeps for a confirmed order.
     *
     * @param orderId under which its shipment was created
     * @param pickupCode what the customer shows in the store
     * @param keepUntil of one that is ready never less than three days after it was; later where staff put it off
     */
    record StoreCollection(
            OrderId orderId,
            LocationId storeId,
            Optional<String> storeName,
            CollectionStatus status,
            String pickupCode,
            Instant keepUntil) {}

    /** The customer is there, and says the code. */
    record HandOver(String pickupCode) {}

    record Origins(List<Origin> origins) {}

    /** A place that parcels leave from. @param opens since when orders are handed over in it; empty where none are */
    record Origin(
            LocationId locationId, String name, String pincode, Optional<String> opens, Optional<String> closes) {}

    /** @param opens since when orders are handed over in it each day, in the shop's time (10:00), {@code closes} until when; both or none */
    record PutOrigin(String name, String pincode, Optional<String> opens, Optional<String> closes) {}

    /** ready: of what is collected in a store, and nothing else is told of that. */
    enum ParcelEventStatus {
        ready,
        handed_over,
        in_transit,
        out_for_delivery,
        delivered,
        delayed,
        delivery_failed
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

    /** ready: the store has set it aside. not_collected: nobody came in time. */
    enum CollectionStatus {
        waiting,
        ready,
        picked_up,
        not_collected,
        cancelled;

        /** Nobody can collect it any more. */
        public boolean isOff() {
            return this == not_collected || this == cancelled;
        }
    }

    /** @param dryRun only answers what would become of each */
    record ImportOrigins(boolean dryRun, List<Origin> rows) {}

    /** @param dryRun only answers what would become of each */
    record ImportAddresses(boolean dryRun, List<CustomerAddress> rows) {}

    /** Where a customer's parcels go. @param givenAt when the customer said so, where it is known */
    record CustomerAddress(
            CustomerId customerId, String name, String line1, String city, String pincode, Optional<Instant> givenAt) {}
}
