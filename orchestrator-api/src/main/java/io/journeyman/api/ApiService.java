package io.journeyman.api;

import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Environment;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.ServiceTokens;
import io.journeyman.activities.conversation.ChannelAliases;
import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.activities.registry.AgentRegistry;
import io.journeyman.activities.replay.FailedPayments;
import io.journeyman.activities.replay.Replays;
import io.journeyman.activities.staff.StaffImports;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.api.agents.AgentDesk;
import io.journeyman.api.agents.AgentResource;
import io.journeyman.api.auth.ChannelSessionResource;
import io.journeyman.api.auth.SameOrigin;
import io.journeyman.api.auth.Session;
import io.journeyman.api.auth.SessionCookie;
import io.journeyman.api.auth.SessionFilter;
import io.journeyman.api.auth.SessionResource;
import io.journeyman.api.auth.Tokens;
import io.journeyman.api.codec.CodecResource;
import io.journeyman.api.codec.EncryptedPayloads;
import io.journeyman.api.codec.TemporalUiCors;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.conversation.ConversationResource;
import io.journeyman.api.conversation.Engine;
import io.journeyman.api.conversation.EventBell;
import io.journeyman.api.conversation.EventStreams;
import io.journeyman.api.conversation.GatewayMethods;
import io.journeyman.api.conversation.MessageResource;
import io.journeyman.api.conversation.ProposalResource;
import io.journeyman.api.conversation.UpiAddresses;
import io.journeyman.api.credit.CreditDesk;
import io.journeyman.api.credit.CreditResource;
import io.journeyman.api.http.ApiServerFactory;
import io.journeyman.api.http.BodyLimit;
import io.journeyman.api.http.FileResource;
import io.journeyman.api.http.HealthResource;
import io.journeyman.api.http.OpenApiResource;
import io.journeyman.api.http.OwnHost;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.api.http.RateLimit;
import io.journeyman.api.http.SecurityHeaders;
import io.journeyman.api.http.SentMoments;
import io.journeyman.api.imports.ImportResource;
import io.journeyman.api.journey.JourneyResource;
import io.journeyman.api.journey.KeptMethodResource;
import io.journeyman.api.journey.KeptMethods;
import io.journeyman.api.journey.ParcelEventResource;
import io.journeyman.api.page.ChatPage;
import io.journeyman.api.page.ChatResource;
import io.journeyman.api.page.PictureResource;
import io.journeyman.api.page.StaffSignIn;
import io.journeyman.api.page.StripeForm;
import io.journeyman.api.reconciliation.ReconciliationResource;
import io.journeyman.api.replay.ReplayDesk;
import io.journeyman.api.replay.ReplayResource;
import io.journeyman.api.review.ReviewResource;
import io.journeyman.api.review.Reviews;
import io.journeyman.api.review.StaffReviewResource;
import io.journeyman.api.staff.AgentPages;
import io.journeyman.api.staff.CollectionResource;
import io.journeyman.api.staff.CreditPages;
import io.journeyman.api.staff.JourneyPages;
import io.journeyman.api.staff.PaymentPages;
import io.journeyman.api.staff.ReservationResource;
import io.journeyman.api.staff.ReviewPages;
import io.journeyman.api.staff.StaffActionResource;
import io.journeyman.api.staff.StaffActions;
import io.journeyman.api.staff.StaffDoor;
import io.journeyman.api.staff.StaffPages;
import io.journeyman.api.staff.StockPages;
import io.journeyman.api.staff.StoreDesk;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Json;
import io.journeyman.db.Database;
import io.journeyman.db.Migrations;
import io.journeyman.db.Owner;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.glassfish.jersey.server.ServerProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP API and the chat page, startable and stoppable within any process. It keeps nothing that a restart would lose. */
public final class ApiService implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ApiService.class);
    private static final Owner CONVERSATION = new Owner("conversation");
    private static final int CONNECTIONS = 12;

    private final Server server;
    private final Database database;
    private final WorkflowServiceStubs stubs;
    private final Engine engine;
    private final EventBell bell;
    private final EventStreams streams;
    private final ScheduledExecutorService rounds;
    private final Future<?> handingOver;

    private ApiService(
            Server server,
            Database database,
            WorkflowServiceStubs stubs,
            Engine engine,
            EventBell bell,
            EventStreams streams,
            ScheduledExecutorService rounds,
            Future<?> handingOver) {
        this.server = server;
        this.database = database;
        this.stubs = stubs;
        this.engine = engine;
        this.bell = bell;
        this.streams = streams;
        this.rounds = rounds;
        this.handingOver = handingOver;
    }

    /** Migrates the conversation's schema, then listens. */
    public static ApiService start(ApiConfig config) throws Exception {
        var stubs = EngineClient.stubs(config);
        return start(config, stubs, EngineClient.client(config, stubs));
    }

    /** The same over an engine that the caller brings; {@code stubs} are shut down with the service. */
    public static ApiService start(ApiConfig config, WorkflowServiceStubs stubs, WorkflowClient client)
            throws Exception {
        Migrations.migrate(config.databaseUrl(), CONVERSATION);
        var clock = InstantSource.system();
        var database = Database.open(config.databaseUrl(), CONVERSATION, CONNECTIONS);
        var store = new ConversationStore(database.jdbi(), clock);
        var engine = new Engine(client, database.jdbi(), clock);
        var streams = new EventStreams(store);
        var bell = new EventBell(config.databaseUrl(), streams, engine);

        var settings = new Configuration();
        var factory = new ApiServerFactory(config.host(), config.port());
        settings.setServerFactory(factory);
        var environment = new Environment(
                "api",
                Json.configure(new com.fasterxml.jackson.databind.ObjectMapper())
                        .registerModule(SentMoments.module()),
                jakarta.validation.Validation.buildDefaultValidatorFactory(),
                new com.codahale.metrics.MetricRegistry(),
                ApiService.class.getClassLoader(),
                new com.codahale.metrics.health.HealthCheckRegistry(),
                settings);
        register(config, environment, store, engine, streams, database, clock);
        var server = factory.build(environment);
        try {
            server.start();
        } catch (Exception e) {
            bell.close();
            streams.close();
            engine.close();
            stubs.shutdownNow();
            database.close();
            throw e;
        }

        var rounds = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("hand-over").daemon().factory());
        var handingOver = rounds.scheduleWithFixedDelay(() -> handOver(engine), 1, 5, TimeUnit.SECONDS);
        return new ApiService(server, database, stubs, engine, bell, streams, rounds, handingOver);
    }

    private static void register(
            ApiConfig config,
            Environment environment,
            ConversationStore store,
            Engine engine,
            EventStreams streams,
            Database database,
            InstantSource clock) {
        var jersey = environment.jersey();
        var tokens = new Tokens(config.tokenKey(), clock);
        var temporalUi = new TemporalUiCors(config.temporalUi());
        var sameOrigin = new SameOrigin(config.publicOrigin(), temporalUi::admits);
        var cookie = new SessionCookie(config.publicOrigin());
        var sessions = new SessionFilter(tokens, sameOrigin);
        var serviceTokens = new ServiceTokens(config.serviceSecret(), "orchestrator-api", clock);
        var payment = new AgentClient(
                Contract.load("payment"), config.agents().get("payment"), serviceTokens, Duration.ofSeconds(10));
        var fulfillment = new AgentClient(
                Contract.load("fulfillment"),
                config.agents().get("fulfillment"),
                serviceTokens,
                Duration.ofSeconds(10));
        var catalogue = new AgentClient(
                Contract.load("recommendation"),
                config.agents().get("recommendation"),
                serviceTokens,
                Duration.ofSeconds(3));
        // a batch of rows takes longer than a question, and must not make the agent look slow to customers
        Function<String, AgentClient> imports = agent -> new AgentClient(
                Contract.load(agent), config.agents().get(agent), serviceTokens, Duration.ofSeconds(30));
        // a person types and looks; a page that misbehaves, or a script, is slowed down
        var access = new Access(store, new RateLimit(8, 60, clock));
        // a message costs a turn, many times what a look costs: who sends many must not take the others' share
        var messages = new RateLimit(1, 20, clock);
        // all guests of one address: an office's, or a provider's, many customers
        var guestMessages = new RateLimit(10, 100, clock);
        // sessions from one address: many phones share one
        var openings = new RateLimit(5, 60, clock);
        // the UI asks once per payload that it draws
        var decodings = new RateLimit(100, 2_000, clock);

        jersey.property(ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 0);
        jersey.property(ServerProperties.WADL_FEATURE_DISABLE, true);
        ProblemMappers.register(jersey);
        var limits = new HashMap<String, Integer>();
        limits.put(CodecResource.ENCODE, CodecResource.MOST_BYTES);
        limits.put(CodecResource.DECODE, CodecResource.MOST_BYTES);
        ImportResource.PATHS.forEach(path -> limits.put(path, ImportResource.MOST_BYTES));
        jersey.register(new BodyLimit(limits));
        if (config.publicOrigin().isEmpty()) {
            jersey.register(new OwnHost());
        }
        jersey.register(temporalUi);
        jersey.register(
                new SecurityHeaders(config.paymentForm(), config.stripeForm().map(StripeForm::origin)));
        jersey.register(new AuthDynamicFeature(sessions));
        jersey.register(new AuthValueFactoryProvider.Binder<>(Session.class));
        var aliases = new ChannelAliases(database.jdbi(), store, clock);
        jersey.register(new ChannelSessionResource(config.bridges(), aliases, tokens, new RateLimit(1, 20, clock)));
        jersey.register(new SessionResource(
                tokens, sessions, sameOrigin, cookie, store, openings, config.trustedProxies(), config.demo()));
        var addresses = new UpiAddresses(payment);
        var made = new GatewayMethods(payment);
        jersey.register(new MessageResource(
                store, engine, access, messages, guestMessages, config.trustedProxies(), addresses));
        jersey.register(new ConversationResource(store, streams, access));
        jersey.register(new ProposalResource(store, engine, access, addresses, made));
        jersey.register(new JourneyResource(store, engine, access, payment, addresses, made));
        var kept = new KeptMethods(payment);
        jersey.register(new KeptMethodResource(kept, payment, access));
        var staffJourneys = new StaffJourneys(database.jdbi(), clock);
        jersey.register(new ParcelEventResource(fulfillment, engine, staffJourneys, access));
        var postPurchase = new AgentClient(
                Contract.load("postPurchase"),
                config.agents().get("postPurchase"),
                serviceTokens,
                Duration.ofSeconds(3));
        var reviews = new Reviews(postPurchase, staffJourneys);
        var failedPayments = new FailedPayments(database.jdbi());
        var replays = new Replays(database.jdbi(), clock);
        var desk = new ReplayDesk(replays, engine);
        var actions = new StaffActions(staffJourneys, engine, new StoreDesk(fulfillment, engine));
        jersey.register(new CollectionResource(staffJourneys, actions, access));
        jersey.register(new ReservationResource(staffJourneys, actions, access));
        jersey.register(new ReconciliationResource(payment, access, clock));
        var creditDesk = new CreditDesk(payment, staffJourneys, config.creditGrantMost());
        jersey.register(new CreditResource(creditDesk, access));
        jersey.register(new ReplayResource(failedPayments, replays, desk, actions, access, clock));
        jersey.register(new CodecResource(new EncryptedPayloads(config.payloadKeys()), decodings, staffJourneys));
        var door = new StaffDoor(sessions, access);
        var console = new StaffPages();
        jersey.register(new StaffActionResource(staffJourneys, actions, access));
        jersey.register(new JourneyPages(staffJourneys, actions, engine, door, console, payment, config.temporalUi()));
        jersey.register(new PaymentPages(failedPayments, replays, desk, actions, staffJourneys, door, console, clock));
        jersey.register(new ImportResource(imports, new StaffImports(database.jdbi(), clock), aliases, access));
        jersey.register(new ReviewResource(reviews, access));
        jersey.register(new StaffReviewResource(reviews, access));
        jersey.register(new ReviewPages(reviews, door, console));
        var inventory = new AgentClient(
                Contract.load("inventory"), config.agents().get("inventory"), serviceTokens, Duration.ofSeconds(3));
        jersey.register(new StockPages(inventory, staffJourneys, door, console, clock));
        jersey.register(new CreditPages(creditDesk, staffJourneys, door, console, clock));
        var house = config.agents().keySet().stream().map(Contract::load).toList();
        var agentDesk = new AgentDesk(new AgentRegistry(database.jdbi(), clock, house), config.agentHosts());
        jersey.register(new AgentResource(agentDesk, access));
        jersey.register(new AgentPages(config.agents(), agentDesk, door, console));
        jersey.register(new FileResource());
        jersey.register(new OpenApiResource());
        jersey.register(new PictureResource(catalogue, clock));
        jersey.register(new ChatResource(
                new ChatPage(store, kept, reviews, clock, config.stripeForm(), config.signIn(), config.demo()),
                sessions,
                access));
        jersey.register(new StaffSignIn(config.demo(), config.temporalUi()));
        jersey.register(new HealthResource(Map.of(
                "postgres",
                () -> database.jdbi()
                                .withHandle(handle -> handle.createQuery("SELECT 1")
                                        .mapTo(Integer.class)
                                        .one())
                        == 1,
                "temporal",
                engine::reachable)));
    }

    private static void handOver(Engine engine) {
        try {
            engine.handOver();
        } catch (RuntimeException e) {
            log.warn("unanswered messages could not be looked for: {}", e.getMessage());
        }
    }

    public int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        handingOver.cancel(true);
        rounds.shutdownNow();
        bell.close();
        streams.close();
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("the API's server did not stop cleanly: {}", e.getMessage());
        }
        engine.close();
        stubs.shutdownNow();
        database.close();
    }
}
