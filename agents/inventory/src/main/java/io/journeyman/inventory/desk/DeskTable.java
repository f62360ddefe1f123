package io.journeyman.inventory.desk;

import io.journeyman.contracts.Inventory.BookingEntry;
import io.journeyman.contracts.Inventory.ExpectedDelivery;
import io.journeyman.contracts.Inventory.OpenTransfer;
import io.journeyman.contracts.Inventory.WaitingLine;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Transfers, deliveries and bookings in a line each. */
interface DeskTable {
    /** Those that have not arrived, the longest first. */
    @SqlQuery("""
            SELECT b.id AS transfer_id, b.location AS from_id, b.destination AS to_id, b.booked_at AS sent_at,
                   (SELECT coalesce(sum(units), 0) FROM booking_line l WHERE l.booking_id = b.id) AS pieces
            FROM booking b WHERE b.status = 'in_transit' ORDER BY b.booked_at, b.id LIMIT :most
            """)
    List<OpenTransfer> onTheirWay(int most);

    /** Those of which something is to come, the earliest first. */
    @SqlQuery("""
            SELECT d.id AS delivery_id, d.location AS location_id, d.due_on,
                   coalesce(l.pieces, 0) AS pieces, coalesce(l.promisable, 0) AS promisable, coalesce(l.waiting, 0) AS waiting
            FROM delivery d CROSS JOIN LATERAL (
                SELECT sum(greatest(announced - received, 0)) AS pieces, sum(promisable) AS promisable,
                       sum(promised - served) AS waiting
                FROM delivery_line WHERE delivery_id = d.id) l
            WHERE d.status = 'expected' ORDER BY d.due_on, d.id LIMIT :most
            """)
    List<ExpectedDelivery> toCome(int most);

    /** What was promised and is announced no more, the oldest first. */
    @SqlQuery("""
            SELECT p.hold_id, p.sku, p.quantity - p.arrived AS quantity, p.promised_at AS since, h.status = 'allocated' AS sold
            FROM promise p JOIN hold h ON h.id = p.hold_id
            WHERE p.delivery_id IS NULL AND p.arrived < p.quantity AND h.status IN ('held', 'allocated')
            ORDER BY p.id LIMIT :most
            """)
    List<WaitingLine> unserved(int most);

    /** The newest first; a transfer that was cancelled before it came was never booked. */
    @SqlQuery("""
            SELECT b.id AS booking_id, b.kind, b.location AS location_id, b.reason, b.note, b.booked_by, b.booked_at,
                   (SELECT coalesce(sum(units), 0) FROM booking_line l WHERE l.booking_id = b.id) AS pieces
            FROM booking b WHERE b.location IS NOT NULL ORDER BY b.booked_at DESC, b.id LIMIT :most
            """)
    List<BookingEntry> latest(int most);
}
