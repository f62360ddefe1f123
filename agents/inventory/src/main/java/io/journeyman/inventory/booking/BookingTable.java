package io.journeyman.inventory.booking;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Inventory.TransferStatus;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.stock.StockLines;
import io.journeyman.inventory.stock.StockLines.Pieces;
import io.journeyman.kit.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Bookings and their lines. A booking's row is always locked before any stock row is touched. */
interface BookingTable {
    /** False when the booking is known already, whoever wrote it; a writer at work is waited for. */
    @SqlUpdate("""
            INSERT INTO booking
                (id, kind, status, location, destination, delivery_id, reason, note, booked_by, booked_at, changed_at)
            VALUES (:id, :kind, :status, :location, :destination, :delivery, :reason, :note, :bookedBy, :bookedAt, :bookedAt)
            ON CONFLICT (id) DO NOTHING
            """)
    boolean open(@BindMethods Booking booking);

    @SqlUpdate("""
            INSERT INTO booking_line (booking_id, sku, units)
            SELECT :booking, sku, units FROM unnest(:skus, :units) AS l (sku, units)
            """)
    void addLines(BookingId booking, List<Sku> skus, List<Integer> units);

    @SqlQuery("""
            SELECT id, kind, status, location, destination, delivery_id AS delivery, reason, note, booked_by, booked_at
            FROM booking WHERE id = :booking FOR UPDATE
            """)
    Optional<Booking> lock(BookingId booking);

    @SqlQuery("""
            SELECT id, kind, status, location, destination, delivery_id AS delivery, reason, note, booked_by, booked_at
            FROM booking WHERE id = :booking
            """)
    Optional<Booking> find(BookingId booking);

    @SqlQuery("SELECT sku, units FROM booking_line WHERE booking_id = :booking ORDER BY sku COLLATE \"C\"")
    List<Pieces> linesOf(BookingId booking);

    @SqlUpdate("UPDATE booking SET status = :status, changed_at = :now WHERE id = :booking")
    void turn(BookingId booking, TransferStatus status, Instant now);

    /** Where goods are looked for first: the warehouse. */
    @SqlQuery("SELECT id FROM location ORDER BY pick_order LIMIT 1")
    Optional<LocationId> firstPlace();

    default StockLines lines(BookingId booking) {
        return new StockLines(linesOf(booking));
    }

    /**
     * The booking that stands under the id of the one that is wanted again.
     *
     * @throws ProblemException booking_differs
     */
    default Booking standing(Booking wanted, StockLines lines) {
        Booking standing = lock(wanted.id()).orElseThrow();
        if (!standing.same(wanted) || !lines(wanted.id()).equals(lines)) {
            throw new ProblemException(Problem.of(
                    409, "booking_differs", "That id stands with other content. Give a new booking a new id."));
        }
        return standing;
    }
}
