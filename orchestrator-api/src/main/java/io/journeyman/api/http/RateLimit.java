package io.journeyman.api.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket per caller: {@code burst} requests at once, {@code perSecond} for as long as they like. It lives in this
 * process, so that each replica allows its own share, and remembers at most {@link #MOST_CALLERS} callers.
 */
public final class RateLimit {
    static final int MOST_CALLERS = 20_000;

    private final double perSecond;
    private final int burst;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    public RateLimit(double perSecond, int burst, InstantSource clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
    }

    /** @throws ProblemException 429 {@code too_many_requests} with the time to wait */
    public void take(String caller) {
        var wait = tryTake(caller);
        if (!wait.isZero()) {
            throw ProblemException.of(
                            429,
                            "too_many_requests",
                            "That was a little fast. Please try again in " + Math.max(1, wait.toSeconds()) + " s.")
                    .retryAfter(wait);
        }
    }

    /** Zero when the request may go on, else how long to wait. */
    synchronized Duration tryTake(String caller) {
        var now = clock.instant();
        var bucket = buckets.getOrDefault(caller, new Bucket(burst, now));
        double tokens = Math.min(
                burst,
                bucket.tokens() + Math.max(0, Duration.between(bucket.at(), now).toMillis()) / 1000.0 * perSecond);
        if (tokens >= 1) {
            buckets.put(caller, new Bucket(tokens - 1, now));
            return Duration.ZERO;
        }
        buckets.put(caller, new Bucket(tokens, now));
        return Duration.ofMillis((long) Math.ceil((1 - tokens) / perSecond * 1000));
    }

    private record Bucket(double tokens, Instant at) {}
}
