package io.journeyman.launcher;

import java.time.Duration;

/**
 * Ends by force a server whose process lives on without answering, so that whoever waits for its end starts it again.
 *
 * @param period between two questions
 * @param failureThreshold so many questions in a row without an answer are its end
 */
record LivenessProbe(Duration period, int failureThreshold) {
    /** For a minute, longer than any pause that a busy machine explains. */
    static final LivenessProbe PATIENT = new LivenessProbe(Duration.ofSeconds(5), 12);

    /** Asks until the process that the server has now has ended. */
    void watch(Server server) {
        var process = server.process();
        Thread.ofPlatform().daemon().name("liveness of " + server.name()).start(() -> askUntilItEnds(server, process));
    }

    private void askUntilItEnds(Server server, Child process) {
        for (int failures = 0; failures < failureThreshold; ) {
            if (ended(process)) {
                return;
            }
            failures = server.answers() ? 0 : failures + 1;
        }
        System.err.printf(
                "journeyman: %s lives but has not answered %d times in a row; ending it (log: %s).%n",
                server.name(), failureThreshold, process.log());
        process.kill();
    }

    private boolean ended(Child process) {
        try {
            Thread.sleep(period);
            return !process.alive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
