package io.journeyman.api.http;

import io.journeyman.contracts.Problem;
import java.time.Duration;
import java.util.Optional;

/** Ends a request with this problem; {@code retryAfter} where coming back later helps. */
public final class ProblemException extends RuntimeException {
    private final Problem problem;
    private final Optional<Duration> retryAfter;

    private ProblemException(Problem problem, Optional<Duration> retryAfter) {
        super(problem.code());
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    public static ProblemException of(int status, String code, String detail, String... suggestions) {
        return new ProblemException(Problem.of(status, code, detail, suggestions), Optional.empty());
    }

    public static ProblemException of(Problem problem) {
        return new ProblemException(problem, Optional.empty());
    }

    public ProblemException retryAfter(Duration wait) {
        return new ProblemException(problem, Optional.of(wait));
    }

    public Problem problem() {
        return problem;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
