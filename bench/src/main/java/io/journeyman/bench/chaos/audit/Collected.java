package io.journeyman.bench.chaos.audit;

import java.util.List;

/** Promise 3, of orders that customers collect: handed over or undone, never both, and out of the store that keeps them. */
final class Collected {
    static final List<String> QUESTIONS = List.of("""
            SELECT 'order ' || c.order_id || ' is collected in ' || c.store_id || ', and its pieces are of ' || l.location
            FROM fulfillment.order_collection c JOIN inventory.hold h ON h.id = c.order_id JOIN inventory.hold_line l ON l.hold_id = h.id
            WHERE h.status IN ('held', 'allocated') AND l.location <> c.store_id""", """
            SELECT 'order ' || order_id || ' was undone, because it is ' || reason || ', and is ' || s.status
            FROM post_purchase.order_cancellation JOIN post_purchase.order_state s USING (order_id)
            WHERE reason <> 'cancelled_by_customer' AND order_cancellation.status IN ('accepted', 'settled')
                AND s.status <> 'cancelled'""", """
            SELECT 'order ' || order_id || ' is collected in ' || store_id || ' in ' || count(*) || ' parcels'
            FROM fulfillment.order_collection JOIN fulfillment.parcel USING (order_id)
            GROUP BY order_id, store_id HAVING count(*) <> 1""", """
            SELECT 'order ' || journey_id || ' is told to be not collected, and is ' || coalesce(s.status, 'unknown')
            FROM conversation.journey LEFT JOIN post_purchase.order_state s ON s.order_id = journey_id
            WHERE kind = 'Delivery' AND code = 'collection_not_collected' AND s.status IS DISTINCT FROM 'cancelled'""", """
            SELECT 'order ' || c.order_id || ' was undone at ' || w.at || ' because nobody collected it, and is kept until '
                || greatest(c.keep_until, c.kept_longer_until)
            FROM post_purchase.order_cancellation o JOIN fulfillment.withdrawal w USING (cancellation_id)
                JOIN fulfillment.order_collection c ON c.order_id = w.order_id
            WHERE o.reason = 'not_collected' AND w.at < greatest(c.keep_until, c.kept_longer_until) - interval '1 minute'""", """
            SELECT 'order ' || p.for_order || ' was handed over in ' || store_id || ', and is undone by ' || cancellation_id || ', because it is '
                || c.reason
            FROM fulfillment.order_collection JOIN fulfillment.shipment p USING (order_id) JOIN fulfillment.parcel USING (order_id)
            JOIN post_purchase.order_cancellation c ON c.order_id = for_order
            WHERE parcel.status = 'delivered' AND c.reason <> 'cancelled_by_customer' AND c.status IN ('accepted', 'settled')""", """
            SELECT 'order ' || for_order || ' was handed over in ' || store_id || ', and ' || refund_id || ' gave ' || amount
                || ' back, for which nothing came back'
            FROM fulfillment.order_collection JOIN fulfillment.shipment USING (order_id) JOIN fulfillment.parcel USING (order_id)
            JOIN (SELECT order_id, refund_id, amount FROM payment.refund WHERE status <> 'failed'
                UNION ALL SELECT order_id, refund_id, credit FROM payment.credit_refund JOIN payment.credit_use USING (use_id)) r
                ON r.order_id = for_order
            WHERE parcel.status = 'delivered' AND amount > 0
                AND split_part(refund_id, '.', 1) NOT IN (SELECT return_id FROM post_purchase.item_return)
                -- what was cancelled before it was handed over
                AND split_part(refund_id, '.', 1) NOT IN (SELECT cancellation_id FROM fulfillment.withdrawal)""", """
            SELECT 'order ' || order_id || ' was undone ' || count(*) || ' times, because nobody collected it'
            FROM post_purchase.order_cancellation WHERE reason <> 'cancelled_by_customer' AND status IN ('accepted', 'settled')
            GROUP BY order_id HAVING count(*) > 1""");

    private Collected() {}
}
