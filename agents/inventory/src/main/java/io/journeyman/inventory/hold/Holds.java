package io.journeyman.inventory.hold;

import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.AheadLine;
import io.journeyman.contracts.Inventory.GiveBack;
import io.journeyman.contracts.Inventory.HeldLine;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.Inventory.IncomingLine;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Inventory.PlaceHold;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.hold.HoldTable.StandingHold;
import io.journeyman.inventory.promise.Promises;
import io.journeyman.inventory.promise.Promises.Waiting;
import io.journeyman.inventory.stock.StockLedger;
import io.journeyman.inventory.stock.StockLedger.Place;
import io.journeyman.inventory.stock.StockLines;
import io.journeyman.inventory.stock.StockLines.Pieces;
import io.journeyman.inventory.stock.StockShelf;
import io.journeyman.kit.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The life of a hold: held → allocated, released or expired; expired → held again by renewing it; everything → released.
 *
 * <p>Promises: all lines are held or none; a hold's pieces come back exactly once, whether it is released, expires, or both
 * at the same moment; released is for ever, also when it comes before the hold. Where the caller agrees, a line that no place has is
 * promised out of a delivery that is to come; sold, it waits for it as long as that takes. Each method runs in the caller's transaction,
 * which must be rolled back when it throws, and locks the hold first, then what it waits for, and then its stock rows in the order of
 * their skus.
 */
public final class Holds {
    /** Nothing may keep stock from other customers for longer than this. */
    static final Duration LONGEST = Duration.ofDays(31);

    private static final String BEFORE_STOCK = "before_stock";

    private final InstantSource clock;

    public Holds(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Holds all lines or none. The same hold again answers the one that stands; an expired one is placed afresh. One that names
     * another hold to stand in for gets that one's pieces, where they lie, and nobody else can have them in between; when that one
     * keeps nothing any more, it is placed like any other.
     *
     * @throws ProblemException out_of_stock, hold_gone (expiresAt has passed, or the other hold's pieces were sold), hold_differs
     *     (it, or the other one, stands with other lines)
     */
    public Hold place(Handle handle, PlaceHold wanted) {
        var table = handle.attach(HoldTable.class);
        Instant now = clock.instant();
        HoldId id = wanted.holdId();
        checkStore(handle, wanted.storeId());
        if (table.open(id, HoldStatus.held, wanted.storeId(), wanted.expiresAt(), now)) {
            checkExpiry(wanted.expiresAt(), now);
            switch (wanted.insteadOf()
                    .flatMap(table::lock)
                    .map(StandingHold::status)
                    .orElse(HoldStatus.released)) {
                case held -> takeOver(handle, table, wanted.insteadOf().orElseThrow(), id, pieces(wanted), now);
                case allocated -> throw gone("What it should take over was sold.");
                case released, expired -> holdAll(handle, id, pieces(wanted), wanted.storeId(), ahead(wanted), now);
            }
            return answer(handle, id);
        }
        StandingHold standing = table.lock(id).orElseThrow();
        switch (standing.status()) {
            case released -> {}
            case held, allocated -> checkSame(pieces(handle, standing), pieces(wanted));
            case expired -> {
                checkExpiry(wanted.expiresAt(), now);
                reopen(handle, table, id, wanted.storeId(), wanted.expiresAt(), now);
                holdAll(handle, id, pieces(wanted), wanted.storeId(), ahead(wanted), now);
            }
        }
        return answer(handle, id);
    }

    /**
     * Moves the expiry, never to an earlier instant. An expired hold gets its lines again, maybe from other places.
     *
     * @throws ProblemException hold_gone
     */
    public Hold renew(Handle handle, HoldId id, Instant expiresAt) {
        var table = handle.attach(HoldTable.class);
        Instant now = clock.instant();
        StandingHold standing = table.lock(id).orElseThrow(() -> gone("There is no such hold."));
        switch (standing.status()) {
            case released -> throw gone("That hold was released.");
            case allocated -> {}
            case held -> {
                checkExpiry(expiresAt, now);
                table.prolong(id, expiresAt, now);
            }
            case expired -> {
                checkExpiry(expiresAt, now);
                SortedMap<Sku, Integer> pieces = pieces(handle, standing);
                Map<Sku, LocalDate> ahead =
                        Promises.of(handle, id).stream().collect(Collectors.toMap(Waiting::sku, Waiting::dueBy));
                reopen(handle, table, id, standing.store(), expiresAt, now);
                if (!tryHoldAll(handle, id, pieces, standing.store(), ahead, now)
                        .isEmpty()) {
                    throw gone("That hold expired, and its pieces are gone.");
                }
            }
        }
        return answer(handle, id);
    }

    /**
     * Sells what is held, and what is promised when it comes. A hold past its instant that nobody has expired yet still has its pieces,
     * and is sold.
     *
     * @throws ProblemException hold_gone, also when what it was promised is announced no more
     */
    public Hold allocate(Handle handle, HoldId id) {
        var table = handle.attach(HoldTable.class);
        Instant now = clock.instant();
        StandingHold standing = table.lock(id).orElseThrow(() -> gone("There is no such hold."));
        switch (standing.status()) {
            case released -> throw gone("That hold was released.");
            case expired -> throw gone("That hold expired; renew it first.");
            case allocated -> {}
            case held -> {
                if (standing.ahead()
                        && Promises.lock(handle, id).stream()
                                .anyMatch(line -> line.deliveryId().isEmpty())) {
                    throw gone("What it was promised is announced no more.");
                }
                table.turn(id, HoldStatus.allocated, now);
                var ledger = handle.attach(StockLedger.class);
                for (HeldLine line : table.lines(id)) {
                    must(ledger.sell(id, line.sku(), line.location(), line.quantity(), now), id);
                }
            }
        }
        return answer(handle, id);
    }

    /** Gives back what is held or allocated; when there is nothing yet, sees to it that nothing ever will be. */
    public Hold release(Handle handle, HoldId id) {
        var table = handle.attach(HoldTable.class);
        Instant now = clock.instant();
        if (table.open(id, HoldStatus.released, Optional.empty(), now, now)) {
            return answer(handle, id);
        }
        StandingHold standing = table.lock(id).orElseThrow();
        var ledger = handle.attach(StockLedger.class);
        switch (standing.status()) {
            case released -> {}
            case expired -> table.turn(id, HoldStatus.released, now);
            case held -> {
                table.turn(id, HoldStatus.released, now);
                waitNoMore(handle, standing, false, now);
                for (HeldLine line : table.lines(id)) {
                    must(
                            ledger.free(id, line.sku(), line.location(), line.quantity(), MovementKind.given_back, now),
                            id);
                }
            }
            case allocated -> {
                table.turn(id, HoldStatus.released, now);
                waitNoMore(handle, standing, false, now);
                for (HeldLine line : table.lines(id)) {
                    must(ledger.takeBack(id, line.sku(), line.location(), line.quantity(), now), id);
                }
            }
        }
        return answer(handle, id);
    }

    /**
     * Gives back some pieces of a hold, once for the id: those that are still to come first, then what it has.
     *
     * @throws ProblemException hold_gone, too_many, line_twice, booking_differs
     */
    public Hold giveBack(Handle handle, HoldId id, GiveBack wanted) {
        var table = handle.attach(HoldTable.class);
        StockLines lines = StockLines.ofUnits(wanted.lines());
        Instant now = clock.instant();
        StandingHold standing = table.lock(id).orElseThrow(() -> gone("There is no such hold."));
        if (!table.openGiveBack(wanted.giveBackId(), id, now)) {
            if (!table.givenBackOf(wanted.giveBackId()).equals(id)
                    || !table.givenBack(wanted.giveBackId()).equals(lines.all())) {
                throw new ProblemException(Problem.of(
                        409, "booking_differs", "That id stands with other content. Give a new one a new id."));
            }
            return answer(handle, id);
        }
        switch (standing.status()) {
            case released -> throw gone("That hold was released.");
            case expired -> throw gone("That hold expired.");
            case held, allocated -> {
                table.addGiveBack(wanted.giveBackId(), lines.skus(), lines.units());
                giveBack(handle, standing, lines, now);
            }
        }
        return answer(handle, id);
    }

    private static void giveBack(Handle handle, StandingHold hold, StockLines lines, Instant now) {
        var table = handle.attach(HoldTable.class);
        var ledger = handle.attach(StockLedger.class);
        Map<Sku, Waiting> waiting = (hold.ahead() ? Promises.lock(handle, hold.id()) : List.<Waiting>of())
                .stream().collect(Collectors.toMap(Waiting::sku, Function.identity()));
        Map<Sku, HeldLine> kept =
                table.lines(hold.id()).stream().collect(Collectors.toMap(HeldLine::sku, Function.identity()));
        List<Sku> tooMany = new ArrayList<>();
        for (Pieces wanted : lines.all()) {
            Optional<Waiting> toCome = Optional.ofNullable(waiting.get(wanted.sku()));
            int first = Math.min(wanted.units(), toCome.map(Waiting::pieces).orElse(0));
            int rest = wanted.units() - first;
            Optional<HeldLine> line =
                    Optional.ofNullable(kept.get(wanted.sku())).filter(has -> has.quantity() >= rest);
            if (rest > 0 && line.isEmpty()) {
                tooMany.add(wanted.sku());
                continue;
            }
            if (first > 0) {
                Promises.lessen(handle, hold.id(), toCome.orElseThrow(), first, now);
            }
            if (rest > 0) {
                LocationId place = line.orElseThrow().location();
                must(
                        hold.status() == HoldStatus.allocated
                                ? ledger.takeBack(hold.id(), wanted.sku(), place, rest, now)
                                : ledger.free(hold.id(), wanted.sku(), place, rest, MovementKind.given_back, now),
                        hold.id());
                table.lessen(hold.id(), wanted.sku(), rest);
            }
        }
        if (!tooMany.isEmpty()) {
            throw new ProblemException(
                    Problem.of(409, "too_many", "That hold does not have so many. Nothing is given back."),
                    Map.of("skus", tooMany));
        }
    }

    /** @throws ProblemException unknown_hold */
    public Hold find(Handle handle, HoldId id) {
        return answer(handle, id);
    }

    /**
     * Expires up to {@code limit} due holds, each in a transaction of its own, so that a crash leaves each one either held or
     * expired with its pieces back; any number of sweeps may run at once. Answers how many it expired.
     *
     * @throws IllegalStateException when the stock does not know the pieces of one of them, after all others have been expired
     */
    public int expireDue(Jdbi jdbi, int limit) {
        Instant now = clock.instant();
        List<HoldId> due = jdbi.withExtension(HoldTable.class, table -> table.due(now, limit));
        int expired = 0;
        List<IllegalStateException> broken = new ArrayList<>();
        for (HoldId id : due) {
            try {
                expired += jdbi.inTransaction(handle -> expire(handle, id, now)) ? 1 : 0;
            } catch (IllegalStateException disagreement) {
                // it must not keep everybody else's pieces from coming back
                broken.add(disagreement);
            }
        }
        if (!broken.isEmpty()) {
            throw broken.getFirst();
        }
        return expired;
    }

    private static boolean expire(Handle handle, HoldId id, Instant now) {
        var table = handle.attach(HoldTable.class);
        Optional<StandingHold> expired = table.expire(id, now);
        if (expired.isEmpty()) {
            return false;
        }
        waitNoMore(handle, expired.get(), true, now);
        var ledger = handle.attach(StockLedger.class);
        for (HeldLine line : table.lines(id)) {
            must(ledger.free(id, line.sku(), line.location(), line.quantity(), MovementKind.expired, now), id);
        }
        return true;
    }

    private static void waitNoMore(Handle handle, StandingHold hold, boolean expired, Instant now) {
        if (hold.ahead()) {
            Promises.lock(handle, hold.id());
            Promises.end(handle, hold.id(), expired, now);
        }
    }

    private static void reopen(
            Handle handle, HoldTable table, HoldId id, Optional<LocationId> store, Instant expiresAt, Instant now) {
        table.reopen(id, store, expiresAt, now);
        table.dropLines(id);
        Promises.forget(handle, id);
    }

    /**
     * What another hold keeps changes hands, under that hold's lock; the stock itself stays as it is. One that waits for pieces does
     * not have all that is wanted, and differs.
     */
    private static void takeOver(
            Handle handle, HoldTable table, HoldId other, HoldId id, SortedMap<Sku, Integer> pieces, Instant now) {
        List<HeldLine> lines = table.lines(other);
        checkSame(pieces(lines), pieces);
        table.turn(other, HoldStatus.released, now);
        var ledger = handle.attach(StockLedger.class);
        for (HeldLine line : lines) {
            ledger.pass(other, id, line.sku(), line.location(), line.quantity(), now);
            table.addLine(id, line.sku(), line.location(), line.quantity());
        }
    }

    private static void holdAll(
            Handle handle,
            HoldId id,
            SortedMap<Sku, Integer> pieces,
            Optional<LocationId> store,
            Map<Sku, LocalDate> ahead,
            Instant now) {
        List<Sku> missing = tryHoldAll(handle, id, pieces, store, ahead, now);
        if (!missing.isEmpty()) {
            throw outOfStock(missing, store);
        }
    }

    /**
     * Holds each line where the first place has it whole, else promises it, where that is agreed to; answers the skus of the others. What
     * is promised is locked before any stock row, so the stock that was held in a first try is let go for the second.
     *
     * @param ahead by when a delivery must come that a line may be promised of
     */
    private static List<Sku> tryHoldAll(
            Handle handle,
            HoldId id,
            SortedMap<Sku, Integer> pieces,
            Optional<LocationId> store,
            Map<Sku, LocalDate> ahead,
            Instant now) {
        if (ahead.isEmpty()) {
            return holdWhatIsThere(handle, id, pieces, store, now);
        }
        handle.savepoint(BEFORE_STOCK);
        List<Sku> missing = holdWhatIsThere(handle, id, pieces, store, now);
        if (missing.isEmpty() || !ahead.keySet().containsAll(missing)) {
            return missing;
        }
        handle.rollbackToSavepoint(BEFORE_STOCK);
        Promises.lock(handle, ahead.keySet());
        List<Sku> stillMissing = holdWhatIsThere(handle, id, pieces, store, now).stream()
                .filter(sku -> !ahead.containsKey(sku)
                        || !Promises.give(handle, id, sku, pieces.get(sku), ahead.get(sku), store, now))
                .toList();
        handle.attach(HoldTable.class).waits(id);
        return stillMissing;
    }

    /** Answers the skus that no place has whole. */
    private static List<Sku> holdWhatIsThere(
            Handle handle, HoldId id, SortedMap<Sku, Integer> pieces, Optional<LocationId> store, Instant now) {
        var table = handle.attach(HoldTable.class);
        var ledger = handle.attach(StockLedger.class);
        Map<Sku, List<Place>> places = ledger.places(List.copyOf(pieces.keySet())).stream()
                .filter(place -> store.isEmpty() || store.get().equals(place.location()))
                .collect(Collectors.groupingBy(Place::sku));
        var missing = new ArrayList<Sku>();
        pieces.forEach((sku, quantity) -> places.getOrDefault(sku, List.of()).stream()
                .map(Place::location)
                .filter(location -> ledger.hold(id, sku, location, quantity, now))
                .findFirst()
                .ifPresentOrElse(location -> table.addLine(id, sku, location, quantity), () -> missing.add(sku)));
        return missing;
    }

    private static Hold answer(Handle handle, HoldId id) {
        var table = handle.attach(HoldTable.class);
        StandingHold hold = table.find(id)
                .orElseThrow(() -> new ProblemException(Problem.of(404, "unknown_hold", "There is no such hold.")));
        return new Hold(hold.id(), hold.status(), table.lines(id), incoming(handle, hold), hold.expiresAt());
    }

    /** One that has ended waits for nothing any more. */
    private static List<IncomingLine> incoming(Handle handle, StandingHold hold) {
        boolean waits = hold.ahead() && (hold.status() == HoldStatus.held || hold.status() == HoldStatus.allocated);
        return (waits ? Promises.of(handle, hold.id()) : List.<Waiting>of())
                .stream()
                        .map(line -> new IncomingLine(line.sku(), line.pieces(), line.deliveryId(), line.dueOn()))
                        .toList();
    }

    private static Map<Sku, LocalDate> ahead(PlaceHold wanted) {
        return wanted.ahead().orElse(List.of()).stream()
                .collect(Collectors.toMap(AheadLine::sku, AheadLine::dueBy, (one, other) -> one));
    }

    /** All that a hold has or waits for. What it waits for is locked, so that no piece comes between the two looks. */
    private static SortedMap<Sku, Integer> pieces(Handle handle, StandingHold hold) {
        List<Waiting> waiting = hold.ahead() ? Promises.lock(handle, hold.id()) : List.of();
        SortedMap<Sku, Integer> pieces = pieces(handle.attach(HoldTable.class).lines(hold.id()));
        waiting.forEach(line -> pieces.merge(line.sku(), line.pieces(), Math::addExact));
        return pieces;
    }

    private static SortedMap<Sku, Integer> pieces(PlaceHold wanted) {
        return pieces(wanted.lines(), Line::sku, Line::quantity);
    }

    private static SortedMap<Sku, Integer> pieces(List<HeldLine> lines) {
        return pieces(lines, HeldLine::sku, HeldLine::quantity);
    }

    private static <L> SortedMap<Sku, Integer> pieces(List<L> lines, Function<L, Sku> sku, ToIntFunction<L> quantity) {
        SortedMap<Sku, Integer> pieces = new TreeMap<>(Comparator.comparing(Sku::value));
        lines.forEach(line -> pieces.merge(sku.apply(line), quantity.applyAsInt(line), Math::addExact));
        return pieces;
    }

    private static void checkStore(Handle handle, Optional<LocationId> store) {
        store.ifPresent(location -> {
            if (!handle.attach(StockShelf.class).knows(location)) {
                throw new ProblemException(Problem.of(
                        404, "unknown_store", "There is no store " + location + ".", "Choose one of GET /stores."));
            }
        });
    }

    private static void checkExpiry(Instant expiresAt, Instant now) {
        if (!expiresAt.isAfter(now)) {
            throw gone("Its time had run out before it came.");
        }
        if (expiresAt.isAfter(now.plus(LONGEST))) {
            throw new ProblemException(
                    Problem.of(422, "expires_too_late", "A hold lasts at most " + LONGEST.toDays() + " days."));
        }
    }

    private static void checkSame(SortedMap<Sku, Integer> standing, SortedMap<Sku, Integer> wanted) {
        if (!standing.equals(wanted)) {
            throw new ProblemException(Problem.of(409, "hold_differs", "That hold stands with other lines."));
        }
    }

    private static ProblemException gone(String detail) {
        return new ProblemException(Problem.of(409, "hold_gone", detail));
    }

    /** A hold that says it has pieces which the stock does not know would be a broken promise: stop and roll back. */
    private static void must(boolean done, HoldId id) {
        if (!done) {
            throw new IllegalStateException("stock and hold " + id + " disagree");
        }
    }

    private static ProblemException outOfStock(List<Sku> missing, Optional<LocationId> store) {
        return new ProblemException(
                store.isPresent()
                        ? Problem.of(
                                409,
                                "out_of_stock",
                                "That store does not have all of it. Nothing is held.",
                                "Choose another store.",
                                "Choose another size or colour.",
                                "Look at similar items.")
                        : Problem.of(
                                409,
                                "out_of_stock",
                                "No place has all of it. Nothing is held.",
                                "Take fewer pieces.",
                                "Choose another size or colour.",
                                "Look at similar items."),
                Map.of("skus", missing));
    }
}
