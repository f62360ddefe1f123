package io.journeyman.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The records of {@code postPurchase.json}: orders and their transitions. */
public interface PostPurchase {
    record RecordOrder(
            OrderId orderId,
            CustomerId customerId,
            ConversationId conversationId,
            QuoteId quoteId,
            String channel,
            List<PricedLine> lines,
            Money discount,
            Money deliveryFee,
            Money taxIncluded,
            Money total,
            Address address,
            String deliveryOption,
            LocalDate promisedDate) {}

    /** A transition: {@code to} with the reason's code. The same transition again changes nothing. */
    record TransitionOrder(OrderStatus to, Optional<String> reason, Optional<String> trackingId) {}

    record Order(
            OrderId orderId,
            CustomerId customerId,
            OrderStatus status,
            List<PricedLine> lines,
            Money discount,
            Money deliveryFee,
            Money taxIncluded,
            Money total,
            LocalDate promisedDate,
            Optional<String> trackingId,
            Instant placedAt,
            List<Transition> transitions) {}

    /** Where an order stands; all there is to say of one that was cancelled before it was recorded. */
    record OrderState(OrderId orderId, OrderStatus status, List<Transition> transitions) {}

    record Transition(OrderStatus to, Optional<String> reason, Instant at) {}

    /** cancelled before pending is a tombstone: a late record of that order answers cancelled. */
    enum OrderStatus {
        pending,
        confirmed,
        payment_failed,
        cancelled,
        shipped,
        delivered
    }

    /** The tool get_order_status: one order of the session's customer, or their latest five. */
    record GetOrderStatus(Optional<OrderId> orderId, CustomerId customerId) {}

    record Orders(List<Order> orders) {}

    /** @param dryRun only answers what would become of each */
    record ImportOrders(boolean dryRun, List<PastOrderLine> rows) {}

    /**
     * A line of an order that was placed elsewhere; what is said of the order stands in each of its lines.
     *
     * @param productId the sku when not given
     * @param discount of the whole order; what is left out, as {@code deliveryFee} and {@code taxIncluded}, stays as it is
     */
    record PastOrderLine(
            OrderId orderId,
            CustomerId customerId,
            Instant placedAt,
            PastStatus status,
            Sku sku,
            Optional<ProductId> productId,
            String name,
            Optional<String> size,
            Optional<String> color,
            int quantity,
            Money unitPrice,
            Optional<Money> discount,
            Optional<Money> deliveryFee,
            Optional<Money> taxIncluded,
            Optional<String> trackingId,
            Optional<LocalDate> promisedDate) {}

    enum PastStatus {
        confirmed,
        shipped,
        delivered,
        cancelled
    }
}
