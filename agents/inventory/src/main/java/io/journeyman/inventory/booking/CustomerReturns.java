package io.journeyman.inventory.booking;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Inventory.ReturnedStock;
import io.journeyman.contracts.Inventory.TakeBackReturn;
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
import org.jdbi.v3.core.Handle;

/**
 * Pieces that customers sent back: arrived, in stock; or cancelled, taken off again. They come in exactly once; cancelled is for ever,
 * also when it comes before the return. What nobody can sell again is written off as it comes in, so that no order ever gets it. Each
 * method runs in the caller's transaction, as those of {@link Bookings} do.
 */
public final class CustomerReturns {
    private final InstantSource clock;

    public CustomerReturns(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws ProblemException unknown_variant, unknown_location, line_twice, booking_differs */
    public ReturnedStock takeBack(Handle handle, TakeBackReturn wanted, String caller) {
        var table = handle.attach(BookingTable.class);
        StockLines lines = StockLines.ofUnits(wanted.lines());
        LocationId where = wanted.locationId().or(table::firstPlace).orElseThrow(Assortment::unknownLocation);
        Assortment.require(handle, where);
        Assortment.require(handle, lines.skus());
        Instant now = clock.instant();
        Booking booking = Booking.of(wanted, where, caller, now);
        if (!table.open(booking)) {
            return again(table, booking, lines);
        }
        table.addLines(booking.id(), lines.skus(), lines.units());
        var ledger = handle.attach(GoodsLedger.class);
        ledger.takeIn(MovementKind.returned, booking.id(), lines, where, now);
        if (isWrittenOff(booking)) {
            for (Pieces line : lines.all()) {
                boolean writtenOff = ledger.adjust(booking.id(), line.sku(), where, -line.units(), now);
                if (!writtenOff) {
                    throw new IllegalStateException("what return " + booking.id() + " brought is not there");
                }
            }
        }
        return returned(booking, lines);
    }

    private static boolean isWrittenOff(Booking booking) {
        return booking.reason().isPresent();
    }

    /** @throws ProblemException booking_differs, not_free */
    public ReturnedStock cancel(Handle handle, BookingId id, String caller) {
        var table = handle.attach(BookingTable.class);
        Instant now = clock.instant();
        if (table.open(Booking.tombstone(id, Kind.customer_return, caller, now))) {
            return returned(table.find(id).orElseThrow(), new StockLines(List.of()));
        }
        Booking booking = table.lock(id).orElseThrow();
        if (booking.kind() != Kind.customer_return) {
            throw new ProblemException(Problem.of(
                    409, "booking_differs", "That id stands with other content. Give a new booking a new id."));
        }
        if (booking.status().orElseThrow() == TransferStatus.arrived) {
            if (!isWrittenOff(booking)) {
                takeOff(handle, booking, table.lines(id), now);
            }
            table.turn(id, TransferStatus.cancelled, now);
        }
        return returned(table.find(id).orElseThrow(), table.lines(id));
    }

    private static void takeOff(Handle handle, Booking booking, StockLines lines, Instant now) {
        var ledger = handle.attach(GoodsLedger.class);
        LocationId where = booking.location().orElseThrow();
        List<Sku> refused = lines.all().stream()
                .filter(line -> !ledger.takeOff(booking.id(), line.sku(), where, line.units(), now))
                .map(Pieces::sku)
                .toList();
        if (!refused.isEmpty()) {
            throw Bookings.notFree(refused, "Cancel first what holds them, or correct the count.");
        }
    }

    /** One that was cancelled before it came says nothing of its content; any other one must be the same. */
    private static ReturnedStock again(BookingTable table, Booking wanted, StockLines lines) {
        Booking standing = table.lock(wanted.id()).orElseThrow();
        return standing.kind() == Kind.customer_return && standing.location().isEmpty()
                ? returned(standing, new StockLines(List.of()))
                : returned(table.standing(wanted, lines), lines);
    }

    private static ReturnedStock returned(Booking booking, StockLines lines) {
        return new ReturnedStock(booking.id(), booking.status().orElseThrow(), booking.location(), lines.asUnits());
    }
}
