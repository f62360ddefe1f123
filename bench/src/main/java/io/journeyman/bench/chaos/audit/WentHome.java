package io.journeyman.bench.chaos.audit;

import java.util.List;

/**
 * Promise 3, of what goes home to customers of returns and claims. Each of these ends in exactly one of: what was paid, another piece, theirs
 * repaired, or theirs as it is; what goes home goes once, in one parcel, and what comes out of stock for it is allocated once.
 */
final class WentHome {
    private static final String HOME = """
            WITH home AS (SELECT * FROM fulfillment.shipment WHERE for_return IS NOT NULL AND status <> 'cancelled'),
            ours AS (
                SELECT return_id, order_id, customer_id, tracking_id, status,
                    CASE status WHEN 'replaced' THEN 'replaced' WHEN 'repaired' THEN 'repaired' ELSE 'refused' END AS because
                FROM post_purchase.item_return),
            ended AS (
                SELECT ours.* FROM ours JOIN conversation.journey j ON j.journey_id = return_id AND j.kind = 'Return'
                WHERE j.status IN ('completed', 'cancelled', 'failed')),
            -- what the shop does not take, and what it took and gives something else for
            due AS (
                SELECT return_id, sku, sum(pieces) AS quantity FROM (
                    SELECT return_id, sku, refused AS pieces FROM post_purchase.return_line
                    WHERE refused > 0 AND refusal <> 'not_in_the_parcel'
                    UNION ALL SELECT return_id, sku, accepted FROM post_purchase.return_line JOIN ours USING (return_id)
                    WHERE accepted > 0 AND status IN ('replaced', 'repaired')) AS lines
                GROUP BY return_id, sku),
            paid AS (
                SELECT split_part(refund_id, '.', 1) AS return_id, amount FROM payment.refund WHERE status <> 'failed'
                UNION ALL SELECT split_part(refund_id, '.', 1), credit FROM payment.credit_refund
                UNION ALL SELECT grant_id, amount FROM payment.credit_grant WHERE status = 'granted'
                UNION ALL SELECT return_id, refund FROM post_purchase.item_return WHERE settled_by = 'by_hand')
            """;

    private static final List<String> QUESTIONS = List.of("""
            SELECT 'return ' || for_return || ' gave ' || sum(paid.amount) || ' back, and ' || home.because || ' pieces went home in '
                || home.tracking_id
            FROM home JOIN paid ON paid.return_id = for_return WHERE home.because <> 'refused' AND paid.amount > 0
            GROUP BY for_return, home.because, home.tracking_id""", """
            SELECT 'of return ' || for_return || ' pieces went home ' || count(*) || ' times: ' || string_agg(tracking_id, ', ')
            FROM home GROUP BY for_return HAVING count(*) > 1""", """
            SELECT 'return ' || return_id || ' sent ' || ours.tracking_id || ' to its customer, and parcels go there: '
                || coalesce(string_agg(home.tracking_id || ' ' || home.because, ', '), 'none')
            FROM ours LEFT JOIN home ON for_return = return_id WHERE ours.tracking_id IS NOT NULL
            GROUP BY return_id, ours.tracking_id, ours.because, ours.order_id, ours.customer_id
            HAVING count(home.order_id) <> 1 OR bool_or(home.tracking_id <> ours.tracking_id OR home.because <> ours.because
                OR home.for_order IS DISTINCT FROM ours.order_id OR home.customer_id IS DISTINCT FROM ours.customer_id)""", """
            SELECT 'parcel ' || home.tracking_id || ' went to a customer, and return ' || for_return || ' is ' || coalesce(ours.status, 'unknown')
            FROM home LEFT JOIN ours ON return_id = for_return
            WHERE home.status <> 'created' AND coalesce(ours.status, '') NOT IN ('inspected', 'refunded', 'refused', 'replaced', 'repaired')""", """
            SELECT 'parcel ' || home.tracking_id || ' is packed for return ' || for_return || ', which is ' || ended.status || ' and knows of '
                || coalesce(ended.tracking_id, 'none')
            FROM home JOIN ended ON return_id = for_return WHERE ended.tracking_id IS DISTINCT FROM home.tracking_id""", """
            SELECT 'return ' || return_id || ' is ' || status || ', and of ' || sku || ' ' || quantity || ' did not go home'
            FROM due JOIN ended USING (return_id)
            WHERE status IN ('refunded', 'refused', 'replaced', 'repaired')
                AND return_id NOT IN (SELECT for_return FROM home)""", """
            SELECT 'return ' || return_id || ' is ' || ours.status || ', and other pieces are in its parcel'
            FROM ours JOIN home ON for_return = return_id WHERE ours.tracking_id IS NOT NULL AND EXISTS (
                SELECT FROM (SELECT sku, quantity FROM due WHERE due.return_id = ours.return_id) AS d
                FULL JOIN (SELECT sku, quantity FROM fulfillment.shipment_line s WHERE s.order_id = home.order_id) AS s USING (sku)
                WHERE d.quantity IS DISTINCT FROM s.quantity)""", """
            SELECT 'return ' || return_id || ' is replaced, and its holds are: '
                || coalesce(string_agg(h.id || ' ' || h.status, ', '), 'none')
            FROM ours LEFT JOIN inventory.hold h ON split_part(h.id, '.', 1) = return_id WHERE ours.status = 'replaced'
            GROUP BY return_id HAVING count(*) FILTER (WHERE h.status = 'allocated') <> 1 OR bool_or(h.status = 'held')""", """
            SELECT 'return ' || return_id || ' is replaced, and its pieces are not taken from stock exactly once'
            FROM ours WHERE ours.status = 'replaced' AND EXISTS (
                SELECT sku, accepted FROM post_purchase.return_line l WHERE l.return_id = ours.return_id AND accepted > 0
                EXCEPT SELECT sku, -sum(on_hand_change) FROM inventory.movement
                WHERE split_part(hold_id, '.', 1) = ours.return_id GROUP BY sku)""", """
            SELECT 'return ' || return_id || ' is ' || ours.status || ', and hold ' || h.id || ' took pieces from stock for it'
            FROM ours JOIN inventory.hold h ON split_part(h.id, '.', 1) = return_id
            WHERE h.status = 'allocated' AND ours.status NOT IN ('inspected', 'replaced')""", """
            SELECT 'return ' || i.return_id || ' is ' || i.status || ', and ' || count(*) || ' of the pieces that its customer has are spoken for'
            FROM post_purchase.item_return i JOIN post_purchase.returned_piece USING (return_id)
            WHERE i.status IN ('replaced', 'repaired')
            GROUP BY i.return_id, i.status
            HAVING count(*) <> (SELECT sum(refused) FROM post_purchase.return_line l WHERE l.return_id = i.return_id)""");

    private WentHome() {}

    static List<String> questions() {
        return QUESTIONS.stream().map(question -> HOME + question).toList();
    }
}
