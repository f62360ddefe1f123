package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Handle;

/**
 * Orders that the customer has confirmed, and that wait for nobody: each is recorded a moment after its confirmation, much later where the
 * order list does not answer, and stands there as pending until it is paid or known to be paid on delivery. "You have no orders" would be
 * wrong in between, and so would be that the customer has something to pay.
 */
final class BeingPlaced {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST = 5;

    private BeingPlaced() {}

    /**
     * Adds {@code beingPlaced}, their ids, to what the tool get_order_status answers, when there are any.
     *
     * @param asked the tool's arguments: with an {@code orderId}, only that one counts
     */
    static void add(Handle handle, ConversationId home, ObjectNode asked, ObjectNode answer, Instant now) {
        var listed = StreamSupport.stream(answer.path("orders").spliterator(), false)
                .collect(Collectors.toMap(
                        order -> order.path("orderId").asText(),
                        order -> order.path("status").asText(),
                        (first, same) -> first));
        JsonNode one = asked.path("orderId");
        var placed = confirmed(handle, home, now).stream()
                .filter(order -> !listed.containsKey(order.id())
                        || (listed.get(order.id()).equals(OrderStatus.pending.name()) && !order.waits()))
                .map(Confirmed::id)
                .filter(order -> one.isMissingNode() || one.asText().equals(order))
                .toList();
        if (!placed.isEmpty()) {
            placed.forEach(answer.putArray("beingPlaced")::add);
            answer.put(
                    "nextStep",
                    "Say that the order under beingPlaced is confirmed by the customer and is being placed, and that news of it follow"
                            + " here; it waits for nothing from the customer, whatever its status says.");
        }
    }

    /** @param waits for its payment, or for what goes back for it */
    private record Confirmed(String id, boolean waits) {}

    private static List<Confirmed> confirmed(Handle handle, ConversationId home, Instant now) {
        return handle.createQuery("""
                        SELECT journey_id,
                            waiting_for IN ('payment_method', 'payment_confirmation', 'return')
                                OR code IN ('waiting_for_the_bank', 'payment_unresolved')
                        FROM journey
                        WHERE conversation_id = :home AND kind = 'Checkout' AND started_at > :since
                            AND status NOT IN ('completed', 'cancelled', 'failed')
                        ORDER BY started_at DESC LIMIT :most""")
                .bind("home", home)
                .bind("since", now.minus(LONGEST))
                .bind("most", MOST)
                .map((row, context) -> new Confirmed(row.getString(1), row.getBoolean(2)))
                .list();
    }
}
