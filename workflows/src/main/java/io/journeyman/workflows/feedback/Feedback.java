package io.journeyman.workflows.feedback;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.workflows.Journey;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * {@code feedback-<orderId>}: some days after all of an order has come, its customer is asked, once, what they think of what they keep.
 * Whether they answer nobody waits for.
 *
 * <p>Cancelled, the customer is not asked about this order. Nobody waits for it, so extending it answers not_waiting.
 */
@WorkflowInterface
public interface Feedback extends Journey {
    static String workflowId(OrderId order) {
        return "feedback-" + order.value();
    }

    /** Completed once the customer is asked, or is not to be; failed when nobody could find out for two weeks. */
    @WorkflowMethod(name = "Feedback")
    JourneyStatus ask(Request request);

    record Request(
            OrderId orderId, ConversationId conversationId, CustomerId customerId, String channel, Money total) {}
}
