package io.journeyman.activities.agent;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares everybody the calls that one agent would not answer: they end at once, unsent, as {@code agent_down}. Every few seconds a
 * few go through, and the first that are answered open the way again.
 *
 * <p>An agent that answers, but slowly, is spared the questions only ({@code agent_slow}): a customer waits for those. A change is
 * what a journey has decided to do; it has time, and a refusal would only make it later.
 */
final class AgentBreaker {
    /** The last calls that count: so few that an outage shows within a turn or two, and what was before is soon forgotten. */
    static final int WINDOW = 10;

    /** Fewer say nothing yet: one lost connection, or all tries of one tool (three), condemn no agent. */
    static final int FEWEST = 5;

    /** In percent of them: who answers every other call only is as good as away. */
    static final int TOO_MANY = 50;

    /** Short, for a restarted agent is back in seconds, and a probe costs little. */
    static final Duration OPEN = Duration.ofSeconds(3);

    /** More than one, so that a turn's parallel questions to an agent that is back all reach it; each may cost a time limit. */
    static final int PROBES = 2;

    private static final Logger log = LoggerFactory.getLogger(AgentBreaker.class);

    /** The agent is there: the same key is being worked on. Or it is we who stop. */
    private static final Set<String> NOT_ITS_FAULT = Set.of("agent_in_flight", "worker_stopping");

    /** What a call is for. */
    enum Kind {
        question,
        change
    }

    private final CircuitBreaker down;
    private final CircuitBreaker slow;

    /**
     * @param limit for a whole exchange; what takes more than half of it is slow
     * @param nanos goes forward only, as {@link System#nanoTime}: a clock that is set back must not keep an agent away
     */
    AgentBreaker(String agent, Duration limit, LongSupplier nanos) {
        InstantSource ticks = () -> Instant.EPOCH.plusNanos(nanos.getAsLong());
        down = CircuitBreaker.of(
                "agent_down",
                settings(ticks.withZone(ZoneOffset.UTC), nanos)
                        .recordResult(AgentBreaker::isLost)
                        .build());
        slow = CircuitBreaker.of(
                "agent_slow",
                settings(ticks.withZone(ZoneOffset.UTC), nanos)
                        .slowCallDurationThreshold(limit.dividedBy(2))
                        .slowCallRateThreshold(TOO_MANY)
                        .build());
        String again = ", and tried again every " + OPEN.toSeconds() + " s";
        say(down, agent + " does not answer: its calls are refused" + again, agent + " answers again");
        say(slow, agent + " answers slowly: questions to it are refused" + again, agent + " answers quickly again");
    }

    /** No time for the next try is given: a waiting journey keeps its own backoff, and its tries last as long as they shall. */
    <T> Answer<T> call(Kind kind, String operation, Supplier<Answer<T>> call) {
        try {
            return switch (kind) {
                // an answer that never came has no pace
                case question ->
                    through(
                            down,
                            any -> true,
                            () -> through(slow, answer -> !(answer instanceof Answer.Unavailable), call));
                case change -> through(down, any -> true, call);
            };
        } catch (CallNotPermittedException open) {
            return Answer.Unavailable.unsent(operation, open.getCausingCircuitBreakerName());
        }
    }

    /** What does not count leaves no trace: nor does a call that was refused further in, or that a mistake of ours ended. */
    private static <T> Answer<T> through(
            CircuitBreaker breaker, Predicate<Answer<T>> counts, Supplier<Answer<T>> call) {
        breaker.acquirePermission();
        long began = breaker.getCurrentTimestamp();
        boolean counted = false;
        try {
            Answer<T> answer = call.get();
            if (counts.test(answer)) {
                breaker.onResult(breaker.getCurrentTimestamp() - began, breaker.getTimestampUnit(), answer);
                counted = true;
            }
            return answer;
        } finally {
            if (!counted) {
                breaker.releasePermission();
            }
        }
    }

    private static CircuitBreakerConfig.Builder settings(Clock clock, LongSupplier nanos) {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(FEWEST)
                .failureRateThreshold(TOO_MANY)
                .waitDurationInOpenState(OPEN)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .writableStackTraceEnabled(false)
                .clock(clock)
                .currentTimestampFunction(same -> nanos.getAsLong(), TimeUnit.NANOSECONDS);
    }

    private static boolean isLost(Object answer) {
        return answer instanceof Answer.Unavailable<?> unavailable && !NOT_ITS_FAULT.contains(unavailable.code());
    }

    /** A probe that fails changes nothing for anybody, and is not told. */
    private static void say(CircuitBreaker breaker, String opened, String closed) {
        breaker.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition() == StateTransition.CLOSED_TO_OPEN) {
                log.warn(opened);
            } else if (event.getStateTransition() == StateTransition.HALF_OPEN_TO_CLOSED) {
                log.info(closed);
            }
        });
    }
}
