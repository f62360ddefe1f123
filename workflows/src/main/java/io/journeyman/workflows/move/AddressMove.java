package io.journeyman.workflows.move;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.QuoteId;
import io.journeyman.workflows.ProposedJourney;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** {@code addresschange-<changeId>}: what of a confirmed order has not left goes to another address. No money moves. */
@WorkflowInterface
public interface AddressMove extends ProposedJourney {
    static String workflowId(AddressChangeId id) {
        return "addresschange-" + id.value();
    }

    @WorkflowMethod(name = "AddressChange")
    JourneyStatus move(Request request);

    record Request(
            AddressChangeId changeId,
            QuoteId quoteId,
            ConversationId conversationId,
            CustomerId customerId,
            String channel,
            Money total) {}
}
