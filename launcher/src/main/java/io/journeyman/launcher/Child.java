package io.journeyman.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of ours that outlives a crash of this one and is found again: its id and start time stand in a file. It runs in
 * its own session, so that a Ctrl-C in the terminal reaches only us, and we stop it when its clients have gone.
 */
final class Child {
    private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();
    private static final int MOST_SAID = 64 * 1024;

    private final String name;
    private final Process process;
    private final Path pidFile;
    private final Path log;
    private final long logged;

    /** @param logged bytes of the log that others wrote before */
    private Child(String name, Process process, Path pidFile, Path log, long logged) {
        this.name = name;
        this.process = process;
        this.pidFile = pidFile;
        this.log = log;
        this.logged = logged;
    }

    static Child start(String name, List<String> command, Map<String, String> environment, Path pidFile, Path log) {
        var detached = new ArrayList<>(ownSession());
        detached.addAll(command);
        var builder = new ProcessBuilder(detached)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            long logged = Files.exists(log) ? Files.size(log) : 0;
            var process = builder.start();
            ALIVE.add(process);
            Files.writeString(pidFile, process.pid() + " " + startOf(process.toHandle()));
            return new Child(name, process, pidFile, log, logged);
        } catch (IOException e) {
            throw new CannotStart("%s could not be started (%s): see %s.".formatted(name, e.getMessage(), log), e);
        }
    }

    /** Ends the process that a crashed run left behind, if there is one: the signal first, by force after {@code patience}. */
    static boolean endLeftOver(Path pidFile, String signal, Duration patience) {
        var left = leftOver(pidFile);
        left.ifPresent(handle -> end(handle, signal, patience));
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return left.isPresent();
    }

    private static Optional<ProcessHandle> leftOver(Path pidFile) {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try {
            var words = Files.readString(pidFile).trim().split(" ", -1);
            if (words.length != 2) {
                return Optional.empty(); // cut off while it was written: nothing can be said of the process
            }
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(handle -> !gone(handle))
                    .filter(handle -> startOf(handle).equals(words[1]));
        } catch (IOException | NumberFormatException e) {
            throw new CannotStart("%s cannot be read: remove it and try again.".formatted(pidFile), e);
        }
    }

    /** Ends by force whatever is still there; for the end of this process. */
    static void endAll() {
        ALIVE.forEach(Process::destroyForcibly);
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Runs {@code then} once the process has ended, for whatever reason. */
    void whenEnded(Runnable then) {
        Thread.startVirtualThread(() -> {
            process.onExit().join();
            ALIVE.remove(process);
            then.run();
        });
    }

    /** Ends it at once and as if it had crashed: what {@link #whenEnded} was given is run. */
    void kill() {
        process.destroyForcibly();
    }

    void stop(String signal, Duration patience) {
        end(process.toHandle(), signal, patience);
        ALIVE.remove(process);
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last line it wrote, to be put into a sentence. */
    String lastWords() {
        return said().lines().reduce(name + " said nothing", (before, line) -> line);
    }

    /** The first {@link #MOST_SAID} bytes that it has logged, which is where a server says why it does not start. */
    String said() {
        try (var from = FileChannel.open(log)) {
            var bytes = ByteBuffer.allocate(MOST_SAID);
            from.read(bytes, logged);
            return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        } catch (IOException e) {
            return name + " left no log";
        }
    }

    Path log() {
        return log;
    }

    private static void end(ProcessHandle handle, String signal, Duration patience) {
        if (gone(handle)) {
            return;
        }
        signal(handle.pid(), signal);
        if (!gone(handle, patience)) {
            handle.destroyForcibly();
            gone(handle, patience);
        }
    }

    private static boolean gone(ProcessHandle handle, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!gone(handle)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return true;
    }

    /** A zombie, which in a container nobody may ever collect, counts as gone: it has no program any more. */
    private static boolean gone(ProcessHandle handle) {
        return !handle.isAlive() || handle.info().command().isEmpty();
    }

    private static void signal(long pid, String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String startOf(ProcessHandle handle) {
        return Long.toString(
                handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    private static List<String> ownSession() {
        if (Tools.onPath("setsid").isPresent()) {
            return List.of("setsid");
        }
        if (Tools.onPath("perl").isPresent()) { // macOS has no setsid command
            return List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV");
        }
        return List.of();
    }
}
