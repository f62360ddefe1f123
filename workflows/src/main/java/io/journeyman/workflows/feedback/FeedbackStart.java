package io.journeyman.workflows.feedback;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Starts the question that follows a delivery: no child of it, for it outlives it by days. */
@ActivityInterface
public interface FeedbackStart {
    /** Once: one that has started before stays as it is, also when it has ended. */
    @ActivityMethod(name = "feedback.start")
    void start(Feedback.Request request);
}
