package io.journeyman.activities.model.offline;

import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.OnlineStatus;
import io.journeyman.contracts.Inventory.VariantStock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is there of a product in the wanted size and colour, and what takes its place when nothing is. */
final class Shelves {
    private final Scene scene;

    Shelves(Scene scene) {
        this.scene = scene;
    }

    /** The size that the customer wants of it, as far as it was said. */
    Optional<String> size(Product product) {
        return product.sizeOf(scene.wanted());
    }

    /** The colour said just now; one said before only where the product is made in it. */
    Optional<String> colour(Product product) {
        return scene.wish().facets().colour().or(() -> scene.wanted().colour().filter(product::hasColour));
    }

    Done stock(Product product) {
        return scene.call("check_inventory", question(product, size(product), colour(product)));
    }

    private static Arguments question(Product product, Optional<String> size, Optional<String> colour) {
        return new Arguments()
                .with("productId", product.id())
                .with("size", size)
                .with("color", colour);
    }

    static boolean there(Done stock) {
        if (stock.problem()) {
            return false;
        }
        Availability answer = Memory.stock(stock);
        return answer.attributesAvailable() && answer.onlineStatus() != OnlineStatus.out_of_stock;
    }

    static List<VariantStock> inStock(Done stock) {
        return Memory.stock(stock).variants().stream()
                .filter(variant -> variant.warehouse() + variant.stores() > 0)
                .toList();
    }

    /** What fits and can be ordered before it is there, where nothing is there that fits. */
    static List<VariantStock> toCome(Done stock) {
        return stock.problem() || there(stock)
                ? List.of()
                : Memory.stock(stock).variants().stream()
                        .filter(variant -> variant.orderAhead().isPresent())
                        .toList();
    }

    static List<String> sizes(List<VariantStock> variants) {
        return variants.stream().map(VariantStock::size).distinct().toList();
    }

    static List<String> colours(List<VariantStock> variants) {
        return variants.stream().map(VariantStock::color).distinct().toList();
    }

    /** Said only when it is so, with the count that was answered, of what was asked for, and once. */
    String fewLeft(Done stock) {
        Availability answer = Memory.stock(stock);
        if (answer.onlineStatus() != OnlineStatus.low_stock) {
            return "";
        }
        Product product = scene.memory().product(answer.productId().value()).orElse(null);
        String left = answer.variants().size() == 1
                ? left(answer.variants().getFirst())
                : left(answer.available(), "in all sizes and colours");
        boolean said = product == null || left.isEmpty() || scene.memory().saidBefore(left.strip());
        return said ? "" : left;
    }

    private static String left(VariantStock variant) {
        return left(variant.warehouse() + variant.stores(), Phrases.in(variant));
    }

    private static String left(int pieces, String ofWhat) {
        return switch (pieces) {
            case 0 -> "";
            case 1 -> "It is the last piece that we have " + ofWhat + ". ";
            default -> "There are " + pieces + " left " + ofWhat + ", warehouse and stores together. ";
        };
    }

    /** Stock of several products in the wanted size and, where it matters, colour; asked together. */
    List<Done> stocks(List<Product> products, boolean inColour) {
        return scene.callAll("check_inventory", questions(products, inColour));
    }

    private List<Arguments> questions(List<Product> products, boolean inColour) {
        return products.stream()
                .map(product -> question(product, size(product), inColour ? colour(product) : Optional.empty()))
                .toList();
    }

    /** Products one after another, each with a word where it is sold out as it is wanted. */
    String listed(List<Product> products, Function<Product, String> note) {
        return listed(products, true, note);
    }

    String listed(List<Product> products, boolean inColour, Function<Product, String> note) {
        List<Done> stocks = stocks(products, inColour);
        Set<String> soldOut = new HashSet<>();
        for (int i = 0; i < products.size(); i++) {
            if (!stocks.get(i).problem() && !there(stocks.get(i))) {
                soldOut.add(products.get(i).id());
            }
        }
        String silent = stocks.stream().anyMatch(Done::problem)
                ? " (our stock list does not answer just now, so I cannot say what is there)"
                : "";
        return silent
                + ":"
                + scene.phrases()
                        .listed(
                                products,
                                product -> note.apply(product)
                                        + (soldOut.contains(product.id())
                                                        && product.arrives().isEmpty()
                                                        && madeInSize(product)
                                                ? " (sold out" + (inColour ? likeThat(product) : sized(product))
                                                        + " just now)"
                                                : ""));
    }

    private boolean madeInSize(Product product) {
        return size(product).map(product.sizes()::contains).orElse(true);
    }

    /** Whether none of them is there as it is wanted, or can be ordered before it comes. */
    boolean allGone(List<Product> products) {
        return stocks(products, true).stream()
                .noneMatch(stock ->
                        stock.problem() || there(stock) || !toCome(stock).isEmpty());
    }

    /** The wanted thing is not there: says so, and offers what is like it and has the wanted size and colour. */
    String missing(Product product, Done stock) {
        return missing("I am sorry, the " + product.name(), product, stock);
    }

    /** @param it what is not there, in words before which nothing stands */
    String missing(String it, Product product, Done stock) {
        String sorry = it + product.is() + notThere(product, stock) + ". " + instead(stock);
        Optional<String> colour = colour(product);
        List<Product> anyColour = List.of();
        if (colour.isPresent()) {
            // both kinds are asked for together: a turn has few rounds
            scene.callAll("get_recommendations", List.of(like(product, Optional.empty()), like(product, colour)));
        }
        List<Product> alike = alternatives(product, colour);
        if (colour.isPresent()) {
            anyColour = alternatives(product, Optional.empty());
            scene.callAll(
                    "check_inventory",
                    Stream.concat(questions(alike, true).stream(), questions(anyColour, false).stream())
                            .toList());
        }
        List<Product> there = inStock(alike, true);
        boolean inColour = !there.isEmpty();
        if (there.isEmpty()) {
            there = inStock(anyColour, false);
        }
        List<Product> ahead = Stream.concat(alike.stream(), anyColour.stream())
                .filter(like -> like.arrives().isPresent())
                .distinct()
                .limit(scene.phrases().mostProducts())
                .toList();
        if (there.isEmpty() && !ahead.isEmpty()) {
            return sorry
                    + "Similar, and not in the shop yet either:"
                    + scene.phrases().listed(ahead, like -> "")
                    + (ahead.size() == 1 ? Question.ADD : Question.WHICH_ONE).words();
        }
        if (there.isEmpty()) {
            boolean otherSize = size(product).isPresent() && !instead(stock).isEmpty();
            return sorry + "I found nothing similar that has it, either. "
                    + (otherSize ? Question.WHICH_SIZE : Question.WHAT).words();
        }
        return sorry
                + "Similar, and in stock"
                + (inColour ? likeThat(there.getFirst()) : sized(there.getFirst()))
                + ":"
                + scene.phrases().listed(there, like -> "")
                + (there.size() == 1 ? Question.ADD : Question.WHICH_ONE).words();
    }

    private List<Product> inStock(List<Product> likes, boolean inColour) {
        List<Done> stocks = stocks(likes, inColour);
        List<Product> there = new ArrayList<>();
        for (int i = 0; i < likes.size(); i++) {
            if (there(stocks.get(i))) {
                there.add(likes.get(i));
            }
        }
        return there;
    }

    private String notThere(Product product, Done stock) {
        if (Memory.stock(stock).onlineStatus() == OnlineStatus.out_of_stock) {
            return "out of stock everywhere";
        }
        Optional<String> size = size(product);
        boolean made =
                size.map(s -> product.sizes().isEmpty() || product.sizes().contains(s))
                                .orElse(true)
                        && colour(product)
                                .map(c -> product.colours().isEmpty() || product.hasColour(c))
                                .orElse(true);
        return (made ? "not available" : "not made") + likeThat(product) + (made ? " just now" : "");
    }

    private String likeThat(Product product) {
        List<String> like = new ArrayList<>();
        size(product).ifPresent(size -> like.add("size " + size));
        colour(product).ifPresent(like::add);
        return like.isEmpty() ? "" : " in " + Phrases.and(like);
    }

    private String sized(Product product) {
        return size(product).map(size -> " in size " + size).orElse("");
    }

    /** What the stock list itself says of other sizes and colours. */
    private static String instead(Done stock) {
        return Memory.stock(stock).suggestions().stream()
                .filter(suggestion -> suggestion.startsWith("In "))
                .map(suggestion -> suggestion
                                .replace(
                                        " there is size: ",
                                        suggestion.contains(",") ? " there are the sizes " : " there is size ")
                                .replace(" there is: ", " there is ")
                        + " ")
                .reduce("", String::concat);
    }

    private List<Product> alternatives(Product product, Optional<String> colour) {
        return products(scene.call("get_recommendations", like(product, colour)));
    }

    private Arguments like(Product product, Optional<String> colour) {
        return new Arguments()
                .with("likeProductId", product.id())
                .with("purpose", "alternatives")
                .with("size", size(product))
                .with("color", colour)
                .with("limit", scene.phrases().mostProducts());
    }

    List<Product> products(Done found) {
        List<Product> products = new ArrayList<>();
        if (!found.problem()) {
            found.result()
                    .path("products")
                    .forEach(card -> scene.memory()
                            .product(card.path("productId").asText())
                            .ifPresent(products::add));
        }
        return products;
    }
}
