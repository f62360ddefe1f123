package io.journeyman.inventory.stock;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * The only writer of balances. Each method is one statement that changes them and writes the movements which say so, or does
 * neither and answers false: {@code 0 <= held <= on_hand} always, and the ledger adds up to the stock always.
 *
 * <p>Whoever changes several rows in one transaction goes through them in the order of their skus, so that two of them never
 * wait for each other.
 */
public interface StockLedger {
    /** Sets pieces aside, if so many are free beside those that the place keeps back. */
    @SqlUpdate("""
            WITH changed AS (
                UPDATE stock SET held = held + :quantity
                WHERE sku = :sku AND location = :location AND on_hand - held - safety_stock >= :quantity
                RETURNING sku, location)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, hold_id)
            SELECT :now, sku, location, 'held', 0, :quantity, :hold FROM changed
            """)
    boolean hold(HoldId hold, Sku sku, LocationId location, int quantity, Instant now);

    /** Lets one hold's pieces be another's, where they lie: the balance stays, the ledger says whose they were and are. */
    @SqlUpdate("""
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, hold_id)
            VALUES (:now, :sku, :location, 'given_back', 0, -:quantity, :from),
                   (:now, :sku, :location, 'held', 0, :quantity, :to)
            """)
    void pass(HoldId from, HoldId to, Sku sku, LocationId location, int quantity, Instant now);

    /** Frees pieces that were set aside; {@code kind} is given_back or expired. */
    @SqlUpdate("""
            WITH changed AS (
                UPDATE stock SET held = held - :quantity
                WHERE sku = :sku AND location = :location AND held >= :quantity
                RETURNING sku, location)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, hold_id)
            SELECT :now, sku, location, :kind, 0, -:quantity, :hold FROM changed
            """)
    boolean free(HoldId hold, Sku sku, LocationId location, int quantity, MovementKind kind, Instant now);

    /** Sells pieces that were set aside. */
    @SqlUpdate("""
            WITH changed AS (
                UPDATE stock SET on_hand = on_hand - :quantity, held = held - :quantity
                WHERE sku = :sku AND location = :location AND held >= :quantity
                RETURNING sku, location)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, hold_id)
            SELECT :now, sku, location, 'sold', -:quantity, -:quantity, :hold FROM changed
            """)
    boolean sell(HoldId hold, Sku sku, LocationId location, int quantity, Instant now);

    /** Takes sold pieces back. */
    @SqlUpdate("""
            WITH changed AS (
                UPDATE stock SET on_hand = on_hand + :quantity
                WHERE sku = :sku AND location = :location
                RETURNING sku, location)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, hold_id)
            SELECT :now, sku, location, 'returned', :quantity, 0, :hold FROM changed
            """)
    boolean takeBack(HoldId hold, Sku sku, LocationId location, int quantity, Instant now);

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

    /**
     * Pieces come in; the first of a variant in a location open its stock row. Lists of the same length; {@code kind} is received
     * or transferred. Only the goods that a shop begins with come without a booking.
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

    /** Every place that has a stock row for one of these skus, by sku, the warehouse first. */
    @SqlQuery("""
            SELECT s.sku, s.location FROM stock s JOIN location l ON l.id = s.location
            WHERE s.sku = ANY (:skus) ORDER BY s.sku, l.pick_order
            """)
    List<Place> places(List<Sku> skus);

    /** One stock row's whereabouts. */
    record Place(Sku sku, LocationId location) {}
}
