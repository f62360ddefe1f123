package io.journeyman.launcher;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs and folders of the machine that we run on. */
public final class Tools {
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

    static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }
}
