package io.journeyman.fulfillment.move;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Where shipments go. The shipment's row is locked before it changes, as it is by whoever records what a carrier told. */
interface MoveTable {
    record Moving(OrderId orderId, ShipmentStatus status, String optionId, LocalDate promisedDate) {}

    /**
     * A parcel that has not left.
     *
     * @param from the pincode of the place that it leaves from; empty for the warehouse
     * @param awaitedOn the day on which its pieces are due in the shop, as long as they are not here
     */
    record Going(ParcelId parcelId, LocalDate promisedDate, Optional<String> from, Optional<LocalDate> awaitedOn) {}

    String MOVING = """
            SELECT order_id, status, option_id, promised_date FROM shipment
            WHERE tracking_id = :trackingId AND option_id IS NOT NULL
            """;

    @SqlQuery(MOVING)
    Optional<Moving> find(String trackingId);

    @SqlQuery(MOVING + " FOR UPDATE")
    Optional<Moving> lock(String trackingId);

    /** Where those of its parcels go that have not left. */
    @SqlQuery("""
            SELECT coalesce(p.name, s.name) AS name, coalesce(p.line1, s.line1) AS line1, coalesce(p.city, s.city) AS city,
                coalesce(p.pincode, s.pincode) AS pincode
            FROM shipment s JOIN parcel p USING (order_id)
            WHERE s.order_id = :order AND p.status = 'created' ORDER BY p.position LIMIT 1
            """)
    Address address(OrderId order);

    @SqlQuery("""
            SELECT p.parcel_id, p.promised_date, o.pincode AS "from", p.awaited_on
            FROM parcel p LEFT JOIN origin o ON o.location_id = p.ships_from
            WHERE p.order_id = :order AND p.status = 'created' ORDER BY p.position
            """)
    List<Going> here(OrderId order);

    /** Those that have left. */
    @SqlQuery("""
            SELECT parcel_id FROM parcel WHERE order_id = :order AND status NOT IN ('created', 'cancelled') ORDER BY position
            """)
    List<ParcelId> gone(OrderId order);

    @SqlQuery("""
            SELECT sku, sum(quantity) AS quantity FROM parcel_line WHERE parcel_id = ANY (:parcels)
            GROUP BY sku ORDER BY sku COLLATE "C"
            """)
    List<ParcelLine> contents(List<ParcelId> parcels);

    /** That these had left when the address was changed. */
    @SqlBatch("INSERT INTO address_change_stayed (change_id, parcel_id) VALUES (:id, :parcel)")
    void stayed(AddressChangeId id, List<ParcelId> parcel);

    @SqlQuery("SELECT parcel_id FROM address_change_stayed WHERE change_id = :id")
    List<ParcelId> stayed(AddressChangeId id);

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

    /** Others of its shipment have left for where that goes. */
    @SqlUpdate("""
            UPDATE parcel SET name = :name, line1 = :line1, city = :city, pincode = :pincode WHERE parcel_id = :parcel
            """)
    void move(ParcelId parcel, @BindMethods Address address);

    @SqlUpdate("UPDATE parcel SET promised_date = :promised, changed_at = :now WHERE parcel_id = :parcel")
    void promise(ParcelId parcel, LocalDate promised, Instant now);

    @SqlUpdate("UPDATE shipment SET promised_date = :promised, changed_at = :now WHERE order_id = :order")
    void promise(OrderId order, LocalDate promised, Instant now);
}
