package io.journeyman.fulfillment.shipment;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Sku;
import io.journeyman.fulfillment.Piece;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Shipments and their contents. */
interface ShipmentTable {
    /** False when the order has a shipment, or a tombstone, already; a writer at work is waited for. */
    @SqlUpdate("""
            INSERT INTO shipment (order_id, status, tracking_id, promised_date, option_id, name, line1, city, pincode,
                                  created_at, changed_at)
            VALUES (:order, 'created', :trackingId, :promisedDate, :optionId, :name, :line1, :city, :pincode, :now, :now)
            ON CONFLICT (order_id) DO NOTHING
            """)
    boolean create(
            OrderId order,
            String trackingId,
            LocalDate promisedDate,
            String optionId,
            @BindMethods Address address,
            Instant now);

    @SqlUpdate("INSERT INTO shipment_line (order_id, sku, quantity) VALUES (:order, :sku, :quantity)")
    void addLine(OrderId order, Sku sku, int quantity);

    @SqlUpdate("""
            INSERT INTO shipment (order_id, status, created_at, changed_at) VALUES (:order, 'cancelled', :now, :now)
            ON CONFLICT (order_id) DO NOTHING
            """)
    boolean tombstone(OrderId order, Instant now);

    /** False when it is not waiting in the warehouse. */
    @SqlUpdate(
            "UPDATE shipment SET status = 'cancelled', changed_at = :now WHERE order_id = :order AND status = 'created'")
    boolean cancel(OrderId order, Instant now);

    /** Locks it, so that its parcels change one after another. */
    @SqlQuery("SELECT status FROM shipment WHERE order_id = :order FOR UPDATE")
    Optional<ShipmentStatus> lock(OrderId order);

    /** False when it was sent before, or is cancelled. */
    @SqlUpdate("""
            UPDATE shipment SET sent_at = :now, for_order = :forOrder, customer_id = :customer
            WHERE order_id = :order AND sent_at IS NULL AND status <> 'cancelled'
            """)
    boolean send(OrderId order, OrderId forOrder, CustomerId customer, Instant now);

    @SqlQuery("""
            SELECT EXISTS (SELECT FROM shipment
                WHERE order_id = :order AND for_order = :forOrder AND customer_id = :customer)
            """)
    boolean sentFor(OrderId order, OrderId forOrder, CustomerId customer);

    @SqlQuery("SELECT order_id, status, tracking_id, promised_date FROM shipment WHERE order_id = :order")
    Optional<StandingShipment> find(OrderId order);

    @SqlQuery("""
            SELECT order_id, for_order, status, tracking_id, promised_date FROM shipment
            WHERE customer_id = :customer AND for_order = coalesce(CAST(:forOrder AS text), for_order)
            ORDER BY created_at DESC, order_id DESC LIMIT :most
            """)
    List<SentShipment> sentTo(CustomerId customer, Optional<OrderId> forOrder, int most);

    @SqlQuery("SELECT order_id FROM shipment WHERE tracking_id = :trackingId")
    Optional<OrderId> tracked(String trackingId);

    @SqlQuery("SELECT option_id FROM shipment WHERE order_id = :order")
    String option(OrderId order);

    @SqlQuery("SELECT name, line1, city, pincode FROM shipment WHERE order_id = :order")
    Address address(OrderId order);

    /** Where the parcel goes that waits for these pieces; the shipment's address where none does. */
    @SqlQuery("""
            SELECT coalesce(p.name, s.name) AS name, coalesce(p.line1, s.line1) AS line1, coalesce(p.city, s.city) AS city,
                coalesce(p.pincode, s.pincode) AS pincode
            FROM shipment s LEFT JOIN parcel p ON p.order_id = s.order_id AND p.status = 'created' AND p.awaited_on IS NOT NULL
                AND EXISTS (SELECT FROM parcel_line l WHERE l.parcel_id = p.parcel_id AND l.sku = :sku)
            WHERE s.order_id = :order ORDER BY p.position LIMIT 1
            """)
    Address address(OrderId order, Sku sku);

    @SqlQuery("SELECT sku, quantity FROM shipment_line WHERE order_id = :order ORDER BY sku COLLATE \"C\"")
    List<Piece> pieces(OrderId order);

    /** A shipment that its customer may know of. */
    record SentShipment(
            OrderId orderId,
            OrderId forOrder,
            ShipmentStatus status,
            Optional<String> trackingId,
            Optional<LocalDate> promisedDate) {}

    /** A shipment without its parcels. */
    record StandingShipment(
            OrderId orderId, ShipmentStatus status, Optional<String> trackingId, Optional<LocalDate> promisedDate) {}
}
