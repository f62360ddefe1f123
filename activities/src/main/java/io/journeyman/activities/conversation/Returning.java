package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Attempts;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PostPurchase.GetOrderStatus;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.Orders;
import io.journeyman.contracts.PostPurchase.QuoteReturn;
import io.journeyman.contracts.PostPurchase.ReturnLine;
import io.journeyman.contracts.PostPurchase.ReturnQuote;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Product;
import io.journeyman.contracts.Sku;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds the quotes of returns: what was bought and what is refunded from postPurchase, its category from recommendation. */
final class Returning {
    private static final Set<OrderStatus> BOUGHT =
            Set.of(OrderStatus.confirmed, OrderStatus.shipped, OrderStatus.delivered);
    private static final Set<ReturnStatus> NOTHING_CAME = Set.of(ReturnStatus.not_received, ReturnStatus.cancelled);

    private final Map<String, AgentClient> agents;

    Returning(Map<String, AgentClient> agents) {
        this.agents = agents;
    }

    Quoting.Quoted quote(Quoting.For whom, ObjectNode arguments) {
        Order order = order(whom, arguments);
        ReturnReason reason = ReturnReason.valueOf(arguments.path("reason").asText());
        List<ReturnLine> lines = wanted(order, arguments.path("items")).stream()
                .map(line -> new ReturnLine(line.sku(), line.quantity(), category(line.productId())))
                .toList();
        ReturnQuote worked = worked(whom, order.orderId(), reason, lines, false);
        List<PricedLine> back = back(worked);
        return new Quoting.Quoted(
                new Quote(
                        Quoting.quoteId(),
                        whom.conversation(),
                        whom.customer(),
                        whom.channel(),
                        back,
                        worked.goods(),
                        List.of(),
                        worked.discount(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Quote.Returned(
                                order.orderId(), reason, lines, worked.fee(), isPaidInCash(order.orderId()))),
                        Optional.empty(),
                        Gst.included(
                                back,
                                worked.discount(),
                                new Money(0, worked.fee().currency())),
                        worked.refund(),
                        Optional.empty(),
                        whom.now().plus(Quoting.VALID)),
                Optional.empty());
    }

    ReturnQuote worked(Quoting.For whom, OrderId order, ReturnReason reason, List<ReturnLine> lines, boolean exchange) {
        return ToolRefusal.said(agent("postPurchase")
                .ask(
                        "quoteReturn",
                        "/return-quotes",
                        new QuoteReturn(whom.customer(), order, reason, lines, Optional.of(exchange)),
                        ReturnQuote.class));
    }

    static List<PricedLine> back(ReturnQuote worked) {
        return worked.lines().stream()
                .map(line -> new PricedLine(
                        line.sku(),
                        line.productId(),
                        line.name(),
                        line.size(),
                        line.color(),
                        line.quantity(),
                        line.unitPrice()))
                .toList();
    }

    /** What the model may tell of it. */
    static void describe(Quote.Returned returned, Quote quote, ObjectNode result) {
        result.put("orderId", returned.orderId().value())
                .put("reason", returned.reason().name());
        result.set("fee", Json.mapper().valueToTree(returned.fee()));
        result.set("refund", Json.mapper().valueToTree(quote.total()));
        result.put("refundTo", refundTo(returned));
        result.put(
                "nextStep",
                "Nothing is returned yet. Show the pieces, what is taken off (discount and fee), the refund and where it goes,"
                        + " and ask the customer to confirm with the button or with yes. The refund comes once the parcel is"
                        + " back and was looked at.");
    }

    static String refundTo(Quote.Returned returned) {
        return returned.byHand()
                ? "Cash was paid on delivery, so our staff pay it out by hand, and get in touch for it."
                : "Back the way it was paid: to the card or account, and what store credit had paid as store credit.";
    }

    Order order(Quoting.For whom, ObjectNode arguments) {
        Optional<OrderId> named = Optional.of(
                        arguments.path("orderId").asText("").strip())
                .filter(id -> !id.isEmpty())
                .map(OrderId::new);
        List<Order> orders = ToolRefusal.said(agent("postPurchase")
                        .ask(
                                "getOrderStatus",
                                "/order-status",
                                new GetOrderStatus(named, whom.customer()),
                                Orders.class))
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

    /** @throws ToolRefusal nothing_to_return, not_in_order */
    static List<PricedLine> wanted(Order order, JsonNode items) {
        List<PricedLine> left = left(order);
        if (left.isEmpty()) {
            throw ToolRefusal.of(
                    "nothing_to_return",
                    "Everything of that order is on its way back, or came back.",
                    "Tell the customer where those returns stand.");
        }
        if (items.isEmpty()) {
            return left;
        }
        List<PricedLine> wanted = new ArrayList<>();
        for (JsonNode item : items) {
            ObjectNode named = (ObjectNode) item;
            PricedLine line = left.stream()
                    .filter(one -> Variants.fits(named, one))
                    .findFirst()
                    .orElseThrow(() -> ToolRefusal.of(
                            "not_in_order",
                            "The order has no such piece that could come back. It has: " + names(left) + ".",
                            "Ask which one is meant."));
            wanted.add(of(line, named.path("quantity").asInt(line.quantity())));
        }
        return List.copyOf(wanted);
    }

    /** The order's lines without what is on its way back or came back. */
    private static List<PricedLine> left(Order order) {
        Map<Sku, Integer> gone = order.returns().stream()
                .filter(back -> !NOTHING_CAME.contains(back.status()))
                .flatMap(back -> back.lines().stream())
                .collect(Collectors.groupingBy(Line::sku, Collectors.summingInt(Line::quantity)));
        return order.lines().stream()
                .filter(line -> line.quantity() > gone.getOrDefault(line.sku(), 0))
                .map(line -> of(line, line.quantity() - gone.getOrDefault(line.sku(), 0)))
                .toList();
    }

    private static PricedLine of(PricedLine line, int quantity) {
        return new PricedLine(
                line.sku(), line.productId(), line.name(), line.size(), line.color(), quantity, line.unitPrice());
    }

    /** What is not in the catalogue any more has none. */
    Optional<String> category(ProductId product) {
        return switch (agent("recommendation")
                .get("getProduct", "/products/" + AgentClient.segment(product), Product.class)) {
            case Answer.Done<Product>(Product found) -> Optional.of(found.category());
            case Answer.Refused<Product> unknown -> Optional.empty();
            case Answer.Unavailable<Product> unavailable ->
                Optional.of(ToolRefusal.said(unavailable).category());
        };
    }

    boolean isPaidInCash(OrderId order) {
        return ToolRefusal.said(agent("payment")
                        .get("getAttempts", "/orders/" + AgentClient.segment(order) + "/attempts", Attempts.class))
                .attempts()
                .stream()
                .reduce((earlier, later) -> later)
                .flatMap(last -> last.method())
                .filter(method -> method == MethodKind.cash_on_delivery)
                .isPresent();
    }

    private AgentClient agent(String name) {
        return Optional.ofNullable(agents.get(name)).orElseThrow(() -> ToolRefusal.unavailable(name));
    }

    static String names(List<PricedLine> lines) {
        return lines.stream()
                .limit(10)
                .map(line -> line.quantity() + " × " + line.name() + ", " + line.size() + ", " + line.color() + " ("
                        + line.sku() + ")")
                .collect(Collectors.joining("; "));
    }
}
