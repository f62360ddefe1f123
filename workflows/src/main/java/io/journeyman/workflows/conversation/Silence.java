package io.journeyman.workflows.conversation;

import static io.journeyman.workflows.WorkflowTime.now;
import static io.journeyman.workflows.WorkflowTime.until;

import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Whether nobody has spoken for so long; by one timer for many turns, since one for each would be two events more per turn. */
final class Silence {
    private final Duration longest;
    private Instant since = now();
    private Promise<Void> timer;

    Silence(Duration longest) {
        this.longest = longest;
        this.timer = Workflow.newTimer(longest);
    }

    /** Waits until somebody speaks; false when it has lasted for so long. */
    boolean isBroken(BooleanSupplier spoken) {
        while (true) {
            if (timer.isCompleted()) {
                var left = until(since.plus(longest));
                timer = Workflow.newTimer(left.isZero() ? longest : left);
            }
            Workflow.await(() -> spoken.getAsBoolean() || timer.isCompleted());
            if (spoken.getAsBoolean()) {
                return true;
            }
            if (!now().isBefore(since.plus(longest))) {
                return false;
            }
        }
    }

    /** From now on it counts anew. */
    void begins() {
        since = now();
    }
}
