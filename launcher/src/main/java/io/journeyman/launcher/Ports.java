package io.journeyman.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Where each part listens: fixed distances from one base, so that two shops on one machine need one number each. */
public record Ports(int base) {
    public static final Ports DEFAULT = new Ports(5000);

    private static final int AGENTS = 7;
    private static final int FARTHEST = 3233;

    /** Modulo this all distances differ: of two bases that are multiples of it no ports are the same. */
    private static final int APART = 64;

    /** Keeps other processes from finding the same base before a shop listens there; the base itself is nobody's port. */
    private static final Collection<ServerSocket> FOUND = new ConcurrentLinkedQueue<>();

    public Ports {
        if (base < 1024 || base + FARTHEST > 65535) {
            throw new CannotStart(
                    "the port base must lie between 1024 and %d, and %d does not: choose another for --port-base."
                            .formatted(65535 - FARTHEST, base));
        }
    }

    /** A base all of whose ports are free now, for a shop beside others: nobody else on this machine finds it while this process lives. */
    public static Ports findFree() {
        return new Random()
                .ints(200, 10_000 / APART, 28_000 / APART) // below the ports that the system hands out by itself
                .mapToObj(n -> new Ports(n * APART))
                .filter(Ports::areFree)
                .filter(Ports::claim)
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
        try (var socket = listening(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private boolean claim() {
        try {
            return FOUND.add(listening(base));
        } catch (IOException taken) {
            return false;
        }
    }

    private static ServerSocket listening(int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
