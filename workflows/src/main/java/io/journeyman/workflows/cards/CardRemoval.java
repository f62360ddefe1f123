package io.journeyman.workflows.cards;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.CardRemovalId;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.QuoteId;
import io.journeyman.workflows.ProposedJourney;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code cardremoval-<removalId>}: kept cards are forgotten, as their customer confirmed. No money moves. */
@WorkflowInterface
public interface CardRemoval extends ProposedJourney {
    static String workflowId(CardRemovalId id) {
        return "cardremoval-" + id.value();
    }

    @WorkflowMethod(name = "CardRemoval")
    JourneyStatus forget(Request request);

    record Request(
            CardRemovalId removalId,
            QuoteId quoteId,
            ConversationId conversationId,
            CustomerId customerId,
            String channel,
            Money total) {}
}
