package io.journeyman.activities.conversation;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whoever asks for a step of a turn that is being decided in this process waits for that answer: the model is not asked twice. */
final class SharedSteps {
    private final Map<Step, CompletableFuture<Decision>> underway = new ConcurrentHashMap<>();
    private final Deciding steps;

    interface Deciding {
        Decision decide(TurnRef turn, int round);
    }

    private record Step(TurnRef turn, int round) {}

    SharedSteps(Deciding steps) {
        this.steps = steps;
    }

    Decision decide(TurnRef turn, int round) {
        try {
            return underway(new Step(turn, round)).get();
        } catch (ExecutionException e) {
            throw causeOf(e);
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    /** @return empty when it is not decided within {@code patience}; it is being decided all the same */
    Optional<Decision> decide(TurnRef turn, int round, Duration patience) {
        try {
            return Optional.of(underway(new Step(turn, round)).get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException slow) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw causeOf(e);
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    /** Its own thread, since it outlives whoever asked first; how long it may take is the model's own timeout. */
    private CompletableFuture<Decision> underway(Step step) {
        var mine = new CompletableFuture<Decision>();
        var others = underway.putIfAbsent(step, mine);
        if (others != null) {
            return others;
        }
        Thread.ofVirtual().name("model-step").start(() -> {
            try {
                var decision = steps.decide(step.turn(), step.round());
                underway.remove(step, mine);
                mine.complete(decision);
            } catch (Throwable failure) {
                underway.remove(step, mine); // before anyone hears of it and asks again
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    private static RuntimeException causeOf(ExecutionException failed) {
        return failed.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(failed.getCause());
    }

    private static ApplicationFailure stopped(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return ApplicationFailure.newFailureWithCause("the worker stops", "worker_stops", interrupted);
    }
}
