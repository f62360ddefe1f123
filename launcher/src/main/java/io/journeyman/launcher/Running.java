package io.journeyman.launcher;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * What runs in this process and beside it. On Ctrl-C or SIGTERM it is stopped in the opposite order of its start; what
 * does not stop in time is ended by force, so that no process stays behind.
 */
final class Running {
    private static final Duration STOP = Duration.ofSeconds(12);

    private final Deque<Part> parts = new ArrayDeque<>();
    private final CompletableFuture<CannotStart> givenUp = new CompletableFuture<>();
    private boolean stopping;

    private record Part(String name, AutoCloseable closeable) {}

    Running() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopInTime, "stop"));
    }

    <T extends AutoCloseable> T add(String name, T part) {
        synchronized (this) {
            if (!stopping) {
                parts.push(new Part(name, part));
                return part;
            }
        }
        close(new Part(name, part));
        return part;
    }

    void giveUp(CannotStart sentence) {
        givenUp.complete(sentence);
    }

    /** Returns when a part gave up, with its sentence; a signal ends the process meanwhile. */
    CannotStart awaitFailure() {
        return givenUp.join();
    }

    private void stopInTime() {
        var stop = Thread.ofPlatform().daemon().start(this::stop);
        try {
            if (!stop.join(STOP)) {
                System.err.println("journeyman: not everything ended within %d s; ending the rest by force."
                        .formatted(STOP.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Child.endAll();
    }

    private void stop() {
        synchronized (this) {
            stopping = true;
        }
        parts.forEach(Running::close);
    }

    private static void close(Part part) {
        try {
            part.closeable().close();
        } catch (Exception e) {
            System.err.println("journeyman: %s did not stop cleanly: %s".formatted(part.name(), e));
        }
    }
}
