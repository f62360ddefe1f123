package io.journeyman.workflows;

import io.journeyman.contracts.ConversationId;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A journey that is decided within moments: it waits for no customer, and nobody cancels it. */
public abstract class PromptJourney implements ProposedJourney {
    protected final Pauses pauses = new Pauses();
    protected final Map<String, String> facts = new HashMap<>();
    protected final Story story;
    protected final Forward forward;
    private final String workflowId;

    /** @param stuck what the customer hears when a step is not done */
    protected PromptJourney(ConversationId conversation, String workflowId, String kind, String stuck) {
        this.workflowId = workflowId;
        this.story = new Story(conversation, workflowId, kind, pauses);
        this.forward = new Forward(story, pauses, facts, stuck);
    }

    /** Answers too_late. */
    @Override
    public final String cancel(String reason) {
        return "too_late";
    }

    @Override
    public final void cancelRequested(String reason) {
        Workflow.getLogger(getClass()).info("{} cannot be cancelled", workflowId);
    }

    @Override
    public final String retryNow() {
        return pauses.end() ? "retrying" : "nothing_to_retry";
    }

    /** Answers not_waiting. */
    @Override
    public final String extend(Instant until) {
        return "not_waiting";
    }

    @Override
    public final StaffMay staffMay() {
        return new StaffMay(pauses.isPausing(), Optional.empty());
    }

    @Override
    public final Progress progress() {
        return story.progress();
    }
}
