package io.journeyman.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A real Temporal dev server for tests, with the settings of the one-machine engine, its files in a temporary folder. It can be
 * stopped for a while as if the network to it were dead, or killed and started again. It ends with {@link #close}, at the latest
 * with the JVM.
 */
public final class TemporalServer implements AutoCloseable {
    private static final List<String> QUICK = List.of(
            "--dynamic-config-value", "history.transferProcessorMaxPollRPS=1000",
            "--dynamic-config-value", "history.timerProcessorMaxPollRPS=1000",
            "--dynamic-config-value", "history.visibilityProcessorMaxPollRPS=1000",
            // a workflow is deleted when what it did last is acknowledged: every half minute by default
            "--dynamic-config-value", "history.transferProcessorUpdateAckInterval=\"1s\"",
            "--dynamic-config-value", "history.visibilityProcessorUpdateAckInterval=\"1s\"",
            "--dynamic-config-value", "system.enableActivityEagerExecution=true",
            "--sqlite-pragma", "journal_mode=wal",
            "--sqlite-pragma", "synchronous=2");
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int STARTS = 3;
    /** It takes further ports, of its own choice, and ends when somebody else was quicker. */
    private static final String TAKEN = "address already in use";

    private final Path cli;
    private final Path folder;
    private final Map<String, String> searchAttributes;
    private int port;
    private Process server;
    private final Thread atExit = new Thread(this::end, "end-temporal");

    private TemporalServer(Path cli, Map<String, String> searchAttributes) throws IOException {
        this.cli = cli;
        this.folder = Files.createTempDirectory("temporal-test");
        this.searchAttributes = Map.copyOf(searchAttributes);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts one and returns when it answers and knows the attributes. Where no Temporal CLI is installed (JOURNEYMAN_TEMPORAL, the
     * PATH, the cache) this is empty and says so on standard error, but in CI, where a missing part is a failure, it throws.
     *
     * @param searchAttributes name to type: Keyword, Int, Datetime…
     */
    public static Optional<TemporalServer> startWhereInstalled(Map<String, String> searchAttributes) {
        Optional<Path> cli = Programs.find("temporal", "JOURNEYMAN_TEMPORAL");
        if (cli.isEmpty()) {
            String missing = "the Temporal CLI is missing: ./journeyman test brings it";
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                throw new IllegalStateException(missing);
            }
            System.err.println("SKIPPED: tests on a real Temporal server, since " + missing);
            return Optional.empty();
        }
        try {
            var server = new TemporalServer(cli.get(), searchAttributes);
            try {
                server.start(Programs::freePort);
                return Optional.of(server);
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** host:port of its frontend. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** From now on it answers nothing, while its port stays open: as when the machine hangs. */
    public void pause() {
        signal("-STOP");
    }

    public void resume() {
        signal("-CONT");
    }

    /** SIGKILL; what it has stored stays. */
    public void kill() {
        if (server != null) {
            server.destroyForcibly().onExit().join();
        }
    }

    /** On the same port, with what was stored; returns when it answers. */
    public void startAgain() {
        try {
            start(() -> port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void end() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(Port wanted) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        for (int starts = 1; ; starts++) {
            port = wanted.number();
            server = process().start();
            while (server.isAlive() && System.nanoTime() < deadline) {
                if (listens() && knows()) {
                    return;
                }
            }
            String said = Files.readString(log());
            if (server.isAlive() || starts == STARTS || !said.contains(TAKEN)) {
                throw new IllegalStateException("Temporal did not start: " + said);
            }
        }
    }

    /** To ask by the CLI takes the time of a start of its own. */
    private boolean listens() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            LockSupport.parkNanos(PAUSE.toNanos());
            return false;
        }
    }

    private boolean knows() throws IOException {
        var asked = new ProcessBuilder(
                        cli.toString(), "operator", "search-attribute", "list", "--address", address(), "-o", "json")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return asked.onExit().join().exitValue() == 0
                && searchAttributes.keySet().stream().allMatch(answer::contains);
    }

    private void signal(String signal) {
        try {
            var sent = new ProcessBuilder("kill", signal, Long.toString(server.pid())).start();
            if (!sent.waitFor(10, TimeUnit.SECONDS) || sent.exitValue() != 0) {
                throw new IllegalStateException("could not send " + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProcessBuilder process() {
        var command = new ArrayList<>(List.of(cli.toString(), "server", "start-dev", "--headless"));
        command.addAll(List.of("--ip", "127.0.0.1", "--port", Integer.toString(port), "--log-level", "warn"));
        command.addAll(List.of("--db-filename", folder.resolve("temporal.db").toString()));
        searchAttributes.forEach((name, type) -> command.addAll(List.of("--search-attribute", name + "=" + type)));
        command.addAll(QUICK);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log().toFile());
        builder.environment().put("GOMEMLIMIT", "400MiB");
        return builder;
    }

    private Path log() {
        return folder.resolve("temporal.log");
    }

    private interface Port {
        int number() throws IOException;
    }
}
