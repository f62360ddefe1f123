package io.journeyman.bench.shop;

import io.journeyman.launcher.Ports;
import io.journeyman.launcher.ShopAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/** A shop of its own for one run, in a folder of its own and on free ports, whose parts are processes; removed at the end. */
public final class Site implements AutoCloseable {
    private final Path folder;
    private final ShopAddress address;

    private Site(Path folder) {
        this.folder = folder;
        this.address = new ShopAddress(folder.resolve("data"), Ports.findFree());
    }

    public static Site create(String name) throws IOException {
        return new Site(Files.createTempDirectory("journeyman-" + name + "-"));
    }

    public ShopAddress address() {
        return address;
    }

    /** Where the parts' output goes: a file for each start. */
    public Path folder() {
        return folder;
    }

    /**
     * Starts a part as {@code ./journeyman} would, and returns when it says that it is up.
     *
     * @param words {@code engine}; {@code agent inventory}; {@code worker}; {@code api}; {@code up}
     */
    public PartProcess start(Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        return PartProcess.start(this, environment, words);
    }

    /** Removes the folder; every part must have ended. */
    @Override
    public void close() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
