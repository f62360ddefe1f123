package io.journeyman.activities.replay;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One wish of the staff to have failed payments tried again, and how far it is.
 *
 * @param results how many orders came to what so far
 * @param left orders that were not tried yet
 */
public record Replay(
        String replayId,
        String askedBy,
        String reason,
        Status status,
        int ratePerSecond,
        Optional<Instant> priceUntil,
        Instant askedAt,
        Optional<Instant> endedAt,
        Map<ReplayResult, Integer> results,
        int left) {
    /** How many orders it is about. */
    public int orders() {
        return left + results.values().stream().mapToInt(Integer::intValue).sum();
    }

    public enum Status {
        running,
        paused,
        done,
        cancelled
    }

    /** One order of the report. @param result empty while it is not tried yet */
    public record Line(
            int position, String orderId, Optional<ReplayResult> result, String code, Optional<Instant> at) {}
}
