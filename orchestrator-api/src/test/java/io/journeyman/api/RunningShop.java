package io.journeyman.api;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.journeyman.activities.model.Models;
import io.journeyman.api.auth.Session;
import io.journeyman.api.auth.TokenKey;
import io.journeyman.api.auth.Tokens;
import io.journeyman.contracts.CustomerId;
import io.journeyman.testing.TemporalServer;
import io.journeyman.testing.TestPostgres;
import io.journeyman.workflows.JourneyAttributes;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DeleteWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The real API and the real worker over a real Postgres and a real Temporal server, with played agents and a scripted model.
 * One for all test classes: each test takes a customer of its own.
 */
final class RunningShop implements AutoCloseable {
    static final String TEMPORAL_UI = "http://127.0.0.1:8233";

    private static final AtomicInteger CUSTOMERS = new AtomicInteger();

    final TemporalServer temporal;
    final PlayedAgents agents = new PlayedAgents();
    final ScriptedModel model = new ScriptedModel();
    /** Signs this shop's sessions. */
    final byte[] secret = SecureRandom.getSeed(32);

    final Tokens tokens;
    final ApiConfig config;
    final ApiService api;
    private final WorkerService worker;

    private RunningShop(TemporalServer temporal) throws Exception {
        this.temporal = temporal;
        var key = TokenKey.parse(Base64.getUrlEncoder().encodeToString(secret));
        this.tokens = new Tokens(key, InstantSource.system());
        this.config = TestConfig.of(TestPostgres.freshDatabase(), temporal.address(), agents.urls(), key)
                .temporalUi(Optional.of(URI.create(TEMPORAL_UI)))
                .build();
        this.worker = WorkerService.start(
                config,
                Models.fromEnvironment(Map.of("OLLAMA_BASE_URL", model.url(), "OLLAMA_MODEL", "scripted")),
                true);
        this.api = ApiService.start(config);
    }

    ApiClient nobody() {
        return new ApiClient(api.url());
    }

    /** A customer whom no other test knows. */
    ApiClient customer() {
        return customer(fresh("cust"));
    }

    static String fresh(String prefix) {
        return prefix + "-" + CUSTOMERS.incrementAndGet();
    }

    ApiClient customer(String id) {
        return nobody().bearer(tokens.sign(new Session.Customer(new CustomerId(id))));
    }

    ApiClient guest(String id) {
        return nobody().bearer(tokens.sign(new Session.Guest(id)));
    }

    ApiClient staff() {
        return nobody().bearer(tokens.sign(new Session.Staff("staff-1")));
    }

    /** Every value of every column of the conversation's tables, as text. */
    List<String> everythingStored() throws SQLException {
        var stored = new ArrayList<String>();
        for (String table :
                query("SELECT table_name FROM information_schema.tables WHERE table_schema = 'conversation'")) {
            stored.addAll(query("SELECT t::text FROM conversation.\"" + table + "\" t"));
        }
        return stored;
    }

    List<String> query(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(config.databaseUrl());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(config.databaseUrl());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Temporal drops what it knows of a workflow that has ended, as it does when its retention is over. */
    void forget(String workflowId) throws Exception {
        var stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(temporal.address())
                .build());
        try {
            var execution =
                    WorkflowExecution.newBuilder().setWorkflowId(workflowId).build();
            stubs.blockingStub()
                    .deleteWorkflowExecution(DeleteWorkflowExecutionRequest.newBuilder()
                            .setNamespace(config.namespace())
                            .setWorkflowExecution(execution)
                            .build());
            // the server deletes when it comes to it, now and then after half a minute
            eventually(Duration.ofMinutes(3), () -> {
                try {
                    stubs.blockingStub()
                            .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                                    .setNamespace(config.namespace())
                                    .setExecution(execution)
                                    .build());
                    return Optional.empty();
                } catch (StatusRuntimeException gone) {
                    return Optional.of(gone).filter(e -> e.getStatus().getCode() == Status.Code.NOT_FOUND);
                }
            });
        } finally {
            stubs.shutdownNow();
        }
    }

    /** The first value that is there within half a minute. */
    static <T> T eventually(Callable<Optional<T>> look) throws Exception {
        return eventually(Duration.ofSeconds(30), look);
    }

    static <T> T eventually(Duration patience, Callable<Optional<T>> look) throws Exception {
        var deadline = Instant.now().plus(patience);
        while (Instant.now().isBefore(deadline)) {
            var seen = look.call();
            if (seen.isPresent()) {
                return seen.get();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("it did not come");
    }

    @Override
    public void close() {
        model.close();
        api.close();
        worker.close();
        agents.close();
        temporal.close();
    }

    private static Map<String, String> searchAttributes() {
        var attributes = new HashMap<String, String>();
        for (var attribute : JourneyAttributes.ALL) {
            attributes.put(
                    attribute.getName(),
                    switch (attribute.getValueType()) {
                        case INDEXED_VALUE_TYPE_INT -> "Int";
                        case INDEXED_VALUE_TYPE_DATETIME -> "Datetime";
                        default -> "Keyword";
                    });
        }
        return attributes;
    }

    /** Gives the one shop to test classes; it is closed when the last one is done. */
    static final class Opened implements BeforeAllCallback, ParameterResolver {
        private static final ExtensionContext.Namespace HERE = ExtensionContext.Namespace.create(RunningShop.class);

        private record Held(Optional<RunningShop> shop) implements AutoCloseable {
            @Override
            public void close() {
                shop.ifPresent(RunningShop::close);
            }
        }

        @Override
        public void beforeAll(ExtensionContext context) {
            Assumptions.assumeTrue(held(context).shop().isPresent(), "no Temporal CLI");
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == RunningShop.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return held(context).shop().orElseThrow();
        }

        private static Held held(ExtensionContext context) {
            return context.getRoot().getStore(HERE).computeIfAbsent(Held.class, type -> new Held(open()), Held.class);
        }

        private static Optional<RunningShop> open() {
            return TemporalServer.startWhereInstalled(searchAttributes()).map(temporal -> {
                try {
                    return new RunningShop(temporal);
                } catch (Exception e) {
                    temporal.close();
                    throw new IllegalStateException("the shop did not open", e);
                }
            });
        }
    }
}
