package io.journeyman.bench.chaos.audit;

import java.util.List;

/** Promise 3, of what customers cancelled before it left: what each agent has of it, beside what became of it. */
final class NotSent {
    /** Cancellations that only go forward; each has its pieces, and those are in no parcel. */
    private static final String STOPPED = """
            WITH stopped AS (SELECT * FROM post_purchase.order_cancellation WHERE status IN ('accepted', 'settled')),
            withdrawn AS (
                SELECT cancellation_id, sku, sum(quantity) AS quantity FROM fulfillment.withdrawal_line GROUP BY 1, 2),
            refunds AS (
                SELECT split_part(refund_id, '.', 1) AS cancellation_id, status, amount FROM payment.refund
                UNION ALL SELECT split_part(refund_id, '.', 1), 'refunded', credit FROM payment.credit_refund),
            booked AS (
                SELECT cancellation_id, sku, sum(quantity) AS quantity FROM (
                    SELECT split_part(booking_id, '.', 1) AS cancellation_id, sku, on_hand_change AS quantity
                    FROM inventory.movement WHERE booking_id IS NOT NULL
                    UNION ALL SELECT give_back_id, sku, units FROM inventory.give_back_line) AS back
                GROUP BY 1, 2)
            """;

    private static final List<String> QUESTIONS = List.of("""
            SELECT 'cancellation ' || cancellation_id || ' is ' || status || ', and other pieces were taken out of parcels for it'
            FROM stopped WHERE EXISTS (
                (SELECT sku, quantity FROM post_purchase.cancellation_line l WHERE l.cancellation_id = stopped.cancellation_id)
                EXCEPT SELECT sku, quantity FROM withdrawn w WHERE w.cancellation_id = stopped.cancellation_id)""", """
            SELECT 'cancellation ' || w.cancellation_id || ' took pieces out of parcels, and is ' || coalesce(c.status, 'unknown')
            FROM fulfillment.withdrawal w LEFT JOIN post_purchase.order_cancellation c USING (cancellation_id)
            WHERE coalesce(c.status, '') NOT IN ('accepted', 'settled')""", """
            SELECT 'cancellation ' || cancellation_id || ' is settled with ' || (value + delivery_fee)
                || ', and what went back for it is ' || coalesce(sum(refunds.amount), 0)
            FROM stopped LEFT JOIN refunds USING (cancellation_id)
            WHERE stopped.status = 'settled' AND (refunds.status IS NULL OR refunds.status = 'refunded')
            GROUP BY cancellation_id, value, delivery_fee, settled_by
            HAVING coalesce(sum(refunds.amount), 0)
                <> CASE settled_by WHEN 'original_method' THEN value + delivery_fee
                    ELSE coalesce((SELECT sum(credit) FROM payment.credit_refund c
                        WHERE split_part(c.refund_id, '.', 1) = cancellation_id), 0) END""", """
            SELECT 'order ' || order_id || ' cost ' || total || ', and its returns and cancellations give back ' || (
                coalesce((SELECT sum(refund) FROM post_purchase.item_return r
                    WHERE r.order_id = o.order_id AND r.status IN ('requested', 'inspected', 'refunded')), 0)
                + coalesce((SELECT sum(value + delivery_fee) FROM stopped WHERE stopped.order_id = o.order_id), 0))
            FROM post_purchase.placed_order o
            WHERE total < coalesce((SELECT sum(refund) FROM post_purchase.item_return r
                    WHERE r.order_id = o.order_id AND r.status IN ('requested', 'inspected', 'refunded')), 0)
                + coalesce((SELECT sum(value + delivery_fee) FROM stopped WHERE stopped.order_id = o.order_id), 0)""", """
            SELECT 'cancellation ' || cancellation_id || ' is settled, and its pieces are not back in stock exactly once'
            FROM stopped WHERE status = 'settled' AND value < order_value AND EXISTS (
                SELECT sku, quantity FROM post_purchase.cancellation_line l WHERE l.cancellation_id = stopped.cancellation_id
                EXCEPT SELECT sku, quantity FROM booked WHERE booked.cancellation_id = stopped.cancellation_id)""", """
            SELECT 'cancellation ' || cancellation_id || ' is settled, and its points are not taken'
            FROM stopped LEFT JOIN loyalty.benefits_return b ON b.return_id = cancellation_id
            WHERE status = 'settled' AND stopped.value < stopped.order_value AND b.return_id IS NULL""", """
            SELECT 'order ' || order_id || ' is ' || s.status || ', and all of its pieces are cancelled'
            FROM post_purchase.order_state s WHERE s.status <> 'cancelled'
                AND EXISTS (SELECT FROM stopped WHERE stopped.order_id = s.order_id)
                AND NOT EXISTS (
                    SELECT l.position, n FROM post_purchase.order_line l, generate_series(1, l.quantity) AS n
                    WHERE l.order_id = s.order_id
                    EXCEPT SELECT r.position, r.piece FROM post_purchase.returned_piece r JOIN stopped USING (cancellation_id)
                    WHERE r.order_id = s.order_id)""", """
            SELECT 'cancellation ' || journey_id || ' is told to be ' || j.status || ' (' || code || '), and its record says '
                || coalesce(c.status, 'nothing')
            FROM conversation.journey j LEFT JOIN post_purchase.order_cancellation c ON c.cancellation_id = journey_id
            WHERE kind = 'Cancellation' AND CASE j.status
                WHEN 'completed' THEN c.status IS DISTINCT FROM 'settled'
                WHEN 'failed' THEN coalesce(c.status, 'closed') <> 'closed'
                ELSE false END""");

    private NotSent() {}

    static List<String> questions() {
        return QUESTIONS.stream().map(question -> STOPPED + question).toList();
    }
}
