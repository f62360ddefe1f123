package io.journeyman.inventory.stock;

import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * The only writer of stock. Each method is one statement that changes one stock row and writes the movement which says so, or
 * does neither and answers false: {@code 0 <= held <= on_hand} always, and the ledger adds up to the stock always.
 *
 * <p>Whoever changes several rows in one transaction goes through them in the order of their skus, so that two of them never
 * wait for each other.
 */
public interface StockLedger {
    /** Sets pieces aside, if so many are free. */
    @SqlUpdate("""
            WITH changed AS (
                UPDATE stock SET held = held + :quantity
                WHERE sku = :sku AND location = :location AND on_hand - held >= :quantity
                RETURNING sku, location)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, hold_id)
            SELECT :now, sku, location, 'held', 0, :quantity, :hold FROM changed
            """)
    boolean hold(HoldId hold, Sku sku, LocationId location, int quantity, Instant now);

    /** Frees pieces that were set aside; {@code kind} is given_back or expired. */
    @SqlUpdate("""
            WITH changed AS (
                UPDATE stock SET held = held - :quantity
                WHERE sku = :sku AND location = :location AND held >= :quantity
                RETURNING sku, location)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change, hold_id)
            SELECT :now, sku, location, :kind, 0, -:quantity, :hold FROM changed
            """)
    boolean free(HoldId hold, Sku sku, LocationId location, int quantity, String kind, Instant now);

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
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change)
            SELECT :now, sku, location, 'adjusted', :change, 0 FROM changed
            """)
    boolean adjust(Sku sku, LocationId location, int change, Instant now);

    /** New pieces arrive; the first of a variant in a location open its stock row. Lists of the same length. */
    @SqlUpdate("""
            WITH arrived AS (
                SELECT * FROM unnest(:skus, :locations, :units) AS a (sku, location, units)),
            changed AS (
                INSERT INTO stock AS s (sku, location, on_hand)
                SELECT sku, location, units FROM arrived ORDER BY sku, location
                ON CONFLICT (sku, location) DO UPDATE SET on_hand = s.on_hand + excluded.on_hand)
            INSERT INTO movement (at, sku, location, kind, on_hand_change, held_change)
            SELECT :now, sku, location, 'received', units, 0 FROM arrived WHERE units > 0
            """)
    int receive(List<Sku> skus, List<LocationId> locations, List<Integer> units, Instant now);

    /** Every place that has a stock row for one of these skus, by sku, the warehouse first. */
    @SqlQuery("""
            SELECT s.sku, s.location FROM stock s JOIN location l ON l.id = s.location
            WHERE s.sku = ANY (:skus) ORDER BY s.sku, l.pick_order
            """)
    List<Place> places(List<Sku> skus);

    /** One stock row's whereabouts. */
    record Place(Sku sku, LocationId location) {}
}
