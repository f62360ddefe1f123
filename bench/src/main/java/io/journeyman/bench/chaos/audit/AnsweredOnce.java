package io.journeyman.bench.chaos.audit;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Optional;

/** Promise 5: the message rows and the event log, beside what customers heard. */
final class AnsweredOnce {
    private AnsweredOnce() {}

    static Tally check(Evidence evidence) throws SQLException {
        var tally = new Tally();
        var books = evidence.books();
        tally.checked(books.count("conversation.message") + books.count("conversation.event"));
        tally.broken(books.texts("""
                SELECT 'turn ' || turn || ' of ' || conversation_id || ' has no reply' FROM conversation.message
                WHERE reply IS NULL OR answered_at IS NULL"""));
        tally.broken(books.texts("""
                SELECT 'turn ' || turn || ' of ' || conversation_id || ' was replied to ' || count(e.seq) || ' times'
                FROM conversation.message LEFT JOIN (
                    SELECT conversation_id, turn, seq FROM conversation.event WHERE kind = 'reply') e USING (conversation_id, turn)
                GROUP BY conversation_id, turn HAVING count(e.seq) <> 1"""));
        tally.broken(books.texts("""
                SELECT 'turn ' || m.turn || ' of ' || m.conversation_id || ' has one reply in its row and another in its event'
                FROM conversation.message m JOIN conversation.event e
                    ON e.conversation_id = m.conversation_id AND e.turn = m.turn AND e.kind = 'reply'
                WHERE e.body->'reply' IS DISTINCT FROM m.reply"""));
        tally.broken(books.texts("""
                SELECT 'the events of ' || id || ' are not numbered 1 to ' || last_event
                FROM conversation.conversation LEFT JOIN conversation.event ON conversation_id = id
                GROUP BY id, last_event HAVING count(seq) <> last_event OR coalesce(max(seq), 0) <> last_event"""));
        checkWhatCustomersHeard(evidence, tally);
        return tally;
    }

    private static void checkWhatCustomersHeard(Evidence evidence, Tally tally) throws SQLException {
        record Stored(String name, int turn, String reply) {}
        var stored = new HashMap<String, Stored>();
        for (var message :
                evidence.books().rows("""
                SELECT customer_id || ' ' || idempotency_key, turn, coalesce(reply->>'text', '')
                FROM conversation.message JOIN conversation.conversation ON id = conversation_id""", row -> new Stored(row.getString(1), row.getInt(2), row.getString(3)))) {
            stored.put(message.name(), message);
        }
        for (var customer : evidence.customers()) {
            for (var said : customer.said().values()) {
                var message = Optional.ofNullable(stored.get(customer.customerId() + " " + said.key()));
                tally.expect(
                        message.filter(known -> known.turn() == said.turn()).isPresent(),
                        "message %s of %s was accepted as turn %d and is not there"
                                .formatted(said.key(), customer.customerId(), said.turn()));
                var heard = said.reply().map(reply -> reply.path("text").asText());
                tally.expect(
                        heard.isEmpty()
                                || message.isEmpty()
                                || heard.get().equals(message.get().reply()),
                        "message %s of %s is stored with another reply than they heard"
                                .formatted(said.key(), customer.customerId()));
            }
        }
    }
}
