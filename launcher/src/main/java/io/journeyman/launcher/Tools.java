package io.journeyman.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs and folders of the machine that we run on. */
public final class Tools {
    private static final String FLASK = "flask==3.1.2";
    private static final Duration INSTALL = Duration.ofMinutes(2);

    private Tools() {}

    public static Optional<Path> onPath(String program) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Where downloads and unpacked binaries stay between runs; safe to remove at any time. */
    public static Path cache() {
        var base = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        return base.resolve("journeyman");
    }

    /** The Temporal CLI: what the launcher script found, else the PATH, else the cache. */
    public static Path temporal() {
        return Optional.ofNullable(System.getenv("JOURNEYMAN_TEMPORAL"))
                .map(Path::of)
                .or(() -> onPath("temporal"))
                .or(() -> Optional.of(cache().resolve("bin").resolve("temporal")))
                .filter(Files::isExecutable)
                .orElseThrow(
                        () -> new CannotStart(
                                "the Temporal CLI is missing: start with ./journeyman, which brings it, or put 'temporal' on the PATH."));
    }

    /** A Python with Flask, for peers and examples only: no part of a shop needs it. */
    public static Path flask() throws IOException, InterruptedException {
        return python("flask", FLASK);
    }

    /**
     * A Python with these packages, in the cache; brought there the first time, and again when others are wanted.
     *
     * @param name of its folder
     */
    static Path python(String name, String... packages) throws IOException, InterruptedException {
        var home = cache().resolve(name + "-venv");
        var python = home.resolve("bin").resolve("python");
        var brought = home.resolve("brought.txt");
        var wanted = String.join("\n", packages);
        if (!Files.isExecutable(python)
                || !Files.exists(brought)
                || !Files.readString(brought).equals(wanted)) {
            var system = onPath("python3").orElseThrow(() -> new IOException("no python3 on the PATH"));
            run("python3 -m venv", List.of(system.toString(), "-m", "venv", home.toString()));
            var install = new ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "-q"));
            install.addAll(List.of(packages));
            run("pip install " + String.join(" ", packages), install);
            Files.writeString(brought, wanted);
        }
        return python;
    }

    private static void run(String what, List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(INSTALL.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(what + " did not work here");
        }
    }

    static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }
}
