package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.Json;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The receipt of an order that is completed, and the news of a reservation that a store keeps: what staff may send again. */
public final class Confirmations {
    private Confirmations() {}

    /**
     * Whether the journey has one that still holds.
     *
     * @param handle of the owner {@code conversation}
     */
    public static boolean has(Handle handle, String workflowId) {
        return find(handle, workflowId).isPresent();
    }

    /** Tells the conversation once more, as an event of its own. */
    public static void tellAgain(Handle handle, String workflowId, Instant now) {
        find(handle, workflowId).ifPresent(confirmation -> {
            EventLog.lock(handle, confirmation.conversation());
            EventLog.appendAgain(handle, confirmation.conversation(), workflowId, confirmation.again(), now);
        });
    }

    private record Confirmation(ConversationId conversation, String body, Optional<Instant> until) {
        /** In the words of the first time, with the deadline of today. */
        ObjectNode again() {
            var again = (ObjectNode) Json.tree(body);
            again.put(
                    "text", "Once more, for you to keep: " + again.path("text").asText());
            until.ifPresent(at -> again.put("until", at.toString()));
            return again;
        }
    }

    private static Optional<Confirmation> find(Handle handle, String workflowId) {
        return handle.createQuery("""
                        SELECT e.conversation_id, e.body::text, j.until
                        FROM journey j JOIN event e ON e.workflow_id = j.workflow_id AND e.journey_seq IS NOT NULL
                        WHERE j.workflow_id = :id
                          AND ((j.kind = 'Checkout' AND j.status = 'completed' AND e.body->>'code' = 'order_confirmed')
                            OR (j.kind = 'Reservation' AND j.waiting_for = 'collection' AND e.body->>'code' = 'reserved'))
                        ORDER BY e.journey_seq DESC LIMIT 1""")
                .bind("id", workflowId)
                .map((row, context) -> new Confirmation(
                        new ConversationId(row.getString(1)),
                        row.getString(2),
                        Optional.ofNullable(row.getTimestamp(3)).map(java.sql.Timestamp::toInstant)))
                .findOne();
    }
}
