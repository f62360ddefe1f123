package io.journeyman.inventory.booking;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Inventory.SendTransfer;
import io.journeyman.contracts.Inventory.Transfer;
import io.journeyman.contracts.Inventory.TransferStatus;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.booking.Booking.Kind;
import io.journeyman.inventory.stock.Assortment;
import io.journeyman.inventory.stock.GoodsLedger;
import io.journeyman.inventory.stock.StockLines;
import io.journeyman.inventory.stock.StockLines.Pieces;
import io.journeyman.kit.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Pieces on their way from one place to another: in_transit → arrived, or cancelled and back where they came from. In between they
 * are nowhere, so that nobody buys what lies in a van. They come in exactly once; cancelled is for ever, also when it comes before
 * the transfer. Each method runs in the caller's transaction, as those of {@link Bookings} do.
 */
public final class Transfers {
    private final InstantSource clock;

    public Transfers(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws ProblemException same_place, unknown_variant, unknown_location, line_twice, booking_differs, not_free */
    public Transfer send(Handle handle, SendTransfer wanted, String caller) {
        var table = handle.attach(BookingTable.class);
        StockLines lines = StockLines.ofUnits(wanted.lines());
        if (wanted.fromId().equals(wanted.toId())) {
            throw new ProblemException(Problem.of(422, "same_place", "A transfer goes from one place to another."));
        }
        Assortment.require(handle, wanted.fromId());
        Assortment.require(handle, wanted.toId());
        Assortment.require(handle, lines.skus());
        Instant now = clock.instant();
        Booking booking = Booking.of(wanted, caller, now);
        if (!table.open(booking)) {
            return again(table, booking, lines);
        }
        table.addLines(booking.id(), lines.skus(), lines.units());
        var ledger = handle.attach(GoodsLedger.class);
        List<Sku> refused = lines.all().stream()
                .filter(line -> !ledger.send(booking.id(), line.sku(), wanted.fromId(), line.units(), now))
                .map(Pieces::sku)
                .toList();
        if (!refused.isEmpty()) {
            throw Bookings.notFree(refused, "Send fewer, or send them from another place.");
        }
        return transfer(booking, lines);
    }

    /** @throws ProblemException unknown_transfer, transfer_cancelled */
    public Transfer arrive(Handle handle, BookingId id) {
        var table = handle.attach(BookingTable.class);
        Booking booking = known(table.lock(id));
        switch (booking.status().orElseThrow()) {
            case arrived -> {}
            case cancelled ->
                throw new ProblemException(Problem.of(
                        409,
                        "transfer_cancelled",
                        "That transfer was cancelled; its pieces are where they came from."));
            case in_transit -> comeIn(handle, booking, booking.destination().orElseThrow(), TransferStatus.arrived);
        }
        return find(handle, id);
    }

    /** @throws ProblemException transfer_arrived */
    public Transfer cancel(Handle handle, BookingId id, String caller) {
        var table = handle.attach(BookingTable.class);
        if (table.open(Booking.tombstone(id, Kind.transfer, caller, clock.instant()))) {
            return find(handle, id);
        }
        Booking booking = known(table.lock(id));
        switch (booking.status().orElseThrow()) {
            case cancelled -> {}
            case arrived ->
                throw new ProblemException(Problem.of(
                        409, "transfer_arrived", "That transfer has arrived. Send its pieces back by another one."));
            case in_transit -> comeIn(handle, booking, booking.location().orElseThrow(), TransferStatus.cancelled);
        }
        return find(handle, id);
    }

    /** @throws ProblemException unknown_transfer */
    public Transfer find(Handle handle, BookingId id) {
        var table = handle.attach(BookingTable.class);
        return transfer(known(table.find(id)), table.lines(id));
    }

    private void comeIn(Handle handle, Booking booking, LocationId where, TransferStatus as) {
        var table = handle.attach(BookingTable.class);
        Instant now = clock.instant();
        table.turn(booking.id(), as, now);
        handle.attach(GoodsLedger.class)
                .takeIn(MovementKind.transferred, booking.id(), table.lines(booking.id()), where, now);
    }

    /** A transfer that was cancelled before it came says nothing of its content; any other one must be the same. */
    private static Transfer again(BookingTable table, Booking wanted, StockLines lines) {
        Booking standing = table.lock(wanted.id()).orElseThrow();
        return standing.kind() == Kind.transfer && standing.location().isEmpty()
                ? transfer(standing, new StockLines(List.of()))
                : transfer(table.standing(wanted, lines), lines);
    }

    private static Booking known(Optional<Booking> booking) {
        return booking.filter(one -> one.kind() == Kind.transfer)
                .orElseThrow(
                        () -> new ProblemException(Problem.of(404, "unknown_transfer", "There is no such transfer.")));
    }

    private static Transfer transfer(Booking booking, StockLines lines) {
        return new Transfer(
                booking.id(),
                booking.status().orElseThrow(),
                booking.location(),
                booking.destination(),
                lines.asUnits());
    }
}
