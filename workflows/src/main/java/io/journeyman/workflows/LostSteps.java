package io.journeyman.workflows;

import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Steps that are local activities stand in the history only once their workflow task is over. When the worker dies before that, they were
 * done, and the journey comes by there again as if they were not; and where its customer has cancelled meanwhile, or an agent does not answer
 * this time, it stops before them. So who stops there has to undo them all the same, which is valid everywhere (design §4).
 */
public final class LostSteps {
    private LostSteps() {}

    /** Only for a journey that stops before such steps: one that stopped there under older code undid nothing, and goes on so. */
    public static boolean mayHaveBeenDone() {
        return version() >= 1;
    }

    /** As above, of what older code did not think of: where nothing is paid, the steps behind the payment may have been done, too. */
    public static boolean mayAllHaveBeenDone() {
        return version() >= 2;
    }

    /**
     * None of the steps until now is lost any more: for where a journey only goes forward from here on, and no payment, which would be an
     * event of its own, stands between what may be undone and what may not.
     */
    public static void endHere() {
        if (version() >= 2) {
            Workflow.sleep(Duration.ofMillis(1));
        }
    }

    private static int version() {
        return Workflow.getVersion("undo-lost-steps", Workflow.DEFAULT_VERSION, 2);
    }
}
