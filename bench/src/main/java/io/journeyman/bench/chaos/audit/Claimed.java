package io.journeyman.bench.chaos.audit;

import java.util.List;

/** Promise 3, of what is claimed under warranty and what is reviewed: once for a piece, and by whoever bought it. */
final class Claimed {
    static final List<String> QUESTIONS = List.of("""
            SELECT 'return ' || i.return_id || ' claims a warranty of ' || l.sku || ', which order ' || i.order_id || ' had '
                || CASE WHEN max(o.warranty_months) IS NULL THEN 'without one' ELSE 'until ' || coalesce(max(ends)::text, 'its delivery') END
            FROM post_purchase.item_return i JOIN post_purchase.return_line l USING (return_id)
            JOIN post_purchase.order_line o ON o.order_id = i.order_id AND o.sku = l.sku
            LEFT JOIN LATERAL (
                SELECT max(t.at) + make_interval(months => o.warranty_months) AS ends FROM post_purchase.order_transition t
                WHERE t.order_id = i.order_id AND t.to_status = 'delivered') AS warranty ON true
            WHERE i.reason = 'warranty' AND i.status IN ('requested', 'inspected', 'refunded', 'replaced', 'repaired')
            GROUP BY i.return_id, l.sku, i.order_id, i.recorded_at
            HAVING coalesce(max(ends), '-infinity') < i.recorded_at""", """
            SELECT 'of order ' || order_id || ' ' || count(*) || ' pieces came back at position ' || position || ', and ' || quantity
                || ' were sold'
            FROM post_purchase.returned_piece JOIN post_purchase.order_line USING (order_id, position)
            GROUP BY order_id, position, quantity HAVING count(*) > quantity OR max(piece) > quantity""", """
            SELECT 'review ' || review_id || ' of ' || r.sku || ' is by ' || r.customer_id || ', and order ' || r.order_id || ' is '
                || coalesce(o.customer_id, 'nobody') || '''s'
            FROM post_purchase.review r LEFT JOIN post_purchase.placed_order o USING (order_id)
            WHERE o.customer_id IS DISTINCT FROM r.customer_id""", """
            SELECT 'review ' || review_id || ' is of ' || r.sku || ', about which order ' || r.order_id || ' was not asked'
            FROM post_purchase.review r LEFT JOIN post_purchase.review_request_line l USING (order_id, sku)
            LEFT JOIN post_purchase.review_request a USING (order_id)
            WHERE l.sku IS NULL OR a.outcome IS DISTINCT FROM 'asked'""", """
            SELECT 'of order ' || order_id || ' ' || sku || ' is reviewed ' || count(*) || ' times'
            FROM post_purchase.review GROUP BY order_id, sku HAVING count(*) > 1""", """
            SELECT 'order ' || order_id || ' is asked about, and is ' || s.status
            FROM post_purchase.review_request JOIN post_purchase.order_state s USING (order_id)
            WHERE outcome = 'asked' AND s.status <> 'delivered'""", """
            SELECT 'about order ' || (body->>'journeyId') || ' its customer is asked ' || count(*) || ' times'
            FROM conversation.event WHERE body->>'kind' = 'Feedback' AND body->>'code' = 'reviews_wanted'
            GROUP BY body->>'journeyId' HAVING count(*) > 1""");

    private Claimed() {}
}
