package io.journeyman.postpurchase.cancellation;

import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.Cancellation;
import io.journeyman.contracts.PostPurchase.CancellationQuote;
import io.journeyman.contracts.PostPurchase.CancellationState;
import io.journeyman.contracts.PostPurchase.CancellationStatus;
import io.journeyman.contracts.PostPurchase.CancelledLine;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.QuoteCancellation;
import io.journeyman.contracts.PostPurchase.RecordCancellation;
import io.journeyman.contracts.PostPurchase.SettleCancellation;
import io.journeyman.contracts.PostPurchase.TransitionOrder;
import io.journeyman.contracts.Problem;
import io.journeyman.kit.ProblemException;
import io.journeyman.postpurchase.OrderBook;
import io.journeyman.postpurchase.cancellation.CancellationTable.Head;
import io.journeyman.postpurchase.returns.ChosenPieces;
import io.journeyman.postpurchase.returns.PieceTable.Bought;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What is not sent of confirmed orders, within the caller's transaction, which must be rolled back when it throws: requested → accepted →
 * settled; or closed, when its pieces had left.
 */
final class Cancellations {
    private final CancellationTable table;
    private final OrderBook orders;

    Cancellations(Handle handle) {
        this.table = handle.attach(CancellationTable.class);
        this.orders = new OrderBook(handle);
    }

    /** @throws ProblemException unknown_order, placed_elsewhere, exchange_order, not_bought, already_delivered, not_in_order, nothing_to_cancel */
    CancellationQuote quote(QuoteCancellation asked) {
        return workedOut(asked.customerId(), asked.orderId(), asked.lines()).quote();
    }

    /** @throws ProblemException cancellation_differs, refund_changed, and what {@link #quote} says */
    Cancellation record(RecordCancellation wanted, Instant now) {
        var before = table.lock(wanted.cancellationId());
        if (before.isPresent()) {
            return again(before.get(), wanted);
        }
        var order = bought(wanted.customerId(), wanted.orderId()).orderId();
        table.lockOrder(order);
        var payback = workedOut(wanted.customerId(), order, wanted.lines());
        if (!payback.quote().refund().equals(wanted.refund())) {
            throw new ProblemException(Problem.of(
                    409,
                    "refund_changed",
                    "Another amount would go back by now; nothing is recorded.",
                    "Quote it again."));
        }
        var quote = payback.quote();
        boolean first = table.open(
                wanted,
                payback.chosen().value().minor(),
                payback.chosen().ofAll(),
                quote.deliveryFee().minor(),
                quote.refund().currency(),
                now);
        if (!first) {
            return again(table.lock(wanted.cancellationId()).orElseThrow(), wanted);
        }
        int position = 0;
        for (var line : quote.lines()) {
            table.line(
                    wanted.cancellationId(),
                    position++,
                    line.sku(),
                    line.quantity(),
                    line.refund().minor());
        }
        for (var piece : payback.chosen().pieces()) {
            table.take(
                    order,
                    piece.position(),
                    piece.piece(),
                    wanted.cancellationId(),
                    payback.chosen().of(piece));
        }
        return find(wanted.cancellationId());
    }

    /** @throws ProblemException unknown_cancellation */
    Cancellation find(CancellationId id) {
        return whole(known(table.find(id)));
    }

    /**
     * With the last piece of its order the order itself is cancelled, and what its delivery had cost goes back: also to one that did not
     * know itself for the last when it was recorded, since others were under way.
     *
     * @throws ProblemException unknown_cancellation, cancellation_closed
     */
    Cancellation accept(CancellationId id, Instant now) {
        var head = known(table.lock(id));
        switch (head.status()) {
            case accepted, settled -> {}
            case closed ->
                throw new ProblemException(
                        Problem.of(409, "cancellation_closed", "That cancellation was closed, and its pieces go on."));
            case requested -> {
                var order = head.orderId().orElseThrow();
                table.lockOrder(order);
                table.turn(id, CancellationStatus.accepted, now);
                if (table.wanted(order) == 0) {
                    table.giveDeliveryBack(id);
                    orders.transition(
                            order,
                            new TransitionOrder(
                                    OrderStatus.cancelled,
                                    Optional.of(head.reason().name()),
                                    Optional.empty()),
                            now);
                }
            }
        }
        return find(id);
    }

    /** @throws ProblemException cancellation_accepted */
    CancellationState close(CancellationId id, Instant now) {
        if (table.bury(id, now)) {
            return new CancellationState(id, CancellationStatus.closed);
        }
        switch (table.lock(id).orElseThrow().status()) {
            case closed -> {}
            case accepted, settled ->
                throw new ProblemException(Problem.of(
                        409,
                        "cancellation_accepted",
                        "The pieces of that cancellation stayed in the shop; it only goes forward."));
            case requested -> {
                table.giveUp(id);
                table.turn(id, CancellationStatus.closed, now);
            }
        }
        return new CancellationState(id, CancellationStatus.closed);
    }

    /** @throws ProblemException unknown_cancellation, not_accepted */
    Cancellation settle(CancellationId id, SettleCancellation settlement, Instant now) {
        var head = known(table.lock(id));
        switch (head.status()) {
            case settled -> {}
            case accepted -> table.settled(id, settlement.by(), settlement.reference(), now);
            case requested, closed ->
                throw new ProblemException(Problem.of(
                        409, "not_accepted", "Only what stayed in the shop is settled; it is " + head.status() + "."));
        }
        return find(id);
    }

    private record Payback(CancellationQuote quote, ChosenPieces chosen) {}

    private Payback workedOut(CustomerId customer, OrderId order, List<Line> asked) {
        var bought = bought(customer, order);
        var chosen = ChosenPieces.of(table, bought, asked, Cancellations::tooFew);
        var value = chosen.value();
        boolean last = table.wanted(order) == chosen.pieces().size();
        var delivery = new Money(last ? bought.total().minor() - chosen.ofAll() : 0, value.currency());
        return new Payback(
                new CancellationQuote(
                        order,
                        asked.stream().map(line -> line(line, chosen)).toList(),
                        chosen.goods(),
                        chosen.goods().minus(value),
                        delivery,
                        value.plus(delivery)),
                chosen);
    }

    private Bought bought(CustomerId customer, OrderId order) {
        var bought = table.bought(customer, order)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        404,
                        "unknown_order",
                        "There is no such order.",
                        "Ask for the latest orders and use one of their ids.")));
        if (bought.imported()) {
            throw new ProblemException(Problem.of(
                    409,
                    "placed_elsewhere",
                    "This order was placed and paid elsewhere, so that it cannot be stopped here.",
                    "Tell the customer that our staff see to it by hand."));
        }
        if (bought.exchange()) {
            throw new ProblemException(Problem.of(
                    409,
                    "exchange_order",
                    "This order comes in exchange for pieces that went back, so that it cannot be cancelled any more.",
                    "Offer to return it once it has come, with return_items."));
        }
        return switch (bought.status()) {
            case confirmed, shipped -> bought;
            case delivered ->
                throw new ProblemException(Problem.of(
                        409,
                        "already_delivered",
                        "The order was delivered: nothing of it can be stopped any more.",
                        "Offer to return it, with return_items."));
            case pending, payment_failed, cancelled ->
                throw new ProblemException(Problem.of(
                        409,
                        "not_bought",
                        "The order is " + bought.status() + ": there is nothing to stop.",
                        "Read the order's status to the customer."));
        };
    }

    private static Problem tooFew(Line line, int left) {
        return Problem.of(
                409,
                "nothing_to_cancel",
                "Of " + line.sku() + " " + left + " pieces are left; the others were cancelled, or come back.",
                "Tell the customer what the order's record says of them.");
    }

    private static CancelledLine line(Line asked, ChosenPieces chosen) {
        var line = chosen.ordered(asked.sku());
        return new CancelledLine(
                line.sku(),
                line.productId(),
                line.name(),
                line.size(),
                line.color(),
                asked.quantity(),
                line.unitPrice(),
                chosen.cost(line.sku()));
    }

    /** One that was closed before it came says nothing of its content: it answers with what was wanted, closed. */
    private Cancellation again(Head head, RecordCancellation wanted) {
        if (head.orderId().isEmpty()) {
            return buried(head, wanted);
        }
        boolean same = head.orderId().equals(Optional.of(wanted.orderId()))
                && head.customerId().equals(Optional.of(wanted.customerId()))
                && head.quoteId().equals(Optional.of(wanted.quoteId()));
        if (!same) {
            throw new ProblemException(Problem.of(
                    409,
                    "cancellation_differs",
                    "That cancellation stands with other content; a new one needs a new id."));
        }
        return whole(head);
    }

    private Cancellation buried(Head head, RecordCancellation wanted) {
        var nothing = new Money(0, wanted.refund().currency());
        var none = ChosenPieces.none(table.lines(wanted.orderId()), nothing.currency());
        var lines = wanted.lines().stream().map(line -> line(line, none)).toList();
        return new Cancellation(
                head.cancellationId(),
                wanted.orderId(),
                wanted.customerId(),
                wanted.quoteId(),
                CancellationStatus.closed,
                lines,
                nothing,
                nothing,
                nothing,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                head.recordedAt());
    }

    private Cancellation whole(Head head) {
        var value = head.value().orElseThrow();
        return new Cancellation(
                head.cancellationId(),
                head.orderId().orElseThrow(),
                head.customerId().orElseThrow(),
                head.quoteId().orElseThrow(),
                head.status(),
                table.linesOf(head.cancellationId()),
                value,
                head.orderValue().orElseThrow(),
                value.plus(head.deliveryFee().orElseThrow()),
                head.whole(),
                head.trackingId(),
                head.settledBy(),
                head.reference(),
                head.recordedAt());
    }

    private static Head known(Optional<Head> head) {
        return head.filter(one -> one.orderId().isPresent())
                .orElseThrow(() -> new ProblemException(
                        Problem.of(404, "unknown_cancellation", "There is no such cancellation.")));
    }
}
