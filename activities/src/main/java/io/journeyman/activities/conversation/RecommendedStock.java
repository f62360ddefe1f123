package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.Inventory.LookUpStock;
import io.journeyman.contracts.Inventory.ProductStock;
import io.journeyman.contracts.Inventory.ProductStocks;
import io.journeyman.contracts.ProductId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes out of what the catalogue recommends what is sold out. Catalogue and stock list are two agents who do not know each other:
 * here their answers meet. What the customer asked for by its name stays, so that they get an honest answer, and so does everything
 * where nothing else is left; both are marked. A product of which the stock list knows nothing stays too.
 */
final class RecommendedStock {
    /** So many more are asked for, to take the places of what is sold out. */
    private static final int SPARE = 3;

    private static final int MOST = 10;
    private static final int USUAL = 5;

    private final Map<String, AgentClient> agents;

    RecommendedStock(Map<String, AgentClient> agents) {
        this.agents = agents;
    }

    /** The same question for some more products. */
    static ObjectNode withSpare(ObjectNode arguments) {
        return arguments.deepCopy().put("limit", Math.min(MOST, wanted(arguments) + SPARE));
    }

    private static int wanted(ObjectNode arguments) {
        return arguments.path("limit").asInt(USUAL);
    }

    void sift(ObjectNode arguments, ObjectNode answer) {
        List<ObjectNode> products = new ArrayList<>();
        answer.path("products").forEach(product -> products.add((ObjectNode) product));
        if (products.isEmpty()) {
            return;
        }
        Optional<Map<ProductId, Integer>> available = available(arguments, products);
        List<ObjectNode> kept = new ArrayList<>();
        for (ObjectNode product : products) {
            boolean soldOut = available
                    .map(stock -> stock.getOrDefault(id(product), 1) == 0)
                    .orElse(false);
            if (soldOut) {
                product.put("soldOut", true);
            }
            if (!soldOut || isNamedIn(arguments.path("query").asText(), product)) {
                kept.add(product);
            }
        }
        ArrayNode left = answer.putArray("products");
        (kept.isEmpty() ? products : kept).stream().limit(wanted(arguments)).forEach(left::add);
        if (available.isEmpty()) {
            answer.put(
                    "stock",
                    "The stock list does not answer just now: say so before you promise that any of these is there.");
        }
    }

    /** Empty when the stock list does not answer: the catalogue's answer is worth something by itself. */
    private Optional<Map<ProductId, Integer>> available(ObjectNode arguments, List<ObjectNode> products) {
        boolean insteadOf = arguments.hasNonNull("likeProductId")
                && arguments.path("purpose").asText("alternatives").equals("alternatives");
        AgentClient inventory = agents.get("inventory");
        if (inventory == null) {
            return Optional.empty();
        }
        Answer<ProductStocks> answer = inventory.ask(
                "lookUpStock",
                "/stock/lookup",
                new LookUpStock(
                        products.stream().map(RecommendedStock::id).toList(),
                        said(arguments, "size").filter(size -> insteadOf),
                        said(arguments, "color").filter(color -> insteadOf)),
                ProductStocks.class);
        return answer instanceof Answer.Done<ProductStocks> done
                ? Optional.of(done.value().products().stream()
                        .collect(Collectors.toMap(ProductStock::productId, ProductStock::available)))
                : Optional.empty();
    }

    private static Optional<String> said(ObjectNode arguments, String field) {
        return Optional.of(arguments.path(field).asText()).filter(said -> !said.isBlank());
    }

    private static ProductId id(JsonNode product) {
        return new ProductId(product.path("productId").asText());
    }

    private static boolean isNamedIn(String query, ObjectNode product) {
        return words(query).containsAll(words(product.path("name").asText()));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
