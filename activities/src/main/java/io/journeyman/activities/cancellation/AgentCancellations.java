package io.journeyman.activities.cancellation;

import static io.journeyman.activities.agent.AgentClient.segment;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.activities.conversation.Quotes;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.Cancellation;
import io.journeyman.contracts.PostPurchase.CancellationState;
import io.journeyman.contracts.PostPurchase.CancellationStatus;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.RecordCancellation;
import io.journeyman.contracts.PostPurchase.SettleCancellation;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.QuoteId;
import java.util.Optional;

/** The cancellation's record at the postPurchase agent. */
public final class AgentCancellations implements CancellationActivities {
    private final AgentClient agent;
    private final Quotes quotes;

    public AgentCancellations(AgentClient agent, Quotes quotes) {
        this.agent = agent;
        this.quotes = quotes;
    }

    @Override
    public RecordedCancellation recordCancellation(CancellationId cancellation, QuoteId quote) {
        Quote frozen = quotes.get(quote);
        Quote.Cancelled cancelled = frozen.toCancel();
        RecordCancellation body = new RecordCancellation(
                cancellation,
                cancelled.orderId(),
                frozen.customerId(),
                frozen.quoteId(),
                cancelled.lines(),
                frozen.total(),
                cancelled.reason());
        return switch (agent.change(
                "recordCancellation", "/cancellations", "record-" + cancellation, body, Cancellation.class)) {
            case Answer.Done<Cancellation>(Cancellation done) ->
                done.status() == CancellationStatus.closed
                        ? new RecordedCancellation.Refused("cancellation_closed")
                        : new RecordedCancellation.Recorded(
                                done.orderId(),
                                done.trackingId().orElse("none"),
                                done.whole(),
                                done.refund(),
                                done.value(),
                                done.orderValue());
            case Answer.Refused<Cancellation> refused ->
                new RecordedCancellation.Refused(refused.problem().code());
            case Answer.Unavailable<Cancellation> unavailable -> throw unavailable.failure();
        };
    }

    @Override
    public Money acceptCancellation(CancellationId cancellation) {
        return agent.change(
                        "acceptCancellation",
                        path(cancellation) + "/accept",
                        "accept-" + cancellation,
                        Cancellation.class)
                .orFail()
                .refund();
    }

    @Override
    public boolean isOrderCancelled(OrderId order) {
        return agent.get("getOrder", "/orders/" + segment(order), Order.class)
                        .orFail()
                        .status()
                == OrderStatus.cancelled;
    }

    @Override
    public void closeCancellation(CancellationId cancellation) {
        agent.change(
                        "closeCancellation",
                        path(cancellation) + "/close",
                        "close-" + cancellation,
                        CancellationState.class)
                .orFail();
    }

    @Override
    public void settleCancellation(CancellationId cancellation, Settlement by, String reference) {
        agent.change(
                        "settleCancellation",
                        path(cancellation) + "/settle",
                        "settle-" + cancellation,
                        new SettleCancellation(by, Optional.of(reference).filter(text -> !text.isEmpty())),
                        Cancellation.class)
                .orFail();
    }

    private static String path(CancellationId cancellation) {
        return "/cancellations/" + segment(cancellation);
    }
}
