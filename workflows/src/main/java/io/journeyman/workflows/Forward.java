package io.journeyman.workflows;

import static io.journeyman.workflows.WorkflowTime.now;

import io.journeyman.activities.conversation.JourneyStatus;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** The steps of a journey that can only go forward: one that is not done is tried again each hour, for two weeks, and staff are told. */
public final class Forward {
    private final Story story;
    private final Pauses pauses;
    private final Map<String, String> facts;
    private final String code;

    /** @param code what the customer hears when a step is not done */
    public Forward(Story story, Pauses pauses, Map<String, String> facts, String code) {
        this.code = code;
        this.story = story;
        this.pauses = pauses;
        this.facts = facts;
    }

    public <T> T atLast(Supplier<T> step) {
        for (int round = 0; round < Undo.MOST_ROUNDS; round++) {
            try {
                T done = step.get();
                if (round > 0) {
                    story.goesOn("goes_on");
                }
                return done;
            } catch (ActivityFailure later) {
                if (round == 0) {
                    story.waits(
                            JourneyStatus.needs_staff,
                            code,
                            "staff",
                            now().plus(Duration.ofHours(Undo.MOST_ROUNDS)),
                            Map.copyOf(facts));
                }
            }
            pauses.pause(Duration.ofHours(1));
        }
        throw ApplicationFailure.newNonRetryableFailure("it could not be completed", code);
    }

    public void atLast(Runnable step) {
        var _ = atLast(() -> {
            step.run();
            return true;
        });
    }
}
