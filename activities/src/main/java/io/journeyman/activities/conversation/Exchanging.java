package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.ReturnLine;
import io.journeyman.contracts.PostPurchase.ReturnQuote;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Recommendation.PricedVariant;
import io.journeyman.contracts.ReturnId;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the quotes of exchanges: pieces of one line of an order go back, as many of another variant or product come for them. The same
 * product comes at the price that was paid, as long as both variants cost the same today; anything else costs what it costs today. It
 * is delivered free of charge, or collected in a store that has it now.
 */
final class Exchanging {
    /** How long the parcel of what goes back may take, and its inspection: by so much later than today's delivery it is promised. */
    private static final Period ON_ITS_WAY_BACK = Period.ofDays(21);

    /** For these the same piece comes once more. */
    private static final Set<ReturnReason> FAULTY = Set.of(ReturnReason.damaged, ReturnReason.wrong_item);

    private final Variants variants;
    private final Quoting quoting;
    private final Returning returning;

    Exchanging(Map<String, AgentClient> agents, Quoting quoting, Returning returning) {
        this.variants = new Variants(agents);
        this.quoting = quoting;
        this.returning = returning;
    }

    /** @param orderId the order's of what comes @param returnId the return's of what goes back */
    Quoting.Quoted quote(Quoting.For whom, ObjectNode arguments, OrderId orderId, ReturnId returnId) {
        Order order = returning.bought().meant(whom, arguments);
        ReturnReason reason = ReturnReason.valueOf(arguments.path("reason").asText());
        PricedLine back = goesBack(order, arguments);
        PricedLine wanted = comesFor(back, arguments);
        quoting.requireStock(wanted);
        List<ReturnLine> lines =
                List.of(new ReturnLine(back.sku(), back.quantity(), returning.category(back.productId())));
        ReturnQuote worked = returning.worked(whom, order.orderId(), reason, lines, true);
        Money none = new Money(0, worked.refund().currency());
        boolean even = isEven(back, wanted);
        PricedLine comes = even ? at(back.unitPrice(), wanted) : wanted;
        Money discount = even ? worked.discount() : none;
        Money costs = comes.amount().minus(discount);
        Money credit = costs.minor() < worked.refund().minor() ? costs : worked.refund();
        if (credit.minor() == 0) {
            throw ToolRefusal.of(
                    "nothing_to_exchange",
                    "Nothing was paid for it in the end, or its fee is as high, so that nothing can be had for it.",
                    "Say so; offer to order the other piece.");
        }
        Money due = costs.minus(credit);
        boolean usesCredit = due.minor() > 0 && Quoting.usesCredit(arguments);
        Optional<Money> storeCredit = usesCredit ? quoting.credit(whom.customer(), due) : Optional.empty();
        Quote quote = new QuoteDraft(whom, List.of(comes), comes.amount())
                .discount(discount)
                .delivered(quoting.delivery(whom, comes, arguments).inExchange(none, ON_ITS_WAY_BACK))
                .exchanged(new Quote.Exchanged(
                        orderId,
                        returnId,
                        new Quote.Returned(
                                order.orderId(),
                                reason,
                                lines,
                                worked.fee(),
                                returning.bought().isPaidInCash(worked),
                                false),
                        Returning.back(worked),
                        worked.refund().plus(worked.fee()),
                        credit,
                        worked.refund().minus(credit)))
                .credit(storeCredit)
                .warranties(quoting.warranties(List.of(comes)))
                .comesTo(due, Gst.included(List.of(comes), discount.plus(credit), none));
        return new Quoting.Quoted(
                quote, Optional.of(Quoting.NO_CREDIT).filter(note -> usesCredit && storeCredit.isEmpty()));
    }

    /** What the model may tell of it. */
    static void describe(Quote.Exchanged exchanged, Quote quote, ObjectNode result) {
        Quote.Returned returned = exchanged.returned();
        ObjectNode exchange = result.putObject("exchange")
                .put("orderId", returned.orderId().value())
                .put("reason", returned.reason().name());
        exchange.set("goesBack", Json.mapper().valueToTree(exchanged.lines()));
        exchange.set(
                "goods",
                Json.mapper()
                        .valueToTree(exchanged.lines().stream()
                                .map(PricedLine::amount)
                                .reduce(Money::plus)
                                .orElseThrow()));
        exchange.set("worth", Json.mapper().valueToTree(exchanged.value()));
        exchange.set("fee", Json.mapper().valueToTree(returned.fee()));
        exchange.set("paysForTheOther", Json.mapper().valueToTree(exchanged.credit()));
        exchange.set("refund", Json.mapper().valueToTree(exchanged.refund()));
        exchange.put("refundTo", Returning.refundTo(returned));
        result.put(
                "nextStep",
                "Nothing is exchanged yet. Show what goes back, what comes for it (lines), the fee, and what is paid now (total, and"
                        + " where store credit pays a part of it, leftToPay) or refunded, and ask the customer to confirm with the button or with yes. The other piece is set aside"
                        + " from then on, and sent, or ready to be collected, once theirs is back and was looked at; when a part of theirs is refused,"
                        + " nothing is exchanged, what was paid now goes back, and what was taken is refunded.");
    }

    private static PricedLine goesBack(Order order, ObjectNode arguments) {
        ObjectNode item = arguments.path("item") instanceof ObjectNode named && !named.isEmpty()
                ? named
                : Json.mapper().createObjectNode();
        List<PricedLine> lines = Returning.wanted(
                order,
                item.isEmpty()
                        ? Json.mapper().createArrayNode()
                        : Json.mapper().createArrayNode().add(item));
        if (lines.size() > 1) {
            throw ToolRefusal.of(
                    "which_item",
                    "The order has several pieces that could go back: " + BoughtOrders.names(lines) + ".",
                    "Ask which one is meant; exchange one after the other.");
        }
        return lines.getFirst();
    }

    /** As many of what was said; what was not said stays as it is. */
    private PricedLine comesFor(PricedLine back, ObjectNode arguments) {
        ObjectNode instead = ((ObjectNode) arguments.path("instead")).deepCopy();
        boolean another = instead.hasNonNull("sku")
                || (instead.hasNonNull("productId")
                        && !instead.path("productId")
                                .asText()
                                .equals(back.productId().value()));
        if (!another) {
            instead.put("productId", back.productId().value());
            instead.put("size", instead.path("size").asText(back.size()));
            instead.put("color", instead.path("color").asText(back.color()));
        }
        PricedLine wanted = variants.one(instead, back.quantity());
        if (wanted.sku().equals(back.sku())
                && !FAULTY.contains(
                        ReturnReason.valueOf(arguments.path("reason").asText()))) {
            throw ToolRefusal.of(
                    "same_piece",
                    "That is the piece that the customer has.",
                    "Ask which size, colour or product they would like for it.");
        }
        return wanted;
    }

    /** A variant that is not sold any more had the price of its product's others. */
    private boolean isEven(PricedLine back, PricedLine wanted) {
        return back.productId().equals(wanted.productId())
                && variants.prices(List.of(back.sku())).stream()
                        .map(PricedVariant::price)
                        .allMatch(wanted.unitPrice()::equals);
    }

    private static PricedLine at(Money price, PricedLine line) {
        return new PricedLine(
                line.sku(), line.productId(), line.name(), line.size(), line.color(), line.quantity(), price);
    }
}
