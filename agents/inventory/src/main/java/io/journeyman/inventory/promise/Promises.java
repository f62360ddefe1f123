package io.journeyman.inventory.promise;

import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.ShopTime;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.promise.IncomingLedger.Change;
import io.journeyman.inventory.stock.StockLines;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Pieces that are sold before they are there: promised to a hold out of one announced delivery, and its own when they come, the oldest
 * promise first. A delivery that brings fewer keeps its oldest promises; the others go to the next one that has room, or stay unserved
 * until one is announced, which then takes the oldest first.
 *
 * <p>Each method runs in the caller's transaction. Whoever changes promises of a variant locks that variant first, after its hold, or
 * its booking and delivery, and before any stock row: so what a hold waits for does not change between the look and the change.
 */
public final class Promises {
    /** Unserved promises that one announcement takes; the next one takes others. */
    private static final int MOST_TAKEN = 1_000;

    /** Who waits takes any later day: the customer hears of it, and may cancel. */
    private static final LocalDate ANY_DAY = LocalDate.of(9999, 12, 31);

    private Promises() {}

    /**
     * Pieces of one variant that a hold waits for.
     *
     * @param deliveryId empty, as {@code dueOn}, where nothing is to come for it
     * @param dueBy the latest day that it had agreed to
     * @param location where those of them lie that have come
     */
    public record Waiting(
            HoldId holdId,
            Sku sku,
            int pieces,
            Optional<DeliveryId> deliveryId,
            Optional<LocalDate> dueOn,
            LocalDate dueBy,
            Optional<LocationId> location) {}

    public static void lock(Handle handle, Collection<Sku> skus) {
        handle.attach(PromiseTable.class)
                .lock(skus.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Sku::value))
                        .toList());
    }

    /** Locks what a hold waits for, and then tells it. */
    public static List<Waiting> lock(Handle handle, HoldId hold) {
        lock(handle, of(handle, hold).stream().map(Waiting::sku).toList());
        return of(handle, hold);
    }

    public static List<Waiting> of(Handle handle, HoldId hold) {
        return handle.attach(PromiseTable.class).of(hold);
    }

    /** False when no delivery that is due by then has room for all of it. @param place only what is announced for it, where one is named */
    public static boolean give(
            Handle handle,
            HoldId hold,
            Sku sku,
            int quantity,
            LocalDate dueBy,
            Optional<LocationId> place,
            Instant now) {
        var table = handle.attach(PromiseTable.class);
        Optional<DeliveryId> delivery = table.withRoom(sku, quantity, ShopTime.dayOf(now), dueBy, place)
                .filter(one ->
                        handle.attach(IncomingLedger.class).promise(hold, one, sku, quantity, Change.promised, now));
        delivery.ifPresent(one -> table.add(hold, sku, one, quantity, dueBy, now));
        return delivery.isPresent();
    }

    /** A hold ends, and waits no more; what it waited for stays known, in case it is renewed. */
    public static void end(Handle handle, HoldId hold, boolean expired, Instant now) {
        var table = handle.attach(PromiseTable.class);
        for (Waiting line : of(handle, hold)) {
            if (line.deliveryId().isPresent()) {
                giveUp(handle, hold, line, line.pieces(), expired ? Change.expired : Change.given_back, now);
                table.move(hold, line.sku(), Optional.empty());
            }
        }
    }

    /** Some pieces of what a hold waits for are not wanted any more. */
    public static void lessen(Handle handle, HoldId hold, Waiting line, int pieces, Instant now) {
        var table = handle.attach(PromiseTable.class);
        giveUp(handle, hold, line, pieces, Change.given_back, now);
        if (!table.lessen(hold, line.sku(), pieces)) {
            table.drop(hold, line.sku());
        }
    }

    /** A hold that is placed afresh begins with no promise. */
    public static void forget(Handle handle, HoldId hold) {
        handle.attach(PromiseTable.class).dropAll(hold);
    }

    /** A delivery brings at most {@code keep} more pieces of a variant: the newest promises beyond them wait for none. */
    public static void cut(Handle handle, DeliveryId delivery, Sku sku, int keep, Instant now) {
        handle.attach(IncomingLedger.class).takeOff(delivery, sku, keep, now);
    }

    /** Those who wait for none get what there is room for, the oldest first. */
    public static void settle(Handle handle, List<Sku> skus, Instant now) {
        var table = handle.attach(PromiseTable.class);
        var ledger = handle.attach(IncomingLedger.class);
        for (Waiting line : table.unserved(skus, MOST_TAKEN)) {
            table.withRoom(line.sku(), line.pieces(), ShopTime.dayOf(now), ANY_DAY, line.location())
                    .filter(delivery ->
                            ledger.promise(line.holdId(), delivery, line.sku(), line.pieces(), Change.moved_in, now))
                    .ifPresent(delivery -> table.move(line.holdId(), line.sku(), Optional.of(delivery)));
        }
    }

    /** Pieces that came, and are in stock, go to those who wait for them. @param promised so many of what came */
    public static void serve(Handle handle, DeliveryId delivery, LocationId where, StockLines promised, Instant now) {
        if (!promised.all().isEmpty()) {
            handle.attach(IncomingLedger.class).serve(delivery, where, promised.skus(), promised.units(), now);
        }
    }

    private static void giveUp(Handle handle, HoldId hold, Waiting line, int pieces, Change why, Instant now) {
        line.deliveryId().ifPresent(delivery -> {
            if (!handle.attach(IncomingLedger.class).giveUp(hold, delivery, line.sku(), pieces, why, now)) {
                throw new IllegalStateException("delivery " + delivery + " and hold " + hold + " disagree");
            }
        });
    }
}
