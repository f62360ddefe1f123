package io.journeyman.inventory.delivery;

import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.Inventory.DeliveryLine;
import io.journeyman.contracts.Inventory.DeliveryStatus;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
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

    /** What is announced from now on; lines that are not named are expected no more. */
    @SqlUpdate("""
            WITH named AS (
                SELECT * FROM unnest(:skus, :units) AS n (sku, units)),
            left_out AS (
                UPDATE delivery_line SET announced = 0
                WHERE delivery_id = :delivery AND sku NOT IN (SELECT sku FROM named))
            INSERT INTO delivery_line (delivery_id, sku, announced)
            SELECT :delivery, sku, units FROM named
            ON CONFLICT (delivery_id, sku) DO UPDATE SET announced = excluded.announced
            """)
    void announce(DeliveryId delivery, List<Sku> skus, List<Integer> units);

    /** Adds what came, announced or not. */
    @SqlUpdate("""
            INSERT INTO delivery_line AS l (delivery_id, sku, announced, received)
            SELECT :delivery, sku, 0, units FROM unnest(:skus, :units) AS c (sku, units)
            ON CONFLICT (delivery_id, sku) DO UPDATE SET received = l.received + excluded.received
            """)
    void came(DeliveryId delivery, List<Sku> skus, List<Integer> units);

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
            SELECT sku, announced, received FROM delivery_line WHERE delivery_id = :delivery ORDER BY sku COLLATE "C"
            """)
    List<DeliveryLine> lines(DeliveryId delivery);

    /** @param location empty, as {@code dueOn}, where it was cancelled before it was announced */
    record StandingDelivery(
            DeliveryId id, DeliveryStatus status, Optional<LocationId> location, Optional<LocalDate> dueOn) {}
}
