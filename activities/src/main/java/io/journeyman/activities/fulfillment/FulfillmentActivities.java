package io.journeyman.activities.fulfillment;

import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;

/** Parcels and collections. Address and lines come from the stored quote and never enter the history. */
@ActivityInterface
public interface FulfillmentActivities {
    @ActivityMethod(name = "fulfillment.createShipment")
    FulfillmentOutcome createShipment(OrderId order, QuoteId quote);

    /** Undo of createShipment, valid before it too. */
    @ActivityMethod(name = "fulfillment.cancelShipment")
    void cancelShipment(OrderId order);

    /** The order is confirmed: its parcels may leave. @param shipment under which they were created */
    @ActivityMethod(name = "fulfillment.sendShipment")
    ParcelsStand sendShipment(OrderId shipment, OrderId order, CustomerId customer);

    @ActivityMethod(name = "fulfillment.getShipment")
    ParcelsStand parcels(OrderId shipment);

    /** Hands on what is known of the pieces that the shipment waits for: a parcel whose pieces have come may leave. */
    @ActivityMethod(name = "fulfillment.tellAwaited")
    ParcelsStand tellAwaited(OrderId shipment);

    /** Takes the quote's pieces out of their parcels, all or none: whoever comes first, this or the carrier, has them. */
    @ActivityMethod(name = "fulfillment.withdrawPieces")
    WithdrawalOutcome withdrawPieces(CancellationId cancellation, QuoteId quote, String trackingId);

    /** Sends the shipment to the quote's address, if none of its parcels has left; else answers why not. */
    @ActivityMethod(name = "fulfillment.changeAddress")
    AddressOutcome changeAddress(AddressChangeId change, QuoteId quote);

    @ActivityMethod(name = "fulfillment.createCollection")
    FulfillmentOutcome createCollection(ReservationId reservation, QuoteId quote, Instant keepUntil);

    /** The store keeps it longer, never shorter. */
    @ActivityMethod(name = "fulfillment.keepCollection")
    void keepCollection(ReservationId reservation, Instant keepUntil);

    /**
     * The store keeps a confirmed order longer, never shorter; whoever comes first, this or the end of its time, has its pieces. Answers
     * what became of it: extended, too_late, too_far.
     */
    @ActivityMethod(name = "fulfillment.keepOrder")
    String keepOrder(OrderId order, Instant keepUntil);

    /** The store has set it aside. */
    @ActivityMethod(name = "fulfillment.markReady")
    void markReady(ReservationId reservation);

    @ActivityMethod(name = "fulfillment.markCollected")
    void markCollected(ReservationId reservation);

    /** Undo of createCollection, valid before it too. */
    @ActivityMethod(name = "fulfillment.cancelCollection")
    void cancelCollection(ReservationId reservation);
}
