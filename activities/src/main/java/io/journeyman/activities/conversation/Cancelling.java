package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.TrackParcels;
import io.journeyman.contracts.Fulfillment.TrackedOrder;
import io.journeyman.contracts.Fulfillment.TrackedOrders;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.CancellationQuote;
import io.journeyman.contracts.PostPurchase.CancellationReason;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.QuoteCancellation;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Builds the quotes of cancellations: what was bought and what goes back from postPurchase, what has not left yet from fulfillment. Only
 * the journey finds out for certain whether it still could be stopped.
 */
final class Cancelling {
    private final Map<String, AgentClient> agents;

    Cancelling(Map<String, AgentClient> agents) {
        this.agents = agents;
    }

    Quoting.Quoted quote(Quoting.For whom, ObjectNode arguments) {
        return quote(whom, Quoting.quoteId(), arguments, what -> what);
    }

    /** All that is left of an order, and in the shop. @param keptUntil until when its store kept it */
    Quote all(Quoting.For whom, QuoteId id, OrderId order, CancellationReason reason, Optional<Instant> keptUntil) {
        ObjectNode named = Json.mapper().createObjectNode().put("orderId", order.value());
        return quote(whom, id, named, what -> what.because(reason, keptUntil)).quote();
    }

    private Quoting.Quoted quote(
            Quoting.For whom, QuoteId id, ObjectNode arguments, UnaryOperator<Quote.Cancelled> why) {
        BoughtOrders orders = new BoughtOrders(agent("postPurchase"), agent("payment"));
        Order order = orders.meant(whom, arguments);
        List<PricedLine> left = BoughtOrders.left(order);
        if (left.isEmpty()) {
            throw ToolRefusal.of(
                    "nothing_to_cancel",
                    "Everything of that order was cancelled, or comes back.",
                    "Tell the customer where its cancellations and returns stand.");
        }
        List<PricedLine> here = here(whom, order, left);
        List<PricedLine> wanted = wanted(left, here, arguments.path("items"));
        CancellationQuote worked = ToolRefusal.said(agent("postPurchase")
                .ask(
                        "quoteCancellation",
                        "/cancellation-quotes",
                        new QuoteCancellation(
                                whom.customer(),
                                order.orderId(),
                                wanted.stream().map(PricedLine::line).toList()),
                        CancellationQuote.class));
        return new Quoting.Quoted(
                new QuoteDraft(whom, id, wanted, worked.goods())
                        .discount(worked.discount())
                        .cancelled(why.apply(new Quote.Cancelled(
                                order.orderId(),
                                wanted.stream().map(PricedLine::line).toList(),
                                worked.deliveryFee(),
                                orders.isPaidInCash(order.orderId()))))
                        .comesTo(worked.refund(), Gst.included(wanted, worked.discount(), worked.deliveryFee())),
                note(left, here, arguments.path("items")));
    }

    /** What the model may tell of it. */
    static void describe(Quote.Cancelled cancelled, Quote quote, ObjectNode result) {
        result.put("orderId", cancelled.orderId().value());
        result.set("deliveryFeeBack", Json.mapper().valueToTree(cancelled.deliveryFee()));
        result.set("refund", Json.mapper().valueToTree(quote.total()));
        result.put("refundTo", refundTo(cancelled));
        result.put(
                "nextStep",
                "Nothing is cancelled yet. Show the pieces, what goes back and where it goes, and ask the customer to confirm"
                        + " with the button or with yes. Should a parcel leave before they confirm, it cannot be stopped any more.");
    }

    static String refundTo(Quote.Cancelled cancelled) {
        return cancelled.unpaid()
                ? "Nothing was paid yet: so much less is to pay when it is handed over, or nothing when all is cancelled."
                : Words.AS_IT_WAS_PAID;
    }

    /** Of what is left, the pieces that are in no parcel which has left. An order that nobody has sent yet is here as a whole. */
    private List<PricedLine> here(Quoting.For whom, Order order, List<PricedLine> left) {
        Optional<TrackedOrder> sent = ToolRefusal.said(agent("fulfillment")
                        .ask(
                                "trackParcels",
                                "/parcel-tracking",
                                new TrackParcels(Optional.of(order.orderId()), whom.customer()),
                                TrackedOrders.class))
                .orders()
                .stream()
                .findFirst();
        if (sent.isEmpty()) {
            return left;
        }
        Map<Sku, Integer> packed = sent.get().parcels().stream()
                .filter(parcel -> parcel.status().isHere())
                .flatMap(parcel -> parcel.lines().stream())
                .collect(Collectors.groupingBy(ParcelLine::sku, Collectors.summingInt(ParcelLine::quantity)));
        return left.stream()
                .filter(line -> packed.containsKey(line.sku()))
                .map(line -> BoughtOrders.of(line, Math.min(line.quantity(), packed.get(line.sku()))))
                .toList();
    }

    private static List<PricedLine> wanted(List<PricedLine> left, List<PricedLine> here, JsonNode items) {
        if (here.isEmpty()) {
            throw ToolRefusal.of(
                    "already_shipped",
                    "All parcels of that order have left; they cannot be stopped any more.",
                    "Offer to return it once it has come, with return_items.");
        }
        if (items.isEmpty()) {
            return here;
        }
        List<PricedLine> wanted = BoughtOrders.named(left, items);
        boolean allHere = wanted.stream()
                .allMatch(line -> here.stream()
                        .anyMatch(one -> one.sku().equals(line.sku()) && one.quantity() >= line.quantity()));
        if (!allHere) {
            throw ToolRefusal.of(
                    "already_shipped",
                    "Not all of these pieces are here any more. Still here: " + BoughtOrders.names(here) + ".",
                    "Offer to cancel what is still here, and to return the rest once it has come, with return_items.");
        }
        return wanted;
    }

    /** Who wants all of it cancelled hears what cannot be stopped any more. */
    private static Optional<String> note(List<PricedLine> left, List<PricedLine> here, JsonNode items) {
        var gone = new ArrayList<PricedLine>();
        for (PricedLine line : left) {
            int stays = here.stream()
                    .filter(one -> one.sku().equals(line.sku()))
                    .mapToInt(PricedLine::quantity)
                    .sum();
            if (stays < line.quantity()) {
                gone.add(BoughtOrders.of(line, line.quantity() - stays));
            }
        }
        return gone.isEmpty() || !items.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "This has left already and cannot be stopped any more; it can come back with return_items: "
                                + BoughtOrders.names(gone) + ".");
    }

    private AgentClient agent(String name) {
        return Optional.ofNullable(agents.get(name)).orElseThrow(() -> ToolRefusal.unavailable(name));
    }
}
