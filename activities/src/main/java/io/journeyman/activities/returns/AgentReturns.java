package io.journeyman.activities.returns;

import static io.journeyman.activities.agent.AgentClient.digest;
import static io.journeyman.activities.agent.AgentClient.segment;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.activities.conversation.Quotes;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.PostPurchase.ChooseRemedy;
import io.journeyman.contracts.PostPurchase.CloseReturn;
import io.journeyman.contracts.PostPurchase.Closing;
import io.journeyman.contracts.PostPurchase.Exchange;
import io.journeyman.contracts.PostPurchase.ExchangeState;
import io.journeyman.contracts.PostPurchase.ExchangeWanted;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.RecordReturn;
import io.journeyman.contracts.PostPurchase.RecordSentBack;
import io.journeyman.contracts.PostPurchase.Return;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.ReturnRefusal;
import io.journeyman.contracts.PostPurchase.ReturnState;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PostPurchase.ReturnedLine;
import io.journeyman.contracts.PostPurchase.SettleExchange;
import io.journeyman.contracts.PostPurchase.SettleReturn;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReturnId;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;

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
        Optional<Quote.Exchanged> exchanged = frozen.exchanged();
        Quote.Returned returned = frozen.returned()
                .or(() -> exchanged.map(Quote.Exchanged::returned))
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
                exchanged.map(Quote.Exchanged::refund).orElse(frozen.total()),
                exchanged.map(instead -> new ExchangeWanted(instead.orderId(), instead.credit())));
        return switch (agent.change("recordReturn", "/returns", "record-" + returnId, body, Return.class)) {
            case Answer.Done<Return>(Return done) ->
                done.status() == ReturnStatus.cancelled
                        ? new RecordedReturn.Refused("return_cancelled")
                        : new RecordedReturn.Recorded(
                                done.orderId(),
                                done.label(),
                                returned.asCredit(),
                                done.paidBy(),
                                Optional.of(returned.reason() == ReturnReason.warranty)
                                        .filter(claim -> claim));
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
                        "inspect-" + returnId + "-" + digest(inspection),
                        inspection,
                        Return.class)
                .orFail();
        return inspected(inspected);
    }

    @Override
    public InspectedReturn chooseRemedy(ReturnId returnId, ChooseRemedy choice) {
        return inspected(agent.change(
                        "chooseRemedy",
                        "/returns/" + segment(returnId) + "/remedy",
                        "remedy-" + returnId + "-" + digest(choice),
                        choice,
                        Return.class)
                .orFail());
    }

    @Override
    public void recordSentBack(ReturnId returnId, String trackingId) {
        agent.change(
                        "recordSentBack",
                        "/returns/" + segment(returnId) + "/sent-back",
                        "sent-back-" + returnId + "-" + trackingId,
                        new RecordSentBack(trackingId),
                        Return.class)
                .orFail();
    }

    @Override
    public InspectedReturn settleExchange(ReturnId returnId, boolean agreed) {
        return inspected(agent.change(
                        "settleExchange",
                        "/returns/" + segment(returnId) + "/exchange",
                        "exchange-" + returnId + "-" + agreed,
                        new SettleExchange(agreed),
                        Return.class)
                .orFail());
    }

    private static InspectedReturn inspected(Return standing) {
        return new InspectedReturn(
                standing.lines().stream()
                        .filter(line -> line.accepted() > 0)
                        .map(line -> new StockLine(line.sku(), line.accepted()))
                        .toList(),
                standing.refund(),
                standing.value(),
                standing.orderValue(),
                standing.exchange().map(Exchange::state),
                standing.remedy(),
                standing.lines().stream()
                        .filter(AgentReturns::isHereAndRefused)
                        .map(line -> new StockLine(line.sku(), line.refused()))
                        .toList());
    }

    private static boolean isHereAndRefused(ReturnedLine line) {
        return line.refused() > 0 && !line.refusal().equals(Optional.of(ReturnRefusal.not_in_the_parcel));
    }

    @Override
    public ExchangeStands exchangeStands(ReturnId returnId) {
        return switch (agent.get("getReturn", "/returns/" + segment(returnId), Return.class)) {
            case Answer.Done<Return>(Return standing) ->
                switch (standing.exchange().map(Exchange::state).orElse(ExchangeState.off)) {
                    case open -> new ExchangeStands.Open();
                    case agreed -> new ExchangeStands.Agreed();
                    case off -> new ExchangeStands.Off(whyOff(standing.status()));
                };
            // it was closed before it was recorded
            case Answer.Refused<Return> refused
            when refused.is("unknown_return") -> new ExchangeStands.Off("return_cancelled");
            case Answer.Refused<Return> refused -> throw refused.failure();
            case Answer.Unavailable<Return> unavailable -> throw unavailable.failure();
        };
    }

    private static String whyOff(ReturnStatus status) {
        return switch (status) {
            case cancelled -> "return_cancelled";
            case not_received -> "return_not_received";
            case refused -> "return_refused";
            case requested, inspected, refunded, replaced, repaired -> "exchange_off";
        };
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
