package io.journeyman.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Servers of others that tests start: where they are, and a port for them. */
public final class Programs {
    private Programs() {}

    /** Where the variable says, else on the PATH, else in the cache, where {@code ./journeyman test} puts what it builds. */
    public static Optional<Path> find(String name, String variable) {
        var named = Stream.ofNullable(System.getenv(variable)).map(Path::of);
        var onPath = Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name));
        var cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
        var cached = Stream.of(cache.resolve("journeyman").resolve("bin").resolve(name));
        return Stream.of(named, onPath, cached)
                .flatMap(paths -> paths)
                .filter(Files::isExecutable)
                .filter(path -> !Files.isDirectory(path))
                .findFirst();
    }

    /** One that nobody listens on just now. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
