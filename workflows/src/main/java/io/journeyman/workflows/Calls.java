package io.journeyman.workflows;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * How each kind of call is timed and retried, in one place. Retries are Temporal's alone. {@code summary} is what the web UI
 * shows beside the activity: static words, never personal data.
 */
public final class Calls {
    /** How long a step may be retried before its journey is told that the agent does not answer. */
    public static final Duration PATIENCE = Duration.ofMinutes(30);

    /** A quick step that has failed waits by a timer from the first pause that is longer: its workflow hears nothing before. */
    private static final Duration HEARS_AGAIN_AFTER = Duration.ofMillis(150);

    /** What one try of a quick step may take: an agent's own calls give up a second earlier. */
    private static final Duration QUICK_TRY = Duration.ofSeconds(6);

    private Calls() {}

    /** A tool that the customer waits for: few tries, then the tool says that it is unavailable. */
    public static <T> T read(Class<T> activities, String summary) {
        return Workflow.newActivityStub(activities, readOptions(summary));
    }

    public static ActivityOptions readOptions(String summary) {
        return ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(15))
                .setScheduleToCloseTimeout(Duration.ofSeconds(30))
                .setRetryOptions(retry(Duration.ofMillis(200), Duration.ofSeconds(2), 5))
                .setSummary(summary)
                .build();
    }

    /** {@link #read} as a quick step ({@link #quick}): for what usually takes milliseconds. */
    public static <T> T quickRead(Class<T> activities, String summary) {
        return Workflow.newLocalActivityStub(activities, quickReadOptions(summary));
    }

    public static LocalActivityOptions quickReadOptions(String summary) {
        return LocalActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofSeconds(15))
                .setScheduleToCloseTimeout(Duration.ofSeconds(30))
                .setLocalRetryThreshold(HEARS_AGAIN_AFTER)
                .setRetryOptions(retry(Duration.ofMillis(200), Duration.ofSeconds(2), 5))
                .setSummary(summary)
                .build();
    }

    /** A step that staff may want to see retried: an agent's write. */
    public static <T> T agent(Class<T> activities, String summary) {
        return Workflow.newActivityStub(
                activities,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(15))
                        .setScheduleToCloseTimeout(PATIENCE)
                        .setRetryOptions(retryInPatience(Duration.ofMillis(200), Duration.ofSeconds(20)))
                        .setSummary(summary)
                        .build());
    }

    /**
     * {@link #agent} for a step that usually takes milliseconds: the first try is a quick one. What moves money never is: it is
     * recorded by itself, before the next step.
     */
    public static <T> T quickAgent(Class<T> activities, String summary) {
        return QuickFirst.of(activities, once(activities, summary), agent(activities, summary));
    }

    /** A call that ends at the payment gateway, which may be slow. */
    public static <T> T gateway(Class<T> activities, String summary) {
        return Workflow.newActivityStub(
                activities,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(40))
                        .setScheduleToCloseTimeout(PATIENCE)
                        .setRetryOptions(retryInPatience(Duration.ofMillis(500), Duration.ofSeconds(30)))
                        .setSummary(summary)
                        .build());
    }

    /** Many orders in one step, each of which may take its time; it says by heartbeats that it goes on. */
    public static <T> T batch(Class<T> activities, String summary) {
        return Workflow.newActivityStub(
                activities,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(30))
                        .setHeartbeatTimeout(Duration.ofSeconds(30))
                        .setScheduleToCloseTimeout(Duration.ofHours(12))
                        .setRetryOptions(retry(Duration.ofSeconds(1), Duration.ofMinutes(1), 0))
                        .setSummary(summary)
                        .build());
    }

    /** One round of the model: seconds to a minute, and a provider that is down is not waited for long. */
    public static <T> T model(Class<T> activities, String summary) {
        return Workflow.newActivityStub(
                activities,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofSeconds(90))
                        .setScheduleToCloseTimeout(Duration.ofMinutes(3))
                        .setRetryOptions(retry(Duration.ofMillis(500), Duration.ofSeconds(10), 5))
                        .setSummary(summary)
                        .build());
    }

    /** One quick try; what fails is for another kind of call to repeat. */
    public static <T> T once(Class<T> activities, String summary) {
        return Workflow.newLocalActivityStub(
                activities,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(QUICK_TRY)
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .setSummary(summary)
                        .build());
    }

    /**
     * A quick idempotent step that need not be seen: one marker in the history instead of three events and a task. While it runs
     * its workflow hears nothing, so after its second try it waits by a timer: a customer who cancels is heard in between.
     */
    public static <T> T quick(Class<T> activities, String summary) {
        return Workflow.newLocalActivityStub(
                activities,
                LocalActivityOptions.newBuilder()
                        .setStartToCloseTimeout(QUICK_TRY)
                        .setScheduleToCloseTimeout(PATIENCE)
                        .setLocalRetryThreshold(HEARS_AGAIN_AFTER)
                        .setRetryOptions(retryInPatience(Duration.ofMillis(100), Duration.ofSeconds(20)))
                        .setSummary(summary)
                        .build());
    }

    /** Whether a step that failed may succeed when it is tried again: there was no answer, or a refusal that is not for good. */
    public static boolean mayPass(ActivityFailure failure) {
        return failure.getCause() instanceof TimeoutFailure
                || (failure.getCause() instanceof ApplicationFailure cause && !cause.isNonRetryable());
    }

    /**
     * Signals another workflow; false when that one has ended already, which may happen at any moment. The SDK says so by an
     * ApplicationFailure named after the server's cause, and by a SignalExternalWorkflowException where it documents it.
     */
    public static boolean reaches(Runnable signal) {
        try {
            signal.run();
            return true;
        } catch (SignalExternalWorkflowException ended) {
            return false;
        } catch (ApplicationFailure failure) {
            if (failure.getType().startsWith("SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED")) {
                return false;
            }
            throw failure;
        }
    }

    /** A journey's child: it ends its own work in order even when the parent is asked to stop. */
    public static ChildWorkflowOptions.Builder child(String workflowId) {
        return ChildWorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED);
    }

    /**
     * As many tries as fit into {@link #PATIENCE}, by count as well as by the step's schedule-to-close timeout: a local activity's
     * clock stops while its worker is away, and the time-skipping test server (1.38.0) forgets a timeout that ends on a whole second.
     */
    private static RetryOptions retryInPatience(Duration first, Duration longest) {
        int tries = 1;
        var pause = first;
        for (var waited = first; waited.compareTo(PATIENCE) <= 0; waited = waited.plus(pause)) {
            tries++;
            pause = pause.multipliedBy(2).compareTo(longest) < 0 ? pause.multipliedBy(2) : longest;
        }
        return retry(first, longest, tries);
    }

    /** @param most tries, 0 for as many as the time allows */
    private static RetryOptions retry(Duration first, Duration longest, int most) {
        return RetryOptions.newBuilder()
                .setInitialInterval(first)
                .setMaximumInterval(longest)
                .setBackoffCoefficient(2)
                .setMaximumAttempts(most)
                .build();
    }
}
