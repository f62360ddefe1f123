package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.AddressChangeQuote;
import io.journeyman.contracts.Fulfillment.QuoteAddressChange;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PricedLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds the quotes of orders that shall go elsewhere. No money moves: where the same delivery costs more, it is not done. */
final class Moving {
    private final Map<String, AgentClient> agents;

    Moving(Map<String, AgentClient> agents) {
        this.agents = agents;
    }

    Quoting.Quoted quote(Quoting.For whom, ObjectNode arguments) {
        Order order = new BoughtOrders(agent("postPurchase"), agent("payment")).meant(whom, arguments);
        if (order.status() != OrderStatus.confirmed || order.trackingId().isEmpty()) {
            throw ToolRefusal.of(
                    "address_fixed",
                    "The order is " + order.status() + ": where it goes cannot be changed.",
                    "Read the order's status to the customer.");
        }
        Address address = Json.convert(arguments.path("address"), Address.class);
        List<PricedLine> left = BoughtOrders.left(order);
        Money goods = order.lines().stream()
                .map(PricedLine::amount)
                .reduce(Money::plus)
                .orElseThrow();
        AddressChangeQuote worked = ToolRefusal.said(agent("fulfillment")
                .ask(
                        "quoteAddressChange",
                        "/address-change-quotes",
                        new QuoteAddressChange(order.trackingId().get(), address, goods),
                        AddressChangeQuote.class));
        if (worked.fee().minor() > worked.feeBefore().minor()) {
            throw ToolRefusal.of(
                    "delivery_dearer",
                    worked.label() + " to that address costs " + worked.fee().shown() + " instead of "
                            + worked.feeBefore().shown() + ", so that the order cannot go there as it was paid.",
                    "Offer to keep the address, or to cancel the order and place it anew.");
        }
        Money nothing = new Money(0, order.total().currency());
        return new Quoting.Quoted(
                new QuoteDraft(whom, left.isEmpty() ? order.lines() : left, nothing)
                        .moved(new Quote.Moved(
                                order.orderId(), order.trackingId().get(), address, worked.promisedDate()))
                        .comesTo(nothing, nothing),
                Optional.empty());
    }

    /** What the model may tell of it: everything but the street. */
    static void describe(Quote.Moved moved, ObjectNode result) {
        result.put("orderId", moved.orderId().value())
                .put("city", moved.address().city())
                .put("promisedDate", moved.promisedDate().toString())
                .put(
                        "nextStep",
                        "Nothing is changed yet. Say to which city it would go, by when it comes, and that nothing is to pay,"
                                + " and ask the customer to confirm with the button or with yes.");
    }

    private AgentClient agent(String name) {
        return Optional.ofNullable(agents.get(name)).orElseThrow(() -> ToolRefusal.unavailable(name));
    }
}
