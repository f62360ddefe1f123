package io.journeyman.activities.conversation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** A tool's activity as a workflow calls it: typed by the operation, with (turn, callId). */
@ActivityInterface
public interface ShowCartActivity {
    @ActivityMethod(name = "conversation.showCart")
    void show(TurnRef turn, String callId);
}
