package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.AddressChangeQuote;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.QuoteAddressChange;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Sku;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Builds the quotes of orders that shall go elsewhere, as far as they have not left. No money moves: where the same delivery costs more, it
 * is not done.
 */
final class Moving {
    private static final Set<OrderStatus> UNDER_WAY = Set.of(OrderStatus.confirmed, OrderStatus.shipped);

    private final Map<String, AgentClient> agents;

    Moving(Map<String, AgentClient> agents) {
        this.agents = agents;
    }

    Quoting.Quoted quote(Quoting.For whom, ObjectNode arguments) {
        Order order = new BoughtOrders(agent("postPurchase"), agent("payment")).meant(whom, arguments);
        if (!UNDER_WAY.contains(order.status()) || order.trackingId().isEmpty()) {
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
        Map<Sku, Integer> gone = worked.staying().orElse(List.of()).stream()
                .collect(Collectors.toMap(ParcelLine::sku, ParcelLine::quantity, Integer::sum));
        List<PricedLine> goes = BoughtOrders.without(gone, left);
        Money nothing = new Money(0, order.total().currency());
        return new Quoting.Quoted(
                new QuoteDraft(whom, goes.isEmpty() ? order.lines() : goes, nothing)
                        .moved(new Quote.Moved(
                                order.orderId(),
                                order.trackingId().get(),
                                address,
                                worked.promisedDate(),
                                Optional.of(BoughtOrders.of(gone, order.lines()))
                                        .filter(some -> !some.isEmpty())))
                        .comesTo(nothing, nothing),
                Optional.empty());
    }

    /** What the model may tell of it: everything but the street. */
    static void describe(Quote.Moved moved, ObjectNode result) {
        result.put("orderId", moved.orderId().value())
                .put("city", moved.address().city())
                .put("promisedDate", moved.promisedDate().toString());
        moved.staying()
                .ifPresent(lines -> lines.forEach(line -> result.withArray("staying")
                        .add(Json.mapper()
                                .createObjectNode()
                                .put("name", line.name())
                                .put("quantity", line.quantity()))));
        result.put(
                "nextStep",
                "Nothing is changed yet. Say to which city "
                        + (moved.staying().isPresent()
                                ? "what is under lines would go, that what is under staying has left already and comes to the"
                                        + " address before,"
                                : "it would go,")
                        + " by when it comes, and that nothing is to pay, and ask the customer to confirm with the button or with yes.");
    }

    private AgentClient agent(String name) {
        return Optional.ofNullable(agents.get(name)).orElseThrow(() -> ToolRefusal.unavailable(name));
    }
}
