package io.journeyman.inventory.delivery;

import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.Inventory.DeliveryLine;
import io.journeyman.contracts.Inventory.DeliveryStatus;
import io.journeyman.contracts.Inventory.WaitingLine;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.stock.StockLines.Pieces;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Announced deliveries and what of their lines has come. */
interface DeliveryTable {
    /** False when the delivery is known already, whoever wrote it; a writer at work is waited for. */
    @SqlUpdate("""
            INSERT INTO delivery (id, status, location, due_on, changed_at)
            VALUES (:delivery, :status, :location, :dueOn, :now)
            ON CONFLICT (id) DO NOTHING
            """)
    boolean open(
            DeliveryId delivery,
            DeliveryStatus status,
            Optional<LocationId> location,
            Optional<LocalDate> dueOn,
            Instant now);

    /** Not FOR UPDATE: receipts refer to it before they lock it, and two of them would wait for each other. */
    @SqlQuery("SELECT id, status, location, due_on FROM delivery WHERE id = :delivery FOR NO KEY UPDATE")
    Optional<StandingDelivery> lock(DeliveryId delivery);

    @SqlQuery("SELECT id, status, location, due_on FROM delivery WHERE id = :delivery")
    Optional<StandingDelivery> find(DeliveryId delivery);

    @SqlUpdate("UPDATE delivery SET location = :location, due_on = :dueOn, changed_at = :now WHERE id = :delivery")
    void move(DeliveryId delivery, LocationId location, LocalDate dueOn, Instant now);

    /** What is announced from now on; lines that are not named are expected no more. No more than is announced may be promised. */
    @SqlUpdate("""
            WITH named AS (
                SELECT * FROM unnest(:skus, :units) AS n (sku, units)),
            left_out AS (
                UPDATE delivery_line SET announced = 0, promisable = promised
                WHERE delivery_id = :delivery AND sku NOT IN (SELECT sku FROM named))
            INSERT INTO delivery_line AS l (delivery_id, sku, announced)
            SELECT :delivery, sku, units FROM named
            ON CONFLICT (delivery_id, sku) DO UPDATE SET announced = excluded.announced,
                promisable = greatest(l.promised, least(excluded.announced, l.promisable))
            """)
    void announce(DeliveryId delivery, List<Sku> skus, List<Integer> units);

    /** So many pieces may be promised, never more than are announced; what is promised already stays so. Lists of the same length. */
    @SqlUpdate("""
            UPDATE delivery_line l SET promisable = greatest(l.promised, least(l.announced, a.pieces))
            FROM unnest(:skus, :pieces) AS a (sku, pieces) WHERE l.delivery_id = :delivery AND l.sku = a.sku
            """)
    void allow(DeliveryId delivery, List<Sku> skus, List<Integer> pieces);

    /** Adds what came, announced or not; of each variant so many pieces as are waited for are served, and answered. */
    @SqlQuery("""
            WITH came AS (
                INSERT INTO delivery_line AS l (delivery_id, sku, announced, received)
                SELECT :delivery, sku, 0, units FROM unnest(:skus, :units) AS c (sku, units)
                ON CONFLICT (delivery_id, sku) DO UPDATE SET received = l.received + excluded.received,
                    served = l.served + least(excluded.received, l.promised - l.served)
                RETURNING l.sku, new.served - coalesce(old.served, 0) AS units)
            SELECT sku, units FROM came WHERE units > 0 ORDER BY sku COLLATE "C"
            """)
    List<Pieces> came(DeliveryId delivery, List<Sku> skus, List<Integer> units);

    /** A delivery that is not cancelled is received when nothing of it is to come, else expected. */
    @SqlUpdate("""
            UPDATE delivery SET changed_at = :now, status = CASE
                WHEN EXISTS (SELECT FROM delivery_line WHERE delivery_id = :delivery AND announced > received)
                THEN 'expected' ELSE 'received' END
            WHERE id = :delivery AND status <> 'cancelled'
            """)
    void settle(DeliveryId delivery, Instant now);

    @SqlUpdate("""
            UPDATE delivery SET status = 'cancelled', changed_at = :now WHERE id = :delivery AND status = 'expected'
            """)
    void cancel(DeliveryId delivery, Instant now);

    @SqlQuery("""
            SELECT sku, announced, received, promisable, promised - served AS waiting
            FROM delivery_line WHERE delivery_id = :delivery ORDER BY sku COLLATE "C"
            """)
    List<DeliveryLine> lines(DeliveryId delivery);

    /** Whether it brings the rest to somebody who has a part already: a hold's line lies in one place. */
    @SqlQuery("""
            SELECT EXISTS (SELECT FROM promise WHERE delivery_id = :delivery AND arrived BETWEEN 1 AND quantity - 1)
            """)
    boolean bringsTheRest(DeliveryId delivery);

    /** Who waits for it, in the order in which they are served. */
    @SqlQuery("""
            SELECT p.hold_id, p.sku, p.quantity - p.arrived AS quantity, p.promised_at AS since, h.status = 'allocated' AS sold
            FROM promise p JOIN hold h ON h.id = p.hold_id
            WHERE p.delivery_id = :delivery AND p.arrived < p.quantity ORDER BY p.id LIMIT :most
            """)
    List<WaitingLine> waiting(DeliveryId delivery, int most);

    /** @param location empty, as {@code dueOn}, where it was cancelled before it was announced */
    record StandingDelivery(
            DeliveryId id, DeliveryStatus status, Optional<LocationId> location, Optional<LocalDate> dueOn) {}
}
