package io.journeyman.activities.replay;

import io.journeyman.activities.staff.Position;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** Orders whose payment failed and is not paid since, as our own record has them: Temporal is not asked. */
public final class FailedPayments {
    public static final int LONGEST_PAGE = 500;

    private static final String FROM = """
            FROM journey j JOIN proposal p ON p.journey_id = j.journey_id JOIN quote q ON q.id = p.quote_id
            """;

    private static final String COLUMNS = """
            SELECT j.journey_id, q.id AS quote_id, j.conversation_id, q.customer_id, p.channel, q.total_minor, q.currency,
                coalesce(j.facts->>'reason', '') AS failure, j.updated_at, j.status, q.valid_until, q.body->>'reservation' AS reservation,
                q.body->'credit'->>'minor' AS credit_minor
            """;

    /** Where the journey of an order stands whose payment failed and is not paid since. */
    public static final List<String> CODES = List.of("payment_failed", "payment_declined", "payment_unresolved");

    /** Also the condition of the index journey_with_failed_payment. */
    private static final String FAILED = "j.kind = 'Checkout' AND j.code IN ('" + String.join("', '", CODES) + "')";

    private static final String FITS = """
             AND (:failure::text IS NULL OR j.facts->>'reason' = :failure)
             AND (:from::timestamptz IS NULL OR j.updated_at >= :from)
             AND (:to::timestamptz IS NULL OR j.updated_at < :to)
             AND (:least::bigint IS NULL OR q.total_minor >= :least)
             AND (:most::bigint IS NULL OR q.total_minor <= :most)
             AND (:channel::text IS NULL OR p.channel = :channel)
             AND (:customer::text IS NULL OR q.customer_id = :customer)
            """;

    private final Jdbi jdbi;

    /** @param jdbi of the owner {@code conversation} */
    public FailedPayments(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Which ones are meant; what is empty does not matter.
     *
     * @param failure insufficient_funds, expired_card, network_error, unresolved, payment_not_made…
     * @param from when it failed, inclusive; {@code to} exclusive
     * @param least of the order's total, in minor units
     */
    public record Filter(
            Optional<String> failure,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<Long> least,
            Optional<Long> most,
            Optional<String> channel,
            Optional<String> customer) {
        public static final Filter ALL = new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Newest first. @param after where the page before ended @param limit at most {@value #LONGEST_PAGE} */
    public List<FailedPayment> find(Filter filter, Optional<Position> after, int limit) {
        return jdbi.withHandle(handle -> {
            var query = handle.createQuery(COLUMNS + FROM + " WHERE " + FAILED + FITS + """
                     AND (:afterAt::timestamptz IS NULL OR (j.updated_at, j.journey_id) < (:afterAt, :afterId))
                    ORDER BY j.updated_at DESC, j.journey_id DESC LIMIT :limit""");
            bind(query, filter);
            return query.bind("afterAt", after.map(Position::at).orElse(null))
                    .bind("afterId", after.map(Position::id).orElse(null))
                    .bind("limit", Math.clamp(limit, 1, LONGEST_PAGE))
                    .map((row, context) -> failed(row))
                    .list();
        });
    }

    /** The order's failed payment; empty when the order is not known, or its payment has not failed or is paid since. */
    public Optional<FailedPayment> of(OrderId order) {
        return jdbi.withHandle(
                handle -> handle.createQuery(COLUMNS + FROM + " WHERE " + FAILED + " AND j.journey_id = :order")
                        .bind("order", order)
                        .map((row, context) -> failed(row))
                        .findOne());
    }

    /** Where an order stands whose payment is no failed one: its journey's code; empty when there is no such order. */
    Optional<String> code(OrderId order) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT code FROM journey WHERE kind = 'Checkout' AND journey_id = :order")
                        .bind("order", order)
                        .mapTo(String.class)
                        .findOne());
    }

    /** Writes the orders that fit into a replay, newest first. */
    static int choose(Handle handle, String replay, Filter filter, int cap) {
        var insert = handle.createUpdate(
                """
                        INSERT INTO payment_replay_order (replay_id, position, order_id)
                        SELECT :replay, row_number() OVER (ORDER BY j.updated_at DESC, j.journey_id DESC), j.journey_id
                        """ + FROM + " WHERE " + FAILED + FITS + " ORDER BY j.updated_at DESC, j.journey_id DESC LIMIT :cap");
        bind(insert, filter);
        return insert.bind("replay", replay).bind("cap", cap).execute();
    }

    private static void bind(SqlStatement<?> statement, Filter filter) {
        statement
                .bind("failure", filter.failure().orElse(null))
                .bind("from", filter.from().orElse(null))
                .bind("to", filter.to().orElse(null))
                .bind("least", filter.least().orElse(null))
                .bind("most", filter.most().orElse(null))
                .bind("channel", filter.channel().orElse(null))
                .bind("customer", filter.customer().orElse(null));
    }

    private static FailedPayment failed(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        return new FailedPayment(
                new OrderId(row.getString("journey_id")),
                new QuoteId(row.getString("quote_id")),
                new ConversationId(row.getString("conversation_id")),
                new CustomerId(row.getString("customer_id")),
                row.getString("channel"),
                new Money(row.getLong("total_minor"), currency),
                row.getString("failure"),
                row.getTimestamp("updated_at").toInstant(),
                !row.getString("status").equals("failed"),
                row.getTimestamp("valid_until").toInstant(),
                Optional.ofNullable(row.getString("reservation")).map(ReservationId::new),
                Optional.ofNullable(row.getString("credit_minor"))
                        .map(Long::valueOf)
                        .map(minor -> new Money(minor, currency)));
    }
}
