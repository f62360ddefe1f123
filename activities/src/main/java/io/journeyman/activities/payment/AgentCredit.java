package io.journeyman.activities.payment;

import static io.journeyman.activities.agent.AgentClient.segment;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.activities.conversation.Quotes;
import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.CreditGrant;
import io.journeyman.contracts.Payment.CreditRefund;
import io.journeyman.contracts.Payment.CreditUse;
import io.journeyman.contracts.Payment.GrantCredit;
import io.journeyman.contracts.Payment.RefundCredit;
import io.journeyman.contracts.Payment.ReserveCredit;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.RefundId;
import io.journeyman.contracts.ReturnId;
import java.util.Optional;

/** Store credit at the payment agent. */
public final class AgentCredit implements CreditActivities {
    private final AgentClient agent;
    private final Quotes quotes;

    public AgentCredit(AgentClient agent, Quotes quotes) {
        this.agent = agent;
        this.quotes = quotes;
    }

    @Override
    public CreditOutcome reserveCredit(OrderId use, OrderId order, QuoteId quote) {
        Quote frozen = quotes.get(quote);
        ReserveCredit body = new ReserveCredit(
                new CreditId(use.value()),
                order,
                frozen.customerId(),
                frozen.credit().orElseThrow(),
                frozen.total());
        return switch (agent.change("reserveCredit", "/credit-uses", "reserve-credit-" + use, body, CreditUse.class)) {
            case Answer.Done<CreditUse> reserved -> CreditOutcome.reserved;
            case Answer.Refused<CreditUse> refused when refused.is("credit_gone") -> CreditOutcome.credit_gone;
            case Answer.Refused<CreditUse> refused -> throw refused.failure();
            case Answer.Unavailable<CreditUse> unavailable -> throw unavailable.failure();
        };
    }

    @Override
    public void releaseCredit(OrderId use) {
        agent.change("releaseCredit", path(use) + "/release", "release-credit-" + use, CreditUse.class)
                .orFail();
    }

    @Override
    public void spendCredit(OrderId use) {
        agent.change("spendCredit", path(use) + "/spend", "spend-credit-" + use, CreditUse.class)
                .orFail();
    }

    @Override
    public Money refundCredit(OrderId order, RefundId refund, Money amount) {
        return agent.change(
                        "refundCredit",
                        "/orders/" + segment(order) + "/credit-refunds",
                        "refund-credit-" + refund,
                        new RefundCredit(refund, amount),
                        CreditRefund.class)
                .orFail()
                .rest();
    }

    @Override
    public RefundedPart refundCreditOfPart(OrderId order, RefundId refund, Money atMost) {
        CreditRefund done = agent.change(
                        "refundCredit",
                        "/orders/" + segment(order) + "/credit-refunds",
                        "refund-credit-" + refund,
                        new RefundCredit(refund, atMost, Optional.of(true)),
                        CreditRefund.class)
                .orFail();
        return new RefundedPart(done.credit(), done.rest());
    }

    @Override
    public boolean grantCredit(ReturnId returnId, CustomerId customer, OrderId order, Money amount) {
        GrantCredit body = new GrantCredit(
                new CreditId(returnId.value()),
                customer,
                amount,
                "Refund of return " + returnId,
                Optional.of(order),
                Optional.empty(),
                // it was their money
                Optional.of(true));
        return switch (agent.change(
                "grantCredit", "/credit-grants", "grant-lasting-credit-" + returnId, body, CreditGrant.class)) {
            case Answer.Done<CreditGrant> granted -> true;
            case Answer.Refused<CreditGrant> refused when refused.is("too_much_credit") -> false;
            case Answer.Refused<CreditGrant> refused -> throw refused.failure();
            case Answer.Unavailable<CreditGrant> unavailable -> throw unavailable.failure();
        };
    }

    private static String path(OrderId use) {
        return "/credit-uses/" + segment(use);
    }
}
