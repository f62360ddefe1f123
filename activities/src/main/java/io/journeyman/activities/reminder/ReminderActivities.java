package io.journeyman.activities.reminder;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Tells customers in their conversations of what they have and will lose. Each reminder is told once, however often it is tried. */
@ActivityInterface
public interface ReminderActivities {
    /** Of store credit. Answers how many customers were told; there may be more. */
    @ActivityMethod(name = "payment.remindOfCredit")
    int remindOfCredit();

    /** Of points. Answers how many customers were told; there may be more. */
    @ActivityMethod(name = "loyalty.remindOfPoints")
    int remindOfPoints();
}
