package io.journeyman.activities.conversation;

import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.ProposalId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;

/** The conversation's memory and its model, seen from workflows: ids, codes and small results go through here, never text. */
@ActivityInterface
public interface ConversationActivities {
    /** How long a workflow may be kept from hearing anything else by a model that thinks. */
    Duration SOON = Duration.ofSeconds(2);

    /**
     * Asks the model what to do in this round, unless this round has a decision already (first writer wins). A decision to
     * reply stores the reply and its event in the same transaction. A whole-message "yes" to the proposal shown last is
     * answered with {@link Decision.Confirm} without asking the model.
     */
    @ActivityMethod(name = "model.decide")
    Decision decide(TurnRef turn, int round);

    /**
     * {@link #decide} where the model answers within {@link #SOON}, and fails as that does; empty where the model takes longer: it goes
     * on, and a {@code decide} of the same round in the same process waits for that answer in place of asking again.
     */
    @ActivityMethod(name = "model.decideSoon")
    Decision.Soon decideSoon(TurnRef turn, int round);

    /** Turns a write or money tool call into a proposal with a frozen quote (or a stored refusal that the model will read). */
    @ActivityMethod(name = "conversation.propose")
    void propose(TurnRef turn, String callId);

    /** Confirms an open proposal, once. The same proposal confirmed again answers the same journey. */
    @ActivityMethod(name = "conversation.confirm")
    Confirmation confirm(ConversationId conversation, ProposalId proposal);

    /** Declines an open proposal; a code when it was not open any more. */
    @ActivityMethod(name = "conversation.decline")
    String decline(ConversationId conversation, ProposalId proposal);

    /** Ends a turn with an honest stored reply chosen by {@code code}: model_unavailable, too_many_rounds, order_started, too_late… A turn that has its reply keeps it. */
    @ActivityMethod(name = "conversation.answer")
    void answer(TurnRef turn, String code);

    /** Writes a journey's news into the conversation's events, once per (journey, seq, code), and updates the journey's row. */
    @ActivityMethod(name = "conversation.tell")
    void tell(JourneyNews news);

    /** Writes where a journey stands since its latest news into its row; the customer hears nothing. */
    @ActivityMethod(name = "conversation.note")
    void note(JourneyNews news);
}
