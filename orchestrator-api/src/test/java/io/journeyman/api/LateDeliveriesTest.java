package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.conversation.ActivityAssembly;
import io.journeyman.activities.delivery.UnsentOrders;
import io.journeyman.activities.model.Models;
import io.journeyman.contracts.Contract;
import io.journeyman.db.JourneymanPlugin;
import io.journeyman.testing.TestPostgres;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Orders that were confirmed when the shop did not look after parcels yet. */
@Timeout(180)
@ExtendWith(RunningShop.Opened.class)
class LateDeliveriesTest {
    private final RunningShop shop;

    LateDeliveriesTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void anOrderFromBeforeIsDeliveredOnceAWorkerStarts() throws Exception {
        var order = confirmed();
        var old = order + "-OLD";
        // the same order once more, as a shop without deliveries would have left it
        shop.execute("""
                INSERT INTO conversation.proposal
                SELECT id || '-old', conversation_id, turn, call_id || '-old', kind, quote_id, channel, status, '%1$s', created_at,
                    expires_at, closed_at
                FROM conversation.proposal WHERE journey_id = '%2$s';
                INSERT INTO conversation.journey
                SELECT 'checkout-%1$s', '%1$s', conversation_id, kind, status, code, waiting_for, until, last_seq,
                    facts || '{"trackingId": "TRACK-%1$s"}', started_at, updated_at
                FROM conversation.journey WHERE workflow_id = 'checkout-%2$s'""".formatted(old, order));

        try (var _ = WorkerService.start(
                shop.config,
                Models.fromEnvironment(Map.of("OLLAMA_BASE_URL", shop.model.url(), "OLLAMA_MODEL", "scripted")),
                true)) {
            assertThat(RunningShop.eventually(() -> journey("delivery-" + old))).isEqualTo("Delivery");
        }
    }

    @Test
    void looksAgainWhenTheDatabaseWasAwayAndSaysSoOnce() throws Exception {
        var url = TestPostgres.freshDatabase(ActivityAssembly.OWNER);
        var tries = new AtomicInteger();
        var jdbi = Jdbi.create(() -> {
                    if (tries.incrementAndGet() <= 3) {
                        throw new SQLTransientConnectionException("Connection refused");
                    }
                    return DriverManager.getConnection(url + "&currentSchema=conversation");
                })
                .installPlugin(new JourneymanPlugin());
        var nobody = AgentClient.withoutToken(
                Contract.load("fulfillment"), URI.create("http://127.0.0.1:1"), Duration.ofSeconds(1));
        var logged = new ListAppender<ILoggingEvent>();
        var log = (Logger) LoggerFactory.getLogger(LateDeliveries.class);
        logged.start();
        log.addAppender(logged);

        int begun = new LateDeliveries(
                        new UnsentOrders(jdbi, nobody, InstantSource.system()),
                        request -> {
                            throw new AssertionError("nothing is there to be delivered: " + request);
                        },
                        Duration.ofMillis(10))
                .go();

        log.detachAppender(logged);
        assertThat(begun).isZero();
        assertThat(tries).hasValue(4);
        assertThat(logged.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("cannot be looked for", "Connection refused");
            assertThat(line.getThrowableProxy()).isNull();
        });
    }

    private String confirmed() throws Exception {
        var customer = shop.customer(RunningShop.fresh("cust"));
        customer.say("use add_to_cart {\"sku\": \"" + PlayedAgents.KURTA + "\", \"quantity\": 1}");
        var proposal = customer.say("use initiate_checkout {}")
                .tree()
                .at("/reply/proposal")
                .asText();
        var order = customer.post(
                        "/v1/conversations/proposals/" + proposal + "/confirm",
                        Map.of("paymentMethod", Map.of("token", "tok-good")))
                .tree()
                .path("journeyId")
                .asText();
        RunningShop.eventually(() ->
                shop
                        .query("SELECT status FROM conversation.journey WHERE workflow_id = 'checkout-" + order + "'")
                        .stream()
                        .filter("completed"::equals)
                        .findFirst());
        return order;
    }

    private Optional<String> journey(String workflowId) throws Exception {
        return shop.query("SELECT kind FROM conversation.journey WHERE workflow_id = '" + workflowId + "'").stream()
                .findFirst();
    }
}
