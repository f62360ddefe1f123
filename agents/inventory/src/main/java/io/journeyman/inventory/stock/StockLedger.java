package io.journeyman.inventory.stock;

import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * What holds do to stock. With {@link GoodsLedger} the only writer of balances: each method is one statement that changes them and
 * writes the movements which say so, or does neither and answers false. So {@code 0 <= held <= on_hand} always, and the ledger adds
 * up to the stock always.
 *
 * <p>Whoever changes several rows in one transaction goes through them in the order of their skus, so that two of them never
 * wait for each other.
 *
 * <p>It has few methods on purpose: JDBI prepares each of them whenever the interface is attached, and every hold attaches it.
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

    /** Every place that has a stock row for one of these skus, by sku, the warehouse first. */
    @SqlQuery("""
            SELECT s.sku, s.location FROM stock s JOIN location l ON l.id = s.location
            WHERE s.sku = ANY (:skus) ORDER BY s.sku, l.pick_order
            """)
    List<Place> places(List<Sku> skus);

    /** One stock row's whereabouts. */
    record Place(Sku sku, LocationId location) {}
}
