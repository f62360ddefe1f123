package io.journeyman.workflows.cancellation;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.CancellationReason;
import io.journeyman.contracts.QuoteId;
import io.journeyman.workflows.ProposedJourney;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Optional;

/**
 * {@code cancellation-<cancellationId>}: pieces of a confirmed order, or all of them, are not sent after all; stock, money and points go
 * back. Its checkout has ended by then, and whoever has spoken for a piece owns its money: this journey, or a return.
 */
@WorkflowInterface
public interface Cancellation extends ProposedJourney {
    static String workflowId(CancellationId id) {
        return "cancellation-" + id.value();
    }

    @WorkflowMethod(name = "Cancellation")
    JourneyStatus cancelPieces(Request request);

    /**
     * Staff have paid the refund out by hand. Answers a code: paid_out, or not_waiting.
     *
     * @param reference by which it is found again
     */
    @UpdateMethod(name = "paidOut")
    String paidOut(String reference);

    /**
     * @param refund what goes back for all its pieces, as the customer confirmed it
     * @param uncollected of an order that nobody collected, so that no customer confirmed it
     */
    record Request(
            CancellationId cancellationId,
            QuoteId quoteId,
            ConversationId conversationId,
            CustomerId customerId,
            String channel,
            Money refund,
            Optional<Uncollected> uncollected) {}

    record Uncollected(OrderId order, CancellationReason because) {}
}
