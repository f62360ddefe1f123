package io.journeyman.workflows.reminder;

import io.journeyman.activities.reminder.ReminderActivities;
import io.journeyman.workflows.Calls;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.IntSupplier;

/** Look, rest for an hour, and look again; each day in a history of its own. */
public final class HourlyReminders implements Reminders {
    private static final Duration REST = Duration.ofHours(1);
    private static final int ROUNDS = 24;

    /** With fifty customers in each; the next hour goes on with the others. */
    private static final int MOST_LOTS = 20;

    private final ReminderActivities customers = Calls.agent(ReminderActivities.class, "Customers are reminded");
    private boolean lookNow;

    @Override
    public void remind() {
        for (int round = 0; round < ROUNDS; round++) {
            lookNow = false;
            all("store credit", customers::remindOfCredit);
            all("points", customers::remindOfPoints);
            Workflow.await(REST, () -> lookNow);
        }
        Workflow.continueAsNew();
    }

    /** A ledger that does not answer is asked again within the hour. */
    private static void all(String what, IntSupplier lot) {
        try {
            for (int lots = 0; lots < MOST_LOTS && lot.getAsInt() > 0; lots++) {
                Workflow.getLogger(HourlyReminders.class).debug("Customers were reminded of their {}", what);
            }
        } catch (ActivityFailure later) {
            Workflow.getLogger(HourlyReminders.class).warn("Nobody is reminded of {} yet", what);
        }
    }

    @Override
    public void lookNow() {
        lookNow = true;
    }
}
