package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.ConversationId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Numbers a conversation's events under its row's lock: number n+1 is visible only after n, so that resuming misses none. */
final class EventLog {
    static final String CHANNEL = "conversation_event";

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

    static long append(Handle handle, ConversationId conversation, String kind, int turn, JsonNode body, Instant now) {
        long seq = next(handle, conversation);
        handle.createUpdate("""
                        INSERT INTO event (conversation_id, seq, kind, turn, body, at)
                        VALUES (:id, :seq, :kind, nullif(:turn, 0), cast(:body AS jsonb), :now)""")
                .bind("id", conversation)
                .bind("seq", seq)
                .bind("kind", kind)
                .bind("turn", turn)
                .bind("body", body.toString())
                .bind("now", now)
                .execute();
        announce(handle, conversation);
        return seq;
    }

    /** A journey's news, once per (workflowId, journeySeq); false when it was told before. */
    static boolean appendNews(
            Handle handle, ConversationId conversation, String workflowId, int journeySeq, JsonNode body, Instant now) {
        boolean told = handle.createQuery(
                        "SELECT EXISTS (SELECT FROM event WHERE workflow_id = :workflow AND journey_seq = :journeySeq)")
                .bind("workflow", workflowId)
                .bind("journeySeq", journeySeq)
                .mapTo(Boolean.class)
                .one();
        if (told) {
            return false;
        }
        handle.createUpdate("""
                        INSERT INTO event (conversation_id, seq, kind, workflow_id, journey_seq, body, at)
                        VALUES (:id, :seq, 'news', :workflow, :journeySeq, cast(:body AS jsonb), :now)""")
                .bind("id", conversation)
                .bind("seq", next(handle, conversation))
                .bind("workflow", workflowId)
                .bind("journeySeq", journeySeq)
                .bind("body", body.toString())
                .bind("now", now)
                .execute();
        announce(handle, conversation);
        return true;
    }

    /** A journey's news once more: numbered in the conversation, not among what the journey itself has told. */
    static void appendAgain(Handle handle, ConversationId conversation, String workflowId, JsonNode body, Instant now) {
        handle.createUpdate("""
                        INSERT INTO event (conversation_id, seq, kind, workflow_id, body, at)
                        VALUES (:id, :seq, 'news', :workflow, cast(:body AS jsonb), :now)""")
                .bind("id", conversation)
                .bind("seq", next(handle, conversation))
                .bind("workflow", workflowId)
                .bind("body", body.toString())
                .bind("now", now)
                .execute();
        announce(handle, conversation);
    }

    private static long next(Handle handle, ConversationId conversation) {
        return handle.createQuery(
                        "UPDATE conversation SET last_event = last_event + 1 WHERE id = :id RETURNING last_event")
                .bind("id", conversation)
                .mapTo(Long.class)
                .one();
    }

    private static void announce(Handle handle, ConversationId conversation) {
        handle.createQuery("SELECT pg_notify(:channel, :id)::text")
                .bind("channel", CHANNEL)
                .bind("id", conversation)
                .mapTo(String.class)
                .one();
    }
}
