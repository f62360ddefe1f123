package io.journeyman.fulfillment.collection;

import io.journeyman.contracts.Fulfillment.Collection;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.ReservationId;
import io.journeyman.contracts.Sku;
import io.journeyman.fulfillment.Piece;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Collections and their contents. */
interface CollectionTable {
    /** False when the reservation has a collection or a tombstone already, or when the store uses that code already. */
    @SqlUpdate("""
            INSERT INTO collection (reservation_id, status, store_id, pickup_code, keep_until, created_at, changed_at)
            VALUES (:reservation, 'waiting', :store, :code, :keepUntil, :now, :now)
            ON CONFLICT DO NOTHING
            """)
    boolean create(ReservationId reservation, LocationId store, String code, Instant keepUntil, Instant now);

    @SqlUpdate("INSERT INTO collection_line (reservation_id, sku, quantity) VALUES (:reservation, :sku, :quantity)")
    void addLine(ReservationId reservation, Sku sku, int quantity);

    @SqlUpdate("""
            INSERT INTO collection (reservation_id, status, created_at, changed_at)
            VALUES (:reservation, 'cancelled', :now, :now)
            ON CONFLICT (reservation_id) DO NOTHING
            """)
    boolean tombstone(ReservationId reservation, Instant now);

    /** False when it is not kept any more. */
    @SqlUpdate("""
            UPDATE collection SET keep_until = greatest(keep_until, :keepUntil), changed_at = :now
            WHERE reservation_id = :reservation AND status IN ('waiting', 'ready')
            """)
    boolean keep(ReservationId reservation, Instant keepUntil, Instant now);

    /** Not collected when its time is over by then. False when it is not kept any more. */
    @SqlUpdate("""
            UPDATE collection SET changed_at = :now,
                status = CASE WHEN keep_until <= :overBy THEN 'not_collected' ELSE 'cancelled' END
            WHERE reservation_id = :reservation AND status IN ('waiting', 'ready')
            """)
    boolean cancel(ReservationId reservation, Instant overBy, Instant now);

    /** False when it does not wait any more. */
    @SqlUpdate("""
            UPDATE collection SET status = 'ready', changed_at = :now
            WHERE reservation_id = :reservation AND status = 'waiting'
            """)
    boolean ready(ReservationId reservation, Instant now);

    /** False when it is not kept any more. */
    @SqlUpdate("""
            UPDATE collection SET status = 'picked_up', changed_at = :now
            WHERE reservation_id = :reservation AND status IN ('waiting', 'ready')
            """)
    boolean pickUp(ReservationId reservation, Instant now);

    @SqlQuery("""
            SELECT reservation_id, status, store_id, pickup_code, keep_until FROM collection
            WHERE reservation_id = :reservation
            """)
    Optional<Collection> find(ReservationId reservation);

    @SqlQuery("""
            SELECT sku, quantity FROM collection_line WHERE reservation_id = :reservation ORDER BY sku COLLATE "C"
            """)
    List<Piece> pieces(ReservationId reservation);
}
