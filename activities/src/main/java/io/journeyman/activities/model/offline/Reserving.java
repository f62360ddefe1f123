package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Inventory.StoreStock;
import io.journeyman.contracts.Inventory.VariantStock;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A piece kept in a store: the variant, then the store, then the proposal. */
final class Reserving {
    private final Scene scene;

    Reserving(Scene scene) {
        this.scene = scene;
    }

    String reserve(Product product) {
        if (!scene.signedIn()) {
            return Buying.SIGN_IN;
        }
        return switch (Choosing.of(scene, product, variant -> variant.stores() > 0)) {
            case Choosing.None none -> none.words();
            case Choosing.WhichSize which ->
                "In the stores the " + product.name() + product.is() + "there in " + Phrases.and(which.sizes()) + ". "
                        + Question.SIZE_TO_RESERVE.words();
            case Choosing.WhichColour which ->
                "In the stores the " + product.name() + product.is() + "there in " + Phrases.and(which.colours()) + ". "
                        + Question.COLOUR_TO_RESERVE.words();
            case Choosing.One one -> reserve(product, one.variant(), one.stock());
        };
    }

    private String reserve(Product product, VariantStock variant, Done stock) {
        List<StoreStock> stores = Memory.stock(stock).stores();
        List<StoreStock> meant = stores.size() == 1 && !namesAPlace() ? stores : meant(stores);
        if (meant.size() != 1) {
            String where = namesAPlace() && meant.isEmpty() ? "There it is not, but it is" : "It is";
            return "The " + product.name() + " " + Phrases.in(variant) + ": " + where + " in "
                    + Looking.names(meant.isEmpty() ? stores : meant) + ". " + Question.STORE.words();
        }
        Done proposed = scene.call(
                "reserve_in_store",
                new Arguments()
                        .with("sku", variant.sku().value())
                        .with("storeId", meant.getFirst().storeId().value())
                        .with("quantity", scene.pieces()));
        return proposed.problem() ? refused(proposed, stores) : proposal(proposed.result());
    }

    private String refused(Done refused, List<StoreStock> stores) {
        return switch (refused.code()) {
            case "not_in_that_store", "which_store" ->
                "That store does not have it any more. It was seen in " + Looking.names(stores) + ". "
                        + Question.STORE.words();
            default -> scene.trouble(refused);
        };
    }

    private String proposal(JsonNode proposal) {
        JsonNode line = proposal.path("lines").path(0);
        JsonNode store = proposal.path("store");
        int pieces = line.path("quantity").asInt(1);
        return "I can have the " + line.path("name").asText() + " "
                + Phrases.in(line.path("size").asText(), line.path("color").asText())
                + (pieces == 1 ? "" : ", " + Phrases.pieces(pieces) + ",")
                + " kept for you in " + store.path("name").asText() + ", "
                + store.path("city").asText() + ". You pay "
                + scene.phrases().money(Json.convert(proposal.path("total"), Money.class))
                + " there when you collect it. Nothing is reserved yet. "
                + scene.phrases().confirm().words();
    }

    private boolean namesAPlace() {
        return scene.wish().city().isPresent()
                || scene.wish().store().isPresent()
                || (scene.memory().wasAsked(Question.STORE)
                        && !scene.wish().names().isEmpty());
    }

    /** The stores whose name or city the sentence says; all of a city when only that was said. */
    private List<StoreStock> meant(List<StoreStock> stores) {
        String said = scene.memory().saidSinceReserving() + scene.wish().text();
        Set<String> words = new HashSet<>(Interpreter.words(said));
        Optional<String> city = scene.wish()
                .city()
                .or(() -> Interpreter.read(said, Optional.empty(), Set.of()).city());
        List<StoreStock> named = stores.stream()
                .filter(store -> Interpreter.words(store.name()).stream()
                        .filter(part -> part.length() > 1)
                        .allMatch(part -> words.stream().anyMatch(word -> same(word, part))))
                .toList();
        if (!named.isEmpty()) {
            return named;
        }
        if (scene.wish().ordinal().isPresent() && scene.memory().wasAsked(Question.STORE)) {
            int place = scene.wish().ordinal().get();
            int at = place == -1 ? stores.size() : place;
            return at <= stores.size() ? List.of(stores.get(at - 1)) : List.of();
        }
        return stores.stream()
                .filter(store -> city.filter(c -> c.equalsIgnoreCase(store.city()))
                                .isPresent()
                        || words.stream()
                                .anyMatch(word -> same(word, store.city().toLowerCase(java.util.Locale.ROOT))))
                .toList();
    }

    private static boolean same(String word, String part) {
        return word.equals(part) || (part.length() > 4 && EditDistance.within(word, part, part.length() > 7 ? 2 : 1));
    }
}
