package io.journeyman.bench.load;

import io.journeyman.bench.shop.Site;
import io.journeyman.launcher.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** {@code ./journeyman up} as its user types it, a second time on the same folder, until a first message has its reply. */
final class Start {
    /** Fewer than anybody may send without a pause. */
    private static final int MESSAGES_AT_ONCE = 15;

    private static final Duration PATIENCE = Duration.ofMinutes(8);

    /**
     * @param seconds until the first reply of the offline model
     * @param mebibytes of everything then, where the system tells
     * @param offlineTurns turns of the offline model with one tool
     */
    record Measured(double seconds, OptionalLong mebibytes, Pace offlineTurns) {}

    private Start() {}

    /** @param home the project's folder, where the command is */
    static Measured measure(Path home, int turns) throws Exception {
        try (var site = Site.create("bench-start")) {
            stop(up(home, site)); // the first one makes the databases, and the archive of classes
            long began = System.nanoTime();
            var process = up(home, site);
            try {
                var shopper = Shopper.newcomer(site.address());
                shopper.says("hi");
                double seconds = (System.nanoTime() - began) / 1e9;
                var mebibytes = Memory.ofTree(process.toHandle());
                return new Measured(seconds, mebibytes, offlineTurns(site, turns));
            } finally {
                stop(process);
            }
        }
    }

    private static Pace offlineTurns(Site site, int count) throws IOException, InterruptedException {
        var took = new ArrayList<Duration>();
        long began = System.nanoTime();
        while (took.size() < count) {
            var shopper = Shopper.newcomer(site.address());
            shopper.says("hi");
            for (int i = 0; i < MESSAGES_AT_ONCE && took.size() < count; i++) {
                took.add(shopper.says("what offers do I get?"));
            }
        }
        return Pace.of(1, took, Duration.ofNanos(System.nanoTime() - began));
    }

    private static Process up(Path home, Site site) throws IOException, InterruptedException {
        var output = Files.createTempFile(site.folder(), "up-", ".log");
        var builder = new ProcessBuilder(List.of(
                        home.resolve("journeyman").toString(),
                        "up",
                        "--data",
                        site.address().data().toString(),
                        "--port-base",
                        Integer.toString(site.address().ports().base())))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JOURNEYMAN_MODEL", "offline");
        var process = site.keep(builder.start());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(output).contains("Ctrl-C stops")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                stop(process);
                throw new CannotStart("up did not come up: %s"
                        .formatted(Files.readString(output).strip()));
            }
            Thread.sleep(20);
        }
        return process;
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
