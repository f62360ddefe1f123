package io.journeyman.fulfillment.parcel;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Parcels, their contents and what carriers told of them. A shipment's row is locked before its parcels change. */
interface ParcelTable {
    String STANDING = """
            SELECT p.parcel_id, s.for_order, p.status, p.ships_from, o.name AS ships_from_name, p.promised_date, p.expected_date,
                p.ask_at, p.awaited_on,
                CASE WHEN EXISTS (SELECT FROM parcel e WHERE e.order_id = p.order_id AND e.city IS NOT NULL)
                    THEN coalesce(p.city, s.city) || ' ' || coalesce(p.pincode, s.pincode) END AS goes_to,
                s.for_return
            FROM parcel p JOIN shipment s ON s.order_id = p.order_id LEFT JOIN origin o ON o.location_id = p.ships_from
            """;

    @SqlUpdate("""
            INSERT INTO parcel (parcel_id, order_id, position, status, ships_from, promised_date, awaited_on, created_at, changed_at)
            VALUES (:parcel, :order, :position, 'created', :shipsFrom, :promisedDate, :awaitedOn, :now, :now)
            """)
    void create(
            ParcelId parcel,
            OrderId order,
            int position,
            Optional<LocationId> shipsFrom,
            LocalDate promisedDate,
            Optional<LocalDate> awaitedOn,
            Instant now);

    @SqlUpdate("INSERT INTO parcel_line (parcel_id, sku, quantity) VALUES (:parcel, :sku, :quantity)")
    void addLine(ParcelId parcel, Sku sku, int quantity);

    @SqlUpdate("""
            UPDATE parcel SET status = 'cancelled', ask_at = NULL, changed_at = :now WHERE order_id = :order
            """)
    void cancelAll(OrderId order, Instant now);

    /** The carrier has those to collect that are here, and is asked about them from then on. */
    @SqlUpdate("""
            UPDATE parcel SET ask_at = :askAt WHERE order_id = :order AND status = 'created' AND awaited_on IS NULL
            """)
    void askAboutAll(OrderId order, Optional<Instant> askAt);

    /** Those of a shipment that wait for these pieces. The shipment's row is locked. */
    @SqlQuery("""
            SELECT parcel_id FROM parcel p
            WHERE order_id = :order AND status = 'created' AND awaited_on IS NOT NULL
                AND EXISTS (SELECT FROM parcel_line l WHERE l.parcel_id = p.parcel_id AND l.sku = :sku)
            """)
    List<ParcelId> awaiting(OrderId order, Sku sku);

    /** Its pieces are here: it may leave, if its shipment was sent. */
    @SqlUpdate("""
            UPDATE parcel p SET awaited_on = NULL, came_at = :now, ships_from = :from, promised_date = :promised, changed_at = :now,
                ask_at = CASE WHEN EXISTS (SELECT FROM shipment s WHERE s.order_id = p.order_id AND s.sent_at IS NOT NULL)
                    THEN CAST(:askAt AS timestamptz) END
            WHERE parcel_id = :parcel
            """)
    void come(ParcelId parcel, LocationId from, LocalDate promised, Optional<Instant> askAt, Instant now);

    @SqlUpdate("""
            UPDATE parcel SET awaited_on = :dueOn, promised_date = :promised, changed_at = :now
            WHERE parcel_id = :parcel AND awaited_on <> :dueOn
            """)
    void comesOn(ParcelId parcel, LocalDate dueOn, LocalDate promised, Instant now);

    /** All of it comes by the day of its last parcel. */
    @SqlUpdate("""
            UPDATE shipment s SET promised_date = p.last
            FROM (SELECT max(promised_date) AS last FROM parcel WHERE order_id = :order AND status <> 'cancelled') p
            WHERE s.order_id = :order AND s.promised_date <> p.last
            """)
    void promiseTheLast(OrderId order);

    /** Locks the parcel's shipment, so that what is told of its parcels comes in one after another. */
    @SqlQuery("""
            SELECT order_id FROM shipment WHERE order_id = (SELECT order_id FROM parcel WHERE parcel_id = :parcel) FOR UPDATE
            """)
    Optional<OrderId> lockShipment(ParcelId parcel);

    /** Whether its customer collects it in a store. */
    @SqlQuery("SELECT EXISTS (SELECT FROM order_collection WHERE order_id = :order)")
    boolean isCollected(OrderId order);

    /** False when that event is known already. */
    @SqlUpdate("""
            INSERT INTO parcel_event (parcel_id, event_id, status, happened_at, reason, expected_date, received_at)
            VALUES (:parcel, :eventId, :status, :happenedAt, :reason, :expectedDate, :now)
            ON CONFLICT (parcel_id, event_id) DO NOTHING
            """)
    boolean addEvent(ParcelId parcel, @BindMethods ParcelEvent event, Instant now);

    @SqlQuery("SELECT count(*) FROM parcel_event WHERE parcel_id = :parcel")
    int events(ParcelId parcel);

    /**
     * The parcel stands as the latest of all its events says, in whatever order they came in; of two at the same instant, as the one
     * that is further on. What was delivered or cancelled stays so.
     */
    @SqlUpdate("""
            UPDATE parcel SET changed_at = :now,
                status = (
                    SELECT status FROM parcel_event WHERE parcel_id = :parcel
                    ORDER BY (status = 'delivered') DESC, happened_at DESC, array_position(ARRAY['ready', 'handed_over', 'in_transit',
                        'delayed', 'out_for_delivery', 'delivery_failed'], status) DESC LIMIT 1),
                expected_date = (
                    SELECT expected_date FROM parcel_event WHERE parcel_id = :parcel AND expected_date IS NOT NULL
                    ORDER BY happened_at DESC, event_id DESC LIMIT 1),
                ask_at = CASE WHEN EXISTS (SELECT FROM parcel_event WHERE parcel_id = :parcel AND status = 'delivered')
                    THEN NULL ELSE ask_at END
            WHERE parcel_id = :parcel AND status <> 'cancelled'
            """)
    void standAsTold(ParcelId parcel, Instant now);

    /** The shipment as those of its parcels say that are not cancelled. */
    @SqlUpdate("""
            UPDATE shipment s SET status = t.status, changed_at = :now
            FROM (SELECT CASE WHEN bool_and(status = 'delivered') THEN 'delivered'
                      WHEN bool_or(status NOT IN ('created', 'ready')) THEN 'shipped' ELSE 'created' END AS status
                  FROM parcel WHERE order_id = :order AND status <> 'cancelled') t
            WHERE s.order_id = :order AND s.status <> 'cancelled' AND s.status <> t.status
            """)
    void shipmentStandsAsParcels(OrderId order, Instant now);

    @SqlQuery(STANDING + "WHERE p.order_id = :order ORDER BY p.position")
    List<StandingParcel> of(OrderId order);

    @SqlQuery(STANDING + "WHERE p.parcel_id = :parcel")
    Optional<StandingParcel> find(ParcelId parcel);

    @SqlQuery("""
            SELECT sku, quantity FROM parcel_line WHERE parcel_id = :parcel ORDER BY sku COLLATE "C"
            """)
    List<ParcelLine> lines(ParcelId parcel);

    @SqlQuery("""
            SELECT event_id, status, happened_at, reason, expected_date FROM parcel_event WHERE parcel_id = :parcel
            ORDER BY happened_at, array_position(ARRAY['ready', 'handed_over', 'in_transit', 'delayed', 'out_for_delivery',
                'delivery_failed', 'delivered'], status), event_id
            """)
    List<ParcelEvent> told(ParcelId parcel);

    /**
     * Takes parcels whose time has come: nobody else asks about them until {@code until}, when they are asked about again should the one
     * who took them be lost.
     */
    @SqlQuery("""
            UPDATE parcel p SET asked_until = :until
            FROM shipment s
            WHERE s.order_id = p.order_id AND p.parcel_id IN (
                SELECT parcel_id FROM parcel WHERE ask_at <= :now AND coalesce(asked_until <= :now, true)
                ORDER BY ask_at LIMIT :most FOR UPDATE SKIP LOCKED)
            RETURNING p.parcel_id, greatest(s.sent_at, p.came_at) AS sent_at, p.promised_date, coalesce(p.name, s.name) AS name,
                coalesce(p.line1, s.line1) AS line1, coalesce(p.city, s.city) AS city, coalesce(p.pincode, s.pincode) AS pincode,
                EXISTS (SELECT FROM order_collection c WHERE c.order_id = s.order_id) AS collected
            """)
    List<DueParcel> takeDue(Instant now, Instant until, int most);

    /** Those parcels of a shipment that its carrier may have taken, as far as is known here not yet. */
    @SqlQuery("""
            SELECT p.parcel_id, greatest(s.sent_at, p.came_at) AS sent_at, p.promised_date, coalesce(p.name, s.name) AS name,
                coalesce(p.line1, s.line1) AS line1, coalesce(p.city, s.city) AS city, coalesce(p.pincode, s.pincode) AS pincode,
                EXISTS (SELECT FROM order_collection c WHERE c.order_id = s.order_id) AS collected
            FROM parcel p JOIN shipment s USING (order_id)
            WHERE s.tracking_id = :trackingId AND p.status = 'created' AND p.ask_at IS NOT NULL
            """)
    List<DueParcel> notTaken(String trackingId);

    @SqlUpdate("""
            UPDATE parcel SET ask_at = :askAt, asked_until = NULL
            WHERE parcel_id = :parcel AND status NOT IN ('delivered', 'cancelled')
            """)
    void askNext(ParcelId parcel, Optional<Instant> askAt);

    /** A parcel without its contents and its past. */
    record StandingParcel(
            ParcelId parcelId,
            Optional<OrderId> forOrder,
            ParcelStatus status,
            Optional<LocationId> shipsFrom,
            Optional<String> shipsFromName,
            LocalDate promisedDate,
            Optional<LocalDate> expectedDate,
            Optional<Instant> askAt,
            Optional<LocalDate> awaitedOn,
            Optional<String> goesTo,
            Optional<ReturnId> forReturn) {}

    /** @param sentAt when it could leave first */
    record DueParcel(
            ParcelId parcelId,
            Instant sentAt,
            LocalDate promisedDate,
            String name,
            String line1,
            String city,
            String pincode,
            boolean collected) {
        Address address() {
            return new Address(name, line1, city, pincode);
        }
    }
}
