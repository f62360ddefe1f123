package io.journeyman.bench.chaos.audit;

import java.sql.SQLException;
import java.util.stream.Collectors;

/** Promise 1, from the gateway's own ledger: a charge's key is the order and the attempt. */
final class ChargedOnce {
    /** What the gateway took or may still take, by order. */
    private static final String LIVE = """
            WITH live AS (
                SELECT split_part(key, '/', 1) AS order_id, key, status, amount, currency FROM payment.gateway_charge
                WHERE status IN ('pending', 'authorised', 'captured'))
            """;

    private ChargedOnce() {}

    static Tally check(Evidence evidence) throws SQLException {
        var tally = new Tally();
        var books = evidence.books();
        tally.checked(books.count("post_purchase.placed_order") + books.count("payment.gateway_charge"));
        tally.broken(books.texts(LIVE + """
                SELECT 'charge ' || key || ' belongs to no order' FROM live
                WHERE order_id NOT IN (SELECT order_id FROM post_purchase.placed_order)"""));
        tally.broken(books.texts(LIVE + """
                SELECT 'order ' || order_id || ' is charged ' || count(*) || ' times: ' || string_agg(key, ', ')
                FROM live GROUP BY order_id HAVING count(*) > 1"""));
        tally.broken(books.texts(LIVE + """
                SELECT 'charge ' || key || ' is of ' || amount || ', and order ' || order_id || ' costs ' || total
                FROM live JOIN post_purchase.placed_order o USING (order_id)
                WHERE (amount, live.currency) <> (total, o.currency)"""));
        tally.broken(books.texts(LIVE + """
                SELECT 'order ' || order_id || ' is ' || s.status || ', and charge ' || key || ' is ' || live.status
                FROM live JOIN post_purchase.order_state s USING (order_id)
                WHERE s.status IN ('cancelled', 'payment_failed')"""));
        tally.broken(books.texts(LIVE + """
                SELECT 'order ' || order_id || ' is confirmed, and what was taken for it is: '
                    || coalesce(string_agg(live.key || ' ' || live.status, ', '), 'nothing')
                FROM post_purchase.order_state s LEFT JOIN live USING (order_id)
                WHERE s.status IN ('confirmed', 'shipped', 'delivered')
                    AND order_id NOT IN (SELECT order_id FROM payment.attempt WHERE status = 'due_on_delivery')
                GROUP BY order_id HAVING array_agg(live.status) IS DISTINCT FROM ARRAY['captured']"""));
        tally.broken(books.texts(LIVE + """
                SELECT 'order ' || order_id || ' is due on delivery, and charge ' || key || ' is ' || live.status
                FROM live JOIN payment.attempt a USING (order_id) WHERE a.status = 'due_on_delivery'"""));
        tally.broken(books.texts("""
                SELECT 'order ' || order_id || ' costs ' || o.total || ', and its quote ' || quote_id || ' says ' || q.total_minor
                FROM post_purchase.placed_order o JOIN conversation.quote q ON q.id = quote_id
                WHERE (o.total, o.currency) <> (q.total_minor, q.currency)"""));
        checkWhatCustomersConfirmed(evidence, tally);
        return tally;
    }

    private static void checkWhatCustomersConfirmed(Evidence evidence, Tally tally) throws SQLException {
        record Recorded(String orderId, String total) {}
        var totals = evidence
                .books()
                .rows(
                        "SELECT order_id, total || ' ' || currency FROM post_purchase.placed_order",
                        row -> new Recorded(row.getString(1), row.getString(2)))
                .stream()
                .collect(Collectors.toMap(Recorded::orderId, Recorded::total));
        for (var customer : evidence.customers()) {
            for (var promised : customer.promised().values()) {
                var confirmed = promised.totalMinor() + " " + promised.currency();
                var recorded = totals.getOrDefault(promised.journeyId(), confirmed);
                tally.expect(
                        recorded.equals(confirmed),
                        "order %s: %s confirmed %s, and it costs %s"
                                .formatted(promised.journeyId(), customer.customerId(), confirmed, recorded));
            }
        }
    }
}
