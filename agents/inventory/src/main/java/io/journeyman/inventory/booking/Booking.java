package io.journeyman.inventory.booking;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.Inventory.AdjustStock;
import io.journeyman.contracts.Inventory.AdjustmentReason;
import io.journeyman.contracts.Inventory.ReceiveStock;
import io.journeyman.contracts.Inventory.SendTransfer;
import io.journeyman.contracts.Inventory.TakeBackReturn;
import io.journeyman.contracts.Inventory.TransferStatus;
import io.journeyman.contracts.LocationId;
import java.time.Instant;
import java.util.Optional;

/**
 * The head of a booking.
 *
 * @param status of a transfer or a return, which have a life; receipts and adjustments are booked, and that is all
 * @param location where it is booked; of a transfer, where it comes from
 * @param destination of a transfer, where it goes
 * @param delivery of a receipt, the announced delivery that it was
 * @param bookedBy the process that asked for it
 */
public record Booking(
        BookingId id,
        Kind kind,
        Optional<TransferStatus> status,
        Optional<LocationId> location,
        Optional<LocationId> destination,
        Optional<DeliveryId> delivery,
        Optional<AdjustmentReason> reason,
        Optional<String> note,
        String bookedBy,
        Instant bookedAt) {

    static Booking of(ReceiveStock receipt, String caller, Instant now) {
        return new Booking(
                receipt.receiptId(),
                Kind.receipt,
                Optional.empty(),
                Optional.of(receipt.locationId()),
                Optional.empty(),
                receipt.deliveryId(),
                Optional.empty(),
                Optional.empty(),
                caller,
                now);
    }

    static Booking of(AdjustStock adjustment, String caller, Instant now) {
        return new Booking(
                adjustment.adjustmentId(),
                Kind.adjustment,
                Optional.empty(),
                Optional.of(adjustment.locationId()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(adjustment.reason()),
                adjustment.note(),
                caller,
                now);
    }

    /** Of counts that come from a file of the shop. */
    static Booking ofCount(BookingId id, LocationId location, String caller, Instant now) {
        return new Booking(
                id,
                Kind.adjustment,
                Optional.empty(),
                Optional.of(location),
                Optional.empty(),
                Optional.empty(),
                Optional.of(AdjustmentReason.counted),
                Optional.of("imported"),
                caller,
                now);
    }

    static Booking of(SendTransfer transfer, String caller, Instant now) {
        return new Booking(
                transfer.transferId(),
                Kind.transfer,
                Optional.of(TransferStatus.in_transit),
                Optional.of(transfer.fromId()),
                Optional.of(transfer.toId()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                caller,
                now);
    }

    /** @param where the place that the return names, or the first one */
    static Booking of(TakeBackReturn back, LocationId where, String caller, Instant now) {
        return new Booking(
                back.returnId(),
                Kind.customer_return,
                Optional.of(TransferStatus.arrived),
                Optional.of(where),
                Optional.empty(),
                Optional.empty(),
                back.damaged().filter(damaged -> damaged).map(damaged -> AdjustmentReason.damaged),
                Optional.empty(),
                caller,
                now);
    }

    /** Says that a transfer or a return was cancelled before it came. */
    static Booking tombstone(BookingId id, Kind kind, String caller, Instant now) {
        return new Booking(
                id,
                kind,
                Optional.of(TransferStatus.cancelled),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                caller,
                now);
    }

    /** Whether it says the same as another one, whoever asked, whenever, and whatever became of it. */
    boolean same(Booking other) {
        return kind == other.kind
                && location.equals(other.location)
                && destination.equals(other.destination)
                && delivery.equals(other.delivery)
                && reason.equals(other.reason)
                && note.equals(other.note);
    }

    public enum Kind {
        receipt,
        adjustment,
        transfer,
        customer_return
    }
}
