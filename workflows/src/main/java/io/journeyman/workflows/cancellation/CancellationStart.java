package io.journeyman.workflows.cancellation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Starts a cancellation that no customer confirmed: of an order that nobody collected. It outlives the journey that wants it. */
@ActivityInterface
public interface CancellationStart {
    /** Once: one that has started before stays as it is, also when it has ended. */
    @ActivityMethod(name = "cancellation.start")
    void start(Cancellation.Request request);
}
