package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Attempts;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PostPurchase.CancellationStatus;
import io.journeyman.contracts.PostPurchase.GetOrderStatus;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.Orders;
import io.journeyman.contracts.PostPurchase.ReturnQuote;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Sku;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a customer has bought, for what they do not want any more: the order that is meant, its pieces, and how it was paid. */
final class BoughtOrders {
    private static final Set<OrderStatus> BOUGHT =
            Set.of(OrderStatus.confirmed, OrderStatus.shipped, OrderStatus.delivered);
    /** Of these the customer has the pieces, or others for them; unless the return itself says for which it speaks. */
    private static final Set<ReturnStatus> NOTHING_GONE =
            Set.of(ReturnStatus.not_received, ReturnStatus.cancelled, ReturnStatus.replaced, ReturnStatus.repaired);

    private final AgentClient postPurchase;
    private final AgentClient payment;

    BoughtOrders(AgentClient postPurchase, AgentClient payment) {
        this.postPurchase = postPurchase;
        this.payment = payment;
    }

    /** The order that the arguments name, or the latest one that was bought. */
    Order meant(Quoting.For whom, ObjectNode arguments) {
        Optional<OrderId> named = Optional.of(
                        arguments.path("orderId").asText("").strip())
                .filter(id -> !id.isEmpty())
                .map(OrderId::new);
        List<Order> orders = ToolRefusal.said(postPurchase.ask(
                        "getOrderStatus", "/order-status", new GetOrderStatus(named, whom.customer()), Orders.class))
                .orders();
        return orders.stream()
                .filter(order -> named.isPresent() || BOUGHT.contains(order.status()))
                .findFirst()
                .orElseThrow(() -> ToolRefusal.of(
                        "unknown_order",
                        named.isPresent()
                                ? "This customer has no such order."
                                : "This customer has bought nothing yet.",
                        "Look with get_order_status."));
    }

    /** The order's lines without what is on its way back, came back, or was cancelled. */
    static List<PricedLine> left(Order order) {
        Stream<Line> back = order.returns().stream()
                .flatMap(
                        one -> one
                                .spokenFor()
                                .orElseGet(() -> NOTHING_GONE.contains(one.status()) ? List.of() : one.lines())
                                .stream());
        Stream<Line> cancelled = order.cancellations().stream()
                .filter(one -> one.status() != CancellationStatus.closed)
                .flatMap(one -> one.lines().stream());
        Map<Sku, Integer> gone = Stream.concat(back, cancelled)
                .collect(Collectors.groupingBy(Line::sku, Collectors.summingInt(Line::quantity)));
        return without(gone, order.lines());
    }

    /** The lines without so many pieces of each. */
    static List<PricedLine> without(Map<Sku, Integer> gone, List<PricedLine> lines) {
        return lines.stream()
                .filter(line -> line.quantity() > gone.getOrDefault(line.sku(), 0))
                .map(line -> of(line, line.quantity() - gone.getOrDefault(line.sku(), 0)))
                .toList();
    }

    /** So many pieces of each, as far as the lines have them. */
    static List<PricedLine> of(Map<Sku, Integer> pieces, List<PricedLine> lines) {
        return lines.stream()
                .filter(line -> pieces.getOrDefault(line.sku(), 0) > 0)
                .map(line -> of(line, Math.min(line.quantity(), pieces.get(line.sku()))))
                .toList();
    }

    /** Those that the items name, each with its own number of pieces or all of them. @param left of which there are any */
    static List<PricedLine> named(List<PricedLine> left, JsonNode items) {
        List<PricedLine> wanted = new ArrayList<>();
        for (JsonNode item : items) {
            ObjectNode named = (ObjectNode) item;
            PricedLine line = left.stream()
                    .filter(one -> Variants.fits(named, one))
                    .findFirst()
                    .orElseThrow(() -> ToolRefusal.of(
                            "not_in_order",
                            "The order has no such piece left. It has: " + names(left) + ".",
                            "Ask which one is meant."));
            wanted.add(of(line, named.path("quantity").asInt(line.quantity())));
        }
        return List.copyOf(wanted);
    }

    static PricedLine of(PricedLine line, int quantity) {
        return new PricedLine(
                line.sku(), line.productId(), line.name(), line.size(), line.color(), quantity, line.unitPrice());
    }

    /** Whether one of the orders that paid for what goes back was paid in cash: of an exchange's pieces also the one before it. */
    boolean isPaidInCash(ReturnQuote worked) {
        return worked.paidBy().orElseGet(() -> List.of(worked.orderId())).stream()
                .anyMatch(this::isPaidInCash);
    }

    boolean isPaidInCash(OrderId order) {
        return ToolRefusal.said(payment.get(
                        "getAttempts", "/orders/" + AgentClient.segment(order) + "/attempts", Attempts.class))
                .attempts()
                .stream()
                .reduce((earlier, later) -> later)
                .flatMap(last -> last.method())
                .filter(method -> method == MethodKind.cash_on_delivery)
                .isPresent();
    }

    static String names(List<PricedLine> lines) {
        return lines.stream()
                .limit(10)
                .map(line -> line.quantity() + " × " + line.name() + ", " + line.size() + ", " + line.color() + " ("
                        + line.sku() + ")")
                .collect(Collectors.joining("; "));
    }
}
