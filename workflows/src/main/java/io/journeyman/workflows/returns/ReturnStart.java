package io.journeyman.workflows.returns;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Starts the return of an exchange, which its checkout waits for: no child of it, since it goes on by itself when that has ended. */
@ActivityInterface
public interface ReturnStart {
    /** Once: a return that has started before stays as it is, also when it has ended. */
    @ActivityMethod(name = "return.start")
    void start(Return.Request request);
}
