package io.journeyman.bench.shop;

import io.journeyman.launcher.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One command of the shop ({@code engine}, {@code worker}, {@code api}, {@code agent NAME}, {@code up}) as a real process. */
public final class PartProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(60);
    private static final List<String> REAL_MODELS =
            List.of("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "OLLAMA_BASE_URL");

    private final String name;
    private final Process process;
    private final Path output;

    private PartProcess(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /** @param jvm options for its virtual machine, beside the usual ones */
    static PartProcess start(Site site, Map<String, String> environment, List<String> jvm, String... words)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.virtualThreadScheduler.parallelism=16",
                "-Djava.awt.headless=true"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.journeyman.launcher.Main"));
        command.addAll(List.of(words));
        var address = site.address();
        command.addAll(List.of("--data", address.data().toString()));
        command.addAll(List.of("--port-base", Integer.toString(address.ports().base())));
        var name = String.join(" ", words);
        var output = Files.createTempFile(site.folder(), name.replace(' ', '-') + "-", ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeAll(REAL_MODELS);
        builder.environment().putAll(environment);
        var part = new PartProcess(name, builder.start(), output);
        site.keep(part);
        part.awaitUp();
        return part;
    }

    private void awaitUp() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START.toNanos();
        while (!said().contains("Ctrl-C stops")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new CannotStart("%s did not come up: %s".formatted(name, said().strip()));
            }
            Thread.sleep(50);
        }
    }

    /** All that it has printed so far. */
    public String said() throws IOException {
        return Files.readString(output);
    }

    String name() {
        return name;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** SIGKILL: nothing of it gets a chance to tidy up. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, and by force when that does not end it: with what it has started, so that nothing of it stays. */
    @Override
    public void close() {
        var tree = ProcessTree.of(process);
        process.destroy();
        try {
            process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tree.kill();
    }
}
