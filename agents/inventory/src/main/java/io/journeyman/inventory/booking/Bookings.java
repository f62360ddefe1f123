package io.journeyman.inventory.booking;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Inventory.AdjustStock;
import io.journeyman.contracts.Inventory.Adjustment;
import io.journeyman.contracts.Inventory.AdjustmentReason;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Inventory.Receipt;
import io.journeyman.contracts.Inventory.ReceiveStock;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.delivery.Deliveries;
import io.journeyman.inventory.promise.Promises;
import io.journeyman.inventory.stock.Assortment;
import io.journeyman.inventory.stock.GoodsLedger;
import io.journeyman.inventory.stock.StockLines;
import io.journeyman.inventory.stock.StockLines.Pieces;
import io.journeyman.kit.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Receipts and adjustments: what staff book in one step. Each is named by whoever books it, so that the same one again, today or
 * next year, books nothing. Each method runs in the caller's transaction, which must be rolled back when it throws, and locks the
 * booking first, then its delivery, and then its stock rows in the order of their skus.
 */
public final class Bookings {
    private final InstantSource clock;
    private final Deliveries deliveries;

    public Bookings(InstantSource clock, Deliveries deliveries) {
        this.clock = clock;
        this.deliveries = deliveries;
    }

    /**
     * What came of a delivery goes first to those who wait for it.
     *
     * @throws ProblemException unknown_variant, unknown_location, line_twice, booking_differs, and what the delivery says
     */
    public Receipt receive(Handle handle, ReceiveStock wanted, String caller) {
        var table = handle.attach(BookingTable.class);
        StockLines lines = StockLines.ofUnits(wanted.lines());
        Assortment.require(handle, wanted.locationId());
        Assortment.require(handle, lines.skus());
        wanted.deliveryId().ifPresent(delivery -> deliveries.require(handle, delivery));
        Instant now = clock.instant();
        Booking booking = Booking.of(wanted, caller, now);
        if (!table.open(booking)) {
            return receipt(table.standing(booking, lines), lines);
        }
        table.addLines(booking.id(), lines.skus(), lines.units());
        Optional<StockLines> promised =
                wanted.deliveryId().map(delivery -> deliveries.came(handle, delivery, wanted.locationId(), lines));
        handle.attach(GoodsLedger.class).takeIn(MovementKind.received, booking.id(), lines, wanted.locationId(), now);
        promised.ifPresent(
                pieces -> Promises.serve(handle, wanted.deliveryId().orElseThrow(), wanted.locationId(), pieces, now));
        return receipt(booking, lines);
    }

    /** @throws ProblemException unknown_variant, unknown_location, line_twice, wrong_direction, booking_differs, not_free */
    public Adjustment adjust(Handle handle, AdjustStock wanted, String caller) {
        var table = handle.attach(BookingTable.class);
        StockLines lines = StockLines.ofChanges(wanted.lines());
        checkDirection(wanted.reason(), lines);
        Assortment.require(handle, wanted.locationId());
        Assortment.require(handle, lines.skus());
        Instant now = clock.instant();
        Booking booking = Booking.of(wanted, caller, now);
        if (!table.open(booking)) {
            return adjustment(table.standing(booking, lines), lines);
        }
        table.addLines(booking.id(), lines.skus(), lines.units());
        var ledger = handle.attach(GoodsLedger.class);
        ledger.open(lines.skus(), wanted.locationId());
        List<Sku> refused = lines.all().stream()
                .filter(line -> !ledger.adjust(booking.id(), line.sku(), wanted.locationId(), line.units(), now))
                .map(Pieces::sku)
                .toList();
        if (!refused.isEmpty()) {
            throw notFree(refused, "Adjust by fewer, or cancel first what holds them.");
        }
        return adjustment(booking, lines);
    }

    /**
     * Books what was counted in one place: the differences to what stands there. The counts are a target, so that the same ones again
     * are no difference, and their booking needs no name that the shop gives. The caller has locked the stock rows and looked that
     * nothing counted is held beyond its count.
     *
     * @throws ProblemException busy, when somebody else opened one of the rows at the same moment and holds pieces of it
     */
    public void count(Handle handle, LocationId location, Map<Sku, Integer> counts, String caller) {
        Instant now = clock.instant();
        var id = new BookingId("count-" + UUID.randomUUID());
        handle.attach(BookingTable.class).open(Booking.ofCount(id, location, caller, now));
        int set = handle.attach(GoodsLedger.class)
                .count(id, location, List.copyOf(counts.keySet()), List.copyOf(counts.values()), now);
        if (set < counts.size()) {
            throw ProblemException.tryAgain(
                    Problem.of(409, "busy", "Somebody booked the same stock at the same moment. Try again."), 1);
        }
    }

    static ProblemException notFree(List<Sku> skus, String suggestion) {
        return new ProblemException(
                Problem.of(
                        409, "not_free", "So many pieces are not there, or are held. Nothing is booked.", suggestion),
                Map.of("skus", skus));
    }

    private static void checkDirection(AdjustmentReason reason, StockLines lines) {
        boolean right = lines.units().stream().allMatch(units -> switch (reason) {
            case counted -> true;
            case found -> units > 0;
            case damaged, lost, stolen, lost_in_transit -> units < 0;
        });
        if (!right) {
            throw new ProblemException(Problem.of(
                    422, "wrong_direction", "What was found adds pieces, and what is gone takes some away."));
        }
    }

    private static Receipt receipt(Booking booking, StockLines lines) {
        return new Receipt(booking.id(), booking.location().orElseThrow(), booking.bookedAt(), lines.asUnits());
    }

    private static Adjustment adjustment(Booking booking, StockLines lines) {
        return new Adjustment(
                booking.id(),
                booking.location().orElseThrow(),
                booking.reason().orElseThrow(),
                booking.note(),
                booking.bookedBy(),
                booking.bookedAt(),
                lines.asChanges());
    }
}
