package io.journeyman.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A port base all of whose ports are free now. */
final class FreePorts {
    private FreePorts() {}

    static Ports find() {
        return new Random()
                .ints(200, 10_000, 28_000) // below the ports that the system hands out by itself
                .mapToObj(Ports::new)
                .filter(FreePorts::free)
                .findFirst()
                .orElseThrow();
    }

    private static boolean free(Ports ports) {
        return IntStream.concat(
                        IntStream.rangeClosed(ports.base() + 1, ports.base() + 7),
                        List.of(
                                        ports.api(),
                                        ports.postgres(),
                                        ports.temporal(),
                                        ports.behindTemporalUi(),
                                        ports.temporalUi())
                                .stream()
                                .mapToInt(Integer::intValue))
                .allMatch(FreePorts::free);
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
