package io.journeyman.fulfillment.withdrawal;

import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What was taken out of parcels. The shipment's row is locked before, as it is by whoever records what a carrier told. */
interface WithdrawalTable {
    record Locked(OrderId orderId, ShipmentStatus status) {}

    /** Pieces of one variant in a parcel that has not left. */
    record Here(ParcelId parcelId, Sku sku, int quantity) {}

    @SqlQuery("SELECT order_id, status FROM shipment WHERE tracking_id = :trackingId FOR UPDATE")
    Optional<Locked> lock(String trackingId);

    @SqlQuery("SELECT status FROM shipment WHERE order_id = :order")
    ShipmentStatus status(OrderId order);

    @SqlQuery("""
            SELECT parcel_id, sku, quantity FROM parcel JOIN parcel_line USING (parcel_id)
            WHERE order_id = :order AND status IN ('created', 'ready') ORDER BY position, sku COLLATE "C"
            """)
    List<Here> here(OrderId order);

    /** False when that withdrawal is known already. */
    @SqlUpdate("""
            INSERT INTO withdrawal (cancellation_id, order_id, at) VALUES (:id, :order, :now)
            ON CONFLICT (cancellation_id) DO NOTHING
            """)
    boolean open(CancellationId id, OrderId order, Instant now);

    @SqlQuery("SELECT EXISTS (SELECT FROM withdrawal WHERE cancellation_id = :id AND order_id = :order)")
    boolean isOf(CancellationId id, OrderId order);

    @SqlUpdate("""
            WITH taken AS (
                UPDATE parcel_line SET quantity = quantity - :quantity
                WHERE parcel_id = :parcel AND sku = :sku AND quantity > :quantity
                RETURNING parcel_id),
            emptied AS (
                DELETE FROM parcel_line WHERE parcel_id = :parcel AND sku = :sku AND quantity = :quantity
                RETURNING parcel_id)
            INSERT INTO withdrawal_line (cancellation_id, parcel_id, sku, quantity)
            SELECT :id, parcel_id, :sku, :quantity FROM (TABLE taken UNION ALL TABLE emptied) t
            """)
    boolean take(CancellationId id, ParcelId parcel, Sku sku, int quantity);

    /** A parcel of which nothing is left does not travel, and a shipment without parcels neither. */
    @SqlUpdate("""
            WITH empty AS (
                UPDATE parcel p SET status = 'cancelled', ask_at = NULL, changed_at = :now
                WHERE order_id = :order AND status IN ('created', 'ready')
                    AND NOT EXISTS (SELECT FROM parcel_line l WHERE l.parcel_id = p.parcel_id)
                RETURNING parcel_id)
            UPDATE shipment SET status = 'cancelled', changed_at = :now
            WHERE order_id = :order AND NOT EXISTS (
                SELECT FROM parcel p WHERE p.order_id = :order AND p.status <> 'cancelled'
                    AND p.parcel_id NOT IN (SELECT parcel_id FROM empty))
            """)
    void cancelWhatIsEmpty(OrderId order, Instant now);

    @SqlQuery("""
            SELECT sku, sum(w.quantity)::int AS quantity, ships_from FROM withdrawal_line w JOIN parcel USING (parcel_id)
            WHERE cancellation_id = :id GROUP BY sku, ships_from ORDER BY ships_from NULLS FIRST, sku COLLATE "C"
            """)
    List<Lying> lying(CancellationId id);

    default List<ShippedLine> lines(CancellationId id) {
        return lying(id).stream()
                .map(piece -> new ShippedLine(piece.sku(), piece.quantity(), piece.shipsFrom()))
                .toList();
    }

    /** Pieces that were taken out, where they lie; what was still to come lies nowhere. */
    record Lying(Sku sku, int quantity, Optional<LocationId> shipsFrom) {}
}
