package io.journeyman.fulfillment.parcel;

import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.Sku;
import io.journeyman.fulfillment.Piece;
import io.journeyman.fulfillment.parcel.ParcelTable.StandingParcel;
import io.journeyman.kit.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A shipment's parcels and what their carrier tells. An event counts once, by its id; in whatever order events come in, the parcel
 * stands the same in the end. Each method runs in the caller's transaction.
 */
public final class Parcels {
    static final int MOST_EVENTS = 200;

    /** A carrier's clock may be ahead of ours by so much. */
    static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final InstantSource clock;

    public Parcels(InstantSource clock) {
        this.clock = clock;
    }

    /** @param position from 1, among the shipment's parcels @param awaitedOn the day on which its pieces are due, where they are not here */
    public void create(
            Handle handle,
            OrderId order,
            String trackingId,
            int position,
            Optional<LocationId> shipsFrom,
            List<Piece> pieces,
            LocalDate promisedDate,
            Optional<LocalDate> awaitedOn) {
        var table = handle.attach(ParcelTable.class);
        var parcel = new ParcelId(trackingId + "-" + position);
        table.create(parcel, order, position, shipsFrom, promisedDate, awaitedOn, clock.instant());
        pieces.forEach(piece -> table.addLine(parcel, piece.sku(), piece.quantity()));
    }

    public void cancelAll(Handle handle, OrderId order) {
        handle.attach(ParcelTable.class).cancelAll(order, clock.instant());
    }

    /** They may leave; their carrier is asked about them first at that instant, if it is asked at all. */
    public void send(Handle handle, OrderId order, Optional<Instant> firstAsked) {
        handle.attach(ParcelTable.class).askAboutAll(order, firstAsked);
    }

    /** Pieces that parcels waited for are here: these leave from there. @param firstAsked when their carrier is asked about them */
    public void come(
            Handle handle, OrderId order, Sku sku, LocationId from, LocalDate promised, Optional<Instant> firstAsked) {
        var table = handle.attach(ParcelTable.class);
        table.awaiting(order, sku).forEach(parcel -> table.come(parcel, from, promised, firstAsked, clock.instant()));
        table.promiseTheLast(order);
    }

    /** Pieces that parcels wait for come on that day. */
    public void comesOn(Handle handle, OrderId order, Sku sku, LocalDate dueOn, LocalDate promised) {
        var table = handle.attach(ParcelTable.class);
        table.awaiting(order, sku).forEach(parcel -> table.comesOn(parcel, dueOn, promised, clock.instant()));
        table.promiseTheLast(order);
    }

    /**
     * What a carrier told. The same event again changes nothing.
     *
     * @throws ProblemException unknown_parcel, collected_in_store, event_in_future, event_differs, too_many_events, parcel_waits
     */
    public Parcel record(Handle handle, ParcelId parcel, ParcelEvent told) {
        var table = handle.attach(ParcelTable.class);
        OrderId order = table.lockShipment(parcel).orElseThrow(Parcels::unknown);
        if (table.isCollected(order) != (told.status() == ParcelEventStatus.ready)) {
            throw problem(
                    409,
                    "collected_in_store",
                    "Of a parcel that its customer collects in a store only ready is told, and ready of no other.",
                    "Hand it over for its pickup code, where the customer is there.");
        }
        return happened(handle, order, parcel, told);
    }

    /** What the shop itself knows of a parcel. The caller has locked its shipment. */
    public Parcel happened(Handle handle, OrderId order, ParcelId parcel, ParcelEvent told) {
        var table = handle.attach(ParcelTable.class);
        ParcelEvent event = asKept(told);
        Instant now = clock.instant();
        if (event.happenedAt().isAfter(now.plus(CLOCKS_DIFFER))) {
            throw problem(
                    422,
                    "event_in_future",
                    "That is said to have happened more than five minutes from now.",
                    "Set the carrier's clock, or give the instant in UTC.");
        }
        if (table.find(parcel).flatMap(StandingParcel::awaitedOn).isPresent()) {
            throw problem(
                    409,
                    "parcel_waits",
                    "That parcel's pieces are not here yet.",
                    "Book the receipt of their delivery first.");
        }
        if (table.addEvent(parcel, event, now)) {
            if (table.events(parcel) > MOST_EVENTS) {
                throw problem(409, "too_many_events", "A parcel has " + MOST_EVENTS + " events at most.");
            }
            table.standAsTold(parcel, now);
            table.shipmentStandsAsParcels(order, now);
        } else if (!table.told(parcel).contains(event)) {
            throw problem(
                    409,
                    "event_differs",
                    "That event stands with other contents.",
                    "Give what happened since an event id of its own.");
        }
        return whole(table, table.find(parcel).orElseThrow(Parcels::unknown));
    }

    /** Some of them do not travel any more: the shipment stands as the others do. */
    public void shipmentStandsAsThey(Handle handle, OrderId order) {
        handle.attach(ParcelTable.class).shipmentStandsAsParcels(order, clock.instant());
    }

    public List<Parcel> of(Handle handle, OrderId order) {
        var table = handle.attach(ParcelTable.class);
        return table.of(order).stream().map(parcel -> whole(table, parcel)).toList();
    }

    /** When the carrier is asked next about any of them. */
    public Optional<Instant> newsExpectedAt(Handle handle, OrderId order) {
        return handle.attach(ParcelTable.class).of(order).stream()
                .flatMap(parcel -> parcel.askAt().stream())
                .min(Instant::compareTo);
    }

    /** Postgres keeps microseconds. */
    private static ParcelEvent asKept(ParcelEvent told) {
        return new ParcelEvent(
                told.eventId(),
                told.status(),
                told.happenedAt().truncatedTo(ChronoUnit.MICROS),
                told.reason(),
                told.expectedDate());
    }

    private static Parcel whole(ParcelTable table, StandingParcel parcel) {
        return new Parcel(
                parcel.parcelId(),
                parcel.forOrder(),
                parcel.status(),
                parcel.shipsFrom(),
                parcel.shipsFromName(),
                table.lines(parcel.parcelId()),
                parcel.promisedDate(),
                parcel.expectedDate(),
                table.told(parcel.parcelId()),
                parcel.awaitedOn(),
                parcel.goesTo());
    }

    private static ProblemException unknown() {
        return problem(
                404, "unknown_parcel", "There is no such parcel.", "Read the order's shipment for its parcels' ids.");
    }

    private static ProblemException problem(int status, String code, String detail, String... suggestions) {
        return new ProblemException(Problem.of(status, code, detail, suggestions));
    }
}
