package io.journeyman.workflows.feedback;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.workflows.StaffMay;
import io.journeyman.workflows.checkout.Checkout.Progress;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;

/**
 * {@code feedback-<orderId>}: some days after all of an order has come, its customer is asked, once, what they think of what they keep.
 * Whether they answer nobody waits for.
 */
@WorkflowInterface
public interface Feedback {
    static String workflowId(OrderId order) {
        return "feedback-" + order.value();
    }

    /** Completed once the customer is asked, or is not to be; failed when nobody could find out for two weeks. */
    @WorkflowMethod(name = "Feedback")
    JourneyStatus ask(Request request);

    /** What pauses before it is tried again is tried at once. Answers a code: retrying, or nothing_to_retry. */
    @UpdateMethod(name = "retryNow")
    String retryNow();

    /** The customer is not asked about this order. Answers a code: cancelling, or too_late. */
    @UpdateMethod(name = "cancel")
    String cancel(String reason);

    /** Nobody waits for it. Answers a code: not_waiting. */
    @UpdateMethod(name = "extend")
    String extend(Instant until);

    @QueryMethod(name = "progress")
    Progress progress();

    @QueryMethod(name = "staffMay")
    StaffMay staffMay();

    record Request(
            OrderId orderId, ConversationId conversationId, CustomerId customerId, String channel, Money total) {}
}
