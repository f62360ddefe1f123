package io.journeyman.activities.http;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** How long a server wants not to be asked, where its header {@code Retry-After} says so in seconds. */
public final class RetryAfter {
    private RetryAfter() {}

    /** @param longest that is waited, whatever it says */
    public static Optional<Duration> of(HttpResponse<?> answer, Duration longest) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(wait -> wait.compareTo(longest) > 0 ? longest : wait);
    }
}
