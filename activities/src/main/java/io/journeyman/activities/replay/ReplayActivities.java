package io.journeyman.activities.replay;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** A replay's steps: ids and counts go through here; which orders, and what became of each, is in Postgres. */
@ActivityInterface
public interface ReplayActivities {
    /** Has the next orders that were not tried yet tried again, at most {@code batch} of them, and records what became of each. */
    @ActivityMethod(name = "replay.next")
    Step next(String replayId, int batch);

    /** Records where the replay stands. */
    @ActivityMethod(name = "replay.stands")
    void stands(String replayId, Replay.Status status);

    /** @param left whether there are orders that were not tried yet */
    record Step(int tried, boolean left) {}
}
