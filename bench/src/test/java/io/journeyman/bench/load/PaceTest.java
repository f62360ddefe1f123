package io.journeyman.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void tellsPercentilesThatWereMeasured() {
        var took = IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList();

        var pace = Pace.of(4, took, Duration.ofSeconds(10));

        assertThat(pace).isEqualTo(new Pace(4, 100, 10, 50, 95, 99));
    }

    @Test
    void failsWhenOneOfTheThingsDoes() {
        Callable<Duration> broken = () -> {
            throw new IllegalStateException("no answer");
        };

        assertThatThrownBy(() -> Pace.of(2, List.of(() -> Duration.ofMillis(1), broken)))
                .hasStackTraceContaining("no answer");
    }
}
