package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a page shows beside a reply, out of its turn's results: only what the tools returned. */
final class Cards {
    private static final int MOST_PRODUCTS = 6;

    private Cards() {}

    static List<JsonNode> of(String text, List<Turns.Call> calls, Optional<Proposal> proposal) {
        List<JsonNode> products = new ArrayList<>();
        List<JsonNode> orders = new ArrayList<>();
        Optional<JsonNode> cart = Optional.empty();
        for (Turns.Call call : calls) {
            JsonNode result = Json.tree(call.result().orElse("{}"));
            switch (call.tool()) {
                case "get_recommendations" -> take(result.path("products"), "product", MOST_PRODUCTS, products);
                case "get_order_status" -> take(result.path("orders"), "order", MOST_PRODUCTS, orders);
                case "add_to_cart", "remove_from_cart", "show_cart" -> {
                    if (result.has("lines")) {
                        cart = Optional.of(card("cart", result));
                    }
                }
                default -> {
                    // other tools' answers are told in words
                }
            }
        }
        List<JsonNode> cards = new ArrayList<>(inOrderOf(text, products));
        cards.addAll(orders);
        cart.filter(c -> proposal.isEmpty()).ifPresent(cards::add);
        proposal.ifPresent(p -> cards.add(card("proposal", Json.tree(Json.write(p)), "journey")));
        return cards;
    }

    /** A reply that lists products by name shows those, in its order, so that "the second one" is the same in both. */
    private static List<JsonNode> inOrderOf(String text, List<JsonNode> products) {
        List<JsonNode> named = products.stream()
                .filter(product -> place(text, product) >= 0)
                .sorted(Comparator.comparingInt(product -> place(text, product)))
                .toList();
        return named.size() < 2 ? products : named;
    }

    private static int place(String text, JsonNode product) {
        return text.indexOf(product.path("name").asText());
    }

    /** The latest answer with anything in it wins. */
    private static void take(JsonNode list, String kind, int most, List<JsonNode> cards) {
        if (!list.isEmpty()) {
            cards.clear();
            for (int i = 0; i < Math.min(most, list.size()); i++) {
                cards.add(card(kind, list.get(i)));
            }
        }
    }

    private static JsonNode card(String kind, JsonNode members) {
        return card(kind, members, "");
    }

    /** @param kindAs where the value's own {@code kind} goes, because the card's takes its place */
    private static JsonNode card(String kind, JsonNode members, String kindAs) {
        ObjectNode card = Json.mapper().createObjectNode();
        members.properties().forEach(member -> card.set(member.getKey(), member.getValue()));
        if (!kindAs.isEmpty()) {
            card.set(kindAs, members.path("kind"));
        }
        return card.put("kind", kind);
    }
}
