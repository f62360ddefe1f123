package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProposalId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversation as its customer's side sees it: who talks where, which messages were accepted, what was answered, what
 * happened. Every read names the conversation, so that a customer can only reach their own; the caller takes the
 * conversation's id from {@link #forCustomer} or {@link #forGuest}, never from a request.
 */
public final class ConversationStore {
    private static final Logger log = LoggerFactory.getLogger(ConversationStore.class);

    public static final int LONGEST_MESSAGE = 4_000;
    public static final int LONGEST_KEY = 128;
    public static final int MOST_UNANSWERED = 3;
    public static final int LONGEST_PAGE = 200;

    private static final String JOURNEY = """
            SELECT workflow_id, journey_id, kind, status, code, waiting_for, until, facts::text, started_at, updated_at
            FROM journey
            """;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** @param jdbi of the owner {@code conversation} */
    public ConversationStore(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The customer's conversation, opened when there is none. */
    public ConversationId forCustomer(CustomerId customer) {
        return openOrFind("customer", customer.value(), Optional.of(customer));
    }

    /** The guest's conversation, opened when there is none. {@code guestId} is a secret that the guest's browser keeps. */
    public ConversationId forGuest(String guestId) {
        return openOrFind("guest", guestId, Optional.empty());
    }

    /**
     * A guest signed in: their conversation becomes the customer's, or, when the customer has one, its cart and answered
     * turns join it. The guest's id points nowhere afterwards, so that it opens nobody's conversation. Repeating changes nothing.
     */
    public ConversationId merge(String guestId, CustomerId customer) {
        return jdbi.inTransaction(handle -> {
            ConversationId home = merge(handle, guestId, customer);
            ChannelAliases.guestSignedIn(handle, guestId, customer, clock);
            return home;
        });
    }

    ConversationId merge(Handle handle, String guestId, CustomerId customer) {
        Optional<ConversationId> guest = lockedAlias(handle, "guest", guestId);
        if (guest.isEmpty()) {
            return openOrFind(handle, "customer", customer.value(), Optional.of(customer));
        }
        handle.createUpdate("DELETE FROM alias WHERE kind = 'guest' AND value = :value")
                .bind("value", guestId)
                .execute();
        boolean first = handle.createUpdate("""
                        INSERT INTO alias (kind, value, conversation_id) VALUES ('customer', :customer, :conversation)
                        ON CONFLICT DO NOTHING""")
                        .bind("customer", customer)
                        .bind("conversation", guest.get())
                        .execute()
                == 1;
        if (first) {
            handle.createUpdate("UPDATE conversation SET customer_id = :customer WHERE id = :id")
                    .bind("customer", customer)
                    .bind("id", guest.get())
                    .execute();
            return guest.get();
        }
        ConversationId home = alias(handle, "customer", customer.value()).orElseThrow();
        join(handle, guest.get(), home, customer);
        return home;
    }

    /**
     * Stores a message as the next turn, once per key; what they had said as a guest counts too.
     *
     * @param idempotencyKey 1 to {@value #LONGEST_KEY} characters
     * @param text already redacted, 1 to {@value #LONGEST_MESSAGE} characters
     */
    public Accepted accept(ConversationId conversation, String idempotencyKey, String channel, String text) {
        return accept(conversation, idempotencyKey, channel, text, Optional.empty());
    }

    /** @param token what stands for the UPI address that the message had */
    public Accepted accept(
            ConversationId conversation,
            String idempotencyKey,
            String channel,
            String text,
            Optional<PaymentToken> token) {
        checkLength("idempotency key", idempotencyKey, LONGEST_KEY);
        checkLength("message", text, LONGEST_MESSAGE);
        String fingerprint = fingerprint(channel, text);
        record Earlier(int turn, String fingerprint) {}
        return jdbi.inTransaction(handle -> {
            EventLog.lock(handle, conversation);
            Optional<Earlier> earlier = handle.createQuery("""
                            SELECT turn, fingerprint FROM message
                           WHERE conversation_id = :id AND idempotency_key = :key""")
                    .bind("id", conversation)
                    .bind("key", idempotencyKey)
                    .map((row, context) -> new Earlier(row.getInt(1), row.getString(2)))
                    .findOne();
            if (earlier.isPresent()) {
                return earlier.get().fingerprint().equals(fingerprint)
                        ? new Accepted.Repeated(earlier.get().turn())
                        : new Accepted.OtherText();
            }
            Optional<Accepted> asGuest = saidAsGuest(handle, conversation, idempotencyKey, fingerprint);
            if (asGuest.isPresent()) {
                return asGuest.get();
            }
            int unanswered = handle.createQuery(
                            "SELECT count(*) FROM message WHERE conversation_id = :id AND answered_at IS NULL")
                    .bind("id", conversation)
                    .mapTo(Integer.class)
                    .one();
            if (unanswered >= MOST_UNANSWERED) {
                return new Accepted.TooMany();
            }
            int turn = handle.createQuery(
                            "UPDATE conversation SET last_turn = last_turn + 1 WHERE id = :id RETURNING last_turn")
                    .bind("id", conversation)
                    .mapTo(Integer.class)
                    .one();
            handle.createUpdate("""
                            INSERT INTO message (conversation_id, turn, idempotency_key, fingerprint, channel, text, payment_token, accepted_at)
                            VALUES (:id, :turn, :key, :fingerprint, :channel, :text, :token, :now)""")
                    .bind("token", token)
                    .bind("id", conversation)
                    .bind("turn", turn)
                    .bind("key", idempotencyKey)
                    .bind("fingerprint", fingerprint)
                    .bind("channel", channel)
                    .bind("text", text)
                    .bind("now", clock.instant())
                    .execute();
            ObjectNode body = Json.mapper().createObjectNode();
            body.put("turn", turn).put("channel", channel).put("text", text);
            EventLog.append(handle, conversation, "message", turn, body, clock.instant());
            return new Accepted.New(turn);
        });
    }

    /** A message that they sent as a guest, and send again now that they have signed in, since its answer was lost. */
    private static Optional<Accepted> saidAsGuest(Handle handle, ConversationId home, String key, String fingerprint) {
        return handle.createQuery("""
                        SELECT m.conversation_id, m.turn FROM conversation g
                        JOIN message m ON (m.conversation_id = :home AND m.idempotency_key = :key || '@' || g.id)
                            OR (m.conversation_id = g.id AND m.idempotency_key = :key)
                        WHERE g.merged_into = :home AND m.fingerprint = :fingerprint
                        -- answered before they signed in, it came along
                        ORDER BY m.conversation_id = :home DESC LIMIT 1""")
                .bind("home", home)
                .bind("key", key)
                .bind("fingerprint", fingerprint)
                .map((row, context) -> row.getString(1).equals(home.value())
                        ? new Accepted.Repeated(row.getInt(2))
                        : (Accepted) new Accepted.LeftBehind(new ConversationId(row.getString(1)), row.getInt(2)))
                .findOne();
    }

    /** The turn's stored reply; empty while it is being answered. */
    public Optional<Reply> reply(ConversationId conversation, int turn) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT reply::text FROM message
                        WHERE conversation_id = :id AND turn = :turn AND reply IS NOT NULL""")
                .bind("id", conversation)
                .bind("turn", turn)
                .map((row, context) -> reply(conversation, turn, row.getString(1)))
                .findOne());
    }

    /** Events after {@code afterSeq}, oldest first. Each event is also announced: {@link Announcement}. */
    public List<ConversationEvent> events(ConversationId conversation, long afterSeq, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT seq, kind, body::text, at FROM event
                        WHERE conversation_id = :id AND seq > :after ORDER BY seq LIMIT :limit""")
                .bind("id", conversation)
                .bind("after", afterSeq)
                .bind("limit", page(limit))
                .map((row, context) -> new ConversationEvent(
                        row.getLong(1),
                        row.getString(2),
                        Json.tree(row.getString(3)),
                        row.getTimestamp(4).toInstant()))
                .list());
    }

    /** The number of the latest event, 0 when there is none: where a page that has read the transcript goes on. */
    public long lastEvent(ConversationId conversation) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT last_event FROM conversation WHERE id = :id")
                .bind("id", conversation)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    /** Whether nobody has signed in there. */
    public boolean isGuests(ConversationId conversation) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT customer_id IS NULL FROM conversation WHERE id = :id")
                        .bind("id", conversation)
                        .mapTo(Boolean.class)
                        .one());
    }

    /** The latest turns before {@code beforeTurn}, oldest first. */
    public List<TranscriptTurn> transcript(ConversationId conversation, int beforeTurn, int limit) {
        List<TranscriptTurn> latestFirst = jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT turn, channel, text, accepted_at, reply::text FROM message
                        WHERE conversation_id = :id AND turn < :before ORDER BY turn DESC LIMIT :limit""")
                .bind("id", conversation)
                .bind("before", beforeTurn)
                .bind("limit", page(limit))
                .map((row, context) -> new TranscriptTurn(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant(),
                        row.getString(5) == null
                                ? Optional.empty()
                                : Optional.of(reply(conversation, row.getInt(1), row.getString(5)))))
                .list());
        return latestFirst.reversed();
    }

    public CartView cart(ConversationId conversation) {
        return jdbi.withHandle(handle -> CartView.of(Carts.lines(handle, conversation)));
    }

    /** The proposal that waits for the customer's word; one whose time is over is not open any more. */
    public Optional<Proposal> openProposal(ConversationId conversation) {
        return jdbi.withHandle(handle -> Proposals.open(handle, conversation, clock.instant()));
    }

    /** A proposal of this conversation, with its quote, whatever became of it. */
    public Optional<Proposal> proposal(ConversationId conversation, ProposalId proposal) {
        return jdbi.withHandle(handle -> Proposals.find(handle, conversation, proposal, clock.instant()));
    }

    /** The conversation's journeys, latest first. @param before the workflow's id of the last one that was seen, or nothing to begin */
    public List<JourneyView> journeys(ConversationId conversation, String before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(JOURNEY + """
                        WHERE conversation_id = :id AND (:before = '' OR (started_at, workflow_id) < (
                            SELECT started_at, workflow_id FROM journey WHERE conversation_id = :id AND workflow_id = :before))
                        -- while its parcels are packed, the order says it all
                        AND NOT (kind = 'Delivery' AND last_seq = 0)
                        -- a question, and nothing that goes on
                        AND kind <> 'Feedback'
                        ORDER BY started_at DESC, workflow_id DESC LIMIT :limit""")
                .bind("id", conversation)
                .bind("before", before)
                .bind("limit", page(limit))
                .map((row, context) -> journey(row))
                .list());
    }

    /** What an order that waits for its payment leaves to be paid. */
    public Optional<Money> due(String journeyId) {
        return jdbi.withHandle(handle -> Proposals.quoteOf(handle, journeyId)).map(Quote::due);
    }

    /** A journey of this conversation by its workflow's id or by its order's or reservation's; empty for anybody else's. */
    public Optional<JourneyView> journey(ConversationId conversation, String id) {
        return jdbi.withHandle(handle -> handle.createQuery(JOURNEY + """
                        WHERE conversation_id = :id AND (workflow_id = :journey OR journey_id = :journey)
                        ORDER BY workflow_id LIMIT 1""")
                .bind("id", conversation)
                .bind("journey", id)
                .map((row, context) -> journey(row))
                .findOne());
    }

    /** One that cannot be read hides no other: the house says so in its place. */
    private static Reply reply(ConversationId conversation, int turn, String json) {
        try {
            return Json.read(json, Reply.class);
        } catch (IllegalArgumentException unreadable) {
            log.warn("the reply of turn {} of {} cannot be read", turn, conversation);
            return Words.reply("reply_unreadable");
        }
    }

    private static JourneyView journey(java.sql.ResultSet row) throws java.sql.SQLException {
        return new JourneyView(
                row.getString("workflow_id"),
                row.getString("journey_id"),
                row.getString("kind"),
                JourneyStatus.valueOf(row.getString("status")),
                row.getString("code"),
                row.getString("waiting_for"),
                Optional.ofNullable(row.getTimestamp("until")).map(java.sql.Timestamp::toInstant),
                facts(row.getString("facts")),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }

    private static Map<String, String> facts(String json) {
        Map<String, String> facts = new java.util.TreeMap<>();
        for (Map.Entry<String, JsonNode> fact : Json.tree(json).properties()) {
            facts.put(fact.getKey(), fact.getValue().asText());
        }
        return Collections.unmodifiableMap(facts);
    }

    private ConversationId openOrFind(String kind, String value, Optional<CustomerId> customer) {
        return jdbi.withHandle(handle -> alias(handle, kind, value)
                .orElseGet(() -> handle.inTransaction(same -> openOrFind(same, kind, value, customer))));
    }

    private ConversationId openOrFind(Handle handle, String kind, String value, Optional<CustomerId> customer) {
        checkLength(kind + " id", value, LONGEST_KEY);
        Optional<ConversationId> known = alias(handle, kind, value);
        if (known.isPresent()) {
            return known.get();
        }
        ConversationId fresh =
                new ConversationId("conv-" + UUID.randomUUID().toString().replace("-", ""));
        handle.createUpdate("INSERT INTO conversation (id, customer_id, created_at) VALUES (:id, :customer, :now)")
                .bind("id", fresh)
                .bind("customer", customer.map(CustomerId::value).orElse(null))
                .bind("now", clock.instant())
                .execute();
        int mine = handle.createUpdate("""
                        INSERT INTO alias (kind, value, conversation_id) VALUES (:kind, :value, :id)
                        ON CONFLICT DO NOTHING""")
                .bind("kind", kind)
                .bind("value", value)
                .bind("id", fresh)
                .execute();
        if (mine == 1) {
            return fresh;
        }
        // somebody was quicker in this instant
        handle.createUpdate("DELETE FROM conversation WHERE id = :id")
                .bind("id", fresh)
                .execute();
        return alias(handle, kind, value).orElseThrow();
    }

    private static Optional<ConversationId> alias(Handle handle, String kind, String value) {
        return aliasQuery(handle, kind, value, "");
    }

    private static Optional<ConversationId> lockedAlias(Handle handle, String kind, String value) {
        return aliasQuery(handle, kind, value, " FOR UPDATE");
    }

    private static Optional<ConversationId> aliasQuery(Handle handle, String kind, String value, String lock) {
        return handle.createQuery("SELECT conversation_id FROM alias WHERE kind = :kind AND value = :value" + lock)
                .bind("kind", kind)
                .bind("value", value)
                .map((row, context) -> new ConversationId(row.getString(1)))
                .findOne();
    }

    /** Turns are numbered on after the home's own. A turn that is being answered stays behind: its reply still reaches whoever waits for it. */
    private void join(Handle handle, ConversationId guest, ConversationId home, CustomerId customer) {
        EventLog.lock(handle, guest);
        EventLog.lock(handle, home);
        for (String statement : List.of(
                """
                INSERT INTO message (conversation_id, turn, idempotency_key, fingerprint, channel, text, accepted_at, reply, answered_at)
                SELECT :home, m.turn + h.last_turn, m.idempotency_key || '@' || m.conversation_id, m.fingerprint, m.channel, m.text,
                    m.accepted_at, m.reply, m.answered_at
                FROM message m, conversation h
                WHERE m.conversation_id = :guest AND m.answered_at IS NOT NULL AND h.id = :home""",
                """
                INSERT INTO model_step (conversation_id, turn, round, decision, tools, model, input_tokens, output_tokens, decided_at)
                SELECT :home, s.turn + h.last_turn, s.round, s.decision, s.tools, s.model, s.input_tokens, s.output_tokens, s.decided_at
                FROM model_step s JOIN message m USING (conversation_id, turn), conversation h
                WHERE s.conversation_id = :guest AND m.answered_at IS NOT NULL AND h.id = :home""",
                """
                INSERT INTO tool_call (conversation_id, turn, call_id, round, position, tool, arguments, result, done_at)
                SELECT :home, t.turn + h.last_turn, t.call_id, t.round, t.position, t.tool, t.arguments, t.result, t.done_at
                FROM tool_call t JOIN message m USING (conversation_id, turn), conversation h
                WHERE t.conversation_id = :guest AND m.answered_at IS NOT NULL AND h.id = :home""",
                """
                UPDATE conversation h SET last_turn = h.last_turn + g.last_turn
                FROM conversation g WHERE h.id = :home AND g.id = :guest""",
                "UPDATE conversation SET merged_into = :home, customer_id = :customer WHERE id = :guest")) {
            handle.createUpdate(statement)
                    .bind("guest", guest)
                    .bind("home", home)
                    .bind("customer", customer)
                    .execute();
        }
        List<PricedLine> brought = Carts.lines(handle, guest);
        if (!brought.isEmpty()) {
            Carts.bring(handle, home, brought, clock.instant());
            Carts.clear(handle, guest);
            Proposals.voidOpen(handle, home, clock.instant());
            EventLog.append(handle, home, "cart", 0, Carts.summary(handle, home), clock.instant());
        }
        EventLog.append(handle, home, "merged", 0, Json.mapper().createObjectNode(), clock.instant());
    }

    private static int page(int limit) {
        return Math.clamp(limit, 1, LONGEST_PAGE);
    }

    private static void checkLength(String what, String value, int longest) {
        if (value.isBlank() || value.length() > longest) {
            throw new IllegalArgumentException("a " + what + " has 1 to " + longest + " characters");
        }
    }

    private static String fingerprint(String channel, String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((channel + '\n' + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
