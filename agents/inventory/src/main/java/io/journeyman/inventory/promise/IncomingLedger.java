package io.journeyman.inventory.promise;

import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * What of the announced pieces is promised. As the stock's ledgers do, each method changes balances and writes the rows that say so in
 * one statement, or does neither. So never more is promised than is to come and than the shop allows, each piece once, and the ledger
 * adds up always.
 */
interface IncomingLedger {
    /** Promises pieces, if so many more may be; {@code kind} is promised or moved_in. */
    @SqlUpdate("""
            WITH changed AS (
                UPDATE delivery_line SET promised = promised + :quantity
                WHERE delivery_id = :delivery AND sku = :sku AND room >= :quantity
                RETURNING delivery_id, sku)
            INSERT INTO incoming (at, delivery_id, sku, hold_id, kind, change)
            SELECT :now, delivery_id, sku, :hold, :kind, :quantity FROM changed
            """)
    boolean promise(HoldId hold, DeliveryId delivery, Sku sku, int quantity, Change kind, Instant now);

    /** Gives up pieces that are still to come; {@code kind} is given_back or expired. */
    @SqlUpdate("""
            WITH changed AS (
                UPDATE delivery_line SET promised = promised - :quantity
                WHERE delivery_id = :delivery AND sku = :sku AND promised - served >= :quantity
                RETURNING delivery_id, sku)
            INSERT INTO incoming (at, delivery_id, sku, hold_id, kind, change)
            SELECT :now, delivery_id, sku, :hold, :kind, -:quantity FROM changed
            """)
    boolean giveUp(HoldId hold, DeliveryId delivery, Sku sku, int quantity, Change kind, Instant now);

    /** Takes the newest promises off a delivery until at most {@code keep} pieces of the variant are left to come of it. */
    @SqlUpdate("""
            WITH queue AS (
                SELECT id, quantity - arrived AS pieces, sum(quantity - arrived) OVER (ORDER BY id) AS until_here
                FROM promise WHERE delivery_id = :delivery AND sku = :sku AND arrived < quantity),
            off AS (
                UPDATE promise p SET delivery_id = NULL FROM queue q WHERE p.id = q.id AND q.until_here > :keep
                RETURNING p.hold_id, q.pieces),
            changed AS (
                UPDATE delivery_line SET promised = promised - (SELECT coalesce(sum(pieces), 0) FROM off)
                WHERE delivery_id = :delivery AND sku = :sku)
            INSERT INTO incoming (at, delivery_id, sku, hold_id, kind, change)
            SELECT :now, :delivery, :sku, hold_id, 'moved_out', -pieces FROM off
            """)
    void takeOff(DeliveryId delivery, Sku sku, int keep, Instant now);

    /**
     * Pieces that have come, and are on hand, go to those who wait for them, the oldest promise first: a hold keeps them, and one that
     * is sold has them sold. Lists of the same length; the delivery's lines say already that so many are served.
     */
    @SqlUpdate("""
            WITH queue AS (
                SELECT p.id, h.status = 'allocated' AS sold, c.units, p.quantity - p.arrived AS pieces,
                       sum(p.quantity - p.arrived) OVER (PARTITION BY p.sku ORDER BY p.id) - (p.quantity - p.arrived) AS before
                FROM promise p JOIN unnest(:skus, :units) AS c (sku, units) ON c.sku = p.sku JOIN hold h ON h.id = p.hold_id
                WHERE p.delivery_id = :delivery AND p.arrived < p.quantity),
            served AS (
                UPDATE promise p SET arrived = p.arrived + least(q.pieces, q.units - q.before)
                FROM queue q WHERE p.id = q.id AND q.before < q.units
                RETURNING p.hold_id, p.sku, q.sold, least(q.pieces, q.units - q.before) AS pieces),
            lines AS (
                INSERT INTO hold_line AS l (hold_id, sku, location, quantity)
                SELECT hold_id, sku, :location, pieces FROM served
                ON CONFLICT (hold_id, sku) DO UPDATE SET quantity = l.quantity + excluded.quantity),
            ledger AS (
                INSERT INTO incoming (at, delivery_id, sku, hold_id, kind, change)
                SELECT :now, :delivery, sku, hold_id, 'arrived', -pieces FROM served),
            changed AS (
                UPDATE stock s SET on_hand = s.on_hand - n.sold, held = s.held + n.kept
                FROM (SELECT sku, coalesce(sum(pieces) FILTER (WHERE sold), 0) AS sold,
                             coalesce(sum(pieces) FILTER (WHERE NOT sold), 0) AS kept
                      FROM served GROUP BY sku) n
                WHERE s.sku = n.sku AND s.location = :location)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, hold_id)
            SELECT CAST(:now AS timestamptz), sku, :location, 'held', 0, pieces, hold_id FROM served
            UNION ALL
            SELECT CAST(:now AS timestamptz), sku, :location, 'sold', -pieces, -pieces, hold_id FROM served WHERE sold
            """)
    void serve(DeliveryId delivery, LocationId location, List<Sku> skus, List<Integer> units, Instant now);

    /** Why a balance changed; arrived and moved_out are written by the statements that do them. */
    enum Change {
        promised,
        moved_in,
        given_back,
        expired
    }
}
