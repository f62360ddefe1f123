package io.journeyman.workflows.replay;

import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * {@code replay-<id>}: staff have failed payments tried again, one or ten thousand. It only drives the orders' owners; which
 * orders, and what became of each, is in Postgres.
 */
@WorkflowInterface
public interface PaymentReplay {
    static String workflowId(String replayId) {
        return "replay-" + replayId;
    }

    @WorkflowMethod(name = "PaymentReplay")
    void replay(Pace pace);

    /** Answers a code: paused, or not_running. */
    @UpdateMethod(name = "pause")
    String pause();

    /** Answers a code: running, or not_running. */
    @UpdateMethod(name = "resume")
    String resume();

    /** What was tried stays; the rest is not. Answers a code: cancelled, or not_running. */
    @UpdateMethod(name = "cancel")
    String cancel();

    /** @param ratePerSecond orders at most @param paused whether it begins so: a run goes on where the one before was */
    record Pace(String replayId, int ratePerSecond, boolean paused) {}
}
