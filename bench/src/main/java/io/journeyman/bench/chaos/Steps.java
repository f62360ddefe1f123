package io.journeyman.bench.chaos;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each step was taken, by whichever customer. */
public final class Steps {
    private final Map<Step, LongAdder> taken = new EnumMap<>(Step.class);

    Steps() {
        for (var step : Step.values()) {
            taken.put(step, new LongAdder());
        }
    }

    void take(Step step) {
        taken.get(step).increment();
    }

    public long taken(Step step) {
        return taken.get(step).sum();
    }

    /** One line for each, those that nobody took among them. */
    void print(PrintWriter out) {
        out.printf("   %-60s %9s%n", "what customers did", "times");
        for (var step : Step.values()) {
            out.printf("   %-60s %9d%n", step.words(), taken(step));
        }
        out.println();
    }
}
