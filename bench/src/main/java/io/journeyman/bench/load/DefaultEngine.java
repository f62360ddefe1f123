package io.journeyman.bench.load;

import io.grpc.StatusRuntimeException;
import io.journeyman.api.EngineClient;
import io.journeyman.bench.shop.Site;
import io.journeyman.launcher.CannotStart;
import io.journeyman.launcher.Tools;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

/** Temporal's dev server as it comes, with a database file and nothing else said. */
final class DefaultEngine implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final Site site;
    private final String address;
    private final Process server;

    private DefaultEngine(Site site, String address, Process server) {
        this.site = site;
        this.address = address;
        this.server = server;
    }

    static DefaultEngine start() throws IOException, InterruptedException {
        var site = Site.create("bench-engine");
        int port = freePort();
        var server = site.keep(new ProcessBuilder(List.of(
                        Tools.temporal().toString(),
                        "server",
                        "start-dev",
                        "--headless",
                        "--ip",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--log-level",
                        "error",
                        "--db-filename",
                        site.folder().resolve("temporal.db").toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
        var engine = new DefaultEngine(site, "127.0.0.1:" + port, server);
        try {
            awaitAnswer(engine.address, server);
            return engine;
        } catch (RuntimeException | InterruptedException e) {
            engine.close();
            throw e;
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static void awaitAnswer(String address, Process server) throws InterruptedException {
        var stubs = EngineClient.stubs(address);
        try {
            long deadline = System.nanoTime() + START.toNanos();
            while (!answers(stubs)) {
                if (!server.isAlive() || System.nanoTime() > deadline) {
                    throw new CannotStart("Temporal did not start on " + address + ".");
                }
                Thread.sleep(100);
            }
        } finally {
            stubs.shutdownNow();
        }
    }

    private static boolean answers(WorkflowServiceStubs stubs) {
        try {
            stubs.healthCheck();
            return true;
        } catch (StatusRuntimeException notYet) {
            return false;
        }
    }

    /** host:port of its frontend. */
    String address() {
        return address;
    }

    ProcessHandle handle() {
        return server.toHandle();
    }

    @Override
    public void close() throws IOException {
        site.close();
    }
}
