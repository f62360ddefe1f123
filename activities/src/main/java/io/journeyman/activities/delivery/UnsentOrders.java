package io.journeyman.activities.delivery;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Orders that were confirmed before the shop looked after parcels: theirs wait, and nobody lets them go. The conversation knows which have
 * no delivery; under which id a shipment was created the fulfillment agent knows by its tracking id.
 */
public final class UnsentOrders {
    /** Whose order is older has its parcel by other ways, or asks. */
    static final Duration OLDEST = Duration.ofDays(30);

    private final Jdbi jdbi;
    private final AgentClient fulfillment;
    private final InstantSource clock;

    public UnsentOrders(Jdbi jdbi, AgentClient fulfillment, InstantSource clock) {
        this.jdbi = jdbi;
        this.fulfillment = fulfillment;
        this.clock = clock;
    }

    /** @param trackingId of its shipment */
    public record Confirmed(
            OrderId order,
            ConversationId conversation,
            CustomerId customer,
            String channel,
            Money total,
            String trackingId) {}

    /** The latest first. */
    public List<Confirmed> find(int most) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT j.journey_id, j.conversation_id, q.customer_id, p.channel, q.total_minor, q.currency,
                            j.facts->>'trackingId' AS tracking_id
                        FROM journey j JOIN proposal p ON p.journey_id = j.journey_id JOIN quote q ON q.id = p.quote_id
                        WHERE j.kind = 'Checkout' AND j.status = 'completed' AND j.facts->>'trackingId' IS NOT NULL
                            AND j.started_at > :since
                            AND NOT EXISTS (SELECT FROM journey d WHERE d.workflow_id = 'delivery-' || j.journey_id)
                        ORDER BY j.started_at DESC LIMIT :most""")
                .bind("since", clock.instant().minus(OLDEST))
                .bind("most", most)
                .map((row, context) -> new Confirmed(
                        new OrderId(row.getString("journey_id")),
                        new ConversationId(row.getString("conversation_id")),
                        new CustomerId(row.getString("customer_id")),
                        row.getString("channel"),
                        new Money(row.getLong("total_minor"), row.getString("currency")),
                        row.getString("tracking_id")))
                .list());
    }

    /**
     * Under which id the order's shipment was created; empty when it was cancelled, or is not known there.
     *
     * @throws io.temporal.failure.ApplicationFailure agent_unavailable
     */
    public Optional<OrderId> shipmentOf(Confirmed confirmed) {
        return switch (fulfillment.get(
                "findShipment",
                "/shipments/by-tracking/" + AgentClient.segment(confirmed.trackingId()),
                Shipment.class)) {
            case Answer.Done<Shipment>(Shipment shipment) ->
                Optional.of(shipment)
                        .filter(standing -> standing.status() != ShipmentStatus.cancelled)
                        .map(Shipment::orderId);
            case Answer.Refused<Shipment> unknown -> Optional.empty();
            case Answer.Unavailable<Shipment> unavailable -> throw unavailable.failure();
        };
    }
}
