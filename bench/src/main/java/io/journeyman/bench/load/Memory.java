package io.journeyman.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What a process and all its children occupy. */
final class Memory {
    private Memory() {}

    /** In MiB, with what several share counted once (PSS); nothing where the system does not tell, as outside of Linux. */
    static OptionalLong ofTree(ProcessHandle root) throws IOException {
        long kib = 0;
        for (var process : Stream.concat(Stream.of(root), root.descendants()).toList()) {
            var file = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
            if (!Files.isReadable(file)) {
                return OptionalLong.empty();
            }
            kib += Files.readString(file)
                    .lines()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                    .sum();
        }
        return OptionalLong.of(kib / 1024);
    }
}
