package io.journeyman.activities.payment;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.activities.conversation.Quotes;
import io.journeyman.contracts.CardRemovalId;
import io.journeyman.contracts.Payment.ForgetCards;
import io.journeyman.contracts.Payment.ForgottenCards;
import io.journeyman.contracts.Payment.NamedCard;
import io.journeyman.contracts.QuoteId;

/** Kept cards at the payment agent. */
public final class AgentKeptCards implements KeptCardActivities {
    private final AgentClient agent;
    private final Quotes quotes;

    public AgentKeptCards(AgentClient agent, Quotes quotes) {
        this.agent = agent;
        this.quotes = quotes;
    }

    @Override
    public Forgotten forgetCards(CardRemovalId removal, QuoteId quote) {
        Quote frozen = quotes.get(quote);
        var cards = frozen.toForget().cards().stream()
                .map(card -> new NamedCard(card.brand(), card.last4(), card.expires()))
                .toList();
        ForgottenCards done = agent.change(
                        "forgetCards",
                        "/kept-cards/forget",
                        "forget-cards-" + removal,
                        new ForgetCards(removal, frozen.customerId(), cards),
                        ForgottenCards.class)
                .orFail();
        return new Forgotten(cards.size(), done.payingFor());
    }
}
