package io.journeyman.activities.orders;

import static io.journeyman.activities.agent.AgentClient.segment;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.activities.conversation.Quotes;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderState;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.PaidByReturn;
import io.journeyman.contracts.PostPurchase.RecordAddress;
import io.journeyman.contracts.PostPurchase.RecordOrder;
import io.journeyman.contracts.PostPurchase.TransitionOrder;
import io.journeyman.contracts.QuoteId;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;

/** The order's record at the postPurchase agent. */
public final class AgentOrders implements OrderActivities {
    private final AgentClient agent;
    private final Quotes quotes;

    public AgentOrders(AgentClient agent, Quotes quotes) {
        this.agent = agent;
        this.quotes = quotes;
    }

    @Override
    public OrderStatus recordOrder(OrderId order, String run, QuoteId quote) {
        Quote frozen = quotes.get(quote);
        Quote.Delivery delivery = frozen.delivery()
                .orElseThrow(() -> ApplicationFailure.newNonRetryableFailure(
                        "the quote is collected, not delivered", "quote_without_delivery"));
        // what comes back of it later is worth what its goods cost: an offer of free delivery must not make them
        // cheaper
        Money feeOff = delivery.feeOff().orElse(new Money(0, delivery.fee().currency()));
        RecordOrder body = new RecordOrder(
                order,
                frozen.customerId(),
                frozen.conversationId(),
                frozen.quoteId(),
                frozen.channel(),
                frozen.lines(),
                frozen.discount().minus(feeOff),
                delivery.fee().minus(feeOff),
                frozen.taxIncluded(),
                frozen.total(),
                delivery.address(),
                delivery.optionId(),
                delivery.promisedDate(),
                frozen.exchanged().map(exchanged -> new PaidByReturn(exchanged.returnId(), exchanged.credit())),
                Optional.of(frozen.warranties()).filter(promised -> !promised.isEmpty()));
        return agent.change("recordOrder", "/orders", "record-" + order + "-" + run, body, Order.class)
                .orFail()
                .status();
    }

    @Override
    public OrderStatus transitionOrder(OrderId order, String run, OrderStatus to, String reason, String trackingId) {
        TransitionOrder body = new TransitionOrder(to, given(reason), given(trackingId));
        return agent.change(
                        "transitionOrder",
                        "/orders/" + segment(order) + "/transitions",
                        String.join("-", "transition", order.value(), run, to.name()),
                        body,
                        OrderState.class)
                .orFail()
                .status();
    }

    @Override
    public void recordAddress(AddressChangeId change, QuoteId quote) {
        Quote.Moved moved = quotes.get(quote).toMove();
        agent.change(
                        "recordAddress",
                        "/orders/" + segment(moved.orderId()) + "/address",
                        "move-" + change,
                        new RecordAddress(change, moved.address()),
                        OrderState.class)
                .orFail();
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }
}
