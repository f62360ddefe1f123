package io.journeyman.bench.chaos.audit;

import java.sql.SQLException;
import java.util.List;

/** Promise 3: what each agent has of an order, a reservation or a return, beside what became of it. */
final class AllOrNothing {
    /** A later run of a checkout keeps hold, benefits and parcel under the order's id, a point and a mark of its own. */
    private static final String ORDERS = """
            WITH sold AS (SELECT order_id FROM post_purchase.order_state WHERE status IN ('confirmed', 'shipped', 'delivered')),
            ended AS (SELECT order_id, status FROM post_purchase.order_state WHERE status IN ('cancelled', 'payment_failed')),
            -- those that were cancelled after their confirmation go forward piece by piece, but for one whole and settled cancellation
            stopped AS (
                SELECT order_id, bool_or(status = 'settled' AND value = order_value) AS whole FROM post_purchase.order_cancellation
                WHERE status IN ('accepted', 'settled') GROUP BY order_id),
            undone AS (SELECT ended.* FROM ended LEFT JOIN stopped USING (order_id) WHERE whole IS NOT FALSE),
            holds AS (SELECT split_part(id, '.', 1) AS order_id, id, status FROM inventory.hold),
            parcels AS (SELECT split_part(order_id, '.', 1) AS order_id, order_id AS id, status, tracking_id FROM fulfillment.shipment),
            benefits AS (SELECT split_part(order_id, '.', 1) AS order_id, order_id AS id, status, points, earned FROM loyalty.benefits)
            """;

    private static final List<String> SOLD = List.of("""
            SELECT 'order ' || order_id || ' is confirmed, and its pieces are not taken from stock exactly once'
            FROM sold WHERE EXISTS (
                SELECT sku, sum(quantity) FROM post_purchase.order_line l WHERE l.order_id = sold.order_id GROUP BY sku
                EXCEPT SELECT sku, sum(pieces) FROM (
                    SELECT sku, -on_hand_change AS pieces FROM inventory.movement WHERE split_part(hold_id, '.', 1) = sold.order_id
                    UNION ALL SELECT sku, quantity - arrived FROM inventory.promise JOIN inventory.hold ON hold.id = hold_id
                    WHERE split_part(hold_id, '.', 1) = sold.order_id AND hold.status = 'allocated'
                    UNION ALL SELECT sku, units FROM inventory.give_back_line JOIN inventory.give_back g ON g.id = give_back_id
                    WHERE split_part(hold_id, '.', 1) = sold.order_id) AS taken GROUP BY sku)""", """
            SELECT 'order ' || order_id || ' is confirmed, and its holds are: '
                || coalesce(string_agg(holds.id || ' ' || status, ', '), 'none')
            FROM sold LEFT JOIN holds USING (order_id)
            GROUP BY order_id HAVING count(*) FILTER (WHERE status = 'allocated') <> 1 OR bool_or(status = 'held')""", """
            SELECT 'order ' || order_id || ' is confirmed, and its parcels are: '
                || coalesce(string_agg(parcels.id || ' ' || status, ', '), 'none')
            FROM sold LEFT JOIN parcels USING (order_id)
            GROUP BY order_id HAVING count(*) FILTER (WHERE status <> 'cancelled') <> 1""", """
            SELECT 'order ' || order_id || ' is confirmed, and its parcel is ' || coalesce(o.tracking_id, 'unknown to it')
                || ' or ' || parcels.tracking_id
            FROM sold JOIN parcels USING (order_id) JOIN post_purchase.placed_order o USING (order_id)
            WHERE parcels.status <> 'cancelled' AND o.tracking_id IS DISTINCT FROM parcels.tracking_id""", """
            SELECT 'order ' || order_id || ' is confirmed, and other pieces are in its parcel'
            FROM sold JOIN parcels USING (order_id) WHERE parcels.status <> 'cancelled' AND EXISTS (
                SELECT sku, sum(quantity) FROM post_purchase.order_line l WHERE l.order_id = sold.order_id GROUP BY sku
                EXCEPT SELECT sku, quantity FROM fulfillment.shipment_line s WHERE s.order_id = parcels.id)""", """
            SELECT 'order ' || order_id || ' is confirmed, and not all of its shipment is in parcels'
            FROM sold JOIN parcels USING (order_id) WHERE parcels.status <> 'cancelled' AND EXISTS (
                (SELECT sku, quantity FROM fulfillment.shipment_line s WHERE s.order_id = parcels.id
                EXCEPT SELECT sku, sum(quantity) FROM (
                    SELECT sku, quantity FROM fulfillment.parcel JOIN fulfillment.parcel_line USING (parcel_id)
                    WHERE parcel.order_id = parcels.id AND parcel.status <> 'cancelled'
                    UNION ALL SELECT sku, quantity FROM fulfillment.withdrawal JOIN fulfillment.withdrawal_line USING (cancellation_id)
                    WHERE withdrawal.order_id = parcels.id) AS packed GROUP BY sku))""", """
            SELECT 'order ' || order_id || ' is confirmed, and its attempts are: '
                || coalesce(string_agg(attempt || ' ' || status, ', '), 'none')
            FROM sold LEFT JOIN payment.attempt USING (order_id)
            -- what comes back may pay for all of an order
            WHERE order_id NOT IN (SELECT order_id FROM post_purchase.placed_order WHERE total = 0 AND credit > 0)
                AND order_id NOT IN (SELECT order_id FROM payment.credit_use WHERE status = 'spent' AND amount = total)
            GROUP BY order_id HAVING count(*) FILTER (WHERE status IN ('captured', 'due_on_delivery')) <> 1
                OR bool_or(status IN ('open', 'authorised'))""", """
            SELECT 'order ' || order_id || ' is confirmed, and its points and offers are: '
                || coalesce(string_agg(benefits.id || ' ' || status, ', '), 'none')
            FROM sold LEFT JOIN benefits USING (order_id)
            GROUP BY order_id HAVING count(*) FILTER (WHERE status = 'committed') <> 1 OR bool_or(status = 'reserved')""");

    private static final List<String> ENDED = List.of("""
            SELECT 'order ' || order_id || ' is ' || undone.status || ', and its hold ' || holds.id || ' is ' || holds.status
            FROM undone JOIN holds USING (order_id) WHERE holds.status IN ('held', 'allocated')""", """
            SELECT 'order ' || order_id || ' is ' || ended.status || ', and its parcel ' || parcels.id || ' is ' || parcels.status
            FROM ended JOIN parcels USING (order_id) WHERE parcels.status <> 'cancelled'""", """
            SELECT 'order ' || ended.order_id || ' is ' || ended.status || ', and parcel ' || p.parcel_id || ' is ' || p.status
            FROM ended JOIN fulfillment.parcel p ON split_part(p.order_id, '.', 1) = ended.order_id WHERE p.status <> 'cancelled'""", """
            SELECT 'order ' || order_id || ' is ' || ended.status || ', and its attempt ' || attempt || ' is ' || a.status
            FROM ended JOIN payment.attempt a USING (order_id)
            WHERE a.status IN ('open', 'authorised', 'captured', 'due_on_delivery')
                AND NOT (a.status IN ('captured', 'due_on_delivery') AND order_id IN (SELECT order_id FROM stopped))""", """
            SELECT 'order ' || order_id || ' is ' || undone.status || ', and its benefits ' || benefits.id || ' are ' || benefits.status
            FROM undone JOIN benefits USING (order_id) WHERE benefits.status <> 'released'""", """
            SELECT 'order ' || undone.order_id || ' is ' || undone.status || ', and offer ' || offer_id || ' is used by it'
            FROM undone JOIN loyalty.offer_use u ON split_part(u.order_id, '.', 1) = undone.order_id WHERE NOT given_back""", """
            SELECT 'order ' || undone.order_id || ' is ' || undone.status || ', and its points come to ' || sum(points)
            FROM undone JOIN loyalty.points_entry p ON split_part(p.order_id, '.', 1) = undone.order_id
            GROUP BY undone.order_id, undone.status HAVING sum(points) <> 0""");

    private static final List<String> POINTS = List.of("""
            SELECT 'customer ' || a.customer_id || ' has ' || a.points || ' points, and the entries come to ' || coalesce(sum(e.points), 0)
            FROM loyalty.account a LEFT JOIN loyalty.points_entry e USING (customer_id)
            GROUP BY a.customer_id, a.points HAVING a.points <> coalesce(sum(e.points), 0)""", """
            SELECT 'customer ' || a.customer_id || ' has ' || a.reserved || ' points reserved, and orders reserve '
                || coalesce(sum(b.points), 0)
            FROM loyalty.account a LEFT JOIN loyalty.benefits b ON b.customer_id = a.customer_id AND b.status = 'reserved'
            GROUP BY a.customer_id, a.reserved HAVING a.reserved <> coalesce(sum(b.points), 0)""", """
            SELECT 'offer ' || o.offer_id || ' counts ' || o.used || ' uses, and there are ' || count(u.order_id)
            FROM loyalty.offer o LEFT JOIN loyalty.offer_use u ON u.offer_id = o.offer_id AND NOT u.given_back
            GROUP BY o.offer_id, o.used HAVING o.used <> count(u.order_id)""", """
            SELECT 'order ' || b.order_id || ' earned ' || b.earned || ' points, and the entries say ' || coalesce(sum(e.points), 0)
            FROM loyalty.benefits b LEFT JOIN loyalty.points_entry e ON e.order_id = b.order_id AND e.kind = 'earned'
            WHERE b.status = 'committed'
            GROUP BY b.order_id, b.earned HAVING b.earned <> coalesce(sum(e.points), 0)""");

    private static final List<String> RESERVATIONS = List.of("""
            SELECT 'reservation ' || journey_id || ' is over (' || code || '), and its hold is ' || h.status
            FROM conversation.journey JOIN inventory.hold h ON h.id = journey_id
            WHERE kind = 'Reservation' AND journey.status IN ('completed', 'cancelled', 'failed')
                AND h.status NOT IN ('released', 'expired') AND code <> 'reservation_collected'""", """
            SELECT 'reservation ' || journey_id || ' was collected, and its hold is ' || h.status
            FROM conversation.journey JOIN inventory.hold h ON h.id = journey_id
            WHERE kind = 'Reservation' AND code = 'reservation_collected' AND h.status <> 'allocated'""", """
            SELECT 'reservation ' || journey_id || ' is over (' || code || '), and its collection is ' || c.status
            FROM conversation.journey JOIN fulfillment.collection c ON c.reservation_id = journey_id
            WHERE kind = 'Reservation' AND journey.status IN ('completed', 'cancelled', 'failed')
                AND c.status NOT IN (CASE code WHEN 'reservation_collected' THEN 'picked_up' ELSE 'cancelled' END,
                    CASE code WHEN 'reservation_expired' THEN 'not_collected' ELSE '' END)""");

    /** What the shop paid back for a return, under its id or, after a try that failed, its id, a point and a number. */
    private static final String RETURNS = """
            WITH refunds AS (
                SELECT split_part(refund_id, '.', 1) AS return_id, refund_id, status, amount FROM payment.refund
                UNION ALL SELECT split_part(refund_id, '.', 1), refund_id, 'refunded', credit FROM payment.credit_refund)
            """;

    private static final List<String> CAME_BACK = List.of("""
            SELECT 'return ' || return_id || ' is refunded with ' || i.refund || ', and what went back for it is '
                || coalesce(sum(refunds.amount), 0)
            FROM post_purchase.item_return i LEFT JOIN refunds USING (return_id)
            WHERE i.status = 'refunded' AND (refunds.status IS NULL OR refunds.status = 'refunded')
            GROUP BY return_id, i.refund, i.settled_by, i.order_id
            HAVING coalesce(sum(refunds.amount), 0) <> CASE i.settled_by WHEN 'original_method' THEN i.refund
                ELSE coalesce((SELECT sum(credit) FROM payment.credit_refund c
                    WHERE split_part(c.refund_id, '.', 1) = return_id), 0) END
                -- of what came in exchange a card may have paid a part, and cash the rest
                AND NOT (i.settled_by = 'by_hand' AND coalesce(sum(refunds.amount), 0) < i.refund AND EXISTS (
                    SELECT FROM post_purchase.placed_order o WHERE o.order_id = i.order_id AND o.credit > 0))""", """
            SELECT 'return ' || return_id || ' is refunded with ' || refund || ' as store credit, and that got '
                || coalesce(g.status || ' ' || g.amount, 'nothing')
            FROM post_purchase.item_return LEFT JOIN payment.credit_grant g ON g.grant_id = return_id
            WHERE settled_by = 'store_credit' AND (g.status, g.amount) IS DISTINCT FROM ('granted', refund)""", """
            SELECT 'return ' || return_id || ' became store credit, and is ' || i.status || ' ' || coalesce(settled_by, 'without an end')
            FROM payment.credit_grant JOIN post_purchase.item_return i ON return_id = grant_id
            WHERE settled_by IS DISTINCT FROM 'store_credit' AND i.status <> 'inspected'""", """
            SELECT 'refund ' || refund_id || ' is ' || refunds.status || ', and its return is ' || coalesce(i.status, 'unknown')
            FROM refunds LEFT JOIN post_purchase.item_return i USING (return_id)
                LEFT JOIN post_purchase.order_cancellation c ON c.cancellation_id = return_id
            WHERE refunds.status <> 'failed' AND coalesce(i.status, c.status, '') NOT IN ('inspected', 'refunded', 'accepted', 'settled')""", """
            SELECT 'order ' || order_id || ' cost ' || max(order_value) || ' without its delivery, and returns refund '
                || sum(refund + CASE WHEN exchange_state <> 'off' THEN exchange_credit ELSE 0 END)
            FROM post_purchase.item_return WHERE status IN ('requested', 'inspected', 'refunded')
            GROUP BY order_id
            HAVING sum(refund + CASE WHEN exchange_state <> 'off' THEN exchange_credit ELSE 0 END) > max(order_value)""", """
            SELECT 'return ' || return_id || ' is ' || status || ', and its pieces did not come in exactly once'
            FROM post_purchase.item_return i WHERE status IN ('refunded', 'replaced') AND EXISTS (
                SELECT sku, accepted FROM post_purchase.return_line l WHERE l.return_id = i.return_id AND accepted > 0
                EXCEPT SELECT sku, sum(on_hand_change) FROM inventory.movement
                WHERE booking_id = i.return_id AND kind = 'returned' GROUP BY sku)
                -- claims from before were not booked
                AND (reason <> 'warranty' OR status = 'replaced' OR EXISTS (SELECT FROM inventory.booking WHERE id = i.return_id))""", """
            SELECT 'return ' || return_id || ' is a claim, and what failed can be sold again'
            FROM post_purchase.item_return i JOIN inventory.booking b ON b.id = return_id
            WHERE i.reason = 'warranty' AND (b.reason IS DISTINCT FROM 'damaged'
                OR (SELECT sum(on_hand_change) FROM inventory.movement WHERE booking_id = b.id) <> 0)""", """
            SELECT 'return ' || b.id || ' brought pieces into stock, and is ' || coalesce(i.status, 'unknown')
            FROM inventory.booking b LEFT JOIN post_purchase.item_return i ON i.return_id = b.id
                LEFT JOIN post_purchase.order_cancellation c ON c.cancellation_id = split_part(b.id, '.', 1)
            WHERE b.kind = 'customer_return' AND b.status = 'arrived'
                AND coalesce(i.status, c.status, '') NOT IN ('inspected', 'refunded', 'replaced', 'accepted', 'settled')""", """
            SELECT 'return ' || return_id || ' is refunded, and its points are not taken'
            FROM post_purchase.item_return LEFT JOIN loyalty.benefits_return b USING (return_id)
            WHERE status = 'refunded' AND b.return_id IS NULL""", """
            SELECT 'return ' || return_id || ' took ' || taken_back || ' points, and is ' || coalesce(i.status, 'unknown')
            FROM loyalty.benefits_return LEFT JOIN post_purchase.item_return i USING (return_id)
                LEFT JOIN post_purchase.order_cancellation c ON c.cancellation_id = return_id
            WHERE coalesce(i.status, c.status, '') NOT IN ('inspected', 'refunded', 'accepted', 'settled')""", """
            SELECT 'return ' || journey_id || ' is told to be ' || j.status || ' (' || code || '), and its record says '
                || coalesce(i.status, 'nothing')
            FROM conversation.journey j LEFT JOIN post_purchase.item_return i ON i.return_id = journey_id
            WHERE kind = 'Return' AND CASE j.status
                WHEN 'completed' THEN coalesce(i.status, '') <> CASE code
                    WHEN 'claim_replaced' THEN 'replaced' WHEN 'claim_repaired' THEN 'repaired'
                    WHEN 'claim_refused' THEN 'refused' WHEN 'return_refused' THEN 'refused' ELSE 'refunded' END
                WHEN 'cancelled' THEN coalesce(i.status, '') NOT IN ('not_received', 'cancelled')
                WHEN 'failed' THEN coalesce(i.status, 'cancelled') <> 'cancelled'
                ELSE false END""");

    /** What goes back and what comes for it: both or neither, once, and to the paisa. */
    private static final List<String> EXCHANGES = List.of("""
            SELECT 'return ' || return_id || ' is exchanged, and order ' || exchange_order || ' is ' || s.status
            FROM post_purchase.item_return i JOIN post_purchase.order_state s ON s.order_id = exchange_order
            JOIN conversation.journey j ON j.journey_id = exchange_order AND j.kind = 'Checkout'
            WHERE exchange_state = 'agreed' AND j.status IN ('completed', 'cancelled', 'failed')
                AND s.status NOT IN ('confirmed', 'shipped', 'delivered')""", """
            SELECT 'order ' || o.order_id || ' is sent in exchange, and return ' || paid_by_return || ' is '
                || coalesce(exchange_state, 'unknown')
            FROM post_purchase.placed_order o JOIN post_purchase.order_state s USING (order_id)
            LEFT JOIN post_purchase.item_return i ON i.return_id = paid_by_return AND i.exchange_order = o.order_id
            WHERE o.credit > 0 AND s.status IN ('confirmed', 'shipped', 'delivered') AND exchange_state IS DISTINCT FROM 'agreed'""", """
            SELECT 'order ' || o.order_id || ' is paid by a return with ' || o.credit || ', and that says ' || exchange_credit
            FROM post_purchase.placed_order o JOIN post_purchase.item_return ON exchange_order = o.order_id
            WHERE o.credit <> exchange_credit OR paid_by_return IS DISTINCT FROM return_id""", """
            SELECT 'order ' || o.order_id || ' costs ' || total || ' and what came back for it, and its lines come to '
                || sum(quantity * unit_price)
            FROM post_purchase.placed_order o JOIN post_purchase.order_line l ON l.order_id = o.order_id WHERE credit > 0
            GROUP BY o.order_id HAVING total + credit <> sum(quantity * unit_price) - discount + delivery_fee""", """
            SELECT 'return ' || return_id || ' is exchanged, and of its worth of ' || value || ' there are left '
                || value - fee - refund - exchange_credit
            FROM post_purchase.item_return
            WHERE exchange_state = 'agreed' AND value <> fee + refund + exchange_credit""");

    /** What the customer was told, beside the owner's record. */
    private static final String TOLD = """
            SELECT 'order ' || journey_id || ' is told to be ' || j.status || ' (' || code || '), and its record says '
                || coalesce(s.status, 'nothing')
            FROM conversation.journey j LEFT JOIN post_purchase.order_state s ON s.order_id = journey_id
            WHERE kind = 'Checkout' AND CASE j.status
                WHEN 'completed' THEN (s.status IS NULL OR s.status NOT IN ('confirmed', 'shipped', 'delivered'))
                    AND journey_id NOT IN (
                        SELECT order_id FROM post_purchase.order_cancellation WHERE status IN ('accepted', 'settled'))
                WHEN 'cancelled' THEN s.status IS DISTINCT FROM 'cancelled'
                WHEN 'failed' THEN s.status IS NULL OR s.status NOT IN ('cancelled', 'payment_failed')
                ELSE false END""";

    /** What customers were told of parcels, beside what their carrier told. */
    private static final List<String> PARCELS = List.of("""
            SELECT 'parcel ' || (body->'facts'->>'parcelId') || ' is told to be delivered, and is ' || coalesce(p.status, 'unknown')
            FROM conversation.event LEFT JOIN fulfillment.parcel p ON p.parcel_id = body->'facts'->>'parcelId'
            WHERE body->>'kind' = 'Delivery' AND body->>'code' IN ('delivered', 'collection_picked_up') AND body->'facts' ? 'parcelId'
                AND p.status IS DISTINCT FROM 'delivered'""", """
            SELECT 'all of ' || (body->>'journeyId') || ' is told to be delivered, and parcel ' || parcel_id || ' is ' || p.status
            FROM conversation.event JOIN fulfillment.shipment s ON coalesce(s.for_return, s.for_order) = body->>'journeyId'
            JOIN fulfillment.parcel p USING (order_id)
            WHERE body->>'kind' = 'Delivery' AND body->>'code' = 'rest_delivered'
                AND p.status NOT IN ('delivered', 'cancelled')""", """
            SELECT 'parcel ' || (body->'facts'->>'parcelId') || ' is told ' || count(*) || ' times to be ' || (body->>'code')
            FROM conversation.event WHERE body->>'kind' = 'Delivery' AND body->'facts' ? 'parcelId'
                AND body->>'code' IN ('shipped', 'delivered', 'collection_ready', 'collection_picked_up')
            GROUP BY body->'facts'->>'parcelId', body->>'code' HAVING count(*) > 1""", """
            SELECT 'parcel ' || parcel_id || ' is delivered, and its customer was not told'
            FROM fulfillment.parcel WHERE status = 'delivered' AND NOT EXISTS (
                SELECT FROM conversation.event WHERE body->>'kind' = 'Delivery' AND body->>'code' IN ('delivered', 'collection_picked_up')
                AND body->'facts'->>'parcelId' = parcel_id)""", """
            SELECT 'order ' || for_order || ' has a parcel that left, and is ' || o.status
            FROM fulfillment.shipment s JOIN post_purchase.order_state o ON o.order_id = for_order AND for_return IS NULL
            WHERE s.status IN ('shipped', 'delivered') AND o.status <> s.status""");

    private AllOrNothing() {}

    static Tally check(Evidence evidence) throws SQLException {
        var tally = new Tally();
        var books = evidence.books();
        tally.checked(books.count("post_purchase.order_state")
                + books.count("post_purchase.item_return")
                + books.count("post_purchase.order_cancellation")
                + books.count("post_purchase.review")
                + books.count("conversation.journey")
                + books.count("loyalty.account"));
        for (var question : SOLD) {
            tally.broken(books.texts(ORDERS + question));
        }
        for (var question : ENDED) {
            tally.broken(books.texts(ORDERS + question));
        }
        for (var question : POINTS) {
            tally.broken(books.texts(question));
        }
        for (var question : RESERVATIONS) {
            tally.broken(books.texts(question));
        }
        for (var question : CAME_BACK) {
            tally.broken(books.texts(RETURNS + question));
        }
        for (var question : WentHome.questions()) {
            tally.broken(books.texts(question));
        }
        for (var question : NotSent.questions()) {
            tally.broken(books.texts(question));
        }
        for (var question : Collected.QUESTIONS) {
            tally.broken(books.texts(question));
        }
        for (var question : Claimed.QUESTIONS) {
            tally.broken(books.texts(question));
        }
        for (var question : EXCHANGES) {
            tally.broken(books.texts(question));
        }
        tally.broken(books.texts(TOLD));
        for (var question : PARCELS) {
            tally.broken(books.texts(question));
        }
        return tally;
    }
}
