package io.journeyman.activities.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Problem;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;

/** What an agent said to a call. */
public sealed interface Answer<T> {
    /** It did it, or answered the question. */
    record Done<T>(T value) implements Answer<T> {}

    /** It says no, and repeating the same call does not change that. {@code document} carries the problem's extra members. */
    record Refused<T>(String operation, Problem problem, JsonNode document) implements Answer<T> {
        public boolean is(String code) {
            return problem.code().equals(code);
        }

        /** A refusal that its caller has no outcome for: not retried, the code is its type; the detail may be personal and stays out. */
        public ApplicationFailure failure() {
            return ApplicationFailure.newBuilder()
                    .setMessage(operation + " was refused: " + problem.status() + " " + problem.code())
                    .setType(problem.code())
                    .setNonRetryable(true)
                    .build();
        }
    }

    /**
     * Nobody knows what became of it: no connection, no answer in time, a 5xx, an answer that breaks the contract. Repeating is safe.
     *
     * @param sent false when the agent is known not to answer and was not even asked: nothing became of it
     */
    record Unavailable<T>(String operation, String code, Optional<Duration> retryAfter, boolean sent)
            implements Answer<T> {
        Unavailable(String operation, String code, Optional<Duration> retryAfter) {
            this(operation, code, retryAfter, true);
        }

        static <T> Unavailable<T> unsent(String operation, String code) {
            return new Unavailable<>(operation, code, Optional.empty(), false);
        }

        public String agent() {
            return operation.substring(0, operation.indexOf('.'));
        }

        public ApplicationFailure failure() {
            ApplicationFailure.Builder failure = ApplicationFailure.newBuilder()
                    .setMessage(operation + " is not available: " + code)
                    .setType(code);
            retryAfter.ifPresent(failure::setNextRetryDelay);
            return failure.build();
        }
    }

    /** The value, for a caller that has no outcome for anything else. */
    default T orFail() {
        return switch (this) {
            case Done<T> done -> done.value();
            case Refused<T> refused -> throw refused.failure();
            case Unavailable<T> unavailable -> throw unavailable.failure();
        };
    }
}
