package io.journeyman.workflows.cards;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.CardRemovalId;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.QuoteId;
import io.journeyman.workflows.StaffMay;
import io.journeyman.workflows.checkout.Checkout;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;

/** {@code cardremoval-<removalId>}: kept cards are forgotten, as their customer confirmed. No money moves. */
@WorkflowInterface
public interface CardRemoval {
    static String workflowId(CardRemovalId id) {
        return "cardremoval-" + id.value();
    }

    @WorkflowMethod(name = "CardRemoval")
    JourneyStatus forget(Request request);

    /** It is done at once. Answers a code: too_late. */
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

    record Request(
            CardRemovalId removalId,
            QuoteId quoteId,
            ConversationId conversationId,
            CustomerId customerId,
            String channel,
            Money total) {}
}
