package io.journeyman.fulfillment.shipment;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.AwaitedLine;
import io.journeyman.contracts.Fulfillment.AwaitedPieces;
import io.journeyman.contracts.Fulfillment.CollectAt;
import io.journeyman.contracts.Fulfillment.CollectionPoint;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Fulfillment.Origin;
import io.journeyman.contracts.Fulfillment.SendBack;
import io.journeyman.contracts.Fulfillment.SendShipment;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.Fulfillment.TrackParcels;
import io.journeyman.contracts.Fulfillment.TrackedOrder;
import io.journeyman.contracts.Fulfillment.TrackedOrders;
import io.journeyman.contracts.Fulfillment.TrackedSendBack;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Problem;
import io.journeyman.fulfillment.Piece;
import io.journeyman.fulfillment.address.AddressCheck;
import io.journeyman.fulfillment.address.SavedAddressTable;
import io.journeyman.fulfillment.carrier.Carrier;
import io.journeyman.fulfillment.collection.OrderCollections;
import io.journeyman.fulfillment.delivery.DeliveryDesk;
import io.journeyman.fulfillment.origin.OriginTable;
import io.journeyman.fulfillment.parcel.Parcels;
import io.journeyman.kit.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * One shipment per order, keyed by the order: created once however often it is asked for, and never when it was cancelled
 * first. What lies in different places goes in parcels of their own, which leave when the shipment is sent; what is collected waits in its
 * store. Each method runs in the caller's transaction.
 */
public final class Shipments {
    /** Of so many orders a customer is told at once. */
    private static final int MOST_TRACKED = 5;

    private final DeliveryDesk desk;
    private final Parcels parcels;
    private final OrderCollections collections;
    private final Carrier carrier;
    private final InstantSource clock;

    public Shipments(
            DeliveryDesk desk, Parcels parcels, OrderCollections collections, Carrier carrier, InstantSource clock) {
        this.desk = desk;
        this.parcels = parcels;
        this.collections = collections;
        this.carrier = carrier;
        this.clock = clock;
    }

    /** @throws ProblemException cancelled, option_gone, shipment_differs, address_invalid */
    public Shipment create(Handle handle, CreateShipment wanted) {
        var table = handle.attach(ShipmentTable.class);
        Address address = AddressCheck.wellFormed(wanted.address());
        List<Piece> pieces = Piece.shipped(wanted.lines());
        Optional<Collectable> store = wanted.collect().map(at -> collectable(handle, wanted, at));
        if (store.isEmpty()) {
            requireOption(wanted.optionId(), address);
        }
        List<Packed> packed = store.map(at -> List.of(at.parcel(pieces, wanted.promisedDate())))
                .orElseGet(() -> packed(handle, wanted, address));
        if (open(handle, wanted, address, packed, Optional.empty())) {
            store.ifPresent(at -> collections.create(handle, wanted.orderId(), at.point()));
            return find(handle, wanted.orderId());
        }
        Shipment standing = find(handle, wanted.orderId());
        return switch (standing.status()) {
            case cancelled -> throw problem(409, "cancelled", "The parcel of that order was cancelled.");
            case created, shipped, delivered -> {
                boolean same = table.pieces(wanted.orderId()).equals(pieces)
                        && table.option(wanted.orderId()).equals(wanted.optionId())
                        && table.address(wanted.orderId()).equals(address)
                        && collections.isIn(
                                handle, wanted.orderId(), wanted.collect().map(CollectAt::storeId));
                if (!same) {
                    throw problem(409, "shipment_differs", "That order's parcel stands with other contents.");
                }
                yield standing;
            }
        };
    }

    /** False when there is one already, or its tombstone. @param back of what goes back to a customer */
    private boolean open(
            Handle handle, CreateShipment wanted, Address address, List<Packed> packed, Optional<SendBack> back) {
        var table = handle.attach(ShipmentTable.class);
        LocalDate promised = packed.stream()
                .map(Packed::promised)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        String trackingId = trackingId();
        boolean first = table.create(
                wanted.orderId(),
                trackingId,
                promised,
                wanted.optionId(),
                address,
                back.map(SendBack::returnId),
                back.map(SendBack::because),
                clock.instant());
        if (first) {
            Piece.shipped(wanted.lines())
                    .forEach(piece -> table.addLine(wanted.orderId(), piece.sku(), piece.quantity()));
            for (int i = 0; i < packed.size(); i++) {
                Packed parcel = packed.get(i);
                parcels.create(
                        handle,
                        wanted.orderId(),
                        trackingId,
                        i + 1,
                        parcel.from(),
                        parcel.pieces(),
                        parcel.promised(),
                        parcel.awaitedOn());
            }
        }
        return first;
    }

    /**
     * What goes back to a customer after a return, to where they live now as far as one knows: a claim may come years after its order.
     * The same again answers the one that stands, wherever it goes.
     *
     * @throws ProblemException unknown_order, cancelled, shipment_differs, address_invalid
     */
    public Shipment sendBack(Handle handle, SendBack wanted) {
        var table = handle.attach(ShipmentTable.class);
        Address address = handle.attach(SavedAddressTable.class)
                .find(wanted.customerId())
                .or(() -> table.wentTo(wanted.customerId(), wanted.orderId()))
                .map(AddressCheck::wellFormed)
                .orElseThrow(() ->
                        problem(404, "unknown_order", "No address of that customer, or of that order, is known."));
        var parcel = new CreateShipment(
                wanted.shipmentId(), DeliveryDesk.STANDARD, address, wanted.lines(), LocalDate.EPOCH, Optional.empty());
        if (open(handle, parcel, address, packed(handle, parcel, address), Optional.of(wanted))) {
            return find(handle, wanted.shipmentId());
        }
        if (table.lock(wanted.shipmentId()).equals(Optional.of(ShipmentStatus.cancelled))) {
            throw problem(409, "cancelled", "That shipment was cancelled.");
        }
        boolean same = table.goesBack(wanted.shipmentId(), wanted.returnId(), wanted.because())
                && table.pieces(wanted.shipmentId()).equals(Piece.shipped(wanted.lines()));
        if (!same) {
            throw problem(
                    409,
                    "shipment_differs",
                    "That shipment stands with other contents, or something goes back for that return already.");
        }
        return find(handle, wanted.shipmentId());
    }

    /**
     * Its order is confirmed: the parcels may leave. The same again changes nothing.
     *
     * @throws ProblemException unknown_shipment, cancelled, shipment_differs
     */
    public Shipment send(Handle handle, OrderId order, SendShipment wanted) {
        var table = handle.attach(ShipmentTable.class);
        Instant now = clock.instant();
        if (table.send(order, wanted.forOrder(), wanted.customerId(), now)) {
            parcels.send(handle, order, carrier.firstAsked(now));
            return find(handle, order);
        }
        Shipment standing = find(handle, order);
        if (standing.status() == ShipmentStatus.cancelled) {
            throw problem(409, "cancelled", "The parcels of that order were cancelled.");
        }
        if (!table.sentFor(order, wanted.forOrder(), wanted.customerId())) {
            throw problem(409, "shipment_differs", "That shipment was sent for another order or customer.");
        }
        return standing;
    }

    /**
     * What is known of pieces that the shipment waits for: a parcel whose pieces are here may leave.
     *
     * @throws ProblemException unknown_shipment
     */
    public Shipment tellAwaited(Handle handle, OrderId order, AwaitedPieces known) {
        var table = handle.attach(ShipmentTable.class);
        if (table.lock(order)
                .filter(status -> status != ShipmentStatus.cancelled)
                .isPresent()) {
            for (AwaitedLine line : known.lines()) {
                Address address = table.address(order, line.sku());
                line.shipsFrom()
                        .ifPresent(from -> parcels.come(
                                handle,
                                order,
                                line.sku(),
                                from,
                                desk.earliest(table.option(order), address, pincode(handle, Optional.of(from))),
                                carrier.firstAsked(clock.instant())));
                line.dueOn()
                        .filter(day -> line.shipsFrom().isEmpty())
                        .ifPresent(day -> parcels.comesOn(
                                handle,
                                order,
                                line.sku(),
                                day,
                                desk.earliest(table.option(order), address, Optional.empty(), day)));
            }
        }
        return find(handle, order);
    }

    private static Optional<String> pincode(Handle handle, Optional<LocationId> from) {
        return from.flatMap(handle.attach(OriginTable.class)::find).map(Origin::pincode);
    }

    /** Cancels all parcels; when there are none yet, sees to it that there never will be. */
    public Shipment cancel(Handle handle, OrderId order) {
        var table = handle.attach(ShipmentTable.class);
        if (!table.tombstone(order, clock.instant())) {
            if (table.cancel(order, clock.instant())) {
                parcels.cancelAll(handle, order);
            } else if (find(handle, order).status() != ShipmentStatus.cancelled) {
                throw problem(409, "already_shipped", "A parcel of that order has left already.");
            }
        }
        return find(handle, order);
    }

    /** @throws ProblemException unknown_shipment */
    public Shipment find(Handle handle, OrderId order) {
        var shipment = handle.attach(ShipmentTable.class)
                .find(order)
                .orElseThrow(() -> problem(404, "unknown_shipment", "That order has no parcel."));
        return new Shipment(
                order,
                shipment.status(),
                shipment.trackingId(),
                shipment.promisedDate(),
                parcels.of(handle, order),
                parcels.newsExpectedAt(handle, order),
                collections.of(handle, order));
    }

    /** @throws ProblemException unknown_shipment */
    public Shipment findTracked(Handle handle, String trackingId) {
        return handle.attach(ShipmentTable.class)
                .tracked(trackingId)
                .map(order -> find(handle, order))
                .orElseThrow(() -> problem(404, "unknown_shipment", "There is no such shipment."));
    }

    /** The customer's own: of the order asked for, or of the latest five. Others' parcels do not exist here. */
    public TrackedOrders track(Handle handle, TrackParcels asked) {
        var table = handle.attach(ShipmentTable.class);
        return new TrackedOrders(
                table.sentTo(asked.customerId(), asked.orderId(), MOST_TRACKED).stream()
                        .map(sent -> new TrackedOrder(
                                sent.forOrder(),
                                sent.status(),
                                sent.trackingId(),
                                sent.promisedDate(),
                                parcels.of(handle, sent.orderId()),
                                collections.of(handle, sent.orderId())))
                        .toList(),
                table.sentBackTo(asked.customerId(), asked.orderId(), MOST_TRACKED).stream()
                        .map(back -> new TrackedSendBack(
                                back.forReturn(),
                                back.forOrder(),
                                back.because(),
                                back.status(),
                                back.trackingId(),
                                back.promisedDate(),
                                parcels.of(handle, back.orderId())))
                        .toList());
    }

    /** What leaves from one place at one time. */
    private record Packed(
            Optional<LocationId> from, List<Piece> pieces, LocalDate promised, Optional<LocalDate> awaitedOn) {}

    /**
     * In the order of the places' ids, then what is still to come, each variant by itself. Each comes on the quoted day, unless only a
     * later one can be kept from where it lies; what is still to come has a day of its own.
     */
    private List<Packed> packed(Handle handle, CreateShipment wanted, Address address) {
        var places = new TreeMap<String, List<ShippedLine>>();
        wanted.lines().stream()
                .filter(line -> line.comesOn().isEmpty())
                .forEach(line -> places.computeIfAbsent(
                                line.shipsFrom().map(LocationId::value).orElse(""), place -> new ArrayList<>())
                        .add(line));
        return Stream.concat(
                        places.values().stream(),
                        wanted.lines().stream()
                                .filter(line -> line.comesOn().isPresent())
                                .map(List::of))
                .map(lines -> packed(handle, wanted, address, lines))
                .toList();
    }

    private Packed packed(Handle handle, CreateShipment wanted, Address address, List<ShippedLine> lines) {
        Optional<LocationId> from = lines.getFirst().shipsFrom();
        Optional<LocalDate> comesOn = lines.getFirst().comesOn();
        LocalDate earliest =
                desk.earliest(wanted.optionId(), address, pincode(handle, from), comesOn.orElse(LocalDate.MIN));
        return new Packed(
                from,
                Piece.shipped(lines),
                comesOn.isPresent() || earliest.isAfter(wanted.promisedDate()) ? earliest : wanted.promisedDate(),
                comesOn);
    }

    /** What is collected is one parcel, in one store, kept as its customer was told, or longer where it cannot be ready by then. */
    private record Collectable(CollectionPoint point, LocalDate promised) {
        Packed parcel(List<Piece> pieces, LocalDate quoted) {
            return new Packed(
                    Optional.of(point.storeId()),
                    pieces,
                    promised.isAfter(quoted) ? promised : quoted,
                    Optional.empty());
        }
    }

    private Collectable collectable(Handle handle, CreateShipment wanted, CollectAt at) {
        DeliveryOption now = handle.attach(OriginTable.class)
                .find(at.storeId())
                .filter(store -> wanted.optionId().equals(DeliveryDesk.COLLECT))
                .flatMap(desk::collection)
                .orElseThrow(() -> problem(409, "option_gone", "That store hands over no orders."));
        CollectionPoint point = now.collect().orElseThrow();
        Instant until = point.keepUntil().isAfter(at.keepUntil()) ? point.keepUntil() : at.keepUntil();
        return new Collectable(
                new CollectionPoint(point.storeId(), point.name(), point.pincode(), until), now.promisedDate());
    }

    private void requireOption(String optionId, Address address) {
        if (!desk.offers(optionId, address)) {
            throw problem(409, "option_gone", "That delivery option is not offered to that address.");
        }
    }

    private static String trackingId() {
        return "JM"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 14).toUpperCase(Locale.ROOT);
    }

    private static ProblemException problem(int status, String code, String detail) {
        return new ProblemException(Problem.of(status, code, detail));
    }
}
