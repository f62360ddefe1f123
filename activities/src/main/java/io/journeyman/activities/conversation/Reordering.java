package io.journeyman.activities.conversation;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.CheckInventory;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.GetOrderStatus;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.Orders;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Recommendation.PricedVariant;
import io.journeyman.contracts.Sku;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an earlier order of the customer comes to today: the lines that can be had, at today's prices, and those that cannot. */
final class Reordering {
    private final Map<String, AgentClient> agents;
    private final Variants variants;

    Reordering(Map<String, AgentClient> agents) {
        this.agents = agents;
        this.variants = new Variants(agents);
    }

    /** @param lines at today's prices @param repriced those of them for which another price was paid then */
    record Again(OrderId orderId, List<PricedLine> lines, List<Missing> missing, List<Repriced> repriced) {}

    /**
     * @param why not_sold_any_more, sold_out, not_so_many or cart_full
     * @param together how many of it one order can have, where that is not so many
     */
    record Missing(PricedLine line, String why, Optional<Integer> together) {
        Missing(PricedLine line, String why) {
            this(line, why, Optional.empty());
        }
    }

    record Repriced(Sku sku, String name, Money then, Money now) {}

    /** @throws ToolRefusal unknown_order */
    Again of(CustomerId customer, Optional<OrderId> named) {
        Order order = ToolRefusal.said(agent("postPurchase")
                        .ask("getOrderStatus", "/order-status", new GetOrderStatus(named, customer), Orders.class))
                .orders()
                .stream()
                .findFirst()
                .orElseThrow(() -> ToolRefusal.of(
                        "unknown_order",
                        named.isPresent() ? "This customer has no such order." : "This customer has no order yet.",
                        "Look with get_order_status."));
        Map<Sku, PricedVariant> today = variants
                .prices(order.lines().stream().map(PricedLine::sku).toList())
                .stream()
                .collect(Collectors.toMap(PricedVariant::sku, Function.identity()));
        List<PricedLine> lines = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        List<Repriced> repriced = new ArrayList<>();
        for (PricedLine line : order.lines()) {
            PricedVariant now = today.get(line.sku());
            int together = now == null ? 0 : together(line);
            if (now == null) {
                missing.add(new Missing(line, "not_sold_any_more"));
            } else if (together == 0) {
                missing.add(new Missing(line, "sold_out"));
            } else if (together < line.quantity()) {
                missing.add(new Missing(line, "not_so_many", Optional.of(together)));
            } else {
                lines.add(new PricedLine(
                        now.sku(), now.productId(), now.name(), now.size(), now.color(), line.quantity(), now.price()));
                if (!now.price().equals(line.unitPrice())) {
                    repriced.add(new Repriced(line.sku(), now.name(), line.unitPrice(), now.price()));
                }
            }
        }
        return new Again(order.orderId(), List.copyOf(lines), List.copyOf(missing), List.copyOf(repriced));
    }

    private int together(PricedLine line) {
        return ToolRefusal.said(agent("inventory")
                        .ask(
                                "checkInventory",
                                "/inventory/check",
                                new CheckInventory(
                                        line.productId(),
                                        Optional.of(line.size()),
                                        Optional.of(line.color()),
                                        Optional.empty()),
                                Availability.class))
                .together(line.sku());
    }

    private AgentClient agent(String name) {
        return Optional.ofNullable(agents.get(name)).orElseThrow(() -> ToolRefusal.unavailable(name));
    }
}
