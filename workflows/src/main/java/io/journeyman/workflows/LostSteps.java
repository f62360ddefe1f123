package io.journeyman.workflows;

import io.temporal.workflow.Workflow;

/**
 * Steps that are local activities stand in the history only once their workflow task is over. When the worker dies before that, they were
 * done, and the journey comes by there again as if they were not; and where its customer has cancelled meanwhile, or an agent does not answer
 * this time, it stops before them. So who stops there has to undo them all the same, which is valid everywhere (design §4).
 */
public final class LostSteps {
    private LostSteps() {}

    /** Only for a journey that stops before such steps: one that stopped there under older code undid nothing, and goes on so. */
    public static boolean mayHaveBeenDone() {
        return Workflow.getVersion("undo-lost-steps", Workflow.DEFAULT_VERSION, 1) >= 1;
    }
}
