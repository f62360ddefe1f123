package io.journeyman.workflows;

import io.temporal.failure.ActivityFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The compensations of a journey, last registered first. Each is registered before its step is called, since a call whose
 * answer was lost may have had its effect; undoing what never came is valid everywhere (design §4).
 */
public final class Undo {
    /** How long a compensation that cannot succeed is tried again, while staff are told. */
    public static final int MOST_ROUNDS = 14 * 24;

    private record Step(String name, Runnable compensation) {}

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Pauses pauses;

    public Undo(Pauses pauses) {
        this.pauses = pauses;
    }

    public void with(String name, Runnable compensation) {
        steps.push(new Step(name, compensation));
    }

    /**
     * Runs every compensation; one that fails is reported and tried again each hour, and the others do not wait for it.
     *
     * @param needsStaff told the name of the compensation that could not be done
     * @return whether everything is undone
     */
    public boolean all(Consumer<String> needsStaff) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var failed = new ArrayDeque<Step>();
            for (var step : steps) {
                try {
                    step.compensation().run();
                } catch (ActivityFailure failure) {
                    failed.add(step);
                }
            }
            steps.clear();
            steps.addAll(failed);
            if (steps.isEmpty()) {
                return true;
            }
            if (round == 0) {
                needsStaff.accept(steps.peek().name());
            }
            pauses.pause(Duration.ofHours(1));
        }
        return false;
    }
}
