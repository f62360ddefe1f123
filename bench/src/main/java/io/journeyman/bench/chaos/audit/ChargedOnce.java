package io.journeyman.bench.chaos.audit;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Promise 1, from the gateway's own ledger: a charge's key is the order and the attempt, a refund's the one that we gave it. What store
 * credit pays of an order is not charged; its ledger is looked at like the gateway's.
 */
final class ChargedOnce {
    /** What the gateway took or may still take, by order, with what of it went back. */
    private static final String LIVE = """
            WITH live AS (
                SELECT split_part(key, '/', 1) AS order_id, key, status, amount, currency, coalesce((
                    SELECT sum(r.amount) FROM payment.gateway_refund r WHERE charge_key = c.key AND r.status = 'refunded'), 0) AS back
                FROM payment.gateway_charge c WHERE status IN ('pending', 'authorised', 'captured')),
            credit AS (SELECT order_id, amount AS paid, status AS used FROM payment.credit_use WHERE status IN ('reserved', 'spent'))
            """;

    /** Refunds, beside the gateway's; what goes back because a capture was undone as a whole has no name of ours. */
    private static final List<String> REFUNDS = List.of("""
            SELECT 'of charge ' || c.key || ' ' || c.captured || ' was captured, and ' || sum(r.amount) || ' went back'
            FROM payment.gateway_charge c JOIN payment.gateway_refund r ON r.charge_key = c.key AND r.status <> 'failed'
            GROUP BY c.key, c.captured HAVING sum(r.amount) > c.captured""", """
            SELECT 'refund ' || g.key || ' of charge ' || charge_key || ' was never asked for'
            FROM payment.gateway_refund g LEFT JOIN payment.refund ON refund_id = g.key
            WHERE refund_id IS NULL AND g.key <> charge_key || '/void'""", """
            SELECT 'refund ' || refund_id || ' is ' || r.status || ' of ' || r.amount || ' for ' || order_id || '/' || attempt
                || ', and at the gateway ' || coalesce(g.status || ' of ' || g.amount || ' for ' || charge_key, 'unknown')
            FROM payment.refund r LEFT JOIN payment.gateway_refund g ON g.key = refund_id
            WHERE (r.status, r.amount, r.currency, order_id || '/' || attempt)
                IS DISTINCT FROM (g.status, g.amount, g.currency, charge_key)
                AND NOT (r.status = 'failed' AND g.key IS NULL)""", """
            SELECT 'attempt ' || order_id || '/' || attempt || ' says that ' || given_back || ' went back, and its refunds come to '
                || coalesce(sum(r.amount), 0)
            FROM payment.attempt a LEFT JOIN (SELECT * FROM payment.refund WHERE status <> 'failed') r USING (order_id, attempt)
            WHERE a.status <> 'refunded'
            GROUP BY order_id, attempt, given_back HAVING given_back <> coalesce(sum(r.amount), 0)""");

    /** Store credit, beside the orders that it pays and the grants that it comes from. */
    private static final List<String> CREDIT = List.of("""
            SELECT 'customer ' || customer_id || ' has ' || a.spendable || ' and ' || a.reserved || ' of store credit, and the entries come to '
                || coalesce(e.spendable, 0) || ' and ' || coalesce(e.reserved, 0)
            FROM payment.credit_account a LEFT JOIN (
                SELECT customer_id, sum(CASE 'customer' WHEN to_account THEN amount WHEN from_account THEN -amount ELSE 0 END) AS spendable,
                    sum(CASE 'reserved' WHEN to_account THEN amount WHEN from_account THEN -amount ELSE 0 END) AS reserved
                FROM payment.credit_entry GROUP BY customer_id) e USING (customer_id)
            WHERE (a.spendable, a.reserved) <> (coalesce(e.spendable, 0), coalesce(e.reserved, 0))""", """
            SELECT 'of the store credit of customer ' || customer_id || ' that ends at ' || coalesce(expires_at::text, 'no date') || ', '
                || -sum(CASE to_account WHEN 'customer' THEN amount ELSE -amount END) || ' more went out than came in'
            FROM payment.credit_entry WHERE 'customer' IN (from_account, to_account)
            GROUP BY customer_id, expires_at HAVING sum(CASE to_account WHEN 'customer' THEN amount ELSE -amount END) < 0""", """
            SELECT 'store credit of customer ' || customer_id || ' expired ' || count(*) || ' times for ' || expires_at
            FROM payment.credit_entry WHERE kind = 'expired' GROUP BY customer_id, expires_at HAVING count(*) > 1""", """
            SELECT 'store credit of customer ' || customer_id || ' expired at ' || at || ', and could be used until '
                || coalesce(expires_at::text, 'ever')
            FROM payment.credit_entry WHERE kind = 'expired' AND (expires_at IS NULL OR expires_at > at)""", """
            SELECT 'of the store credit of customer ' || customer_id || ' that ends at ' || coalesce(expires_at::text, 'no date')
                || ' entry ' || id || ' took ' || -there || ' more than was there then'
            FROM (
                SELECT *, sum(CASE to_account WHEN 'customer' THEN amount ELSE -amount END)
                    OVER (PARTITION BY customer_id, expires_at ORDER BY id) AS there
                FROM payment.credit_entry WHERE 'customer' IN (from_account, to_account)) AS entries
            WHERE there < 0""", """
            SELECT 'store credit of customer ' || customer_id || ' ended at ' || expires_at || ', and was ' || kind || ' at ' || at
            FROM payment.credit_entry WHERE from_account = 'customer' AND kind <> 'expired' AND expires_at <= at""", """
            SELECT 'customer ' || customer_id || ' has ' || spendable + reserved || ' of store credit, of '
                || granted || ' that was granted, ' || used || ' that was used and ' || expired || ' that expired'
            FROM payment.credit_account a,
                LATERAL (SELECT coalesce(sum(amount), 0) AS granted FROM payment.credit_grant g
                    WHERE g.customer_id = a.customer_id AND status = 'granted') AS granting,
                LATERAL (SELECT coalesce(sum(amount - given_back), 0) AS used FROM payment.credit_use u
                    WHERE u.customer_id = a.customer_id AND status = 'spent') AS using_it,
                LATERAL (SELECT coalesce(sum(amount), 0) AS expired FROM payment.credit_entry e
                    WHERE e.customer_id = a.customer_id AND kind = 'expired') AS expiring
            WHERE spendable + reserved <> granted - used - expired""", """
            SELECT 'credit use ' || u.use_id || ' is ' || u.status || ' of ' || u.amount || ', and its entries leave '
                || coalesce(sum(CASE to_account WHEN 'customer' THEN -e.amount ELSE 0 END)
                    + sum(CASE from_account WHEN 'customer' THEN e.amount ELSE 0 END), 0)
            FROM payment.credit_use u LEFT JOIN payment.credit_entry e USING (use_id)
            GROUP BY u.use_id HAVING coalesce(sum(CASE to_account WHEN 'customer' THEN -e.amount ELSE 0 END)
                    + sum(CASE from_account WHEN 'customer' THEN e.amount ELSE 0 END), 0)
                <> CASE u.status WHEN 'released' THEN 0 ELSE u.amount - u.given_back END""", """
            SELECT 'order ' || order_id || ' is ' || s.status || ', and its store credit is ' || coalesce(used, 'not used')
            FROM post_purchase.order_state s JOIN post_purchase.placed_order USING (order_id)
            JOIN conversation.quote q ON q.id = quote_id LEFT JOIN credit USING (order_id)
            WHERE CASE WHEN s.status IN ('confirmed', 'shipped', 'delivered')
                THEN (coalesce(paid, 0), coalesce(used, 'spent')) <> (coalesce((q.body->'credit'->>'minor')::bigint, 0), 'spent')
                ELSE s.status IN ('cancelled', 'payment_failed') AND used IS NOT NULL AND order_id NOT IN (
                    -- given back as refunds
                    SELECT order_id FROM post_purchase.order_cancellation WHERE status IN ('accepted', 'settled')) END""", """
            SELECT 'credit use ' || use_id || ' belongs to no order' FROM payment.credit_use
            WHERE status <> 'released' AND order_id NOT IN (SELECT order_id FROM post_purchase.placed_order)""");

    private ChargedOnce() {}

    static Tally check(Evidence evidence) throws SQLException {
        var tally = new Tally();
        var books = evidence.books();
        tally.checked(books.count("post_purchase.placed_order")
                + books.count("payment.gateway_charge")
                + books.count("payment.gateway_refund")
                + books.count("payment.credit_entry"));
        tally.broken(books.texts(LIVE + """
                SELECT 'charge ' || key || ' belongs to no order' FROM live
                WHERE order_id NOT IN (SELECT order_id FROM post_purchase.placed_order)"""));
        tally.broken(books.texts(LIVE + """
                SELECT 'order ' || order_id || ' is charged ' || count(*) || ' times: ' || string_agg(key, ', ')
                FROM live GROUP BY order_id HAVING count(*) > 1"""));
        tally.broken(books.texts(LIVE + """
                SELECT 'charge ' || key || ' is of ' || amount || ', and order ' || order_id || ' costs ' || total || ', of which credit pays '
                    || coalesce(paid, 0)
                FROM live JOIN post_purchase.placed_order o USING (order_id) LEFT JOIN credit USING (order_id)
                WHERE (amount, live.currency) <> (total - coalesce(paid, 0), o.currency)"""));
        tally.broken(books.texts(LIVE + """
                SELECT 'order ' || order_id || ' is ' || s.status || ', and charge ' || key || ' is ' || live.status
                FROM live JOIN post_purchase.order_state s USING (order_id)
                WHERE s.status IN ('cancelled', 'payment_failed') AND back < live.amount AND order_id NOT IN (
                    -- its refund waits for staff, or was paid out by them
                    SELECT order_id FROM post_purchase.order_cancellation WHERE status = 'accepted' OR settled_by = 'by_hand')"""));
        tally.broken(books.texts(LIVE + """
                SELECT 'order ' || order_id || ' is confirmed, and what was taken for it is: '
                    || coalesce(string_agg(live.key || ' ' || live.status, ', '), 'nothing')
                FROM post_purchase.order_state s LEFT JOIN live USING (order_id)
                WHERE s.status IN ('confirmed', 'shipped', 'delivered')
                    AND order_id NOT IN (SELECT order_id FROM payment.attempt WHERE status = 'due_on_delivery')
                    -- what comes back may pay for all of an order
                    AND order_id NOT IN (SELECT order_id FROM post_purchase.placed_order WHERE total = 0 AND credit > 0)
                    AND order_id NOT IN (SELECT order_id FROM credit JOIN post_purchase.placed_order o USING (order_id)
                        WHERE paid = o.total)
                GROUP BY order_id HAVING array_agg(live.status) IS DISTINCT FROM ARRAY['captured']"""));
        tally.broken(books.texts(LIVE + """
                SELECT 'order ' || order_id || ' is due on delivery, and charge ' || key || ' is ' || live.status
                FROM live JOIN payment.attempt a USING (order_id) WHERE a.status = 'due_on_delivery'"""));
        tally.broken(books.texts("""
                SELECT 'order ' || order_id || ' costs ' || o.total || ', and its quote ' || quote_id || ' says ' || q.total_minor
                FROM post_purchase.placed_order o JOIN conversation.quote q ON q.id = quote_id
                WHERE (o.total, o.currency) <> (q.total_minor, q.currency)"""));
        for (var question : REFUNDS) {
            tally.broken(books.texts(question));
        }
        for (var question : CREDIT) {
            tally.broken(books.texts(LIVE + question));
        }
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
