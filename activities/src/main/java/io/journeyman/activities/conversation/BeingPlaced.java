package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Handle;

/**
 * Orders that the customer has confirmed and the order list does not know yet: each is recorded a moment after its confirmation, and
 * much later where the order list does not answer. "You have no orders" would be wrong in between.
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
        var known = StreamSupport.stream(answer.path("orders").spliterator(), false)
                .map(order -> order.path("orderId").asText())
                .collect(Collectors.toSet());
        JsonNode one = asked.path("orderId");
        var placed = confirmed(handle, home, now).stream()
                .filter(order -> !known.contains(order))
                .filter(order -> one.isMissingNode() || one.asText().equals(order))
                .toList();
        if (!placed.isEmpty()) {
            placed.forEach(answer.putArray("beingPlaced")::add);
            answer.put(
                    "nextStep",
                    "Say that the order under beingPlaced is confirmed by the customer and is being placed, and that news of it follow here.");
        }
    }

    private static List<String> confirmed(Handle handle, ConversationId home, Instant now) {
        return handle.createQuery("""
                        SELECT journey_id FROM journey
                        WHERE conversation_id = :home AND kind = 'Checkout' AND started_at > :since
                            AND status NOT IN ('completed', 'cancelled', 'failed')
                        ORDER BY started_at DESC LIMIT :most""")
                .bind("home", home)
                .bind("since", now.minus(LONGEST))
                .bind("most", MOST)
                .mapTo(String.class)
                .list();
    }
}
