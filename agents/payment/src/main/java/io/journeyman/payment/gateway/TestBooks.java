package io.journeyman.payment.gateway;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The test gateway's ledger, as its own staff would read it. */
public final class TestBooks implements Ledger {
    private static final String CHARGE = "SELECT key, status, amount, captured, currency FROM gateway_charge ";

    private final Jdbi jdbi;

    public TestBooks(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public Optional<Booked> booked(ChargeKey key) {
        return jdbi.withHandle(handle -> handle.createQuery(CHARGE + "WHERE key = :key AND status <> 'closed'")
                .bind("key", key.toString())
                .mapTo(Row.class)
                .findOne()
                .map(row -> booked(handle, row)));
    }

    @Override
    public Page opened(Instant from, Instant to, Optional<String> after, int most) {
        return jdbi.withHandle(handle -> {
            List<Row> rows = handle.createQuery(CHARGE + """
                            WHERE opened_at >= :from AND opened_at < :to AND status <> 'closed'
                                AND (:after::text IS NULL
                                    OR (opened_at, key) > (SELECT l.opened_at, l.key FROM gateway_charge l WHERE l.key = :after))
                            ORDER BY opened_at, key LIMIT :most""")
                    .bind("from", from)
                    .bind("to", to)
                    .bind("after", after)
                    .bind("most", most)
                    .mapTo(Row.class)
                    .list();
            return new Page(
                    rows.stream().map(row -> booked(handle, row)).toList(),
                    rows.size() < most
                            ? Optional.empty()
                            : Optional.of(rows.getLast().key()));
        });
    }

    private static Booked booked(Handle handle, Row row) {
        var refunds = handle.createQuery("""
                        SELECT key AS name, CASE WHEN key = charge_key || '/void' THEN NULL ELSE key END AS refund_id,
                               status, amount, currency
                        FROM gateway_refund WHERE charge_key = :key ORDER BY key""")
                .bind("key", row.key())
                .mapTo(BookedRefund.class)
                .list();
        return new Booked(row.key(), key(row.key()), row.standing(), row.amount(), row.captured(), refunds);
    }

    private static Optional<ChargeKey> key(String text) {
        String[] parts = text.split("/", 2);
        return parts.length == 2 && parts[1].matches("[0-9]{1,3}")
                ? Optional.of(new ChargeKey(new OrderId(parts[0]), Integer.parseInt(parts[1])))
                : Optional.empty();
    }

    public record Row(String key, String status, Money amount, Money captured) {
        Standing standing() {
            return switch (status) {
                case "pending", "challenged", "collecting", "under_review" -> Standing.open;
                case "authorised" -> Standing.authorised;
                case "captured", "refunded" -> Standing.captured;
                case "declined" -> Standing.declined;
                default -> Standing.cancelled;
            };
        }
    }
}
