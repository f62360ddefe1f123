package io.journeyman.workflows.cancellation;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.CancellationReason;
import io.journeyman.contracts.QuoteId;
import io.journeyman.workflows.StaffMay;
import io.journeyman.workflows.checkout.Checkout;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.Optional;

/**
 * {@code cancellation-<cancellationId>}: pieces of a confirmed order, or all of them, are not sent after all; stock, money and points go
 * back. Its checkout has ended by then, and whoever has spoken for a piece owns its money: this journey, or a return.
 */
@WorkflowInterface
public interface Cancellation {
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

    /** Whether a cancellation succeeds is decided at once, so that nothing of it can be cancelled. Answers a code: too_late. */
    @UpdateMethod(name = "cancel")
    String cancel(String reason);

    /** {@link #cancel} for another workflow, which can send no update. */
    @SignalMethod(name = "cancelRequest")
    void cancelRequested(String reason);

    /** What pauses before it is tried again is tried at once. Answers a code: retrying, or nothing_to_retry. */
    @UpdateMethod(name = "retryNow")
    String retryNow();

    /** It waits for no customer. Answers a code: not_waiting. */
    @UpdateMethod(name = "extend")
    String extend(Instant until);

    @QueryMethod(name = "progress")
    Checkout.Progress progress();

    @QueryMethod(name = "staffMay")
    StaffMay staffMay();

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
