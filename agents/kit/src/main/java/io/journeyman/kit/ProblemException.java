package io.journeyman.kit;

import io.journeyman.contracts.Problem;
import java.util.Map;
import java.util.Optional;

/** Ends a request with a problem of the contract. What the request did to the database so far is undone. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;
    private final transient Map<String, Object> members;
    private final transient Optional<Integer> retryAfterSeconds;

    public ProblemException(Problem problem) {
        this(problem, Map.of());
    }

    /** @param members what the problem says beyond the usual, such as the {@code skus} that are out of stock */
    public ProblemException(Problem problem, Map<String, Object> members) {
        this(problem, members, Optional.empty());
    }

    private ProblemException(Problem problem, Map<String, Object> members, Optional<Integer> retryAfterSeconds) {
        super(problem.code() + ": " + problem.detail());
        this.problem = problem;
        this.members = Map.copyOf(members);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** A problem that the same request, sent again after some seconds, may not meet; its answer is never stored. */
    public static ProblemException tryAgain(Problem problem, int seconds) {
        return new ProblemException(problem, Map.of(), Optional.of(seconds));
    }

    public Problem problem() {
        return problem;
    }

    Map<String, Object> members() {
        return members;
    }

    Optional<Integer> retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Whether the same request always meets this problem, so that it may be stored as the key's answer. */
    boolean isFinal() {
        return retryAfterSeconds.isEmpty()
                && problem.status() < 500
                && problem.status() != 408
                && problem.status() != 425
                && problem.status() != 429;
    }
}
