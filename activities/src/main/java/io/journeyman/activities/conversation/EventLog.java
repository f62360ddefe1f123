package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.ConversationId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Numbers a conversation's events under its row's lock: number n+1 is visible only after n, so that resuming misses none. */
final class EventLog {
    private EventLog() {}

    /** Takes the conversation's lock until the transaction ends. Everything that changes a conversation takes it first. */
    static void lock(Handle handle, ConversationId conversation) {
        if (handle.createQuery("SELECT id FROM conversation WHERE id = :id FOR UPDATE")
                .bind("id", conversation)
                .mapTo(String.class)
                .findOne()
                .isEmpty()) {
            throw new IllegalArgumentException("unknown conversation");
        }
    }

    static void append(Handle handle, ConversationId conversation, String kind, int turn, JsonNode body, Instant now) {
        write(handle, conversation, kind, turn, "", 0, body, now);
    }

    /**
     * A journey's news, once per (workflowId, journeySeq, code); false when it was told before. The code is a part of it: where a worker dies
     * just after it has told something, the journey comes by there again, and may have something else to say under that number.
     */
    static boolean appendNews(
            Handle handle, ConversationId conversation, String workflowId, int journeySeq, JsonNode body, Instant now) {
        return write(handle, conversation, "news", 0, workflowId, journeySeq, body, now);
    }

    /** A journey's news once more: numbered in the conversation, not among what the journey itself has told. */
    static void appendAgain(Handle handle, ConversationId conversation, String workflowId, JsonNode body, Instant now) {
        write(handle, conversation, "news", 0, workflowId, 0, body, now);
    }

    /** Numbers, writes and announces in one round trip. */
    private static boolean write(
            Handle handle,
            ConversationId conversation,
            String kind,
            int turn,
            String workflowId,
            int journeySeq,
            JsonNode body,
            Instant now) {
        return handle.createQuery("""
                        WITH numbered AS (
                            UPDATE conversation SET last_event = last_event + 1
                            WHERE id = :id
                              AND NOT EXISTS (
                                SELECT FROM event WHERE workflow_id = :workflow AND journey_seq = :journeySeq
                                  AND body->>'code' = cast(:body AS jsonb)->>'code')
                            RETURNING last_event),
                        written AS (
                            INSERT INTO event (conversation_id, seq, kind, turn, workflow_id, journey_seq, body, at)
                            SELECT :id, last_event, :kind, nullif(:turn, 0), nullif(:workflow, ''), nullif(:journeySeq, 0),
                                cast(:body AS jsonb), cast(:now AS timestamptz)
                            FROM numbered RETURNING conversation_id)
                        SELECT pg_notify(:channel, conversation_id || ' ' || :kind || ' ' || :turn)::text FROM written""")
                .bind("id", conversation)
                .bind("kind", kind)
                .bind("turn", turn)
                .bind("workflow", workflowId)
                .bind("journeySeq", journeySeq)
                .bind("body", body.toString())
                .bind("now", now)
                .bind("channel", Announcement.CHANNEL)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }
}
