package io.journeyman.inventory.promise;

import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.promise.Promises.Waiting;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Who was promised what, and of which delivery. */
interface PromiseTable {
    /** Waits for whoever changes promises of these variants, and keeps others waiting until the transaction ends. In their order. */
    @SqlQuery("""
            SELECT true FROM unnest(:skus) AS s (sku),
                LATERAL pg_advisory_xact_lock(hashtextextended(current_schema() || '/promise/' || s.sku, 0))
            """)
    List<Boolean> lock(List<Sku> skus);

    /** The earliest delivery, due from {@code today} to {@code dueBy}, of which so many more pieces may be promised. */
    @SqlQuery("""
            SELECT l.delivery_id FROM delivery_line l JOIN delivery d ON d.id = l.delivery_id
            WHERE l.sku = :sku AND l.room >= :quantity AND d.status = 'expected' AND d.due_on BETWEEN :today AND :dueBy
                AND d.location = coalesce(CAST(:place AS text), d.location)
            ORDER BY d.due_on, d.id LIMIT 1
            """)
    Optional<DeliveryId> withRoom(Sku sku, int quantity, LocalDate today, LocalDate dueBy, Optional<LocationId> place);

    @SqlUpdate("""
            INSERT INTO promise (hold_id, sku, delivery_id, quantity, due_by, promised_at)
            VALUES (:hold, :sku, :delivery, :quantity, :dueBy, :now)
            """)
    void add(HoldId hold, Sku sku, DeliveryId delivery, int quantity, LocalDate dueBy, Instant now);

    @SqlUpdate("UPDATE promise SET delivery_id = :delivery WHERE hold_id = :hold AND sku = :sku")
    void move(HoldId hold, Sku sku, Optional<DeliveryId> delivery);

    /** What of a hold is still to come, in the order of the skus. */
    @SqlQuery("""
            SELECT p.hold_id, p.sku, p.quantity - p.arrived AS pieces, p.delivery_id, d.due_on, p.due_by, l.location
            FROM promise p LEFT JOIN delivery d ON d.id = p.delivery_id LEFT JOIN hold_line l USING (hold_id, sku)
            WHERE p.hold_id = :hold AND p.arrived < p.quantity ORDER BY p.sku COLLATE "C"
            """)
    List<Waiting> of(HoldId hold);

    /** What was promised to holds that stand, and is announced no more, the oldest first. */
    @SqlQuery("""
            SELECT p.hold_id, p.sku, p.quantity - p.arrived AS pieces, p.delivery_id, CAST(NULL AS date) AS due_on, p.due_by,
                   l.location
            FROM promise p JOIN hold h ON h.id = p.hold_id LEFT JOIN hold_line l USING (hold_id, sku)
            WHERE p.sku = ANY (:skus) AND p.delivery_id IS NULL AND p.arrived < p.quantity AND h.status IN ('held', 'allocated')
            ORDER BY p.id LIMIT :most
            """)
    List<Waiting> unserved(List<Sku> skus, int most);

    /** Fewer pieces of it are to come. */
    @SqlUpdate("""
            UPDATE promise SET quantity = quantity - :pieces WHERE hold_id = :hold AND sku = :sku AND quantity > :pieces
            """)
    boolean lessen(HoldId hold, Sku sku, int pieces);

    @SqlUpdate("DELETE FROM promise WHERE hold_id = :hold AND sku = :sku")
    void drop(HoldId hold, Sku sku);

    @SqlUpdate("DELETE FROM promise WHERE hold_id = :hold")
    void dropAll(HoldId hold);
}
