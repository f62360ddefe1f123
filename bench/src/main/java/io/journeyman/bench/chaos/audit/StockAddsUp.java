package io.journeyman.bench.chaos.audit;

import java.sql.SQLException;
import java.util.List;

/**
 * Promise 2: every balance is the sum of its movements, what is held is held by a journey that lives, what staff booked is what
 * moved and what came of the deliveries that were announced, of these each piece is promised once, and for each piece that replaced one that
 * failed that one was written off.
 */
final class StockAddsUp {
    /** Pieces that are to come: of each line of a delivery, and of each hold. */
    private static final List<String> INCOMING = List.of("""
            SELECT 'delivery ' || delivery_id || ' of ' || sku || ': ' || (promised - served) || ' are promised of '
                || greatest(announced - received, 0) || ' that are to come, ' || promised || ' in all of ' || promisable
            FROM inventory.delivery_line
            WHERE served < 0 OR promised < served OR promised > promisable OR promised - served > greatest(announced - received, 0)""", """
            SELECT 'delivery ' || delivery_id || ' of ' || sku || ': ' || (promised - served) || ' are promised; its ledger says '
                || coalesce(l.pieces, 0) || ', and holds wait for ' || coalesce(w.pieces, 0)
            FROM inventory.delivery_line
            LEFT JOIN (SELECT delivery_id, sku, sum(change) AS pieces FROM inventory.incoming GROUP BY 1, 2) l
                USING (delivery_id, sku)
            LEFT JOIN (
                SELECT delivery_id, sku, sum(quantity - arrived) AS pieces
                FROM inventory.promise JOIN inventory.hold ON hold.id = hold_id
                WHERE hold.status IN ('held', 'allocated') AND arrived < quantity GROUP BY 1, 2) w USING (delivery_id, sku)
            WHERE promised - served <> coalesce(l.pieces, 0) OR promised - served <> coalesce(w.pieces, 0)""", """
            SELECT 'delivery ' || delivery_id || ' of ' || sku || ': ' || served || ' went to those who waited, its ledger says '
                || coalesce(-l.pieces, 0) || ', and ' || received || ' came'
            FROM inventory.delivery_line LEFT JOIN (
                SELECT delivery_id, sku, sum(change) AS pieces FROM inventory.incoming WHERE kind = 'arrived' GROUP BY 1, 2) l
                USING (delivery_id, sku)
            WHERE served <> coalesce(-l.pieces, 0) OR served > received""", """
            SELECT 'hold ' || hold_id || ' waits for ' || coalesce(p.waits, 0) || ' of ' || sku || ', and the ledger of promises says '
                || coalesce(l.waits, 0) || '; ' || coalesce(arrived, 0) || ' came, and it says ' || coalesce(came, 0)
            FROM (
                SELECT hold_id, sku, arrived, CASE WHEN status IN ('held', 'allocated') AND delivery_id IS NOT NULL
                    THEN quantity - arrived ELSE 0 END AS waits
                FROM inventory.promise JOIN inventory.hold ON hold.id = hold_id) p
            FULL JOIN (
                SELECT hold_id, sku, sum(change) AS waits, -coalesce(sum(change) FILTER (WHERE kind = 'arrived'), 0) AS came
                FROM inventory.incoming GROUP BY 1, 2) l USING (hold_id, sku)
            -- a hold that expired and was held anew begins again with its promises
            WHERE coalesce(p.waits, 0) <> coalesce(l.waits, 0) OR coalesce(arrived, 0) > coalesce(came, 0)""");

    private StockAddsUp() {}

    static Tally check(Evidence evidence) throws SQLException {
        var tally = new Tally();
        var books = evidence.books();
        tally.checked(books.count("inventory.stock")
                + books.count("inventory.hold")
                + books.count("inventory.booking")
                + books.count("inventory.delivery"));
        tally.broken(books.texts("""
                SELECT sku || ' at ' || location || ': ' || held || ' held of ' || on_hand || ' on hand'
                FROM inventory.stock WHERE held < 0 OR held > on_hand"""));
        tally.broken(books.texts("""
                SELECT sku || ' at ' || location || ': on hand ' || s.on_hand || ', held ' || s.held
                    || '; its movements come to ' || coalesce(m.on_hand, 0) || ' and ' || coalesce(m.held, 0)
                FROM inventory.stock s LEFT JOIN (
                    SELECT sku, location, sum(on_hand_change) AS on_hand, sum(held_change) AS held
                    FROM inventory.movement GROUP BY sku, location) m USING (sku, location)
                WHERE s.on_hand <> coalesce(m.on_hand, 0) OR s.held <> coalesce(m.held, 0)"""));
        tally.broken(books.texts("""
                SELECT 'hold ' || h.id || ' is ' || h.status || ': of ' || sku || ' its movements come to '
                    || m.on_hand || ' on hand and ' || m.held || ' held, its lines to ' || coalesce(l.quantity, 0)
                FROM inventory.hold h JOIN (
                    SELECT hold_id, sku, sum(on_hand_change) AS on_hand, sum(held_change) AS held
                    FROM inventory.movement GROUP BY hold_id, sku) m ON m.hold_id = h.id
                LEFT JOIN inventory.hold_line l USING (hold_id, sku)
                WHERE (m.on_hand, m.held) <> (
                    CASE h.status WHEN 'allocated' THEN -coalesce(l.quantity, 0) ELSE 0 END,
                    CASE h.status WHEN 'held' THEN coalesce(l.quantity, 0) ELSE 0 END)"""));
        tally.broken(books.texts("""
                SELECT 'booking ' || id || ' of ' || sku || ' says ' || coalesce(said.pieces, 0) || ' pieces; its movements come to '
                    || coalesce(moved.pieces, 0)
                FROM (
                    SELECT b.id, l.sku, CASE
                        -- what came back and was written off at once
                        WHEN b.kind = 'customer_return' AND b.reason IS NOT NULL THEN 0
                        WHEN b.kind <> 'transfer' THEN l.units WHEN b.status = 'in_transit' THEN -l.units ELSE 0 END AS pieces
                    FROM inventory.booking b JOIN inventory.booking_line l ON l.booking_id = b.id) said
                FULL JOIN (
                    SELECT booking_id AS id, sku, sum(on_hand_change) AS pieces
                    FROM inventory.movement WHERE booking_id IS NOT NULL GROUP BY 1, 2) moved USING (id, sku)
                WHERE coalesce(said.pieces, 0) <> coalesce(moved.pieces, 0)"""));
        tally.broken(books.texts("""
                SELECT 'delivery ' || delivery_id || ' of ' || sku || ' says that ' || coalesce(l.received, 0)
                    || ' came; its receipts ' || coalesce(r.units, 0)
                FROM inventory.delivery_line l FULL JOIN (
                    SELECT b.delivery_id, bl.sku, sum(bl.units) AS units
                    FROM inventory.booking b JOIN inventory.booking_line bl ON bl.booking_id = b.id
                    WHERE b.delivery_id IS NOT NULL GROUP BY 1, 2) r USING (delivery_id, sku)
                WHERE coalesce(l.received, 0) <> coalesce(r.units, 0)"""));
        tally.broken(books.texts("""
                SELECT 'return ' || id || ' took ' || taken || ' of ' || sku || ' from stock, and ' || coalesce(failed, 0)
                    || ' that failed were written off for it'
                FROM (
                    SELECT split_part(hold_id, '.', 1) AS id, sku, -sum(on_hand_change) AS taken
                    FROM inventory.movement WHERE hold_id IS NOT NULL GROUP BY 1, 2) went
                JOIN conversation.journey j ON journey_id = id AND j.kind = 'Return' AND j.status = 'completed'
                LEFT JOIN (
                    SELECT b.id, l.sku, l.units AS failed
                    FROM inventory.booking b JOIN inventory.booking_line l ON l.booking_id = b.id
                    WHERE b.kind = 'customer_return' AND b.reason = 'damaged') came USING (id, sku)
                WHERE taken <> coalesce(failed, 0) AND taken <> 0"""));
        for (var question : INCOMING) {
            tally.broken(books.texts(question));
        }
        for (var hold : books.texts("SELECT id FROM inventory.hold WHERE status = 'held'")) {
            // a later run of a checkout holds under the order's id, a point and a mark of its own, and so does a claim
            var journey = hold.replaceAll("\\..*", "");
            tally.expect(
                    evidence.open().contains("checkout-" + journey)
                            || evidence.open().contains("reservation-" + journey)
                            || evidence.open().contains("return-" + journey),
                    "hold %s belongs to no open journey".formatted(hold));
        }
        return tally;
    }
}
