package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.KeptCard;
import io.journeyman.contracts.Payment.KeptCards;
import io.journeyman.contracts.Payment.ListKeptCards;
import io.journeyman.contracts.ShopCurrency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds the quotes of kept cards that shall be forgotten. Which card a customer means is decided here, from what they said of it. */
final class Forgetting {
    private final Map<String, AgentClient> agents;

    Forgetting(Map<String, AgentClient> agents) {
        this.agents = agents;
    }

    Quoting.Quoted quote(Quoting.For whom, ObjectNode arguments) {
        List<KeptCard> meant = meant(kept(whom), arguments);
        Money nothing = ShopCurrency.here().zero();
        return new Quoting.Quoted(
                new QuoteDraft(whom, List.of(), nothing)
                        .forgotten(new Quote.Forgotten(meant))
                        .comesTo(nothing, nothing),
                Optional.empty());
    }

    private List<KeptCard> kept(Quoting.For whom) {
        AgentClient payment =
                Optional.ofNullable(agents.get("payment")).orElseThrow(() -> ToolRefusal.unavailable("payment"));
        List<KeptCard> cards = ToolRefusal.said(payment.ask(
                        "listKeptCards", "/kept-cards", new ListKeptCards(whom.customer()), KeptCards.class))
                .cards();
        if (cards.isEmpty()) {
            throw ToolRefusal.of(
                    "no_card_kept", "No card of this customer is kept.", "Say so; there is nothing to forget.");
        }
        return cards;
    }

    /** The one card that fits, or all that fit where all are wanted. */
    private static List<KeptCard> meant(List<KeptCard> cards, ObjectNode arguments) {
        var wish = new CardWish(
                arguments.path("brand").asText(), arguments.path("last4").asText());
        List<KeptCard> fitting = cards.stream()
                .filter(card -> wish.fits(card.brand(), card.last4()))
                .toList();
        if (fitting.isEmpty()) {
            throw ToolRefusal.of(
                    "unknown_card",
                    "None of the kept cards is that one. Kept are: " + labels(cards) + ".",
                    "Name the cards that are kept, and ask which one is meant.");
        }
        if (fitting.size() > 1 && !arguments.path("all").asBoolean()) {
            throw ToolRefusal.of(
                    "which_card",
                    "More than one card fits: " + labels(fitting) + ".",
                    "Ask which one is meant, by its last four digits, or whether all of them are.");
        }
        return fitting;
    }

    private static String labels(List<KeptCard> cards) {
        return cards.stream().map(Forgetting::words).collect(Collectors.joining(", "));
    }

    static String words(KeptCard card) {
        return card.label() + card.expires().map(end -> " (" + end + ")").orElse("");
    }

    static void describe(Quote.Forgotten forgotten, ObjectNode result) {
        ArrayNode cards = result.putArray("cards");
        forgotten.cards().forEach(card -> cards.add(words(card)));
        ArrayNode paying = result.putArray("payingFor");
        forgotten.payingFor().stream().map(OrderId::value).forEach(paying::add);
        result.put(
                "nextStep",
                "Nothing is forgotten yet. Name the cards; where orders are being paid with one of them (payingFor), say that these"
                        + " go on with it. Ask the customer to confirm with the button or with yes.");
    }
}
