package io.journeyman.inventory.hold;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.HeldLine;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.stock.StockLines.Pieces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Holds and their lines. A hold's row is always locked before any stock row is touched. */
interface HoldTable {
    /** False when the hold is known already, whoever wrote it; a writer at work is waited for. */
    @SqlUpdate("""
            INSERT INTO hold (id, status, store, expires_at, placed_at, changed_at)
            VALUES (:hold, :status, :store, :expiresAt, :now, :now)
            ON CONFLICT (id) DO NOTHING
            """)
    boolean open(HoldId hold, HoldStatus status, Optional<LocationId> store, Instant expiresAt, Instant now);

    /** Not FOR UPDATE: receipts refer to it while they serve what it waits for, and the two would wait for each other. */
    @SqlQuery("SELECT id, status, store, expires_at, ahead FROM hold WHERE id = :hold FOR NO KEY UPDATE")
    Optional<StandingHold> lock(HoldId hold);

    @SqlQuery("SELECT id, status, store, expires_at, ahead FROM hold WHERE id = :hold")
    Optional<StandingHold> find(HoldId hold);

    @SqlUpdate("UPDATE hold SET status = :status, changed_at = :now WHERE id = :hold")
    void turn(HoldId hold, HoldStatus status, Instant now);

    @SqlUpdate("""
            UPDATE hold SET status = 'held', store = :store, expires_at = :expiresAt, changed_at = :now WHERE id = :hold
            """)
    void reopen(HoldId hold, Optional<LocationId> store, Instant expiresAt, Instant now);

    @SqlUpdate("""
            UPDATE hold SET expires_at = greatest(expires_at, :expiresAt), changed_at = :now WHERE id = :hold
            """)
    void prolong(HoldId hold, Instant expiresAt, Instant now);

    @SqlQuery("SELECT sku, quantity, location FROM hold_line WHERE hold_id = :hold ORDER BY sku COLLATE \"C\"")
    List<HeldLine> lines(HoldId hold);

    @SqlUpdate("INSERT INTO hold_line (hold_id, sku, location, quantity) VALUES (:hold, :sku, :location, :quantity)")
    void addLine(HoldId hold, Sku sku, LocationId location, int quantity);

    @SqlUpdate("DELETE FROM hold_line WHERE hold_id = :hold")
    void dropLines(HoldId hold);

    @SqlQuery("SELECT id FROM hold WHERE status = 'held' AND expires_at <= :now ORDER BY expires_at LIMIT :limit")
    List<HoldId> due(Instant now, int limit);

    /** Present for the one caller that turns a due hold into an expired one. */
    @SqlQuery("""
            UPDATE hold SET status = 'expired', changed_at = :now
            WHERE id = :hold AND status = 'held' AND expires_at <= :now
            RETURNING id, status, store, expires_at, ahead
            """)
    Optional<StandingHold> expire(HoldId hold, Instant now);

    /** It waits for pieces that are to come. */
    @SqlUpdate("UPDATE hold SET ahead = true WHERE id = :hold")
    void waits(HoldId hold);

    /** Fewer pieces of a line are kept; none is no line. */
    @SqlUpdate("""
            WITH none AS (DELETE FROM hold_line WHERE hold_id = :hold AND sku = :sku AND quantity = :pieces)
            UPDATE hold_line SET quantity = quantity - :pieces WHERE hold_id = :hold AND sku = :sku AND quantity > :pieces
            """)
    void lessen(HoldId hold, Sku sku, int pieces);

    /** False when it is known already. */
    @SqlUpdate("INSERT INTO give_back (id, hold_id, at) VALUES (:id, :hold, :now) ON CONFLICT (id) DO NOTHING")
    boolean openGiveBack(BookingId id, HoldId hold, Instant now);

    @SqlUpdate("""
            INSERT INTO give_back_line (give_back_id, sku, units)
            SELECT :id, sku, units FROM unnest(:skus, :units) AS l (sku, units)
            """)
    void addGiveBack(BookingId id, List<Sku> skus, List<Integer> units);

    @SqlQuery("SELECT hold_id FROM give_back WHERE id = :id")
    HoldId givenBackOf(BookingId id);

    @SqlQuery("SELECT sku, units FROM give_back_line WHERE give_back_id = :id ORDER BY sku COLLATE \"C\"")
    List<Pieces> givenBack(BookingId id);

    /** @param store the only location that the hold may use, where it named one @param ahead whether it was promised what is to come */
    record StandingHold(HoldId id, HoldStatus status, Optional<LocationId> store, Instant expiresAt, boolean ahead) {}
}
