package io.journeyman.activities.returns;

import static io.journeyman.activities.agent.AgentClient.segment;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.activities.conversation.Quotes;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.PostPurchase.CloseReturn;
import io.journeyman.contracts.PostPurchase.Closing;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.RecordReturn;
import io.journeyman.contracts.PostPurchase.Return;
import io.journeyman.contracts.PostPurchase.ReturnState;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PostPurchase.SettleReturn;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReturnId;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The return's record at the postPurchase agent. */
public final class AgentReturns implements ReturnActivities {
    private final AgentClient agent;
    private final Quotes quotes;

    public AgentReturns(AgentClient agent, Quotes quotes) {
        this.agent = agent;
        this.quotes = quotes;
    }

    @Override
    public RecordedReturn recordReturn(ReturnId returnId, QuoteId quote) {
        Quote frozen = quotes.get(quote);
        Quote.Returned returned = frozen.returned()
                .orElseThrow(() ->
                        ApplicationFailure.newNonRetryableFailure("the quote returns nothing", "quote_without_return"));
        RecordReturn body = new RecordReturn(
                returnId,
                returned.orderId(),
                frozen.customerId(),
                frozen.quoteId(),
                returned.reason(),
                returned.lines(),
                returned.fee(),
                frozen.total());
        return switch (agent.change("recordReturn", "/returns", "record-" + returnId, body, Return.class)) {
            case Answer.Done<Return>(Return done) ->
                done.status() == ReturnStatus.cancelled
                        ? new RecordedReturn.Refused("return_cancelled")
                        : new RecordedReturn.Recorded(done.orderId(), done.label());
            case Answer.Refused<Return> refused ->
                new RecordedReturn.Refused(refused.problem().code());
            case Answer.Unavailable<Return> unavailable -> throw unavailable.failure();
        };
    }

    /** Another inspection of the same return has another key: the agent tells which one stands. */
    @Override
    public InspectedReturn inspectReturn(ReturnId returnId, InspectReturn inspection) {
        Return inspected = agent.change(
                        "inspectReturn",
                        "/returns/" + segment(returnId) + "/inspection",
                        "inspect-" + returnId + "-"
                                + UUID.nameUUIDFromBytes(Json.write(inspection).getBytes(StandardCharsets.UTF_8)),
                        inspection,
                        Return.class)
                .orFail();
        return new InspectedReturn(
                inspected.lines().stream()
                        .filter(line -> line.accepted() > 0)
                        .map(line -> new StockLine(line.sku(), line.accepted()))
                        .toList(),
                inspected.refund(),
                inspected.value(),
                inspected.orderValue());
    }

    @Override
    public ReturnStatus closeReturn(ReturnId returnId, Closing to) {
        return switch (agent.change(
                "closeReturn",
                "/returns/" + segment(returnId) + "/close",
                "close-" + returnId + "-" + to,
                new CloseReturn(to),
                ReturnState.class)) {
            case Answer.Done<ReturnState>(ReturnState state) -> state.status();
            case Answer.Refused<ReturnState> refused when refused.is("return_inspected") -> ReturnStatus.inspected;
            case Answer.Refused<ReturnState> refused -> throw refused.failure();
            case Answer.Unavailable<ReturnState> unavailable -> throw unavailable.failure();
        };
    }

    @Override
    public void settleReturn(ReturnId returnId, Settlement by, String reference) {
        agent.change(
                        "settleReturn",
                        "/returns/" + segment(returnId) + "/settle",
                        "settle-" + returnId,
                        new SettleReturn(by, Optional.of(reference).filter(text -> !text.isEmpty())),
                        Return.class)
                .orFail();
    }
}
