package io.journeyman.workflows.replay;

import static io.journeyman.workflows.WorkflowTime.now;
import static io.journeyman.workflows.WorkflowTime.until;

import io.journeyman.activities.replay.Replay;
import io.journeyman.activities.replay.ReplayActivities;
import io.journeyman.workflows.Calls;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;

/** Some orders at a time, no more a second than asked for. */
public final class PacedPaymentReplay implements PaymentReplay {
    /** One batch is what may be tried within so many seconds. */
    private static final int SECONDS_OF_A_BATCH = 5;

    private static final int LARGEST_BATCH = 50;

    /** A pause that nobody ends is a cancellation. */
    static final Duration LONGEST_PAUSE = Duration.ofDays(7);

    /** About 400 batches: a fresh run is cheap, a long history is not. */
    private static final long LONG_HISTORY = 4_000;

    private final Pace pace;
    private final ReplayActivities orders = Calls.batch(ReplayActivities.class, "Try the next payments again");
    private final ReplayActivities record = Calls.quick(ReplayActivities.class, "Record of the replay");
    private boolean paused;
    private boolean cancelled;
    private boolean ended;

    @WorkflowInit
    public PacedPaymentReplay(Pace pace) {
        this.pace = pace;
        this.paused = pace.paused();
    }

    @Override
    public void replay(Pace same) {
        CancellationScope.current().getCancellationRequest().thenApply(reason -> cancelled = true);
        Workflow.newDetachedCancellationScope(this::goThrough).run();
    }

    private void goThrough() {
        int batch = Math.clamp((long) pace.ratePerSecond() * SECONDS_OF_A_BATCH, 1, LARGEST_BATCH);
        boolean left = true;
        while (left) {
            if (!Workflow.await(LONGEST_PAUSE, () -> !paused || cancelled)) {
                cancelled = true;
            }
            if (cancelled) {
                end(Replay.Status.cancelled);
                return;
            }
            var start = now();
            var step = orders.next(pace.replayId(), batch);
            left = step.left();
            if (left) {
                Workflow.await(until(start.plusMillis(1_000L * step.tried() / pace.ratePerSecond())), () -> cancelled);
                if (isLong()) {
                    Workflow.await(Workflow::isEveryHandlerFinished);
                    Workflow.continueAsNew(new Pace(pace.replayId(), pace.ratePerSecond(), paused));
                }
            }
        }
        end(Replay.Status.done);
    }

    private void end(Replay.Status status) {
        ended = true;
        record.stands(pace.replayId(), status);
        Workflow.await(Workflow::isEveryHandlerFinished);
    }

    private static boolean isLong() {
        var info = Workflow.getInfo();
        return info.isContinueAsNewSuggested() || info.getHistoryLength() > LONG_HISTORY;
    }

    @Override
    public String pause() {
        return changed(() -> paused = true, Replay.Status.paused);
    }

    @Override
    public String resume() {
        return changed(() -> paused = false, Replay.Status.running);
    }

    @Override
    public String cancel() {
        if (ended) {
            return "not_running";
        }
        cancelled = true;
        return "cancelled";
    }

    private String changed(Runnable change, Replay.Status status) {
        if (ended || cancelled) {
            return "not_running";
        }
        change.run();
        record.stands(pace.replayId(), status);
        return status.name();
    }
}
