package io.journeyman.activities.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.agent.ScriptedAgents;
import io.journeyman.activities.conversation.ActivityAssembly;
import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.activities.delivery.UnsentOrders.Confirmed;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.db.Database;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnsentOrdersTest {
    private static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");
    private static final CustomerId CUSTOMER = new CustomerId("cust-1");

    private final ScriptedAgents agents = new ScriptedAgents();
    private Database database;
    private ConversationId conversation;
    private UnsentOrders orders;

    @BeforeEach
    void open() {
        String url = TestPostgres.freshDatabase(ActivityAssembly.OWNER);
        database = Database.open(url, ActivityAssembly.OWNER);
        conversation = new ConversationStore(database.jdbi(), () -> NOW).forCustomer(CUSTOMER);
        orders = new UnsentOrders(database.jdbi(), agents.client("fulfillment"), () -> NOW);
    }

    @AfterEach
    void close() {
        database.close();
        agents.close();
    }

    @Test
    void areTheConfirmedOnesWithoutADelivery() {
        confirmed("JM-1", Duration.ofDays(2));
        confirmed("JM-2", Duration.ofDays(1));
        journey("delivery-JM-2", "JM-2", "Delivery", "completed", Duration.ofDays(1));
        confirmed("JM-3", Duration.ofDays(40));
        proposed("JM-4");
        journey("checkout-JM-4", "JM-4", "Checkout", "cancelled", Duration.ofDays(1));
        confirmed("JM-5", Duration.ofHours(1));

        assertThat(orders.find(10)).containsExactly(known("JM-5"), known("JM-1"));
        assertThat(orders.find(1)).containsExactly(known("JM-5"));
    }

    @Test
    void haveTheShipmentThatTheirTrackingIdNames() {
        stands(ShipmentStatus.created);
        assertThat(orders.shipmentOf(known("JM-1"))).contains(new OrderId("JM-1.run2"));
        assertThat(agents.seen("fulfillment.findShipment").getFirst().path())
                .isEqualTo("/shipments/by-tracking/TRACK-JM-1");

        stands(ShipmentStatus.cancelled);
        assertThat(orders.shipmentOf(known("JM-1"))).isEmpty();
        agents.refuses("fulfillment.findShipment", 404, "unknown_shipment");
        assertThat(orders.shipmentOf(known("JM-1"))).isEmpty();
    }

    private void stands(ShipmentStatus status) {
        agents.answers(
                "fulfillment.findShipment",
                200,
                new Shipment(
                        new OrderId("JM-1.run2"),
                        status,
                        Optional.of("TRACK-JM-1"),
                        Optional.of(LocalDate.of(2026, 11, 28)),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private Confirmed known(String order) {
        return new Confirmed(new OrderId(order), conversation, CUSTOMER, "web", Money.inr(294_700), "TRACK-" + order);
    }

    private void confirmed(String order, Duration ago) {
        proposed(order);
        journey("checkout-" + order, order, "Checkout", "completed", ago);
    }

    private void proposed(String order) {
        database.jdbi().useHandle(handle -> {
            handle.execute("""
                    INSERT INTO quote (id, conversation_id, customer_id, body, total_minor, currency, created_at, valid_until)
                    VALUES (?, ?, 'cust-1', '{}', 294700, 'INR', now(), now())""", "quote-" + order, conversation.value());
            handle.execute("""
                    INSERT INTO proposal (id, conversation_id, turn, call_id, kind, quote_id, channel, status, journey_id,
                        created_at, expires_at, closed_at)
                    VALUES (?, ?, 1, ?, 'Checkout', ?, 'web', 'confirmed', ?, now(), now(), now())""", "prop-" + order, conversation.value(), "call-" + order, "quote-" + order, order);
        });
    }

    private void journey(String workflow, String id, String kind, String status, Duration ago) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        """
                        INSERT INTO journey (workflow_id, journey_id, conversation_id, kind, status, code, waiting_for, last_seq, facts,
                            started_at, updated_at)
                        VALUES (?, ?, ?, ?, ?, 'x', '', 1, cast(? AS jsonb), ?, now())""",
                        workflow,
                        id,
                        conversation.value(),
                        kind,
                        status,
                        "{\"trackingId\": \"TRACK-" + id + "\"}",
                        java.sql.Timestamp.from(NOW.minus(ago))));
    }
}
