package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PortsTest {
    @Test
    void shopsThatLookForPortsAtOnceShareNone() {
        var found = Stream.generate(Ports::findFree).limit(40).parallel().toList();

        assertThat(found.stream().flatMapToInt(PortsTest::all).boxed()).doesNotHaveDuplicates();
    }

    private static IntStream all(Ports ports) {
        return IntStream.concat(
                IntStream.rangeClosed(ports.base(), ports.base() + 7),
                IntStream.of(
                        ports.api(), ports.postgres(), ports.temporal(), ports.behindTemporalUi(), ports.temporalUi()));
    }
}
