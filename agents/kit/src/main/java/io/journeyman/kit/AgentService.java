package io.journeyman.kit;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.validation.Validators;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Json;
import io.journeyman.db.Database;
import io.journeyman.db.DatabaseTrouble;
import io.journeyman.db.Migrations;
import io.journeyman.db.Owner;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.validation.ValidatorFactory;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.process.internal.RequestScoped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent, running: its database, its HTTP server and its sweeps. Several may run in one JVM. Starting migrates (when the
 * configuration says so), then listens; stopping lets running requests end, then closes everything.
 */
public final class AgentService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentService.class);
    private static final Duration SWEEP_ANSWERS = Duration.ofHours(1);
    private static final ValidatorFactory VALIDATORS = Validators.newValidatorFactory();

    private final Agent agent;
    private final Server server;
    private final Optional<Database> database;
    private final ScheduledExecutorService sweeps;

    private AgentService(Agent agent, Server server, Optional<Database> database, ScheduledExecutorService sweeps) {
        this.agent = agent;
        this.server = server;
        this.database = database;
        this.sweeps = sweeps;
    }

    /** @throws IllegalStateException when the agent cannot start, such as when the port is taken; nothing is left running */
    public static AgentService start(Agent agent, AgentConfig config) {
        Owner owner = new Owner(agent.name());
        Optional<Database> database = Optional.empty();
        ScheduledExecutorService sweeps = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(agent.name() + "-sweeps").factory());
        try {
            if (agent.hasDatabase()) {
                if (config.migrate()) {
                    Migrations.migrate(config.databaseUrl(), owner, "kit");
                }
                database = Optional.of(
                        Database.open(config.databaseUrl(), owner, Database.CONNECTIONS, agent.sessionSettings()));
            }
            Environment environment = new Environment(
                    agent.name(),
                    Json.configure(new ObjectMapper()),
                    VALIDATORS,
                    new MetricRegistry(),
                    AgentService.class.getClassLoader(),
                    new HealthCheckRegistry(),
                    new Configuration());
            register(agent, config, database, sweeps, environment);
            Server server = new AgentServer(config.host(), config.port()).build(environment);
            AgentService service = new AgentService(agent, server, database, sweeps);
            server.start();
            LOG.info("{} listens on {}", agent.name(), service.uri());
            return service;
        } catch (Exception e) {
            sweeps.shutdownNow();
            database.ifPresent(Database::close);
            throw new IllegalStateException(agent.name() + " cannot start: " + reason(e), e);
        }
    }

    public String name() {
        return agent.name();
    }

    /** Where it listens, such as {@code http://127.0.0.1:5003/}. */
    public URI uri() {
        ServerConnector connector = (ServerConnector) server.getConnectors()[0];
        return URI.create("http://" + connector.getHost() + ":" + connector.getLocalPort() + "/");
    }

    /** Lets running requests end for some seconds, then stops. Stopping again does nothing. */
    @Override
    public void close() {
        sweeps.shutdown();
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("{} did not stop cleanly", agent.name(), e);
        }
        database.ifPresent(Database::close);
    }

    private static void register(
            Agent agent,
            AgentConfig config,
            Optional<Database> database,
            ScheduledExecutorService sweeps,
            Environment environment) {
        Contract contract = agent.contract();
        Optional<Idempotency> idempotency = database.map(d -> new Idempotency(d.jdbi(), config.clock()));
        var jersey = environment.jersey();
        var watch = new DatabaseTrouble.Watch(LOG);
        jersey.register(new Problems(watch));
        jersey.register(new ContractEdge(contract, new ServiceTokenCheck(agent.name(), config.serviceSecret())));
        jersey.register(new HouseResource(contract, database.map(Database::jdbi)));
        jersey.register((ContainerResponseFilter) (request, response) -> {
            response.getHeaders().putSingle("Cache-Control", "no-store");
            response.getHeaders().putSingle("X-Content-Type-Options", "nosniff");
            if (response.getStatus() < 300
                    && request.getProperty(ContractEdge.CALL) instanceof Call call
                    && !call.key().isEmpty()) {
                watch.stored();
            }
        });
        jersey.register(new AbstractBinder() {
            @Override
            protected void configure() {
                bindFactory(CallOfRequest.class).to(Call.class).in(RequestScoped.class);
            }
        });
        AgentEnvironment given = new AgentEnvironment(
                agent.name(), config, database.map(Database::jdbi), idempotency, jersey::register, sweeps, watch);
        idempotency.ifPresent(i -> given.every(SWEEP_ANSWERS, i::sweep));
        agent.register(given);
    }

    private static String reason(Exception e) {
        return e instanceof IOException && e.getCause() != null
                ? e.getMessage() + " (" + e.getCause().getMessage() + ")"
                : String.valueOf(e.getMessage());
    }

    /** Hands the call that {@link ContractEdge} made out to the resource's method. */
    static final class CallOfRequest implements Supplier<Call> {
        private final Provider<ContainerRequestContext> request;

        @Inject
        CallOfRequest(Provider<ContainerRequestContext> request) {
            this.request = request;
        }

        @Override
        public Call get() {
            return (Call) request.get().getProperty(ContractEdge.CALL);
        }
    }
}
