package io.journeyman.inventory.hold;

import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.HeldLine;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
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

    @SqlQuery("SELECT id, status, store, expires_at FROM hold WHERE id = :hold FOR UPDATE")
    Optional<StandingHold> lock(HoldId hold);

    @SqlQuery("SELECT id, status, store, expires_at FROM hold WHERE id = :hold")
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

    /** True for the one caller that turns a due hold into an expired one. */
    @SqlUpdate("""
            UPDATE hold SET status = 'expired', changed_at = :now
            WHERE id = :hold AND status = 'held' AND expires_at <= :now
            """)
    boolean expire(HoldId hold, Instant now);

    /** @param store the only location that the hold may use, where it named one */
    record StandingHold(HoldId id, HoldStatus status, Optional<LocationId> store, Instant expiresAt) {}
}
