package io.journeyman.inventory.ledger;

import io.journeyman.contracts.Inventory.IncomingDifference;
import io.journeyman.contracts.Inventory.LedgerDifference;
import io.journeyman.contracts.Inventory.Movement;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Reads of the ledger. Each is one statement, and so sees one moment: what is being booked meanwhile makes no difference. */
interface LedgerTable {
    /** Balances that are not the sum of their movements, or hold other pieces than the standing holds say. */
    @SqlQuery("""
            SELECT s.sku, s.location AS location_id,
                   s.on_hand, coalesce(m.on_hand, 0) AS on_hand_by_movements,
                   s.held, coalesce(m.held, 0) AS held_by_movements, coalesce(h.held, 0) AS held_by_holds
            FROM stock s
            LEFT JOIN (
                SELECT sku, location, sum(on_hand_change) AS on_hand, sum(held_change) AS held
                FROM movement GROUP BY sku, location) m ON m.sku = s.sku AND m.location = s.location
            LEFT JOIN (
                SELECT l.sku, l.location, sum(l.quantity) AS held
                FROM hold JOIN hold_line l ON l.hold_id = hold.id WHERE hold.status = 'held'
                GROUP BY l.sku, l.location) h ON h.sku = s.sku AND h.location = s.location
            WHERE s.on_hand <> coalesce(m.on_hand, 0)
               OR s.held <> coalesce(m.held, 0)
               OR s.held <> coalesce(h.held, 0)
            ORDER BY s.sku, s.location LIMIT :most
            """)
    List<LedgerDifference> differences(int most);

    /** Lines of deliveries of which other pieces are promised than their ledger and the standing holds say. */
    @SqlQuery("""
            SELECT l.delivery_id, l.sku, l.promised - l.served AS waiting, coalesce(i.pieces, 0) AS waiting_by_ledger,
                   coalesce(h.pieces, 0) AS waiting_by_holds
            FROM delivery_line l
            LEFT JOIN (
                SELECT delivery_id, sku, sum(change) AS pieces FROM incoming GROUP BY delivery_id, sku) i USING (delivery_id, sku)
            LEFT JOIN (
                SELECT delivery_id, sku, sum(quantity - arrived) AS pieces
                FROM promise JOIN hold ON hold.id = hold_id
                WHERE arrived < quantity AND hold.status IN ('held', 'allocated')
                GROUP BY delivery_id, sku) h USING (delivery_id, sku)
            WHERE l.promised - l.served <> coalesce(i.pieces, 0) OR l.promised - l.served <> coalesce(h.pieces, 0)
            ORDER BY l.delivery_id, l.sku LIMIT :most
            """)
    List<IncomingDifference> incoming(int most);

    @SqlQuery("SELECT count(*) FROM stock")
    int balances();

    @SqlQuery("""
            SELECT on_hand, held, safety_stock FROM stock WHERE sku = :sku AND location = :location
            """)
    Optional<Balance> balance(Sku sku, LocationId location);

    @SqlQuery("""
            SELECT m.id, m.at, m.kind, m.on_hand_change, m.held_change, m.hold_id, m.booking_id, b.reason
            FROM movement m LEFT JOIN booking b ON b.id = m.booking_id
            WHERE m.sku = :sku AND m.location = :location AND m.id < :before
            ORDER BY m.id DESC LIMIT :most
            """)
    List<Movement> movements(Sku sku, LocationId location, long before, int most);

    /** A stock row's figures. */
    record Balance(int onHand, int held, int safetyStock) {
        int available() {
            return Math.max(0, onHand - held - safetyStock);
        }
    }
}
