package io.journeyman.fulfillment.collection;

import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What stores keep for orders. It is written once, but for the day on which its time is over; where it stands its parcel says. */
interface OrderCollectionTable {
    /** False when the store has that code already. */
    @SqlUpdate("""
            INSERT INTO order_collection (order_id, store_id, pickup_code, keep_until, created_at)
            VALUES (:order, :store, :code, :keepUntil, :now)
            ON CONFLICT (store_id, pickup_code) DO NOTHING
            """)
    boolean create(OrderId order, LocationId store, String code, Instant keepUntil, Instant now);

    @SqlUpdate("""
            UPDATE order_collection SET kept_longer_until = greatest(kept_longer_until, :until) WHERE order_id = :order
            """)
    void keepLonger(OrderId order, Instant until);

    @SqlQuery("SELECT store_id FROM order_collection WHERE order_id = :order")
    Optional<LocationId> store(OrderId order);

    @SqlQuery("""
            SELECT c.order_id, c.store_id, o.name AS store_name, o.closes, c.pickup_code, c.keep_until, c.kept_longer_until,
                p.parcel_id, p.status,
                (SELECT min(happened_at) FROM parcel_event e WHERE e.parcel_id = p.parcel_id AND e.status = 'ready') AS ready_at,
                (SELECT max(at) FROM withdrawal w WHERE w.order_id = c.order_id) AS taken_out_at
            FROM order_collection c JOIN parcel p USING (order_id) LEFT JOIN origin o ON o.location_id = c.store_id
            WHERE c.order_id = :order
            """)
    Optional<Kept> find(OrderId order);

    /** Of a confirmed order, as its customer knows it; the shipment's row is locked, as it is by whoever takes pieces out again. */
    @SqlQuery("""
            SELECT order_id FROM shipment
            WHERE for_order = :order AND order_id IN (SELECT order_id FROM order_collection) FOR UPDATE
            """)
    Optional<OrderId> lock(OrderId order);

    @SqlQuery("""
            SELECT order_id FROM shipment WHERE for_order = :order AND order_id IN (SELECT order_id FROM order_collection)
            """)
    Optional<OrderId> of(OrderId order);

    /**
     * @param keepUntil what its customer was told first
     * @param keptLongerUntil until when staff put it off
     * @param takenOutAt when pieces were taken out of it last
     */
    record Kept(
            OrderId orderId,
            LocationId storeId,
            Optional<String> storeName,
            Optional<String> closes,
            String pickupCode,
            Instant keepUntil,
            Optional<Instant> keptLongerUntil,
            ParcelId parcelId,
            ParcelStatus status,
            Optional<Instant> readyAt,
            Optional<Instant> takenOutAt) {}
}
