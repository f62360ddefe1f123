package io.journeyman.bench.shop;

import io.journeyman.launcher.CannotStart;
import io.journeyman.launcher.Ports;
import io.journeyman.launcher.ShopAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A shop of its own for one run, in a folder of its own and on free ports, whose parts are processes; removed at the end, also when
 * the program is interrupted before.
 */
public final class Site implements AutoCloseable {
    /** The latest first: it may stand on those before. */
    private static final Deque<Site> OPEN = new ConcurrentLinkedDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Site::closeAll, "close sites"));
    }

    private final Path folder;
    private final ShopAddress address;
    private final Set<PartProcess> parts = ConcurrentHashMap.newKeySet();
    private final Set<Process> others = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;
    private volatile boolean keepsFolder;

    private Site(Path folder) {
        this.folder = folder;
        this.address = new ShopAddress(folder.resolve("data"), Ports.findFree());
    }

    public static Site create(String name) throws IOException {
        var site = new Site(Files.createTempDirectory("journeyman-" + name + "-"));
        OPEN.push(site);
        return site;
    }

    private static void closeAll() {
        for (var site : OPEN) {
            try {
                site.close();
            } catch (IOException e) {
                System.err.println("The folder " + site.folder + " could not be removed: " + e.getMessage());
            }
        }
    }

    /** Whether the folder stays when it is closed. */
    public void keepFolder(boolean wanted) {
        keepsFolder = wanted;
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
        return start(environment, List.of(), words);
    }

    /** The same with options for the part's virtual machine. */
    public PartProcess start(Map<String, String> environment, List<String> jvm, String... words)
            throws IOException, InterruptedException {
        if (stopping) {
            throw new CannotStart("the shop is being closed.");
        }
        return PartProcess.start(this, environment, jvm, words);
    }

    /** A part that is being started; one that slipped past {@link #stop} ends at once. */
    void keep(PartProcess part) {
        parts.add(part);
        if (stopping) {
            part.close();
        }
    }

    /** Something else that runs for this site, and ends with it. */
    public Process keep(Process process) {
        others.add(process);
        if (stopping) {
            ProcessTree.of(process).kill();
        }
        return process;
    }

    /** Ends every part that still runs, the engine last; nothing starts any more. May be called at any moment, and again. */
    public void stop() {
        stopping = true;
        var ending = parts.stream()
                .filter(part -> !part.name().equals("engine"))
                .map(part -> Thread.startVirtualThread(part::close))
                .toList();
        try {
            for (var thread : ending) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.forEach(PartProcess::close);
        others.forEach(process -> ProcessTree.of(process).kill());
    }

    /** Ends the parts and removes the folder, once. */
    @Override
    public synchronized void close() throws IOException {
        if (OPEN.contains(this)) {
            stop();
            if (!keepsFolder) {
                remove();
            }
            OPEN.remove(this);
        }
    }

    private void remove() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
