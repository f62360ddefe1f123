package io.journeyman.payment.stripe;

import io.journeyman.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Stripe's own stripe-mock: it refuses whatever Stripe's OpenAPI document does not know, and answers from fixtures. It keeps no
 * state: it tells whether our requests are right, and nothing of what becomes of them.
 */
final class StripeMock implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Process server;
    private final int port;
    private final Thread atExit = new Thread(this::end, "end-stripe-mock");

    private StripeMock(Path program) throws IOException {
        this.port = Programs.freePort();
        // it would serve HTTPS beside it, on a port of its own choice
        this.server = new ProcessBuilder(program.toString(), "-http-port", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts one and returns when it answers. Where it is not installed (JOURNEYMAN_STRIPE_MOCK, the PATH, the cache) this is empty
     * and says so on standard error, but in CI, where a missing part is a failure, it throws.
     */
    static Optional<StripeMock> startWhereInstalled() {
        Optional<Path> program = Programs.find("stripe-mock", "JOURNEYMAN_STRIPE_MOCK");
        if (program.isEmpty()) {
            String missing = "stripe-mock is missing: ./journeyman test brings it";
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                throw new IllegalStateException(missing);
            }
            System.err.println("SKIPPED: tests with stripe-mock, since " + missing);
            return Optional.empty();
        }
        try {
            var mock = new StripeMock(program.get());
            try {
                mock.awaitAnswer();
                return Optional.of(mock);
            } catch (RuntimeException e) {
                mock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void end() {
        server.destroyForcibly().onExit().join();
    }

    private void awaitAnswer() {
        long until = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!server.isAlive() || System.nanoTime() > until) {
                throw new IllegalStateException("stripe-mock did not start");
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
