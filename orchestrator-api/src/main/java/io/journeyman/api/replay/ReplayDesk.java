package io.journeyman.api.replay;

import io.journeyman.activities.replay.Replays;
import io.journeyman.activities.replay.Replays.Asked;
import io.journeyman.activities.replay.Replays.Wish;
import io.journeyman.api.conversation.Engine;
import io.journeyman.workflows.replay.PaymentReplay;

/** Takes the wish to have payments tried again: stored once, then driven, and driven again when it was left behind. */
public final class ReplayDesk {
    private final Replays replays;
    private final Engine engine;

    public ReplayDesk(Replays replays, Engine engine) {
        this.replays = replays;
        this.engine = engine;
    }

    public Asked ask(Wish wish) {
        var asked = replays.ask(wish);
        if (asked instanceof Asked.Stored stored && stored.replay().endedAt().isEmpty()) {
            var replay = stored.replay();
            engine.startReplay(new PaymentReplay.Pace(replay.replayId(), replay.ratePerSecond(), false));
        }
        return asked;
    }
}
