package io.journeyman.workflows.reminder;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * {@code reminders}: one for the whole shop, however many workers there are, and for ever. Each hour it has customers told of store credit and
 * points that will end. The ledgers know who has heard what: so nothing is told twice, and nothing is lost when this one is ended and begun
 * again. It is no journey: nobody waits for it, and it waits for nobody.
 */
@WorkflowInterface
public interface Reminders {
    String WORKFLOW_ID = "reminders";

    @WorkflowMethod(name = "Reminders")
    void remind();

    /** Now, not within the hour: a worker has begun. */
    @SignalMethod(name = "lookNow")
    void lookNow();
}
