package io.journeyman.launcher;

import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Temporal's dev server with its database file in the data folder, and with the settings that make one machine quick: without
 * them every transition waits up to 50 ms for a poll, and each commit is written twice.
 */
final class LocalTemporal implements Server {
    private static final List<String> QUICK = List.of(
            "--dynamic-config-value", "history.transferProcessorMaxPollRPS=1000",
            "--dynamic-config-value", "history.timerProcessorMaxPollRPS=1000",
            "--dynamic-config-value", "history.visibilityProcessorMaxPollRPS=1000",
            "--dynamic-config-value", "system.enableActivityEagerExecution=true",
            "--dynamic-config-value", "matching.numTaskqueueReadPartitions=1",
            "--dynamic-config-value", "matching.numTaskqueueWritePartitions=1",
            "--sqlite-pragma", "journal_mode=wal",
            "--sqlite-pragma", "synchronous=2");
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int STARTS = 3;
    /** The server takes further ports, of its own choice, and ends when somebody else was quicker. */
    private static final String TAKEN = "address already in use";

    private final Path cli;
    private final DataFolder folder;
    private final Ports ports;
    private final WorkflowServiceStubs stubs;
    private Child server;

    private LocalTemporal(Path cli, DataFolder folder, Ports ports) {
        this.cli = cli;
        this.folder = folder;
        this.ports = ports;
        this.stubs = stubs(address(ports));
        this.server = run();
    }

    /** Ends what a crashed run left behind, and returns when the server answers and knows our search attributes. */
    static LocalTemporal start(DataFolder folder, Ports ports) {
        return start(Tools.temporal(), folder, ports);
    }

    static LocalTemporal start(Path cli, DataFolder folder, Ports ports) {
        endLeftOver(folder);
        Ports.requireFree("Temporal", ports.temporal());
        Ports.requireFree("Temporal's web UI", ports.behindTemporalUi());
        var temporal = new LocalTemporal(cli, folder, ports);
        try {
            temporal.awaitAnswer();
            return temporal;
        } catch (RuntimeException e) {
            temporal.close();
            throw e;
        }
    }

    static void endLeftOver(DataFolder folder) {
        Child.endLeftOver(pidFile(folder), "TERM", STOP);
    }

    static String address(Ports ports) {
        return "127.0.0.1:" + ports.temporal();
    }

    String address() {
        return address(ports);
    }

    @Override
    public String name() {
        return "Temporal";
    }

    @Override
    public Child process() {
        return server;
    }

    @Override
    public void startAgain() {
        server = run();
        awaitAnswer();
    }

    @Override
    public boolean answers() {
        return answers(stubs);
    }

    /**
     * Asks for what the server reads from its database each time. Its health check is not enough: after a query that was cancelled at a
     * bad moment, the SQLite driver of Temporal's own builds refuses every later one ("interrupted"), for good, while the server feels
     * healthy. {@code ./journeyman} builds the CLI with a driver that is mended.
     */
    static boolean answers(WorkflowServiceStubs stubs) {
        try {
            return stubs.blockingStub()
                    .withDeadlineAfter(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(SearchAttributes.NAMESPACE)
                            .build())
                    .hasNamespaceInfo();
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    static WorkflowServiceStubs stubs(String address) {
        return WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).validateAndBuildWithDefaults());
    }

    @Override
    public void close() {
        server.stop("TERM", STOP);
        stubs.shutdownNow();
        stubs.awaitTermination(1, TimeUnit.SECONDS);
    }

    private Child run() {
        var command = new ArrayList<>(List.of(cli.toString(), "server", "start-dev"));
        command.addAll(List.of("--db-filename", folder.resolve("temporal.db").toString()));
        command.addAll(List.of("--ip", "127.0.0.1", "--port", Integer.toString(ports.temporal())));
        command.addAll(List.of("--ui-port", Integer.toString(ports.behindTemporalUi()), "--log-level", "warn"));
        command.addAll(List.of("--ui-codec-endpoint", "http://127.0.0.1:%d/v1/codec".formatted(ports.api())));
        command.addAll(QUICK);
        var log = folder.logs().resolve("temporal.log");
        return Child.start("Temporal", command, Map.of("GOMEMLIMIT", "400MiB"), pidFile(folder), log);
    }

    private void awaitAnswer() {
        var deadline = System.nanoTime() + START.toNanos();
        int starts = 1;
        while (true) {
            try {
                stubs.healthCheck();
                SearchAttributes.register(address());
                return;
            } catch (StatusRuntimeException e) {
                if (starts < STARTS && !server.alive() && server.said().contains(TAKEN)) {
                    server = run();
                    starts++;
                } else if (!server.alive() || System.nanoTime() > deadline) {
                    throw new CannotStart(
                            "Temporal did not start (%s): if %s is broken, restore it from a backup or name another folder with --data; the log is %s."
                                    .formatted(server.lastWords(), folder.resolve("temporal.db"), server.log()),
                            e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while Temporal started: start again.", e);
        }
    }

    private static Path pidFile(DataFolder folder) {
        return folder.resolve("temporal.pid");
    }
}
