package io.journeyman.fulfillment.withdrawal;

import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.WithdrawPieces;
import io.journeyman.contracts.Fulfillment.Withdrawal;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.Sku;
import io.journeyman.fulfillment.Piece;
import io.journeyman.fulfillment.collection.OrderCollections;
import io.journeyman.fulfillment.parcel.Parcels;
import io.journeyman.fulfillment.withdrawal.WithdrawalTable.Here;
import io.journeyman.fulfillment.withdrawal.WithdrawalTable.Locked;
import io.journeyman.kit.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Pieces that are taken out of parcels before these leave: all that a cancellation names, or none. A parcel that has left never comes back
 * here, and no store keeps shorter what it keeps longer, so that what is refused once is refused for ever. Each method runs in the caller's transaction.
 */
public final class Withdrawals {
    private final Parcels parcels;
    private final OrderCollections collections;
    private final InstantSource clock;

    public Withdrawals(Parcels parcels, OrderCollections collections, InstantSource clock) {
        this.parcels = parcels;
        this.collections = collections;
        this.clock = clock;
    }

    /** @throws ProblemException unknown_shipment, cancelled, already_shipped, kept_longer, withdrawal_differs */
    public Withdrawal withdraw(Handle handle, WithdrawPieces wanted) {
        var table = handle.attach(WithdrawalTable.class);
        Instant now = clock.instant();
        Locked shipment = table.lock(wanted.trackingId())
                .orElseThrow(() -> problem(404, "unknown_shipment", "There is no such shipment."));
        OrderId order = shipment.orderId();
        List<Piece> pieces = Piece.of(wanted.lines());
        if (!table.open(wanted.cancellationId(), order, now)) {
            return again(table, wanted, order, pieces);
        }
        if (shipment.status() == ShipmentStatus.cancelled) {
            throw problem(409, "cancelled", "The parcels of that order were cancelled.");
        }
        List<Here> here = table.here(order);
        requireAll(pieces, here);
        requireOver(handle, wanted, order);
        for (Piece piece : pieces) {
            take(table, wanted, piece, here);
        }
        table.cancelWhatIsEmpty(order, now);
        parcels.shipmentStandsAsThey(handle, order);
        return answer(table, wanted, order);
    }

    /** From the first parcels that have some, whole parcels or not. */
    private static void take(WithdrawalTable table, WithdrawPieces wanted, Piece piece, List<Here> here) {
        int missing = piece.quantity();
        for (Here one : here) {
            int taken = one.sku().equals(piece.sku()) ? Math.min(missing, one.quantity()) : 0;
            if (taken > 0 && !table.take(wanted.cancellationId(), one.parcelId(), one.sku(), taken)) {
                throw new IllegalStateException("parcel " + one.parcelId() + " changed while its shipment was locked");
            }
            missing -= taken;
        }
    }

    private static void requireAll(List<Piece> wanted, List<Here> here) {
        Map<Sku, Integer> left =
                here.stream().collect(Collectors.groupingBy(Here::sku, Collectors.summingInt(Here::quantity)));
        if (wanted.stream().anyMatch(piece -> left.getOrDefault(piece.sku(), 0) < piece.quantity())) {
            throw new ProblemException(
                    Problem.of(
                            409,
                            "already_shipped",
                            "Not so many of these pieces are here any more; the others have left.",
                            "Offer to cancel what is left, and to return what has left once it has come."),
                    Map.of(
                            "left",
                            wanted.stream()
                                    .filter(piece -> left.containsKey(piece.sku()))
                                    .map(piece -> new Line(piece.sku(), left.get(piece.sku())))
                                    .toList()));
        }
    }

    /** Of what nobody collected: whoever takes it out knows until when it is kept, or comes another time. */
    private void requireOver(Handle handle, WithdrawPieces wanted, OrderId order) {
        boolean longer = wanted.keptUntil()
                .flatMap(known -> collections
                        .of(handle, order)
                        .filter(kept -> kept.keepUntil().isAfter(known)))
                .isPresent();
        if (longer) {
            throw problem(409, "kept_longer", "Its store keeps it longer than that.");
        }
    }

    private static Withdrawal again(WithdrawalTable table, WithdrawPieces wanted, OrderId order, List<Piece> pieces) {
        boolean same = table.isOf(wanted.cancellationId(), order)
                && Piece.shipped(table.lines(wanted.cancellationId())).equals(pieces);
        if (!same) {
            throw problem(409, "withdrawal_differs", "That cancellation took out other pieces.");
        }
        return answer(table, wanted, order);
    }

    private static Withdrawal answer(WithdrawalTable table, WithdrawPieces wanted, OrderId order) {
        return new Withdrawal(
                wanted.cancellationId(), order, table.status(order), table.lines(wanted.cancellationId()));
    }

    private static ProblemException problem(int status, String code, String detail) {
        return new ProblemException(Problem.of(status, code, detail));
    }
}
