package io.journeyman.activities.loyalty;

import static io.journeyman.activities.agent.AgentClient.segment;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.activities.conversation.Quotes;
import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.Benefits;
import io.journeyman.contracts.Loyalty.BenefitsStatus;
import io.journeyman.contracts.Loyalty.CommitBenefits;
import io.journeyman.contracts.Loyalty.ReserveBenefits;
import io.journeyman.contracts.Loyalty.ReturnBenefits;
import io.journeyman.contracts.Loyalty.ReturnedBenefits;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReturnId;

/** Points and coupons at the loyalty agent. */
public final class AgentLoyalty implements LoyaltyActivities {
    private final AgentClient agent;
    private final Quotes quotes;

    public AgentLoyalty(AgentClient agent, Quotes quotes) {
        this.agent = agent;
        this.quotes = quotes;
    }

    @Override
    public BenefitsOutcome reserveBenefits(OrderId order, QuoteId quote) {
        Quote frozen = quotes.get(quote);
        ReserveBenefits body = new ReserveBenefits(
                order,
                frozen.customerId(),
                frozen.pointsToSpend(),
                frozen.offers().stream().map(AppliedOffer::offerId).toList());
        return switch (agent.change("reserveBenefits", "/benefits", "reserve-" + order, body, Benefits.class)) {
            case Answer.Done<Benefits>(Benefits benefits) ->
                benefits.status() == BenefitsStatus.released ? BenefitsOutcome.benefits_gone : BenefitsOutcome.reserved;
            case Answer.Refused<Benefits> refused when refused.is("benefits_gone") -> BenefitsOutcome.benefits_gone;
            case Answer.Refused<Benefits> refused -> throw refused.failure();
            case Answer.Unavailable<Benefits> unavailable -> throw unavailable.failure();
        };
    }

    @Override
    public void releaseBenefits(OrderId order) {
        agent.change("releaseBenefits", "/benefits/" + segment(order) + "/release", "release-" + order, Benefits.class)
                .orFail();
    }

    /**
     * What pays in exchange counts like money: its own points are taken back with the return. Whoever cancels the order while this is tried
     * again gives its points back for good, and it earns none.
     */
    @Override
    public long commitBenefits(OrderId order, QuoteId quote) {
        Quote frozen = quotes.get(quote);
        Money paid = frozen.exchanged()
                .map(exchanged -> frozen.total().plus(exchanged.credit()))
                .orElse(frozen.total());
        Answer<Benefits> answer = agent.change(
                "commitBenefits",
                "/benefits/" + segment(order) + "/commit",
                "commit-" + order,
                new CommitBenefits(paid),
                Benefits.class);
        return answer instanceof Answer.Refused<Benefits> refused && refused.is("benefits_gone")
                ? 0
                : answer.orFail().earned();
    }

    @Override
    public long returnBenefits(OrderId order, ReturnId returnId, Money value, Money orderValue) {
        ReturnedBenefits returned = agent.change(
                        "returnBenefits",
                        "/benefits/" + segment(order) + "/returns",
                        "return-" + returnId,
                        new ReturnBenefits(returnId, value, orderValue),
                        ReturnedBenefits.class)
                .orFail();
        return returned.takenBack() - returned.givenBack();
    }
}
