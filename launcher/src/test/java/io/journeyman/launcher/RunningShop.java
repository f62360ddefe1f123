package io.journeyman.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One {@code journeyman up} for all tests that ask for it, in a process of its own; stopped after the last of them. */
final class RunningShop implements AutoCloseable {
    private final Path folder;
    private final Path data;
    private final Ports ports = FreePorts.find();
    private final PartProcess up;

    private RunningShop() throws IOException, InterruptedException {
        folder = Files.createTempDirectory("journeyman-shop-");
        data = folder.resolve("data");
        up = PartProcess.start(data, ports, "up");
    }

    Ports ports() {
        return ports;
    }

    Path data() {
        return data;
    }

    String page() {
        return "http://127.0.0.1:" + ports.api() + "/";
    }

    String temporalUi() {
        return "http://127.0.0.1:" + ports.temporalUi();
    }

    Customer demo() throws IOException, InterruptedException {
        return Customer.demo(ports);
    }

    Customer staff() throws IOException, InterruptedException {
        return Customer.staff(ports);
    }

    Books books() throws IOException {
        return new Books(
                LocalPostgres.urlOf(new DataFolder(data), ports.postgres()).orElseThrow());
    }

    Customer newcomer() throws IOException {
        return Customer.newcomer(ports, data);
    }

    @Override
    public void close() throws IOException {
        up.close();
        delete(folder);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Gives the shop to test methods and constructors that have it as a parameter. */
    static final class Extension implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == RunningShop.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot()
                    .getStore(ExtensionContext.Namespace.create(RunningShop.class))
                    .computeIfAbsent(
                            RunningShop.class,
                            type -> {
                                try {
                                    return new RunningShop();
                                } catch (IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                    throw new IllegalStateException(e);
                                }
                            },
                            RunningShop.class);
        }
    }
}
