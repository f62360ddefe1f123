package io.journeyman.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One command of ours ({@code up}, {@code worker}, {@code api}, {@code agent NAME}) as a real process, as {@code ./journeyman} runs it:
 * from jars, and with an archive of its classes once one was recorded.
 */
final class PartProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Path ARCHIVE = Path.of("target", "shop.jsa").toAbsolutePath();
    private static final Path RECORDED = ARCHIVE.resolveSibling("recorded.jsa");

    private final Process process;
    private final Path output;

    private PartProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Returns when the process says that it is up. */
    static PartProcess start(Path data, Ports ports, String... words) throws IOException, InterruptedException {
        return start(data, ports, Map.of(), words);
    }

    static PartProcess start(Path data, Ports ports, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        var archive = Files.exists(ARCHIVE) ? List.of("-XX:SharedArchiveFile=" + ARCHIVE) : List.<String>of();
        return start(data, ports, environment, archive, words);
    }

    /** An {@code up} that, when it has ended by itself, leaves an archive of its classes for {@link #keepRecorded}. */
    static PartProcess startRecording(Path data, Ports ports) throws IOException, InterruptedException {
        return start(data, ports, Map.of(), List.of("-XX:ArchiveClassesAtExit=" + RECORDED), "up");
    }

    /** Parts start sooner with that archive from now on, also those of other test classes. There is none where classes were in no jar. */
    static void keepRecorded() throws IOException {
        if (Files.exists(RECORDED)) {
            Files.move(RECORDED, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static PartProcess start(
            Path data, Ports ports, Map<String, String> environment, List<String> archive, String... words)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.virtualThreadScheduler.parallelism=16",
                "-DOPT_OUT_TRACKING=true",
                "-Dai.djl.offline=true",
                "-Xlog:cds=off",
                "-Xlog:cds+dynamic=off",
                "-Xlog:aot=off"));
        command.addAll(archive);
        command.addAll(List.of("-cp", classPath(), Main.class.getName()));
        command.addAll(List.of(words));
        command.addAll(List.of("--data", data.toString(), "--port-base", Integer.toString(ports.base())));
        var output = Files.createTempFile(data.getParent(), String.join("-", words) + "-", ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .keySet()
                .removeAll(List.of("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "OLLAMA_BASE_URL"));
        builder.environment().put("JOURNEYMAN_CARRIER", "none"); // parcels travel when a test says so
        builder.environment().putAll(environment);
        var part = new PartProcess(builder.start(), output);
        part.awaitUp();
        return part;
    }

    /** The tests' own without their classes, and with a jar of those that are tested, where Maven has made one by now. */
    private static String classPath() throws IOException {
        try (var jars = Files.newDirectoryStream(Path.of("target"), "launcher-*.jar")) {
            var ours = StreamSupport.stream(jars.spliterator(), false)
                    .map(jar -> jar.toAbsolutePath().toString())
                    .findFirst();
            return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .filter(entry -> !entry.endsWith("test-classes"))
                    .map(entry -> entry.endsWith("classes") ? ours.orElse(entry) : entry)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private void awaitUp() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START.toNanos();
        while (!said().contains("Ctrl-C stops")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                var threads = threads();
                close();
                throw new AssertionError("did not come up:\n" + said() + threads);
            }
            Thread.sleep(50);
        }
    }

    /** What every thread of it does, virtual ones too. */
    private String threads() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            return "it has ended";
        }
        var dump = output.resolveSibling("threads-" + process.pid() + ".txt");
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, Long.toString(process.pid()), "Thread.dump_to_file", dump.toString())
                .start()
                .waitFor(30, TimeUnit.SECONDS);
        return Files.exists(dump) ? Files.readString(dump) : "its threads could not be asked";
    }

    String said() throws IOException {
        return Files.readString(output);
    }

    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** {@code kill -9}: nothing of it gets a chance to tidy up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; the exit status once it has ended by itself. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end within 60 s of SIGTERM");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
