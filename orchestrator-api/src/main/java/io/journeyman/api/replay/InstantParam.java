package io.journeyman.api.replay;

import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.Moments;
import java.time.DateTimeException;
import java.time.Instant;

/** An instant in a query, such as {@code 2026-11-24T00:00:00Z}. */
public record InstantParam(Instant value) {
    /** Called by JAX-RS. */
    public InstantParam(String text) {
        this(parsed(text));
    }

    private static Instant parsed(String text) {
        try {
            return Moments.instant(text);
        } catch (DateTimeException e) {
            throw ProblemException.of(400, "bad_request", "Give a time such as 2026-11-24T00:00:00Z.");
        }
    }
}
