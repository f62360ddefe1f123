package io.journeyman.recommendation.meaning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime unpacks its library (16 MB) into a new folder at each start and removes that when the JVM ends by itself. One that is
 * killed would leave it behind, each time; so the files go as soon as they are loaded, which Linux lets them.
 */
final class UnpackedLibrary {
    private static final Path LOADED = Path.of("/proc/self/maps");
    private static final Pattern MAPPED = Pattern.compile("/.*/onnxruntime-java\\d+/[^/]+\\.so$");
    private static final Logger LOG = LoggerFactory.getLogger(UnpackedLibrary.class);

    private UnpackedLibrary() {}

    /** Elsewhere than on Linux nothing is removed. */
    static void removeFiles() {
        if (!Files.isReadable(LOADED)) {
            return;
        }
        try {
            var files = loaded();
            for (var file : files) {
                Files.deleteIfExists(file);
            }
            for (var folder : files.stream().map(Path::getParent).collect(Collectors.toSet())) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            LOG.warn("the unpacked library of the sentence model stays where it is: {}", e.toString());
        }
    }

    /** A line ends with the file that is mapped: {@code 7f… r-xp 00000000 fe:00 12345   /tmp/onnxruntime-java123/libonnxruntime.so}. */
    private static Set<Path> loaded() throws IOException {
        try (var lines = Files.lines(LOADED)) {
            return lines.map(MAPPED::matcher)
                    .filter(Matcher::find)
                    .map(found -> Path.of(found.group()))
                    .collect(Collectors.toSet());
        }
    }
}
