package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two servers under a shop, for real. */
class EngineTest {
    @TempDir
    Path data;

    private final Ports ports = Ports.findFree();

    @Test
    void keepsWhatWasCommittedWhenTheServersAreKilledOrOursIsAndTheNextOneStartsOnTheirFiles() throws Exception {
        try (var folder = taken();
                var engine = Engine.start(options(folder))) {
            execute(engine.databaseUrl(), "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
            engine.watch(sentence -> {
                throw sentence;
            });

            kill("postgres.pid");
            kill("temporal.pid");

            eventually(() -> assertThat(number(engine.databaseUrl(), "SELECT n FROM kept"))
                    .isEqualTo(7));
            eventually(() -> SearchAttributes.register(engine.temporalAddress()));
        }
    }

    /** Stopped, they keep their ports open and answer nobody. */
    @Test
    void startsServersAgainThatLiveWithoutAnswering() throws Exception {
        var givenUp = new CompletableFuture<CannotStart>();
        try (var folder = taken();
                var engine = Engine.start(options(folder))) {
            execute(engine.databaseUrl(), "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
            engine.watch(new LivenessProbe(Duration.ofSeconds(1), 3), givenUp::complete);
            var standing = List.of(processOf("postgres.pid"), processOf("temporal.pid"));

            for (var process : standing) {
                signal("STOP", Math.toIntExact(process.pid()));
            }

            for (var process : standing) {
                process.onExit().get(120, TimeUnit.SECONDS);
            }
            eventually(() -> assertThat(number(engine.databaseUrl(), "SELECT n FROM kept"))
                    .isEqualTo(7));
            eventually(() -> SearchAttributes.register(engine.temporalAddress()));
            assertThat(givenUp).isNotDone();
        }
    }

    /** As a Temporal does whose database refuses every query, while its port is open and it calls itself healthy. */
    @Test
    void takesAHealthyServerThatRefusesEveryQuestionForOneThatDoesNotAnswer() throws Exception {
        var refusing = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .fallbackHandlerRegistry(
                        refusing("GetWorkflowExecutionHistory operation failed. Error: interrupted (9)"))
                .build()
                .start();
        var played = LocalTemporal.stubs("127.0.0.1:" + refusing.getPort());
        try {
            assertThat(LocalTemporal.answers(played)).isFalse();
        } finally {
            played.shutdownNow();
            refusing.shutdownNow().awaitTermination();
        }

        try (var folder = taken();
                var temporal = LocalTemporal.start(folder, ports)) {
            assertThat(temporal.answers()).isTrue();
        }
    }

    /** As the dev server does that found a further port free, and came too late to take it. */
    @Test
    void startsTemporalAgainThatEndsSinceAPortOfItsChoiceWasTaken() throws Exception {
        var lost = data.resolve("lost");
        var cli = Files.writeString(data.resolve("temporal"), """
                #!/bin/sh
                mkdir '%s' 2>/dev/null && echo 'listen tcp 127.0.0.1:36445: bind: address already in use' && exit 1
                exec '%s' "$@"
                """.formatted(lost, Tools.temporal()));
        Files.setPosixFilePermissions(cli, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var folder = taken();
                var temporal = LocalTemporal.start(cli, folder, ports)) {
            assertThat(temporal.answers()).isTrue();
            Files.delete(lost);
            kill("temporal.pid");

            temporal.startAgain();

            assertThat(temporal.answers()).isTrue();
            assertThat(lost).exists();
        }
    }

    /** Each of them interrupts a query; with the SQLite driver of CLI 1.5.1 as Temporal builds it, all later ones are, too. */
    @Test
    void answersAfterThousandsOfQuestionsThatWereCancelled() throws Exception {
        var cancelled = new AtomicInteger();
        try (var folder = taken();
                var temporal = LocalTemporal.start(folder, ports)) {
            var stubs = LocalTemporal.stubs(temporal.address());
            try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int asker = 0; asker < 12; asker++) {
                    int patience = 100 * (asker + 1);
                    askers.execute(() -> {
                        for (int question = 0; question < 2_000; question++) {
                            askForMicroseconds(stubs, patience, cancelled);
                        }
                    });
                }
            } finally {
                stubs.shutdownNow();
            }

            assertThat(cancelled).hasValueGreaterThan(2_000);
            assertThat(temporal.answers())
                    .as("a newer Temporal CLI, or none on the PATH so that ./journeyman builds one, does not break so")
                    .isTrue();
        }
    }

    private static void askForMicroseconds(WorkflowServiceStubs stubs, int microseconds, AtomicInteger cancelled) {
        try {
            stubs.blockingStub()
                    .withDeadlineAfter(microseconds, TimeUnit.MICROSECONDS)
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(SearchAttributes.NAMESPACE)
                            .build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
                cancelled.incrementAndGet();
            }
        }
    }

    @Test
    void saysOneSentenceWhenItRunsAlone() throws Exception {
        try (var engine = PartProcess.start(data.resolve("data"), ports, "engine")) {
            assertThat(engine.said())
                    .isEqualTo("Postgres and Temporal are up on ports %d and %d. Ctrl-C stops them.%n"
                            .formatted(ports.postgres(), ports.temporal()));
        }
    }

    /** A connection's process that is slow to leave keeps the memory in use that the next server wants. */
    @Test
    void startsPostgresAgainOnceTheLastProcessOfTheKilledOneHasLeft() throws Exception {
        var givenUp = new CompletableFuture<CannotStart>();
        try (var folder = taken();
                var engine = Engine.start(options(folder));
                var connection = DriverManager.getConnection(engine.databaseUrl())) {
            engine.watch(givenUp::complete);
            var straggler = number(connection, "SELECT pg_backend_pid()");
            signal("STOP", straggler);

            kill("postgres.pid");
            Thread.sleep(2_000);
            signal("CONT", straggler);

            eventually(() ->
                    assertThat(number(engine.databaseUrl(), "SELECT 1 + 1")).isEqualTo(2));
            assertThat(givenUp).isNotDone();
        }
    }

    @Test
    void endsTheServersThatACrashedRunLeftBehind() throws Exception {
        try (var folder = taken()) {
            var crashed = Engine.start(options(folder)); // never closed, as when the process is killed
            execute(crashed.databaseUrl(), "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");

            try (var next = Engine.start(options(folder))) {
                assertThat(number(next.databaseUrl(), "SELECT n FROM kept")).isEqualTo(7);
            }
        }
        assertThat(data.resolve("postgres.pid")).doesNotExist();
        assertThat(data.resolve("temporal.pid")).doesNotExist();
    }

    @Test
    void leavesAStrangerAloneWhoGotTheProcessIdOfAnOldServer() throws Exception {
        var stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(data.resolve("stale.pid"), stranger.pid() + " 12345");

            var ended = Child.endLeftOver(data.resolve("stale.pid"), "TERM", Duration.ofSeconds(1));

            assertThat(ended).isFalse();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void saysWhichPortIsInUseAndLeavesNothingRunning() throws Exception {
        try (var occupied = new ServerSocket(ports.temporal(), 1, InetAddress.getLoopbackAddress());
                var folder = taken()) {
            assertThat(occupied.isBound()).isTrue();

            assertThatThrownBy(() -> Engine.start(options(folder)).close())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("port " + ports.temporal())
                    .hasMessageContaining("--port-base");
        }
        assertThat(data.resolve("postgres.pid")).doesNotExist();
    }

    @Test
    void saysThatADatabaseFolderIsBroken() throws Exception {
        Files.createDirectories(data.resolve("postgres"));
        Files.writeString(data.resolve("postgres").resolve("PG_VERSION"), "9.6\n");
        try (var folder = taken()) {
            assertThatThrownBy(
                            () -> LocalPostgres.start(folder, ports.postgres()).close())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("9.6")
                    .hasMessageContaining("--data");
        }
    }

    /** A recovery from an archive that takes its time, as one from a long log does. */
    @Test
    void letsARecoveryThatTakesLongerThanAStartComeToItsEnd() throws Exception {
        var patience = Duration.ofSeconds(2);
        var archive = data.resolve("archive-answers");
        try (var folder = taken()) {
            try (var postgres = LocalPostgres.start(folder, ports.postgres())) {
                execute(postgres.url(), "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
            }
            Files.writeString(data.resolve("postgres").resolve("recovery.signal"), "");
            Files.writeString(
                    data.resolve("postgres").resolve("postgresql.auto.conf"),
                    "restore_command = 'until test -e \"%s\"; do sleep 0.1; done; false'%n".formatted(archive),
                    StandardOpenOption.APPEND);
            var recovered = Thread.startVirtualThread(() -> {
                sleep(patience.multipliedBy(4));
                write(archive);
            });

            try (var postgres = LocalPostgres.start(folder, ports.postgres(), patience)) {
                assertThat(number(postgres.url(), "SELECT n FROM kept")).isEqualTo(7);
            }
            recovered.join();
        }
    }

    @Test
    void saysThatTheTemporalThatWasNamedDoesNotAnswer() {
        var address = "127.0.0.1:" + ports.temporal();
        var environment =
                Map.of("TEMPORAL_ADDRESS", address, "DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/journeyman");

        assertThatThrownBy(() -> Engine.start(Options.parse(List.of("up", "--data", data.toString()), environment)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("TEMPORAL_ADDRESS")
                .hasMessageContaining(address);
    }

    @Test
    void keepsWhatARowSaysOutOfTheLogOfPostgres() throws Exception {
        try (var folder = taken();
                var postgres = LocalPostgres.start(folder, ports.postgres());
                var connection = DriverManager.getConnection(postgres.url());
                var statement = connection.prepareStatement("INSERT INTO lived_at VALUES (?)")) {
            execute(postgres.url(), "CREATE TABLE lived_at (line1 text CHECK (line1 = ''))");
            statement.setString(1, "12 MG Road");

            assertThatThrownBy(statement::execute).hasMessageContaining("violates check constraint");

            assertThat(folder.logs().resolve("postgres.log"))
                    .content()
                    .contains("violates check constraint")
                    .doesNotContain("12 MG Road");
        }
    }

    @Test
    void letsOneRunAtATimeUseADataFolder() {
        try (var folder = taken()) {
            assertThatThrownBy(() -> new DataFolder(folder.path()).take())
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("another journeyman is up");
        }
    }

    @Test
    void makesEachSecretOnceAndReadableByItsOwnerOnly() throws Exception {
        try (var folder = taken()) {
            var secret = folder.secret("service");

            assertThat(secret).hasSizeGreaterThanOrEqualTo(43);
            assertThat(folder.secret("service")).isEqualTo(secret);
            assertThat(folder.secret("token")).isNotEqualTo(secret);
            assertThat(Files.getPosixFilePermissions(data.resolve("secrets").resolve("service")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    private DataFolder taken() {
        var folder = new DataFolder(data);
        folder.take();
        return folder;
    }

    private Options options(DataFolder folder) {
        return Options.parse(
                List.of("up", "--data", folder.path().toString(), "--port-base", Integer.toString(ports.base())),
                Map.of());
    }

    private void kill(String pidFile) throws Exception {
        processOf(pidFile).destroyForcibly();
    }

    private ProcessHandle processOf(String pidFile) throws Exception {
        var pid = Files.readString(data.resolve(pidFile)).replaceAll(" .*", "");
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static HandlerRegistry refusing(String reason) {
        var call = ServerMethodDefinition.create(
                MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("any/Call")
                        .build(),
                (ServerCall<byte[], byte[]> asked, Metadata headers) -> {
                    asked.close(Status.UNAVAILABLE.withDescription(reason), new Metadata());
                    return new ServerCall.Listener<>() {};
                });
        return new HandlerRegistry() {
            @Override
            public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
                return call;
            }
        };
    }

    private record Bytes() implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            return new byte[0];
        }
    }

    private static void execute(String url, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static int number(String url, String query) throws SQLException {
        try (var connection = DriverManager.getConnection(url)) {
            return number(connection, query);
        }
    }

    private static int number(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }

    private static void signal(String name, int process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Integer.toString(process))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Check {
        void run() throws Exception;
    }

    private static void eventually(Check check) throws Exception {
        var deadline = Instant.now().plusSeconds(60);
        while (true) {
            try {
                check.run();
                return;
            } catch (Exception | AssertionError e) {
                if (Instant.now().isAfter(deadline)) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }
}
