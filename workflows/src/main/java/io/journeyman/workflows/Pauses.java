package io.journeyman.workflows;

import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Supplier;

/** The pauses in which a journey waits before it tries again what was not answered. Staff may end the one that it is in. */
public final class Pauses {
    private boolean pausing;
    private boolean over;

    public void pause(Duration longest) {
        pause(longest, () -> false);
    }

    public void pause(Duration longest, Supplier<Boolean> endsToo) {
        pausing = true;
        over = false;
        Workflow.await(longest, () -> over || endsToo.get());
        pausing = false;
    }

    public boolean isPausing() {
        return pausing;
    }

    /** False when it is in no pause. */
    public boolean end() {
        over = pausing;
        return pausing;
    }
}
