package io.journeyman.workflows.returns;

import static io.journeyman.workflows.WorkflowTime.now;

import io.journeyman.activities.fulfillment.FulfillmentActivities;
import io.journeyman.activities.inventory.HoldOutcome;
import io.journeyman.activities.inventory.InventoryActivities;
import io.journeyman.activities.returns.ReturnActivities;
import io.journeyman.contracts.Fulfillment.SentBackBecause;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Forward;
import io.journeyman.workflows.delivery.Delivery;
import io.journeyman.workflows.delivery.DeliveryStart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What goes back to the customer of a return, once, in a shipment of its own: another piece out of stock for one that failed, their own
 * that was repaired, or what the shop did not take. Hold, allocation and shipment have the return's id; those of a try that was undone
 * are never used again, and the next one adds a point and its number.
 */
final class BackParcel {
    /** A hold that is forgotten, because a later step fails for good, is over by itself. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Return.Request request;
    private final OrderId order;
    private final Forward forward;
    private final Map<String, String> facts;
    private final Predicate<HoldId> sells;
    private final InventoryActivities stock = Calls.quickAgent(InventoryActivities.class, "Stock of the replacement");
    private final FulfillmentActivities parcels =
            Calls.quickAgent(FulfillmentActivities.class, "Parcel back to the customer");
    private final ReturnActivities records = Calls.quickAgent(ReturnActivities.class, "Record of the return");
    private final DeliveryStart deliveries = Calls.quickAgent(DeliveryStart.class, "The parcel may leave");

    private int tried = 1;

    /** @param sells allocates a hold, if its pieces are still there */
    BackParcel(
            Return.Request request,
            OrderId order,
            Forward forward,
            Map<String, String> facts,
            Predicate<HoldId> sells) {
        this.request = request;
        this.order = order;
        this.forward = forward;
        this.facts = facts;
        this.sells = sells;
    }

    /**
     * Pieces of the same variants for those that failed, and with them what was not taken.
     *
     * @return false when there are none, and nothing is kept or sent
     */
    boolean replace(List<StockLine> failed, List<StockLine> own) {
        var hold = new HoldId(id().value());
        switch (forward.atLast(() -> stock.holdReplacement(hold, failed, now().plus(KEPT)))) {
            case HoldOutcome.OutOfStock none -> {
                return false;
            }
            case HoldOutcome.Gone undone -> {
                tried++;
                return false;
            }
            case HoldOutcome.Held ours -> {}
        }
        var tracking = create(SentBackBecause.replaced, failed, own);
        if (!sells.test(hold)) {
            forward.atLast(() -> parcels.cancelShipment(id()));
            forward.atLast(() -> stock.releaseHold(hold));
            tried++;
            return false;
        }
        leave(SentBackBecause.replaced, tracking);
        return true;
    }

    /** Their own pieces. */
    void give(SentBackBecause because, List<StockLine> own) {
        leave(because, create(because, List.of(), own));
    }

    private String create(SentBackBecause because, List<StockLine> replaced, List<StockLine> own) {
        return forward.atLast(
                () -> parcels.sendBack(id(), request.returnId(), order, request.customerId(), because, replaced, own));
    }

    private void leave(SentBackBecause because, String tracking) {
        forward.atLast(() -> deliveries.start(new Delivery.Request(
                order,
                id(),
                request.conversationId(),
                request.customerId(),
                request.channel(),
                new Money(0, request.refund().currency()),
                Optional.of(new Delivery.SentBack(request.returnId(), because)))));
        forward.atLast(() -> records.recordSentBack(request.returnId(), tracking));
        facts.put("trackingId", tracking);
    }

    private OrderId id() {
        var id = request.returnId().value();
        return new OrderId(tried == 1 ? id : id + "." + tried);
    }
}
