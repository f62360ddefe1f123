package io.journeyman.workflows.replay;

import static io.journeyman.workflows.WorkflowTime.now;
import static io.journeyman.workflows.WorkflowTime.until;

import io.journeyman.activities.replay.Replay;
import io.journeyman.activities.replay.ReplayActivities;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Undo;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.Optional;

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
            var step = next(batch);
            if (step.isEmpty()) {
                paused = true;
                recordAtLast(Replay.Status.paused);
                continue;
            }
            left = step.get().left();
            if (left) {
                Workflow.await(
                        until(start.plusMillis(1_000L * step.get().tried() / pace.ratePerSecond())), () -> cancelled);
                if (isLong() && isWanted()) {
                    Workflow.continueAsNew(new Pace(pace.replayId(), pace.ratePerSecond(), paused));
                }
            }
        }
        end(Replay.Status.done);
    }

    /** Empty where the orders could not be come to for half a day: it waits for staff. */
    private Optional<ReplayActivities.Step> next(int batch) {
        try {
            return Optional.of(orders.next(pace.replayId(), batch));
        } catch (ActivityFailure failure) {
            if (Workflow.getVersion("pause-what-fails", Workflow.DEFAULT_VERSION, 1) < 1) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    private void recordAtLast(Replay.Status status) {
        for (int round = 0; round < Undo.MOST_ROUNDS; round++) {
            try {
                record.stands(pace.replayId(), status);
                return;
            } catch (ActivityFailure later) {
                Workflow.getLogger(PacedPaymentReplay.class)
                        .warn("{} is {}, and its record does not say so yet", pace.replayId(), status);
                Workflow.sleep(Duration.ofHours(1));
            }
            if (status == Replay.Status.paused && (!paused || cancelled)) {
                return;
            }
        }
        throw ApplicationFailure.newNonRetryableFailure(
                "the record of replay " + pace.replayId() + " cannot be written", "record_failed");
    }

    private void end(Replay.Status status) {
        ended = true;
        recordAtLast(status);
        Workflow.await(Workflow::isEveryHandlerFinished);
    }

    /** Whether nobody has cancelled it, also when what staff say just now is heard to its end. */
    private boolean isWanted() {
        if (!cancelled) {
            Workflow.await(Workflow::isEveryHandlerFinished);
        }
        return !cancelled;
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
