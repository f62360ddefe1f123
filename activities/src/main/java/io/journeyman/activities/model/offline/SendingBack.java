package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.Orders;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PricedLine;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A return: the order, its pieces, the reason, then the proposal. An exchange is {@link Swapping}'s, once its order is known. */
final class SendingBack {
    private static final Set<OrderStatus> BOUGHT =
            Set.of(OrderStatus.confirmed, OrderStatus.shipped, OrderStatus.delivered);
    private static final Set<String> EXCHANGE = Set.of("exchange", "exchanged", "replacement", "swap");

    /** How customers say why; the first that fits counts. */
    private static final Map<ReturnReason, Pattern> REASONS = Map.of(
            ReturnReason.damaged, Pattern.compile("damage|broken|torn|defect|stain|ripped|faulty|\\bhole"),
            ReturnReason.wrong_item,
                    Pattern.compile("(wrong|another|different) (item|one|product|thing|piece|size|colou?r)"),
            ReturnReason.not_as_described,
                    Pattern.compile("not as (described|shown|pictured)|looks? different|not like (the|in the) "),
            ReturnReason.does_not_fit,
                    Pattern.compile("fit|too (big|small|large|tight|loose|long|short)|\\b(tight|loose)\\b"),
            ReturnReason.changed_mind,
                    Pattern.compile(
                            "chang(e|ed) my mind|(do not|dont|don't|don’t) (like|want|need)|no longer|not need"));

    private static final List<ReturnReason> IN_ORDER = List.of(
            ReturnReason.damaged,
            ReturnReason.wrong_item,
            ReturnReason.not_as_described,
            ReturnReason.does_not_fit,
            ReturnReason.changed_mind);

    private final Scene scene;
    private final String said;

    /** All that was said of this return, as one sentence. */
    private final Wish wish;

    private final Set<String> words;

    SendingBack(Scene scene) {
        this.scene = scene;
        this.said = scene.memory().saidSince(Question::sendsBack) + scene.wish().text();
        this.wish = Interpreter.read(said, Optional.empty(), scene.memory().names());
        this.words = new HashSet<>(Interpreter.words(said));
    }

    /** Whether the sentence goes on with a return that was spoken of just before. */
    static boolean goesOn(Scene scene) {
        boolean asked = scene.memory().asked().filter(Question::sendsBack).isPresent();
        boolean other = scene.wish()
                .does(Act.want, Act.cart, Act.checkout, Act.offers, Act.reserve, Act.orders, Act.add, Act.cancel);
        boolean says = scene.memory().wasAsked(Question.SWAP_FOR)
                && (scene.wish().facets().anySize()
                        || scene.wish().facets().colour().isPresent());
        return asked
                && (says
                        || (!other
                                && (!scene.wish().declines()
                                        || reason(scene.wish().text()).isPresent())));
    }

    String reply() {
        if (!scene.can("return_items")) {
            return SmallTalk.RETURNS;
        }
        if (words.contains("policy")) {
            return SmallTalk.RETURN_POLICY;
        }
        boolean exchange = words.stream().anyMatch(EXCHANGE::contains);
        if (exchange && !scene.can("exchange_items")) {
            return SmallTalk.EXCHANGE;
        }
        if (!scene.signedIn()) {
            return "To send something back, please sign in first. This chat stays as it is, and we go on from there.";
        }
        Optional<String> orderId = wish.orderId();
        Done answer = scene.call("get_order_status", new Arguments().with("orderId", orderId));
        if (answer.problem()) {
            return scene.trouble(answer);
        }
        Optional<Order> order = answer.as(Orders.class).orders().stream()
                .filter(one -> BOUGHT.contains(one.status()))
                .findFirst();
        return order.map(one -> exchange ? new Swapping(scene, said).of(one) : of(one))
                .orElseGet(() -> orderId.map(id -> "There is no order " + id + " of yours that could come back. ")
                                .orElse("You have no order yet that could come back. ")
                        + Question.WHAT.words());
    }

    private String of(Order order) {
        List<PricedLine> lines = new NamedPieces(words).of(order.lines());
        if (lines.isEmpty()) {
            return "In your order " + order.orderId() + " there are:"
                    + scene.phrases().lines(order.lines()) + Question.WHICH_TO_RETURN.words();
        }
        Optional<ReturnReason> reason = reason(said);
        if (reason.isEmpty()) {
            return "I can arrange that for "
                    + Phrases.and(lines.stream().map(PricedLine::name).toList())
                    + ": it does not fit, you changed your mind, it is damaged, not as described, or another item came? "
                    + Question.WHY_RETURN.words();
        }
        ArrayNode items = Json.mapper().createArrayNode();
        for (PricedLine line : lines) {
            var item = items.addObject().put("sku", line.sku().value());
            wish.quantity()
                    .filter(pieces -> lines.size() == 1 && pieces <= line.quantity())
                    .ifPresent(pieces -> item.put("quantity", pieces));
        }
        Done proposed = scene.call(
                "return_items",
                new Arguments()
                        .with("orderId", order.orderId().value())
                        .with("items", items)
                        .with("reason", reason.get().name())
                        .with("refundTo", Optional.of("store_credit").filter(way -> wantsCredit())));
        return proposed.problem() ? refused(scene, proposed) : proposal(proposed.result());
    }

    /** "Return it, as store credit please". */
    private boolean wantsCredit() {
        return said.toLowerCase(Locale.ROOT).contains("store credit");
    }

    static Optional<ReturnReason> reason(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        return IN_ORDER.stream()
                .filter(reason -> REASONS.get(reason).matcher(plain).find())
                .findFirst();
    }

    static String refused(Scene scene, Done refused) {
        return switch (refused.code()) {
            case "window_over" -> "I am sorry, the time in which it could come back is over. " + Question.WHAT.words();
            case "final_sale" ->
                "I am sorry, that was a final sale: it comes back only when it is damaged, or not what you ordered. "
                        + Question.WHAT.words();
            case "nothing_to_return", "not_in_order" ->
                "That is on its way back already, or came back. " + Question.ORDERS.words();
            case "not_returnable_yet" ->
                "Nothing of that order was bought, so nothing can come back. " + Question.ORDERS.words();
            default -> scene.trouble(refused);
        };
    }

    private String proposal(JsonNode proposal) {
        Money discount = Json.convert(proposal.path("discount"), Money.class);
        Money fee = Json.convert(proposal.path("fee"), Money.class);
        return "You would send back:" + scene.phrases().lines(lines(proposal))
                + (discount.minor() > 0
                        ? "Their share of the order's discount, "
                                + scene.phrases().money(discount) + ", is taken off. "
                        : "")
                + (fee.minor() > 0 ? "The return costs " + scene.phrases().money(fee) + ". " : "")
                + "You get back " + scene.phrases().money(Json.convert(proposal.path("refund"), Money.class))
                + refundTo(proposal.path("refundTo").asText())
                + ", once the parcel is here and was looked at. Nothing is returned yet. "
                + scene.phrases().confirm().words();
    }

    private static String refundTo(String where) {
        return where.contains("in cash")
                ? ", which our staff pay out as far as you paid in cash"
                : where.contains("customer's store credit")
                        ? ", as store credit"
                        : " the way you paid (card, account or store credit)";
    }

    private static List<PricedLine> lines(JsonNode proposal) {
        return Memory.lines(new Done("return_items", Json.mapper().createObjectNode(), proposal, 0));
    }
}
