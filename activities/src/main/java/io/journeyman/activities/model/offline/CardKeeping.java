package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Payment.KeptCard;
import io.journeyman.contracts.Payment.KeptCards;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** The cards that a customer had kept: which there are, and forgetting them. */
final class CardKeeping {
    private static final Set<String> CARD = Set.of("card", "cards", "visa", "mastercard", "rupay", "amex");
    private static final Set<String> FORGETTING = Set.of("forget", "remove", "delete", "erase");
    private static final Set<String> KEPT = Set.of("my", "mine", "saved", "kept", "stored", "ending");
    private static final Set<String> ASKING = Set.of("which", "what", "show", "list", "see", "have");
    private static final Set<String> ALL = Set.of("cards", "all", "both", "every");
    private static final Map<String, String> BRANDS =
            Map.of("visa", "Visa", "mastercard", "Mastercard", "rupay", "RuPay", "amex", "American Express");
    private static final Pattern LAST4 = Pattern.compile("(?<![0-9])[0-9]{4}(?![0-9])");

    private final Scene scene;
    private final Set<String> words;

    CardKeeping(Scene scene) {
        this.scene = scene;
        this.words = words(scene);
    }

    /** Whether the sentence is about kept cards, or names the one that was asked for. */
    static boolean isMeant(Scene scene) {
        Set<String> words = words(scene);
        if (scene.memory().wasAsked(Question.WHICH_CARD) && (last4(scene).isPresent() || has(words, ALL))) {
            return true;
        }
        return has(words, CARD)
                && has(words, KEPT)
                && !words.contains("cart")
                && (has(words, FORGETTING) || asks(words));
    }

    /** "Which cards do you have of mine?"; to pay with one is another wish. */
    private static boolean asks(Set<String> words) {
        return has(words, ASKING) && !words.contains("pay") && !words.contains("use");
    }

    String reply() {
        if (!scene.signedIn()) {
            return "Please sign in first, and I look which cards of yours are kept.";
        }
        return has(words, FORGETTING) || scene.memory().wasAsked(Question.WHICH_CARD) ? forget() : told();
    }

    private String told() {
        Done answer = scene.call("get_saved_cards", new Arguments());
        if (answer.problem()) {
            return scene.trouble(answer);
        }
        List<KeptCard> cards = answer.as(KeptCards.class).cards();
        return cards.isEmpty()
                ? "No card of yours is kept. " + Question.WHAT.words()
                : "Kept for you: "
                        + Phrases.and(cards.stream().map(CardKeeping::words).toList())
                        + ". I know nothing else of them, and forget one when you say so. "
                        + Question.WHAT.words();
    }

    private static String words(KeptCard card) {
        return card.label() + card.expires().map(end -> " (" + end + ")").orElse("");
    }

    private String forget() {
        Optional<String> last4 = last4(scene);
        Done proposed = scene.call(
                "forget_cards",
                new Arguments()
                        .with("last4", last4)
                        .with("brand", brand())
                        .withIf(last4.isEmpty() && has(words, ALL), "all"));
        return proposed.problem() ? refused(proposed) : proposal(proposed.result());
    }

    private Optional<String> brand() {
        return BRANDS.entrySet().stream()
                .filter(brand -> words.contains(brand.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private String refused(Done refused) {
        return switch (refused.code()) {
            case "no_card_kept" -> "No card of yours is kept, so there is nothing to forget. " + Question.WHAT.words();
            case "unknown_card", "which_card" ->
                refused.result().path("detail").asText() + " " + Question.WHICH_CARD.words();
            default -> scene.trouble(refused);
        };
    }

    private String proposal(JsonNode proposal) {
        List<String> orders = texts(proposal.path("payingFor"));
        return "I would have this forgotten: " + Phrases.and(texts(proposal.path("cards")))
                + ". Nothing new is paid with it then"
                + (orders.isEmpty() ? "" : "; what is being paid with it goes on: " + Phrases.and(orders))
                + ". Nothing is forgotten yet. "
                + scene.phrases().confirm().words();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Optional<String> last4(Scene scene) {
        Matcher digits = LAST4.matcher(scene.wish().text());
        return digits.find() ? Optional.of(digits.group()) : Optional.empty();
    }

    private static Set<String> words(Scene scene) {
        return new HashSet<>(Interpreter.words(scene.wish().text()));
    }

    private static boolean has(Set<String> words, Set<String> oneOf) {
        return words.stream().anyMatch(oneOf::contains);
    }
}
