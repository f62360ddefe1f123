package io.journeyman.fulfillment.move;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.AddressChange;
import io.journeyman.contracts.Fulfillment.AddressChangeQuote;
import io.journeyman.contracts.Fulfillment.ChangeAddress;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.QuoteAddressChange;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.Problem;
import io.journeyman.fulfillment.address.AddressCheck;
import io.journeyman.fulfillment.delivery.DeliveryDesk;
import io.journeyman.fulfillment.move.MoveTable.Going;
import io.journeyman.fulfillment.move.MoveTable.Moving;
import io.journeyman.kit.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Shipments that go to another address than at first: those of their parcels that have not left. What has left stays where it went. No
 * parcel is promised for an earlier day by it. Each method runs in the caller's transaction.
 */
public final class Moves {
    private final DeliveryDesk desk;
    private final InstantSource clock;

    public Moves(DeliveryDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    /** @throws ProblemException unknown_shipment, already_shipped, cancelled, option_gone, address_invalid */
    public AddressChangeQuote quote(Handle handle, QuoteAddressChange asked) {
        var table = handle.attach(MoveTable.class);
        Moving shipment = table.find(asked.trackingId()).orElseThrow(Moves::unknown);
        List<Going> here = here(table, shipment);
        Address address = AddressCheck.checked(asked.address());
        DeliveryOption there = option(shipment, address, asked.goods());
        DeliveryOption before = option(shipment, table.address(shipment.orderId()), asked.goods());
        LocalDate promised = here.stream()
                .map(parcel -> promised(shipment, parcel, address))
                .max(Comparator.naturalOrder())
                .orElse(shipment.promisedDate());
        return new AddressChangeQuote(
                shipment.optionId(),
                there.label(),
                before.fee(),
                there.fee(),
                promised,
                staying(table, table.gone(shipment.orderId())));
    }

    /** @throws ProblemException unknown_shipment, already_shipped, cancelled, option_gone, change_differs, address_invalid */
    public AddressChange change(Handle handle, ChangeAddress wanted) {
        var table = handle.attach(MoveTable.class);
        Instant now = clock.instant();
        Address address = AddressCheck.wellFormed(wanted.address());
        Moving shipment = table.lock(wanted.trackingId()).orElseThrow(Moves::unknown);
        if (!table.open(wanted.changeId(), shipment.orderId(), now)) {
            if (!table.isOf(wanted.changeId(), shipment.orderId())) {
                throw problem(409, "change_differs", "That change was one of another shipment.");
            }
            return new AddressChange(
                    wanted.changeId(),
                    shipment.orderId(),
                    shipment.promisedDate(),
                    staying(table, table.stayed(wanted.changeId())));
        }
        List<Going> here = here(table, shipment);
        if (!desk.offers(shipment.optionId(), address)) {
            throw optionGone();
        }
        List<ParcelId> gone = table.gone(shipment.orderId());
        LocalDate last = shipment.promisedDate();
        for (Going parcel : here) {
            LocalDate promised = promised(shipment, parcel, address);
            table.promise(parcel.parcelId(), promised, now);
            last = promised.isAfter(last) ? promised : last;
        }
        if (gone.isEmpty()) {
            table.move(shipment.orderId(), address, last, now);
        } else {
            here.forEach(parcel -> table.move(parcel.parcelId(), address));
            table.promise(shipment.orderId(), last, now);
            table.stayed(wanted.changeId(), gone);
        }
        return new AddressChange(wanted.changeId(), shipment.orderId(), last, staying(table, gone));
    }

    private static Optional<List<ParcelLine>> staying(MoveTable table, List<ParcelId> gone) {
        return Optional.of(gone).filter(some -> !some.isEmpty()).map(table::contents);
    }

    private LocalDate promised(Moving shipment, Going parcel, Address address) {
        LocalDate earliest = desk.earliest(
                shipment.optionId(), address, parcel.from(), parcel.awaitedOn().orElse(LocalDate.MIN));
        return earliest.isAfter(parcel.promisedDate()) ? earliest : parcel.promisedDate();
    }

    private DeliveryOption option(Moving shipment, Address address, Money goods) {
        return desk.options(address, goods).stream()
                .filter(option -> option.optionId().equals(shipment.optionId()))
                .findFirst()
                .orElseThrow(Moves::optionGone);
    }

    /** What of it has not left, which is something. */
    private static List<Going> here(MoveTable table, Moving shipment) {
        if (shipment.status() == ShipmentStatus.cancelled) {
            throw problem(409, "cancelled", "The parcels of that order were cancelled.");
        }
        List<Going> here = table.here(shipment.orderId());
        if (here.isEmpty()) {
            throw problem(
                    409,
                    "already_shipped",
                    "All parcels of that order have left; where they go cannot be changed any more.",
                    "Say so; offer to return what comes.");
        }
        return here;
    }

    private static ProblemException unknown() {
        return problem(404, "unknown_shipment", "There is no such shipment.");
    }

    private static ProblemException optionGone() {
        return problem(
                409,
                "option_gone",
                "The delivery that was chosen is not offered to that address.",
                "Offer to keep the address, or to cancel the order and place it anew.");
    }

    private static ProblemException problem(int status, String code, String detail, String... suggestions) {
        return new ProblemException(Problem.of(status, code, detail, suggestions));
    }
}
