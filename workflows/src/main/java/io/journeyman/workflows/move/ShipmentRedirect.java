package io.journeyman.workflows.move;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.fulfillment.AddressOutcome;
import io.journeyman.activities.fulfillment.FulfillmentActivities;
import io.journeyman.activities.orders.OrderActivities;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Sku;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.JourneyAttributes;
import io.journeyman.workflows.PromptJourney;
import io.journeyman.workflows.Uncancelled;
import io.journeyman.workflows.delivery.Delivery;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Map;
import java.util.stream.Collectors;

/** One step decides: the fulfillment agent sends elsewhere what has not left, or its carrier was first with all of it. Then the order's record says so. */
public final class ShipmentRedirect extends PromptJourney implements AddressMove {
    private final Request request;
    private final AddressChangeId id;
    private final FulfillmentActivities parcels = Calls.quickAgent(FulfillmentActivities.class, "Parcels of the order");
    private final OrderActivities orders = Calls.quickAgent(OrderActivities.class, "Record of the order");

    @WorkflowInit
    public ShipmentRedirect(Request request) {
        super(
                request.conversationId(),
                AddressMove.workflowId(request.changeId()),
                "AddressChange",
                "address_change_stuck");
        this.request = request;
        this.id = request.changeId();
        facts.put("changeId", id.value());
    }

    /** Who cancels the workflow in Temporal's UI is not heard: it is over within moments. */
    @Override
    public JourneyStatus move(Request same) {
        return Uncancelled.run(this::run);
    }

    private JourneyStatus run() {
        return switch (forward.atLast(() -> parcels.changeAddress(id, request.quoteId()))) {
            case AddressOutcome.Changed changed -> {
                isAbout(changed.order());
                facts.put("due", changed.due().toString());
                forward.atLast(() -> orders.recordAddress(id, request.quoteId()));
                tellDelivery(changed.order());
                changed.staying()
                        .ifPresent(gone -> facts.put(
                                "staying", gone.stream().map(Sku::value).collect(Collectors.joining(" "))));
                yield ends(
                        JourneyStatus.completed,
                        changed.staying().isPresent() ? "address_changed_in_part" : "address_changed");
            }
            case AddressOutcome.Refused refused -> {
                isAbout(refused.order());
                yield ends(
                        JourneyStatus.failed,
                        refused.code().equals("option_gone") ? "address_not_served" : "address_change_too_late");
            }
        };
    }

    private void isAbout(OrderId order) {
        facts.put("orderId", order.value());
        Workflow.upsertTypedSearchAttributes(JourneyAttributes.ORDER_ID.valueSet(order.value()));
    }

    /** Its parcels may come on other days. */
    private static void tellDelivery(OrderId order) {
        if (!Delivery.hurry(order)) {
            Workflow.getLogger(ShipmentRedirect.class).info("Nothing of {} is being delivered", order);
        }
    }

    private JourneyStatus ends(JourneyStatus status, String code) {
        story.ends(status, code, Map.copyOf(facts));
        return status;
    }
}
