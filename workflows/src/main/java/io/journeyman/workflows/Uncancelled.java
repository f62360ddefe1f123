package io.journeyman.workflows;

import io.temporal.workflow.Workflow;
import java.util.function.Supplier;

/** What goes on though somebody cancels the workflow in Temporal's UI: a journey comes to its own end, and lets its callers have their answers. */
public final class Uncancelled {
    private Uncancelled() {}

    public static <T> T run(Supplier<T> journey) {
        var ended = new Object() {
            T as;
        };
        Workflow.newDetachedCancellationScope(() -> {
                    ended.as = journey.get();
                    Workflow.await(Workflow::isEveryHandlerFinished);
                })
                .run();
        return ended.as;
    }
}
