package io.journeyman.workflows.delivery;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Journey;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * {@code delivery-<orderId>}: the parcels of a confirmed order, from the shop to its customer, who hears once of each thing that
 * happens to them; or what a store keeps for the customer to collect. It moves no money, and whatever it meets, the order stays what it is;
 * what nobody collects is undone by a cancellation, which it starts.
 *
 * <p>Tried again, it looks at once. Staff cancel it once they have settled with the customer what could not be delivered, and nobody waits for
 * it any more: what travels answers too_late. Of what waits in a store for its customer the end can be put off; whether that, or the end, came
 * first, the fulfillment agent decides, so that it may answer agent_unavailable too. What travels has the days that its carrier names: not_waiting.
 */
@WorkflowInterface
public interface Delivery extends Journey {
    static String workflowId(OrderId order) {
        return "delivery-" + order.value();
    }

    /** From workflow code: has the order's delivery look at its parcels at once; false when there is none that runs. */
    static boolean hurry(OrderId order) {
        return Calls.reaches(Workflow.newExternalWorkflowStub(Delivery.class, workflowId(order))::parcelMoved);
    }

    @WorkflowMethod(name = "Delivery")
    JourneyStatus deliver(Request request);

    /** There may be news of a parcel: it is looked for at once. */
    @SignalMethod(name = "parcelMoved")
    void parcelMoved();

    /** @param shipment under which the parcels were created: the order's id, and for a later run of its checkout one of its own */
    record Request(
            OrderId orderId,
            OrderId shipment,
            ConversationId conversationId,
            CustomerId customerId,
            String channel,
            Money total) {}
}
