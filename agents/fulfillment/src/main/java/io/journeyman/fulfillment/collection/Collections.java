package io.journeyman.fulfillment.collection;

import io.journeyman.contracts.Fulfillment.Collection;
import io.journeyman.contracts.Fulfillment.CollectionStatus;
import io.journeyman.contracts.Fulfillment.CreateCollection;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ReservationId;
import io.journeyman.fulfillment.Piece;
import io.journeyman.kit.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * One collection per reservation, keyed by the reservation: created once however often it is asked for, and never when it was
 * cancelled first. Each method runs in the caller's transaction.
 */
public final class Collections {
    /** A code that another waiting collection of the store has is drawn again, this often. */
    private static final int DRAWS = 5;

    /** Whoever ends it at its last moment may have a clock that is ahead of ours by so much. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final Supplier<String> codes;
    private final InstantSource clock;

    /** @param codes draws pickup codes, {@link PickupCode#draw} */
    public Collections(Supplier<String> codes, InstantSource clock) {
        this.codes = codes;
        this.clock = clock;
    }

    /** @throws ProblemException cancelled, collection_differs */
    public Collection create(Handle handle, CreateCollection wanted) {
        var table = handle.attach(CollectionTable.class);
        ReservationId id = wanted.reservationId();
        List<Piece> pieces = Piece.of(wanted.lines());
        for (int draw = 0; draw < DRAWS; draw++) {
            if (table.create(id, wanted.storeId(), codes.get(), wanted.keepUntil(), clock.instant())) {
                pieces.forEach(piece -> table.addLine(id, piece.sku(), piece.quantity()));
                return find(handle, id);
            }
            Optional<Collection> standing = table.find(id);
            if (standing.isPresent()) {
                return answer(standing.get(), wanted, pieces, table.pieces(id));
            }
        }
        throw new IllegalStateException("every pickup code drawn for collection " + id + " was taken");
    }

    /**
     * Keeps it longer, never shorter.
     *
     * @throws ProblemException unknown_collection, cancelled
     */
    public Collection keep(Handle handle, ReservationId id, Instant keepUntil) {
        var table = handle.attach(CollectionTable.class);
        if (!table.keep(id, keepUntil, clock.instant())) {
            requireKept(handle, id);
        }
        return find(handle, id);
    }

    /**
     * The store has set it aside. One that was picked up already is answered as it is.
     *
     * @throws ProblemException unknown_collection, cancelled
     */
    public Collection ready(Handle handle, ReservationId id) {
        if (!handle.attach(CollectionTable.class).ready(id, clock.instant())) {
            requireKept(handle, id);
        }
        return find(handle, id);
    }

    /** @throws ProblemException unknown_collection, cancelled */
    public Collection pickUp(Handle handle, ReservationId id) {
        var table = handle.attach(CollectionTable.class);
        if (!table.pickUp(id, clock.instant())) {
            requireKept(handle, id);
        }
        return find(handle, id);
    }

    /** Cancels the collection; when there is none yet, sees to it that there never will be. Past its time it was not collected. */
    public Collection cancel(Handle handle, ReservationId id) {
        var table = handle.attach(CollectionTable.class);
        if (!table.tombstone(id, clock.instant())
                && !table.cancel(id, clock.instant().plus(CLOCKS_DIFFER), clock.instant())
                && find(handle, id).status() == CollectionStatus.picked_up) {
            throw problem(409, "picked_up", "The customer took it along already.");
        }
        return find(handle, id);
    }

    private static Collection answer(
            Collection standing, CreateCollection wanted, List<Piece> pieces, List<Piece> standingPieces) {
        return switch (standing.status()) {
            case not_collected, cancelled -> throw cancelled();
            case waiting, ready, picked_up -> {
                boolean same =
                        standing.storeId().equals(Optional.of(wanted.storeId())) && standingPieces.equals(pieces);
                if (!same) {
                    throw problem(
                            409, "collection_differs", "That reservation's collection stands with other contents.");
                }
                yield standing;
            }
        };
    }

    private static void requireKept(Handle handle, ReservationId id) {
        if (find(handle, id).status().isOff()) {
            throw cancelled();
        }
    }

    private static Collection find(Handle handle, ReservationId id) {
        return handle.attach(CollectionTable.class)
                .find(id)
                .orElseThrow(() -> problem(404, "unknown_collection", "There is no such collection."));
    }

    private static ProblemException cancelled() {
        return problem(409, "cancelled", "That collection was cancelled.");
    }

    private static ProblemException problem(int status, String code, String detail) {
        return new ProblemException(Problem.of(status, code, detail));
    }
}
