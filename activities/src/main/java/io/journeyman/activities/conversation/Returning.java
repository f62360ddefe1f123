package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.QuoteReturn;
import io.journeyman.contracts.PostPurchase.ReturnLine;
import io.journeyman.contracts.PostPurchase.ReturnQuote;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Product;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the quotes of returns: what was bought and what is refunded from postPurchase, its category from recommendation. */
final class Returning {
    private final Map<String, AgentClient> agents;

    Returning(Map<String, AgentClient> agents) {
        this.agents = agents;
    }

    Quoting.Quoted quote(Quoting.For whom, ObjectNode arguments) {
        return quote(
                whom, arguments, ReturnReason.valueOf(arguments.path("reason").asText()));
    }

    /** What failed under its warranty. */
    Quoting.Quoted claim(Quoting.For whom, ObjectNode arguments) {
        return quote(whom, arguments, ReturnReason.warranty);
    }

    private Quoting.Quoted quote(Quoting.For whom, ObjectNode arguments, ReturnReason reason) {
        BoughtOrders orders = bought();
        Order order = orders.meant(whom, arguments);
        boolean asCredit = arguments.path("refundTo").asText().equals(Settlement.store_credit.name());
        List<ReturnLine> lines = wanted(order, arguments.path("items")).stream()
                .map(line -> new ReturnLine(line.sku(), line.quantity(), category(line.productId())))
                .toList();
        ReturnQuote worked = worked(whom, order.orderId(), reason, lines, false);
        List<PricedLine> back = back(worked);
        return new Quoting.Quoted(
                new QuoteDraft(whom, back, worked.goods())
                        .discount(worked.discount())
                        .returned(new Quote.Returned(
                                order.orderId(),
                                reason,
                                lines,
                                worked.fee(),
                                !asCredit && orders.isPaidInCash(worked),
                                asCredit))
                        .comesTo(
                                worked.refund(),
                                Gst.included(
                                        back,
                                        worked.discount(),
                                        new Money(0, worked.fee().currency()))),
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
        if (returned.reason() == ReturnReason.warranty) {
            result.put(
                    "nextStep",
                    "Nothing is claimed yet. Show the pieces, and say that staff look at them first: what the warranty covers is"
                            + " repaired, replaced, or refunded as shown, as staff decide. Ask the customer to confirm with the"
                            + " button or with yes.");
            return;
        }
        result.put(
                "nextStep",
                "Nothing is returned yet. Show the pieces, what is taken off (discount and fee), the refund and where it goes,"
                        + " and ask the customer to confirm with the button or with yes. The refund comes once the parcel is"
                        + " back and was looked at.");
    }

    static String refundTo(Quote.Returned returned) {
        if (returned.asCredit()) {
            return "The customer's store credit, as they asked.";
        }
        return returned.byHand()
                ? "What was paid in cash our staff pay out by hand, and get in touch for it; anything else goes back the way it was paid."
                : Words.AS_IT_WAS_PAID;
    }

    /** @throws ToolRefusal nothing_to_return, not_in_order */
    static List<PricedLine> wanted(Order order, JsonNode items) {
        List<PricedLine> left = BoughtOrders.left(order);
        if (left.isEmpty()) {
            throw ToolRefusal.of(
                    "nothing_to_return",
                    "Everything of that order is on its way back, came back, or was cancelled.",
                    "Tell the customer where its returns and cancellations stand.");
        }
        return items.isEmpty() ? left : BoughtOrders.named(left, items);
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

    BoughtOrders bought() {
        return new BoughtOrders(agent("postPurchase"), agent("payment"));
    }

    private AgentClient agent(String name) {
        return Optional.ofNullable(agents.get(name)).orElseThrow(() -> ToolRefusal.unavailable(name));
    }
}
