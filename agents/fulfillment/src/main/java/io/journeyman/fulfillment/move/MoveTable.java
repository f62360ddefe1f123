package io.journeyman.fulfillment.move;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Where shipments go. The shipment's row is locked before it changes, as it is by whoever records what a carrier told. */
interface MoveTable {
    record Moving(OrderId orderId, ShipmentStatus status, String optionId, LocalDate promisedDate) {}

    /** A parcel that travels or will. @param from the pincode of the place that it leaves from; empty for the warehouse */
    record Going(ParcelId parcelId, LocalDate promisedDate, Optional<String> from) {}

    String MOVING = """
            SELECT order_id, status, option_id, promised_date FROM shipment
            WHERE tracking_id = :trackingId AND option_id IS NOT NULL
            """;

    @SqlQuery(MOVING)
    Optional<Moving> find(String trackingId);

    @SqlQuery(MOVING + " FOR UPDATE")
    Optional<Moving> lock(String trackingId);

    @SqlQuery("SELECT name, line1, city, pincode FROM shipment WHERE order_id = :order")
    Address address(OrderId order);

    @SqlQuery("""
            SELECT p.parcel_id, p.promised_date, o.pincode AS "from" FROM parcel p LEFT JOIN origin o ON o.location_id = p.ships_from
            WHERE p.order_id = :order AND p.status <> 'cancelled' ORDER BY p.position
            """)
    List<Going> parcels(OrderId order);

    /** False when that change is known already. */
    @SqlUpdate("""
            INSERT INTO address_change (change_id, order_id, at) VALUES (:id, :order, :now) ON CONFLICT (change_id) DO NOTHING
            """)
    boolean open(AddressChangeId id, OrderId order, Instant now);

    @SqlQuery("SELECT EXISTS (SELECT FROM address_change WHERE change_id = :id AND order_id = :order)")
    boolean isOf(AddressChangeId id, OrderId order);

    @SqlUpdate("""
            UPDATE shipment SET name = :name, line1 = :line1, city = :city, pincode = :pincode, promised_date = :promised,
                changed_at = :now
            WHERE order_id = :order
            """)
    void move(OrderId order, @BindMethods Address address, LocalDate promised, Instant now);

    @SqlUpdate("UPDATE parcel SET promised_date = :promised, changed_at = :now WHERE parcel_id = :parcel")
    void promise(ParcelId parcel, LocalDate promised, Instant now);
}
