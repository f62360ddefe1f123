package io.journeyman.workflows;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each failed try of an activity in one line of ids and codes; the stack trace comes with the last try alone, since a step
 * whose agent is down is tried some hundred times. The SDK logs a trace for each, so that its own lines are switched off in
 * {@code logback.xml}.
 */
final class FailedTries extends WorkerInterceptorBase {
    private static final Logger log = LoggerFactory.getLogger(FailedTries.class);

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Try(next);
    }

    private static final class Try extends ActivityInboundCallsInterceptorBase {
        private ActivityInfo step;

        Try(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext context) {
            step = context.getInfo();
            super.init(context);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            try {
                return super.execute(input);
            } catch (ActivityCompletionException nobodyWaits) {
                throw nobodyWaits;
            } catch (RuntimeException failed) {
                tell(failed);
                throw failed;
            }
        }

        private void tell(RuntimeException failed) {
            if (isLast(failed)) {
                log.warn(
                        "{} of {} failed for good, try {}: {}",
                        step.getActivityType(),
                        step.getWorkflowId(),
                        step.getAttempt(),
                        code(failed),
                        failed);
            } else {
                log.warn(
                        "{} of {} failed, try {}: {}",
                        step.getActivityType(),
                        step.getWorkflowId(),
                        step.getAttempt(),
                        code(failed));
            }
        }

        /** A step that has one try only is its journey's to repeat, by another kind of call. */
        private boolean isLast(RuntimeException failed) {
            int most = step.getRetryOptions().getMaximumAttempts();
            return (most > 1 && step.getAttempt() >= most)
                    || (failed instanceof ApplicationFailure failure && failure.isNonRetryable());
        }

        /** Of a failure that is ours its type; a message could name somebody. */
        private static String code(RuntimeException failed) {
            return failed instanceof ApplicationFailure failure
                    ? failure.getType()
                    : failed.getClass().getSimpleName();
        }
    }
}
