package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.ProposalId;
import io.journeyman.contracts.QuoteId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proposals and their quotes. Callers hold the conversation's lock when they change one. */
final class Proposals {
    private static final Logger log = LoggerFactory.getLogger(Proposals.class);
    private static final String SELECT = """
            SELECT p.id, p.kind, p.status, p.journey_id, p.turn, p.channel, p.expires_at, q.body::text AS quote
            FROM proposal p JOIN quote q ON q.id = p.quote_id WHERE p.conversation_id = :conversation""";

    private Proposals() {}

    static Optional<Proposal> open(Handle handle, ConversationId conversation, Instant now) {
        return handle.createQuery(SELECT + " AND p.status = 'open'")
                .bind("conversation", conversation)
                .map((row, context) -> proposal(row, now))
                .findOne()
                .flatMap(readable -> readable)
                .filter(proposal -> proposal.status() == Proposal.Status.open);
    }

    static Optional<Proposal> find(Handle handle, ConversationId conversation, ProposalId id, Instant now) {
        return handle.createQuery(SELECT + " AND p.id = :id")
                .bind("conversation", conversation)
                .bind("id", id)
                .map((row, context) -> proposal(row, now))
                .findOne()
                .flatMap(readable -> readable);
    }

    /** The one that came last, whatever became of it. */
    static Optional<Proposal> latest(Handle handle, ConversationId conversation, Instant now) {
        return handle.createQuery(SELECT + " ORDER BY p.created_at DESC, p.turn DESC LIMIT 1")
                .bind("conversation", conversation)
                .map((row, context) -> proposal(row, now))
                .findOne()
                .flatMap(readable -> readable);
    }

    static Optional<Proposal> ofCall(Handle handle, TurnRef turn, String callId, Instant now) {
        return handle.createQuery(SELECT + " AND p.turn = :turn AND p.call_id = :call")
                .bind("conversation", turn.conversation())
                .bind("turn", turn.turn())
                .bind("call", callId)
                .map((row, context) -> proposal(row, now))
                .findOne()
                .flatMap(readable -> readable);
    }

    static Optional<Quote> quote(Handle handle, QuoteId id) {
        return handle.createQuery("SELECT body::text FROM quote WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> Json.read(row.getString(1), Quote.class))
                .findOne();
    }

    /** The quote that an order or a reservation was made from. */
    static Optional<Quote> quoteOf(Handle handle, String journeyId) {
        return handle.createQuery(
                        "SELECT q.body::text FROM proposal p JOIN quote q ON q.id = p.quote_id WHERE p.journey_id = :journey")
                .bind("journey", journeyId)
                .map((row, context) -> Json.read(row.getString(1), Quote.class))
                .findOne();
    }

    /** Stores a proposal with its quote; one that was open is void from now on. */
    static void insert(Handle handle, Proposal proposal, String callId, Instant now) {
        Quote quote = proposal.quote();
        voidOpen(handle, quote.conversationId(), now);
        keep(handle, quote, now);
        handle.createUpdate("""
                        INSERT INTO proposal (id, conversation_id, turn, call_id, kind, quote_id, channel, status, journey_id,
                            created_at, expires_at)
                        VALUES (:id, :conversation, :turn, :call, :kind, :quote, :channel, 'open', :journey, :now, :expires)""")
                .bind("id", proposal.proposalId())
                .bind("conversation", quote.conversationId())
                .bind("turn", proposal.turn())
                .bind("call", callId)
                .bind("kind", proposal.kind())
                .bind("quote", quote.quoteId())
                .bind("channel", proposal.channel())
                .bind("journey", proposal.journeyId())
                .bind("now", now)
                .bind("expires", proposal.expiresAt())
                .execute();
        announce(handle, quote.conversationId(), proposal.proposalId(), proposal.kind(), "open", now);
    }

    /** A quote that is known already stays as it is. */
    static void keep(Handle handle, Quote quote, Instant now) {
        handle.createUpdate("""
                        INSERT INTO quote (id, conversation_id, customer_id, body, total_minor, currency, created_at, valid_until)
                        VALUES (:id, :conversation, :customer, cast(:body AS jsonb), :total, :currency, :now, :until)
                        ON CONFLICT (id) DO NOTHING""")
                .bind("id", quote.quoteId())
                .bind("conversation", quote.conversationId())
                .bind("customer", quote.customerId())
                .bind("body", Json.write(quote))
                .bind("total", quote.total().minor())
                .bind("currency", quote.total().currency())
                .bind("now", now)
                .bind("until", quote.validUntil())
                .execute();
    }

    /** Closes the open proposal; false when it was not open any more. */
    static boolean close(Handle handle, ConversationId conversation, Proposal proposal, String status, Instant now) {
        boolean closed = handle.createUpdate("""
                        UPDATE proposal SET status = :status, closed_at = :now
                        WHERE conversation_id = :conversation AND id = :id AND status = 'open'""")
                        .bind("conversation", conversation)
                        .bind("id", proposal.proposalId())
                        .bind("status", status)
                        .bind("now", now)
                        .execute()
                == 1;
        if (closed) {
            announce(handle, conversation, proposal.proposalId(), proposal.kind(), status, now);
        }
        return closed;
    }

    /** A newer proposal or a changed cart: the open one cannot be confirmed any more. */
    static void voidOpen(Handle handle, ConversationId conversation, Instant now) {
        record Open(ProposalId id, String kind) {}
        Optional<Open> open = handle.createQuery("""
                        UPDATE proposal SET status = CASE WHEN expires_at <= :now THEN 'expired' ELSE 'void' END, closed_at = :now
                        WHERE conversation_id = :conversation AND status = 'open' RETURNING id, kind""")
                .bind("conversation", conversation)
                .bind("now", now)
                .map((row, context) -> new Open(new ProposalId(row.getString(1)), row.getString(2)))
                .findOne();
        open.ifPresent(closed -> announce(handle, conversation, closed.id(), closed.kind(), "void", now));
    }

    private static void announce(
            Handle handle, ConversationId conversation, ProposalId id, String kind, String status, Instant now) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("proposalId", id.value()).put("kind", kind).put("status", status);
        EventLog.append(handle, conversation, "proposal", 0, body, now);
    }

    /** One whose quote cannot be read is none: it can be neither shown nor confirmed, and a new one takes its place. */
    private static Optional<Proposal> proposal(java.sql.ResultSet row, Instant now) throws java.sql.SQLException {
        String id = row.getString("id");
        Quote quote;
        try {
            quote = Json.read(row.getString("quote"), Quote.class);
        } catch (IllegalArgumentException unreadable) {
            log.warn("the quote of proposal {} cannot be read", id);
            return Optional.empty();
        }
        Instant expiresAt = row.getTimestamp("expires_at").toInstant();
        Proposal.Status stored = Proposal.Status.of(row.getString("status"));
        return Optional.of(new Proposal(
                new ProposalId(id),
                row.getString("kind"),
                stored == Proposal.Status.open && !now.isBefore(expiresAt) ? Proposal.Status.expired : stored,
                row.getString("journey_id"),
                row.getInt("turn"),
                row.getString("channel"),
                quote,
                expiresAt));
    }
}
