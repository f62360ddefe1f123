package io.journeyman.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;

/** Where each part listens: fixed distances from one base, so that two shops on one machine need one number each. */
public record Ports(int base) {
    public static final Ports DEFAULT = new Ports(5000);

    private static final int AGENTS = 7;
    private static final int FARTHEST = 3233;

    public Ports {
        if (base < 1024 || base + FARTHEST > 65535) {
            throw new CannotStart(
                    "the port base must lie between 1024 and %d, and %d does not: choose another for --port-base."
                            .formatted(65535 - FARTHEST, base));
        }
    }

    /** A base all of whose ports are free now, for a shop beside others. */
    public static Ports findFree() {
        return new Random()
                .ints(200, 10_000, 28_000) // below the ports that the system hands out by itself
                .mapToObj(Ports::new)
                .filter(Ports::areFree)
                .findFirst()
                .orElseThrow(() -> new CannotStart("no free ports were found: stop what occupies them."));
    }

    private boolean areFree() {
        return IntStream.concat(
                        IntStream.rangeClosed(base + 1, base + AGENTS),
                        IntStream.of(api(), postgres(), temporal(), behindTemporalUi(), temporalUi()))
                .allMatch(Ports::isFree);
    }

    public int api() {
        return base + 80;
    }

    public int postgres() {
        return base + 432;
    }

    public int temporal() {
        return base + 2233;
    }

    public int temporalUi() {
        return base + FARTHEST;
    }

    /** Where the dev server serves its UI, for {@link TemporalUi} alone. */
    int behindTemporalUi() {
        return temporal() + 1;
    }

    /** Fails with a sentence when somebody listens there already. */
    static void requireFree(String part, int port) {
        if (!isFree(port)) {
            throw new CannotStart(
                    "port %d, wanted for %s, is in use: stop what listens there, or move everything with --port-base (for example --port-base 6000)."
                            .formatted(port, part));
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
