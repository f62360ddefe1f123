package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.Inventory.LookUpStock;
import io.journeyman.contracts.Inventory.OrderAhead;
import io.journeyman.contracts.Inventory.ProductStock;
import io.journeyman.contracts.Inventory.ProductStocks;
import io.journeyman.contracts.Inventory.Store;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.ProductId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Takes out of what the catalogue recommends what is sold out, or what a store does not have. Catalogue and stock list are two agents
 * who do not know each other: here their answers meet. What is sold out and can be ordered before it comes again stays, with its day,
 * behind what is there and as good: for which the catalogue gives the same reason. What the customer asked for by its name stays, so
 * that they get an honest answer, and so does everything where nothing else is left; both are marked. A product of which the stock list
 * knows nothing stays too. Who wants only what is there (in a store, or anywhere) gets nothing else.
 */
final class RecommendedStock {
    /** So many more are asked for, to take the places of what is sold out. */
    private static final int SPARE = 3;

    private static final int MOST = 10;
    private static final int USUAL = 5;

    /** Of what a store does not have there is much: so many of the best are looked up. */
    private static final int LOOKED_UP = 50;

    private static final String STORE = "store";
    private static final String IN_STOCK = "inStock";
    private static final String ORDER_AHEAD = "orderAhead";

    private final Map<String, AgentClient> agents;

    RecommendedStock(Map<String, AgentClient> agents) {
        this.agents = agents;
    }

    /** The question as the catalogue understands it, for some more products. */
    static ObjectNode forTheCatalogue(ObjectNode arguments) {
        int asked = onlyWhatIsThere(arguments) ? LOOKED_UP : Math.min(MOST, wanted(arguments) + SPARE);
        ObjectNode question = arguments.deepCopy();
        question.remove(List.of(STORE, IN_STOCK));
        return question.put("limit", asked);
    }

    private static int wanted(ObjectNode arguments) {
        return arguments.path("limit").asInt(USUAL);
    }

    private static boolean onlyWhatIsThere(ObjectNode arguments) {
        return arguments.hasNonNull(STORE) || arguments.path(IN_STOCK).asBoolean();
    }

    /** @throws ToolRefusal where a store is asked for that the shop does not have, or nobody says what is there */
    void sift(ObjectNode arguments, ObjectNode answer) {
        List<ObjectNode> products = new ArrayList<>();
        answer.path("products").forEach(product -> products.add((ObjectNode) product));
        List<ProductId> asked = Stream.concat(
                        StreamSupport.stream(answer.path("bundles").spliterator(), false)
                                .flatMap(RecommendedStock::parts),
                        products.stream().map(RecommendedStock::id))
                .distinct()
                .limit(LOOKED_UP)
                .toList();
        if (onlyWhatIsThere(arguments)) {
            keepWhatIsThere(arguments, answer, products, asked);
        } else if (!asked.isEmpty()) {
            leaveOutWhatIsSoldOut(arguments, answer, products, asked);
        }
    }

    /** A bundle of which a part is not there cannot be sold as a whole. */
    private static void keepWholeBundles(ObjectNode answer, Predicate<ProductId> there) {
        if (answer.path("bundles") instanceof ArrayNode bundles) {
            List<JsonNode> whole = StreamSupport.stream(bundles.spliterator(), false)
                    .filter(bundle -> parts(bundle).allMatch(there))
                    .toList();
            ArrayNode kept = answer.putArray("bundles");
            whole.forEach(kept::add);
        }
    }

    private static Stream<ProductId> parts(JsonNode bundle) {
        return StreamSupport.stream(bundle.path("parts").spliterator(), false).map(RecommendedStock::id);
    }

    private void keepWhatIsThere(
            ObjectNode arguments, ObjectNode answer, List<ObjectNode> products, List<ProductId> asked) {
        ProductStocks stock = ToolRefusal.said(inventory()
                .orElseThrow(() -> ToolRefusal.unavailable("inventory"))
                .ask("lookUpStock", "/stock/lookup", question(arguments, asked, true), ProductStocks.class));
        Map<ProductId, Integer> available = byProduct(stock);
        ArrayNode kept = answer.putArray("products");
        products.stream()
                .filter(product -> available.getOrDefault(id(product), 0) > 0)
                .limit(wanted(arguments))
                .forEach(kept::add);
        keepWholeBundles(answer, part -> available.getOrDefault(part, 0) > 0);
        List<Store> stores = stock.stores().orElse(List.of());
        if (!stores.isEmpty()) {
            answer.set("stores", Json.mapper().valueToTree(stores));
        }
        if (kept.isEmpty() && !products.isEmpty()) {
            answer.put(
                    "nextStep",
                    "Of the " + products.size()
                            + " that fit best none is there as it is wanted: say so, and look without "
                            + (arguments.hasNonNull(STORE) ? "the store" : "inStock") + " for what there is.");
        }
    }

    private void leaveOutWhatIsSoldOut(
            ObjectNode arguments, ObjectNode answer, List<ObjectNode> products, List<ProductId> asked) {
        Optional<Map<ProductId, ProductStock>> stock = stock(arguments, asked);
        List<ObjectNode> kept = new ArrayList<>();
        for (ObjectNode product : products) {
            Optional<ProductStock> soldOut =
                    stock.map(known -> known.get(id(product))).filter(known -> known.available() == 0);
            Optional<OrderAhead> ahead = soldOut.flatMap(ProductStock::orderAhead);
            ahead.ifPresentOrElse(
                    day -> product.set(ORDER_AHEAD, Json.mapper().valueToTree(day)),
                    () -> soldOut.ifPresent(gone -> product.put("soldOut", true)));
            if (soldOut.isEmpty()
                    || ahead.isPresent()
                    || isNamedIn(arguments.path("query").asText(), product)) {
                kept.add(product);
            }
        }
        ArrayNode left = answer.putArray("products");
        behindWhatIsThere(kept.isEmpty() ? products : kept).stream()
                .limit(wanted(arguments))
                .forEach(left::add);
        stock.ifPresent(known -> keepWholeBundles(
                answer,
                part -> Optional.ofNullable(known.get(part))
                        .map(one -> one.available() > 0)
                        .orElse(true)));
        if (stock.isEmpty()) {
            answer.put(
                    "stock",
                    "The stock list does not answer just now: say so before you promise that any of these is there.");
        }
    }

    /** What can only be ordered ahead steps behind the last one that is there and has the same reason; all others keep their order. */
    private static List<ObjectNode> behindWhatIsThere(List<ObjectNode> products) {
        record Placed(ObjectNode product, int place) {
            boolean ahead() {
                return product.has(ORDER_AHEAD);
            }

            String reason() {
                return product.path("reason").asText();
            }
        }
        List<Placed> found = IntStream.range(0, products.size())
                .mapToObj(place -> new Placed(products.get(place), place))
                .toList();
        Map<String, Integer> lastThere = found.stream()
                .filter(placed -> !placed.ahead())
                .collect(Collectors.toMap(Placed::reason, Placed::place, Math::max));
        return found.stream()
                .map(placed -> placed.ahead()
                        ? new Placed(
                                placed.product(), Math.max(placed.place(), lastThere.getOrDefault(placed.reason(), 0)))
                        : placed)
                .sorted(Comparator.comparingInt(Placed::place).thenComparing(Placed::ahead))
                .map(Placed::product)
                .toList();
    }

    /** Empty when the stock list does not answer: the catalogue's answer is worth something by itself. */
    private Optional<Map<ProductId, ProductStock>> stock(ObjectNode arguments, List<ProductId> asked) {
        boolean insteadOf = arguments.hasNonNull("likeProductId")
                && arguments.path("purpose").asText("alternatives").equals("alternatives");
        return inventory()
                .map(stockList -> stockList.ask(
                        "lookUpStock", "/stock/lookup", question(arguments, asked, insteadOf), ProductStocks.class))
                .flatMap(answer -> answer instanceof Answer.Done<ProductStocks>(ProductStocks told)
                        ? Optional.of(told.products().stream()
                                .collect(Collectors.toMap(ProductStock::productId, Function.identity())))
                        : Optional.empty());
    }

    private Optional<AgentClient> inventory() {
        return Optional.ofNullable(agents.get("inventory"));
    }

    private static LookUpStock question(ObjectNode arguments, List<ProductId> asked, boolean asWanted) {
        return new LookUpStock(
                asked,
                said(arguments, "size").filter(size -> asWanted),
                said(arguments, "color").filter(color -> asWanted),
                said(arguments, STORE));
    }

    private static Map<ProductId, Integer> byProduct(ProductStocks stock) {
        return stock.products().stream().collect(Collectors.toMap(ProductStock::productId, ProductStock::available));
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
