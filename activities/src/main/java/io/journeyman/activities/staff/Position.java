package io.journeyman.activities.staff;

import io.journeyman.contracts.Moments;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Where a page of a list ended that is sorted by time and id: the next one begins there, whatever became of its last row. */
public record Position(Instant at, String id) {
    private static final char BETWEEN = '~';

    public static Optional<Position> parse(String text) {
        int between = text.indexOf(BETWEEN);
        if (between < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Position(Moments.instant(text.substring(0, between)), text.substring(between + 1)));
        } catch (DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return at.toString() + BETWEEN + id;
    }
}
