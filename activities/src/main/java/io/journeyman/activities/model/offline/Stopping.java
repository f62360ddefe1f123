package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.Orders;
import io.journeyman.contracts.PricedLine;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was ordered shall not be sent, all of it or some: the order, its pieces, then the proposal. */
final class Stopping {
    private static final Set<OrderStatus> NOT_THERE_YET = Set.of(OrderStatus.confirmed, OrderStatus.shipped);

    private final Scene scene;

    /** All that was said of it, as one sentence. */
    private final Wish wish;

    private final NamedPieces named;

    Stopping(Scene scene) {
        this.scene = scene;
        String said = scene.memory().saidSince(Question::stops) + scene.wish().text();
        this.wish = Interpreter.read(said, Optional.empty(), scene.memory().names());
        this.named = new NamedPieces(new HashSet<>(Interpreter.words(said)));
    }

    /** "Cancel my order", "cancel the shawl of JM-ABCD123456": an order, not the cart or what was just said. */
    static boolean isWished(Wish wish) {
        return wish.does(Act.cancel)
                && !wish.does(Act.reserve, Act.reservations)
                && (wish.does(Act.orders)
                        || wish.orderId().isPresent()
                        || Interpreter.words(wish.text()).contains("order"));
    }

    /** Whether the sentence answers which pieces shall not be sent. */
    static boolean goesOn(Scene scene) {
        boolean asked = scene.memory().asked().filter(Question::stops).isPresent();
        boolean other =
                scene.wish().does(Act.want, Act.cart, Act.checkout, Act.offers, Act.reserve, Act.add, Act.returns);
        return asked && !other && !scene.wish().declines();
    }

    /** Whether the latest order is what was proposed just before: a button confirms without a word. */
    boolean wasOrderedJustNow() {
        if (!scene.can("cancel_items") || !scene.signedIn()) {
            return false;
        }
        Done answer = scene.call("get_order_status", new Arguments().with("orderId", Optional.<String>empty()));
        return !answer.problem()
                && answer.as(Orders.class).orders().stream()
                        .findFirst()
                        .filter(order -> NOT_THERE_YET.contains(order.status()))
                        .map(Order::total)
                        .equals(scene.memory().justProposedTotal());
    }

    String reply() {
        if (!scene.can("cancel_items")) {
            return SmallTalk.CANCEL;
        }
        if (!scene.signedIn()) {
            return "To cancel something, please sign in first. This chat stays as it is, and we go on from there.";
        }
        Optional<String> orderId = wish.orderId();
        Done answer = scene.call("get_order_status", new Arguments().with("orderId", orderId));
        if (answer.problem()) {
            return scene.trouble(answer);
        }
        return answer.as(Orders.class).orders().stream()
                .filter(order -> NOT_THERE_YET.contains(order.status()))
                .findFirst()
                .map(this::of)
                .orElseGet(
                        () -> orderId.map(id -> "There is no order " + id + " of yours that could still be stopped. ")
                                        .orElse("You have no order that could still be stopped. ")
                                + Question.ORDERS.words());
    }

    private String of(Order order) {
        List<PricedLine> lines = named.of(order.lines());
        if (lines.isEmpty() || isOneOfThem(lines)) {
            return "In your order " + order.orderId() + " there are:"
                    + scene.phrases().lines(order.lines()) + Question.WHICH_TO_CANCEL.words();
        }
        Optional<Integer> pieces = wish.quantity()
                .filter(count -> lines.size() == 1 && count <= lines.getFirst().quantity());
        ArrayNode items = Json.mapper().createArrayNode();
        if (lines.size() < order.lines().size() || pieces.isPresent()) {
            for (PricedLine line : lines) {
                var item = items.addObject().put("sku", line.sku().value());
                pieces.ifPresent(count -> item.put("quantity", count));
            }
        }
        Done proposed = scene.call(
                "cancel_items",
                new Arguments().with("orderId", order.orderId().value()).with("items", items));
        return proposed.problem() ? refused(proposed) : proposal(proposed.result());
    }

    /** "Cancel 1 piece of my order", which has more than that. */
    private boolean isOneOfThem(List<PricedLine> lines) {
        int all = lines.stream().mapToInt(PricedLine::quantity).sum();
        return lines.size() > 1 && wish.quantity().filter(count -> count < all).isPresent();
    }

    private String refused(Done refused) {
        return switch (refused.code()) {
            case "already_shipped", "already_delivered" ->
                "I am sorry, that has left already and cannot be stopped any more. Once it is there, you can send it back: just tell me. "
                        + Question.ORDERS.words();
            case "exchange_order" ->
                "That order comes in exchange for what you sent back, so that it cannot be cancelled. Once it is there, you can send it back: just tell me. "
                        + Question.ORDERS.words();
            case "nothing_to_cancel", "not_in_order" ->
                "That was cancelled already, or is on its way back. " + Question.ORDERS.words();
            case "not_bought" -> "There is nothing in that order that could be stopped. " + Question.ORDERS.words();
            default -> scene.trouble(refused);
        };
    }

    private String proposal(JsonNode proposal) {
        Money discount = Json.convert(proposal.path("discount"), Money.class);
        Money delivery = Json.convert(proposal.path("deliveryFeeBack"), Money.class);
        String refund = scene.phrases().money(Json.convert(proposal.path("refund"), Money.class));
        return "You would cancel:"
                + scene.phrases()
                        .lines(Memory.lines(
                                new Done("cancel_items", Json.mapper().createObjectNode(), proposal, 0)))
                + (discount.minor() > 0
                        ? "Their share of the order's discount, "
                                + scene.phrases().money(discount) + ", is taken off. "
                        : "")
                + (delivery.minor() > 0
                        ? "The delivery fee of " + scene.phrases().money(delivery) + " goes back, too. "
                        : "")
                + (proposal.path("refundTo").asText().startsWith("Nothing")
                        ? "Nothing was paid yet, so you pay " + refund + " less when you get it. "
                        : "You get back " + refund + " the way you paid: card, account or store credit. ")
                + (proposal.hasNonNull("note")
                        ? "The rest has left already and cannot be stopped; once it is there, you can send it back. "
                        : "")
                + "Nothing is cancelled yet. " + scene.phrases().confirm().words();
    }
}
