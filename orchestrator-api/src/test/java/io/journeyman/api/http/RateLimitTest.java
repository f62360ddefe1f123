package io.journeyman.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private Instant now = Instant.EPOCH;
    private final RateLimit limit = new RateLimit(2, 3, () -> now);

    @Test
    void allowsABurstAndThenItsRate() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.tryTake("one")).isZero();
        }
        assertThat(limit.tryTake("one")).isEqualTo(Duration.ofMillis(500));

        now = now.plusMillis(500);
        assertThat(limit.tryTake("one")).isZero();
        assertThat(limit.tryTake("one")).isPositive();

        now = now.plusSeconds(3_600);
        for (int i = 0; i < 3; i++) {
            assertThat(limit.tryTake("one")).isZero();
        }
        assertThat(limit.tryTake("one")).isPositive();
    }

    @Test
    void letsNobodyUseUpAnothersShare() {
        for (int i = 0; i < 10; i++) {
            limit.tryTake("one");
        }

        assertThat(limit.tryTake("other")).isZero();
    }

    @Test
    void tellsHowLongToWait() {
        for (int i = 0; i < 3; i++) {
            limit.take("one");
        }

        assertThatThrownBy(() -> limit.take("one")).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.problem().status()).isEqualTo(429);
            assertThat(problem.problem().code()).isEqualTo("too_many_requests");
            assertThat(problem.retryAfter()).hasValue(Duration.ofMillis(500));
        });
    }

    @Test
    void isNotFooledByAClockThatGoesBack() {
        for (int i = 0; i < 3; i++) {
            limit.tryTake("one");
        }
        now = now.minusSeconds(60);

        assertThat(limit.tryTake("one")).isPositive();
    }
}
