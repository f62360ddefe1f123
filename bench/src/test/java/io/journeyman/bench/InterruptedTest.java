package io.journeyman.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is tired of waiting presses Ctrl-C, or their scheduler sends SIGTERM: nothing stays. */
@Timeout(600)
class InterruptedTest {
    @ParameterizedTest
    @ValueSource(strings = {"bench --quick --only turns", "bench --only defaults", "chaos --journeys 40 --kills 40"})
    void leavesNoProcessAndNoFolder(String command) throws Exception {
        var folder = Files.createTempDirectory("journeyman-interrupted-");
        // Postgres, started by root, runs as somebody else
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var process = start(folder, command);
        var started = new ArrayList<ProcessHandle>();
        try {
            awaitPostgres(folder, process);
            Thread.sleep(2_000);
            process.descendants().forEach(started::add);
            assertThat(started).isNotEmpty();

            process.destroy();

            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(started).filteredOn(ProcessHandle::isAlive).isEmpty();
            assertThat(folder).isEmptyDirectory();
        } finally {
            process.destroyForcibly().waitFor();
            started.forEach(ProcessHandle::destroyForcibly);
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Process start(Path folder, String command) throws IOException {
        var words = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.io.tmpdir=" + folder,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                "io.journeyman.bench.Main"));
        words.addAll(List.of(command.split(" ")));
        var builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"); // also of what it starts
        return builder.start();
    }

    /** By then most parts are there or being started. */
    private static void awaitPostgres(Path folder, Process process) throws Exception {
        var deadline = Instant.now().plusSeconds(180);
        while (!hasPostgres(folder)) {
            assertThat(process.isAlive()).as("it runs").isTrue();
            assertThat(Instant.now()).as("Postgres starts").isBefore(deadline);
            Thread.sleep(100);
        }
    }

    private static boolean hasPostgres(Path folder) throws IOException {
        try (var sites = Files.list(folder)) {
            return sites.anyMatch(site -> Files.exists(site.resolve("data").resolve("postgres.pid")));
        }
    }
}
