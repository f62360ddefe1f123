package io.journeyman.workflows;

import io.temporal.workflow.SignalMethod;

/** A journey that a customer has confirmed in the conversation, and may want cancelled there. */
public interface ProposedJourney extends Journey {
    /** {@link #cancel} for the conversation's workflow, which can send no update. */
    @SignalMethod(name = "cancelRequest")
    void cancelRequested(String reason);
}
