package io.journeyman.workflows;

import static io.journeyman.workflows.WorkflowTime.now;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Until when a customer may act. Staff may put it off, but not for ever: what is kept for one is kept from all others. */
public final class Deadline {
    /** How much later than the first deadline it may become in all; the inventory keeps nothing for longer than 31 days. */
    public static final Duration MOST = Duration.ofDays(3);

    private final Instant first;
    private Instant until;

    public Deadline(Instant first) {
        this.first = first;
        this.until = first;
    }

    public Instant until() {
        return until;
    }

    /** The latest that it may become. */
    public Instant latest() {
        return first.plus(MOST);
    }

    /** In the workflow's own time, which has whole milliseconds: when the wait until then is over, so is the deadline. */
    public boolean isOver() {
        return !now().isBefore(until.truncatedTo(ChronoUnit.MILLIS));
    }

    public Duration left() {
        return WorkflowTime.until(until);
    }

    /** Why it cannot become that late: not_later, too_far; empty when it can. */
    public Optional<String> refuses(Instant later) {
        if (!later.isAfter(until)) {
            return Optional.of("not_later");
        }
        return later.isAfter(latest()) ? Optional.of("too_far") : Optional.empty();
    }

    /** Two who put it off at once: the later one stands. */
    public void putOff(Instant later) {
        if (later.isAfter(until)) {
            until = later;
        }
    }
}
