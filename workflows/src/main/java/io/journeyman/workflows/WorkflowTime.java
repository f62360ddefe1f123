package io.journeyman.workflows;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;

/** The one clock of workflow code: a replay reads the same time again. */
public final class WorkflowTime {
    private WorkflowTime() {}

    public static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    /** What is left until then; nothing when it has passed. */
    public static Duration until(Instant then) {
        var left = Duration.between(now(), then);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
