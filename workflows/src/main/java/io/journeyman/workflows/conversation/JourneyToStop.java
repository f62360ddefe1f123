package io.journeyman.workflows.conversation;

import io.journeyman.activities.conversation.TurnRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Asks a journey to stop, as its customer wants, and hears whether it still can; a workflow by itself could send a signal only. */
@ActivityInterface
public interface JourneyToStop {
    /** Once for each turn. Answers a code as {@link io.journeyman.workflows.Journey#cancel} does, or ended. */
    @ActivityMethod(name = "journey.cancel")
    String cancel(TurnRef turn, String workflowId);
}
