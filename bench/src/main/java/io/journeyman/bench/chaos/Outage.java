package io.journeyman.bench.chaos;

import java.time.Instant;

/**
 * A part was away: from the signal until it was up again; or slow, while a message was under way to it and back; or a message to or
 * from it was lost, which lasts no time.
 */
public record Outage(Part part, Kind kind, Instant from, Instant to) {
    public enum Kind {
        killed,
        paused,
        lost,
        slow
    }

    public boolean isAttack() {
        return kind == Kind.killed || kind == Kind.paused;
    }

    public boolean overlaps(Instant start, Instant end) {
        return !from.isAfter(end) && !to.isBefore(start);
    }
}
