package io.journeyman.bench.load;

import com.google.protobuf.util.Durations;
import io.journeyman.api.EngineClient;
import io.journeyman.bench.shop.PartProcess;
import io.journeyman.bench.shop.Site;
import io.journeyman.launcher.CannotStart;
import io.journeyman.launcher.Ports;
import io.journeyman.launcher.Tools;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Temporal's server on Postgres, as in docker-compose, with a number of history shards that cannot be changed later. The same Postgres
 * serves the shop. Server and schema tool are built with Go into the cache folder, once.
 */
final class PostgresEngine implements AutoCloseable {
    private static final String VERSION = "v1.32.0";
    private static final Duration BUILD = Duration.ofMinutes(15);
    private static final Duration SETUP = Duration.ofMinutes(1);

    private final Site site;
    private final PartProcess servers;
    private final String frontend;
    private final Process temporal;

    /** Why there is no such figure. */
    static final class Missing extends Exception {
        Missing(String why) {
            super(why);
        }
    }

    private PostgresEngine(Site site, PartProcess servers, String frontend, Process temporal) {
        this.site = site;
        this.servers = servers;
        this.frontend = frontend;
        this.temporal = temporal;
    }

    /** @param settings what the server is told beside its defaults, as a file of dynamic configuration */
    static PostgresEngine start(int shards, String settings) throws Missing, IOException, InterruptedException {
        var bin = binaries();
        var site = Site.create("bench-engine");
        try {
            var servers = site.start(Map.of(), "engine"); // of which the Postgres is wanted
            try {
                return start(bin, site, servers, shards, settings);
            } catch (Missing | IOException | InterruptedException | RuntimeException e) {
                servers.close();
                throw e;
            }
        } catch (Missing | IOException | InterruptedException | RuntimeException e) {
            site.close();
            throw e;
        }
    }

    private static PostgresEngine start(Path bin, Site site, PartProcess servers, int shards, String settings)
            throws Missing, IOException, InterruptedException {
        var database = Database.of(site.address().databaseUrl());
        var tool = bin.resolve("sql").toString();
        for (var schema : List.of("temporal", "visibility")) {
            database.run(tool, schema, "create");
            database.run(tool, schema, "setup-schema", "-v", "0.0");
            database.run(tool, schema, "update-schema", "--schema-name", "postgresql/v12/" + schema);
        }
        // Temporal's tables take no port above 32767, and the system hands out such
        int port = Ports.findFree().base() + 1;
        var told = Files.writeString(site.folder().resolve("settings.yaml"), settings);
        var config = Files.writeString(site.folder().resolve("temporal.yaml"), config(database, shards, port, told));
        var log = site.folder().resolve("temporal-on-postgres.log");
        var temporal = site.keep(new ProcessBuilder(
                        bin.resolve("server").toString(),
                        "--allow-no-auth",
                        "--config-file",
                        config.toString(),
                        "start")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        var engine = new PostgresEngine(site, servers, "127.0.0.1:" + port, temporal);
        try {
            DefaultEngine.awaitAnswer(engine.frontend, temporal);
            engine.registerNamespace();
            return engine;
        } catch (CannotStart e) {
            temporal.destroyForcibly().onExit().join();
            throw new CannotStart("%s It said: %s".formatted(e.getMessage(), lastLine(log)), e);
        } catch (RuntimeException | InterruptedException e) {
            temporal.destroyForcibly().onExit().join();
            throw e;
        }
    }

    private static String lastLine(Path log) throws IOException {
        var lines = Files.readAllLines(log);
        return lines.isEmpty() ? "nothing" : lines.getLast();
    }

    /** {@code deploy/temporal.yaml}, which docker-compose gives to its server. */
    static String settingsOfCompose() throws IOException {
        try (InputStream in = PostgresEngine.class.getResourceAsStream("/deploy/temporal.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What makes a shop run over it. */
    Map<String, String> environment() {
        return Map.of(
                "TEMPORAL_ADDRESS", frontend, "DATABASE_URL", site.address().databaseUrl());
    }

    private static Path binaries() throws Missing, IOException, InterruptedException {
        var bin = Tools.cache().resolve("temporal-server-" + VERSION);
        if (!Files.isExecutable(bin.resolve("server")) || !Files.isExecutable(bin.resolve("sql"))) {
            var go = Tools.onPath("go").orElseThrow(() -> new Missing("since Go, which builds it, is not on the PATH"));
            for (var command : List.of("cmd/server", "cmd/tools/sql")) {
                var builder = new ProcessBuilder(
                                go.toString(), "install", "go.temporal.io/server/" + command + "@" + VERSION)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
                builder.environment().put("GOBIN", bin.toString());
                builder.environment().put("GOFLAGS", "");
                await(builder.start(), BUILD, "it could not be built with go install");
            }
        }
        return bin;
    }

    private static void await(Process process, Duration limit, String otherwise) throws Missing, InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new Missing(otherwise);
        }
    }

    private record Database(String port, String user, String password) {
        static Database of(String url) {
            var uri = URI.create(url.substring("jdbc:".length()));
            var said = Arrays.stream(uri.getQuery().split("&", -1))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
            return new Database(Integer.toString(uri.getPort()), said.get("user"), said.get("password"));
        }

        void run(String tool, String schema, String... words) throws Missing, IOException, InterruptedException {
            var command = new ArrayList<>(List.of(
                    tool,
                    "--plugin",
                    "postgres12",
                    "--ep",
                    "127.0.0.1",
                    "--port",
                    port,
                    "--user",
                    user,
                    "--db",
                    "engine_" + schema));
            command.addAll(List.of(words));
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("SQL_PASSWORD", password);
            await(builder.start(), SETUP, "its tables could not be made: " + String.join(" ", words));
        }
    }

    private static String config(Database database, int shards, int frontend, Path settings) throws IOException {
        var store = """
                sql: { pluginName: postgres12, databaseName: engine_%s, connectAddr: "127.0.0.1:%s", connectProtocol: tcp,
                       user: "%s", password: "%s", maxConns: 20, maxIdleConns: 20, maxConnLifetime: 1h }""";
        return """
                log: { stdout: true, level: error }
                persistence:
                  defaultStore: default
                  visibilityStore: visibility
                  numHistoryShards: %d
                  datastores:
                    default:
                      %s
                    visibility:
                      %s
                global: { membership: { maxJoinDuration: 30s, broadcastAddress: 127.0.0.1 } }
                services:
                  frontend: { rpc: { grpcPort: %d, membershipPort: %d, bindOnIP: 127.0.0.1 } }
                  history: { rpc: { grpcPort: %d, membershipPort: %d, bindOnIP: 127.0.0.1 } }
                  matching: { rpc: { grpcPort: %d, membershipPort: %d, bindOnIP: 127.0.0.1 } }
                  worker: { rpc: { grpcPort: %d, membershipPort: %d, bindOnIP: 127.0.0.1 } }
                clusterMetadata:
                  enableGlobalNamespace: false
                  failoverVersionIncrement: 10
                  masterClusterName: active
                  currentClusterName: active
                  clusterInformation:
                    active: { enabled: true, initialFailoverVersion: 1, rpcName: frontend, rpcAddress: "127.0.0.1:%d" }
                dcRedirectionPolicy: { policy: noop }
                publicClient: { hostPort: "127.0.0.1:%d" }
                dynamicConfigClient: { filepath: "%s", pollInterval: 60s }
                """.formatted(
                        shards,
                        store.formatted("temporal", database.port(), database.user(), database.password())
                                .replace("\n", ""),
                        store.formatted("visibility", database.port(), database.user(), database.password())
                                .replace("\n", ""),
                        frontend,
                        frontend + 1,
                        frontend + 2,
                        frontend + 3,
                        frontend + 4,
                        frontend + 5,
                        frontend + 6,
                        frontend + 79,
                        frontend,
                        frontend,
                        settings);
    }

    private void registerNamespace() {
        var stubs = EngineClient.stubs(frontend);
        try {
            stubs.blockingStub()
                    .registerNamespace(RegisterNamespaceRequest.newBuilder()
                            .setNamespace("default")
                            .setWorkflowExecutionRetentionPeriod(Durations.fromDays(1))
                            .build());
        } finally {
            stubs.shutdownNow();
        }
    }

    /** The server, and its Postgres. */
    List<ProcessHandle> handles() {
        return List.of(temporal.toHandle(), servers.handle());
    }

    @Override
    public void close() throws IOException {
        temporal.destroyForcibly().onExit().join();
        servers.close();
        site.close();
    }
}
