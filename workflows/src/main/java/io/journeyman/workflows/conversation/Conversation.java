package io.journeyman.workflows.conversation;

import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.ProposalId;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Optional;

/**
 * One conversation while its customer talks: {@code conversation-<conversationId>}. It serialises turns, continues as new
 * between them, ends after some idle minutes, and is started again by the next message; all its state is in Postgres.
 */
@WorkflowInterface
public interface Conversation {
    String TASK_QUEUE = "journeyman";

    static String workflowId(ConversationId id) {
        return "conversation-" + id.value();
    }

    @WorkflowMethod(name = "Conversation")
    void converse(ConversationId id);

    /** Runs the accepted turn (its message row is written already) and returns once its reply is stored. */
    @UpdateMethod(name = "message")
    void message(int turn);

    /**
     * Refuses a turn, with nothing left in the history, when many wait already or this run has to end first. Sent again a little later
     * it is taken.
     */
    @UpdateValidatorMethod(updateName = "message")
    void checkMessage(int turn);

    /** Confirms a proposal and starts its journey; the same proposal again answers the same journey. */
    @UpdateMethod(name = "confirm")
    Confirmation confirm(ProposalId proposal, Optional<PaymentMethod> method);

    /** Declines a proposal; answers a code: declined, proposal_unknown, proposal_confirmed… */
    @UpdateMethod(name = "decline")
    String decline(ProposalId proposal);
}
