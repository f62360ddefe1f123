package io.journeyman.postpurchase;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderCancellation;
import io.journeyman.contracts.PostPurchase.OrderReturn;
import io.journeyman.contracts.PostPurchase.OrderState;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.PaidByReturn;
import io.journeyman.contracts.PostPurchase.RecordAddress;
import io.journeyman.contracts.PostPurchase.RecordOrder;
import io.journeyman.contracts.PostPurchase.TransitionOrder;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Problem;
import io.journeyman.kit.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The shop's orders, within the caller's transaction. An order has one record and one state; whoever comes twice, late or at
 * the same moment as another finds it as the first one left it.
 */
public final class OrderBook {
    /** How many orders a customer is told of at once. */
    private static final int LATEST = 5;

    /** Ten billion rupees or euros: no sum of fifty lines of amounts below it overflows. */
    private static final long HIGHEST_MINOR = 1_000_000_000_000L;

    private final OrderTable table;

    public OrderBook(Handle handle) {
        this.table = handle.attach(OrderTable.class);
    }

    /**
     * Records the order as pending. One that was cancelled before keeps that state, and one that is recorded already keeps
     * everything.
     *
     * @throws ProblemException totals_differ, order_differs
     */
    Order record(RecordOrder order, Instant now) {
        String currency = checkedCurrency(order);
        boolean begun = table.begin(order.orderId());
        if (begun) {
            table.happened(order.orderId(), OrderStatus.pending, Optional.empty(), now);
        }
        if (begun || table.recordBuried(order.orderId())) {
            table.place(order, order.exchange().map(PaidByReturn::returnId), credit(order), currency, now);
            for (int i = 0; i < order.lines().size(); i++) {
                table.line(order.orderId(), i, order.lines().get(i), currency);
            }
            order.warranties().orElse(List.of()).forEach(warranty -> table.promise(order.orderId(), warranty));
            table.address(order.orderId(), order.address());
        }
        return table.placed(order.orderId())
                .filter(placed -> placed.records(order))
                .map(this::whole)
                .orElseThrow(
                        () -> new ProblemException(
                                Problem.of(
                                        409,
                                        "order_differs",
                                        "That order is recorded with another customer, quote or total; a new purchase needs a new order id.")));
    }

    /**
     * Moves the order on; a transition to where it stands changes nothing. cancelled may come before the record.
     *
     * @throws ProblemException unknown_order, illegal_transition
     */
    public OrderState transition(OrderId order, TransitionOrder transition, Instant now) {
        OrderStatus to = transition.to();
        boolean buried = to == OrderStatus.cancelled && table.bury(order);
        if (buried || table.move(order, to)) {
            table.happened(order, to, transition.reason(), now);
            transition.trackingId().ifPresent(trackingId -> table.track(order, trackingId));
            return state(order, to);
        }
        OrderStatus status = table.status(order).orElseThrow(OrderBook::unknown);
        if (status != to) {
            throw new ProblemException(Problem.of(
                    409,
                    "illegal_transition",
                    "The order is " + status + " and cannot become " + to + ".",
                    "Read the order and go on from where it stands."));
        }
        return state(order, status);
    }

    /** It goes elsewhere; whether it still can, fulfillment has said. @throws ProblemException unknown_order */
    OrderState moveTo(OrderId order, RecordAddress change, Instant now) {
        Order placed = order(order);
        if (table.moved(change.changeId(), order, now)) {
            table.changeAddress(order, change.address());
        }
        return state(order, placed.status());
    }

    /** @throws ProblemException unknown_order, also for an order of which there is only a tombstone */
    Order order(OrderId order) {
        return table.placed(order).map(this::whole).orElseThrow(OrderBook::unknown);
    }

    /** The customer's own: the one asked for, or the latest five. Others' orders do not exist here. */
    List<Order> ordersOf(CustomerId customer, Optional<OrderId> asked) {
        return asked.map(order -> table.placedBy(customer, order).stream())
                .orElseGet(() -> table.latest(customer, LATEST).stream())
                .map(this::whole)
                .toList();
    }

    private Order whole(PlacedOrder placed) {
        var order = placed.orderId();
        List<OrderReturn> returns = table.returns(order).stream()
                .map(back -> new OrderReturn(
                        back.returnId(),
                        back.status(),
                        table.returned(back.returnId()),
                        back.refund(),
                        back.exchangedFor(),
                        Optional.of(table.spokenFor(back.returnId()))))
                .toList();
        List<OrderCancellation> cancellations = table.cancellations(order).stream()
                .map(stopped -> new OrderCancellation(
                        stopped.cancellationId(),
                        stopped.status(),
                        table.cancelled(stopped.cancellationId()),
                        stopped.refund()))
                .toList();
        return placed.with(table.lines(order), table.transitions(order), returns, cancellations);
    }

    private OrderState state(OrderId order, OrderStatus status) {
        return new OrderState(order, status, table.transitions(order));
    }

    /** What is charged must be what the lines say, to the paisa. */
    private static String checkedCurrency(RecordOrder order) {
        String currency = order.total().currency();
        boolean oneCurrency = Stream.concat(
                        Stream.of(order.discount(), order.deliveryFee(), order.taxIncluded(), credit(order)),
                        order.lines().stream().map(PricedLine::unitPrice))
                .allMatch(money ->
                        money.currency().equals(currency) && money.minor() >= 0 && money.minor() <= HIGHEST_MINOR);
        if (!oneCurrency
                || !sum(order).equals(order.total())
                || order.taxIncluded().minor() > order.total().minor()) {
            throw new ProblemException(Problem.of(
                    422,
                    "totals_differ",
                    "The total must be the lines less the discount plus the delivery fee, less what pieces that come back pay,"
                            + " all in one currency and none below zero, and contain the tax.",
                    "Make a new quote."));
        }
        return currency;
    }

    private static Money sum(RecordOrder order) {
        return order.lines().stream()
                .map(PricedLine::amount)
                .reduce(new Money(0, order.total().currency()), Money::plus)
                .minus(order.discount())
                .plus(order.deliveryFee())
                .minus(credit(order));
    }

    private static Money credit(RecordOrder order) {
        return order.exchange()
                .map(PaidByReturn::credit)
                .orElse(new Money(0, order.total().currency()));
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.of(
                404,
                "unknown_order",
                "There is no such order.",
                "Ask for the latest orders and use one of their ids."));
    }
}
