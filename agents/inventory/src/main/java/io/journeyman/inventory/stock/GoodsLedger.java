package io.journeyman.inventory.stock;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What staff and returns do to stock: pieces come, go to another place, come back, and are counted. It keeps the promises of {@link StockLedger}. */
public interface GoodsLedger {
    /** Corrects a count, up or down, never below what is held. */
    @SqlUpdate("""
            WITH changed AS (
                UPDATE stock SET on_hand = on_hand + :change
                WHERE sku = :sku AND location = :location AND on_hand + :change >= held
                RETURNING sku, location)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, booking_id)
            SELECT :now, sku, location, 'adjusted', :change, 0, :booking FROM changed
            """)
    boolean adjust(BookingId booking, Sku sku, LocationId location, int change, Instant now);

    /**
     * Sets the counts of one place, where they are others and not below what is held; each difference becomes a line of the booking
     * and a movement. Lists of the same length; answers how many are set.
     */
    @SqlUpdate("""
            WITH counted AS (
                UPDATE stock s SET on_hand = c.pieces FROM unnest(:skus, :counts) AS c (sku, pieces)
                WHERE s.sku = c.sku AND s.location = :location AND s.on_hand <> c.pieces AND s.held <= c.pieces
                RETURNING s.sku, new.on_hand - old.on_hand AS change),
            lines AS (
                INSERT INTO booking_line (booking_id, sku, units) SELECT :booking, sku, change FROM counted)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, booking_id)
            SELECT :now, sku, :location, 'adjusted', change, 0, :booking FROM counted
            """)
    int count(BookingId booking, LocationId location, List<Sku> skus, List<Integer> counts, Instant now);

    /** Sends pieces that nobody holds to another place. What the place keeps back goes too: staff decide about that. */
    @SqlUpdate("""
            WITH changed AS (
                UPDATE stock SET on_hand = on_hand - :units
                WHERE sku = :sku AND location = :location AND on_hand - held >= :units
                RETURNING sku, location)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, booking_id)
            SELECT :now, sku, location, 'transferred', -:units, 0, :booking FROM changed
            """)
    boolean send(BookingId booking, Sku sku, LocationId location, int units, Instant now);

    /** Takes a return's pieces off again, if so many are there that nobody holds. */
    @SqlUpdate("""
            WITH changed AS (
                UPDATE stock SET on_hand = on_hand - :units
                WHERE sku = :sku AND location = :location AND on_hand - held >= :units
                RETURNING sku, location)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, booking_id)
            SELECT :now, sku, location, 'returned', -:units, 0, :booking FROM changed
            """)
    boolean takeOff(BookingId booking, Sku sku, LocationId location, int units, Instant now);

    /**
     * Pieces come in; the first of a variant in a location open its stock row. Lists of the same length; {@code kind} is received,
     * transferred or returned. Only the goods that a shop begins with come without a booking.
     */
    @SqlUpdate("""
            WITH arrived AS (
                SELECT * FROM unnest(:skus, :locations, :units) AS a (sku, location, units)),
            changed AS (
                INSERT INTO stock AS s (sku, location, on_hand, safety_stock)
                SELECT a.sku, a.location, a.units, l.safety_stock
                FROM arrived a JOIN location l ON l.id = a.location ORDER BY a.sku COLLATE "C", a.location
                ON CONFLICT (sku, location) DO UPDATE SET on_hand = s.on_hand + excluded.on_hand)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, booking_id)
            SELECT :now, sku, location, :kind, units, 0, :booking FROM arrived WHERE units > 0
            """)
    int takeIn(
            MovementKind kind,
            Optional<BookingId> booking,
            List<Sku> skus,
            List<LocationId> locations,
            List<Integer> units,
            Instant now);

    /** A booking's pieces come in at one place. */
    default void takeIn(MovementKind kind, BookingId booking, StockLines lines, LocationId where, Instant now) {
        takeIn(
                kind,
                Optional.of(booking),
                lines.skus(),
                Collections.nCopies(lines.all().size(), where),
                lines.units(),
                now);
    }

    /** Opens the rows of variants that were never in that location; those that are there stay as they are. */
    @SqlUpdate("""
            INSERT INTO stock (sku, location, on_hand, safety_stock)
            SELECT a.sku, l.id, 0, l.safety_stock FROM unnest(:skus) AS a (sku), location l WHERE l.id = :location
            ORDER BY a.sku COLLATE "C"
            ON CONFLICT (sku, location) DO NOTHING
            """)
    void open(List<Sku> skus, LocationId location);
}
