package io.journeyman.recommendation;

import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.GetRecommendations;
import io.journeyman.contracts.Recommendation.ProductCard;
import io.journeyman.contracts.Recommendation.Purpose;
import io.journeyman.kit.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Chooses the products for a wish and says of each, in one sentence, why it is there. */
final class Recommender {
    private final Shelf shelf;
    private final InstantSource clock;

    Recommender(Shelf shelf, InstantSource clock) {
        this.shelf = shelf;
        this.clock = clock;
    }

    /** @throws ProblemException unknown_product when the liked product is not in the catalogue */
    List<ProductCard> recommend(GetRecommendations asked) {
        Wish wish = Wish.of(asked, shelf, clock.instant());
        Optional<Item> liked = asked.likeProductId().map(this::item);
        Purpose purpose = asked.purpose().orElse(liked.isPresent() ? Purpose.alternatives : Purpose.search);
        return switch (purpose) {
            case search -> search(wish);
            case alternatives -> liked.map(item -> alternatives(item, wish)).orElseGet(() -> search(wish));
            case complementary -> liked.map(item -> complements(item, wish)).orElseGet(() -> complements(wish));
        };
    }

    Item item(ProductId id) {
        return shelf.item(id, clock.instant())
                .orElseThrow(() -> new ProblemException(Problem.of(
                        404,
                        "unknown_product",
                        "There is no such product in the catalogue; look for it by its name first.",
                        "Search by the product's name or kind, and use the productId of the answer.")));
    }

    private List<ProductCard> search(Wish wish) {
        if (wish.isUnheardOf()) {
            return List.of();
        }
        return shelf.search(wish).stream()
                .map(found -> found.card(sentence(whyFound(found), wish)))
                .toList();
    }

    private static String whyFound(Candidate found) {
        if (!found.matched().isEmpty()) {
            return "Matches " + list(found.matched());
        }
        return found.occasions().isEmpty()
                ? "One of our " + found.category()
                : "Made for " + list(found.occasions()) + " wear";
    }

    private List<ProductCard> alternatives(Item liked, Wish wish) {
        return shelf.alternatives(liked.productId(), wish).stream()
                .map(other -> other.card(sentence(
                        (other.category().equals(liked.category()) ? "Similar to " : "Instead of ") + liked.name(),
                        wish)))
                .toList();
    }

    private List<ProductCard> complements(Item liked, Wish wish) {
        return shelf.complements(liked.productId(), wish).stream()
                .map(other -> other.card("Goes with " + liked.name()
                        + (other.occasions().isEmpty() ? "." : ": both for " + list(other.occasions()) + " wear.")))
                .toList();
    }

    /** The query names what the customer has: the best match of it is what the others go with. */
    private List<ProductCard> complements(Wish wish) {
        Wish had =
                new Wish(wish.said(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), 1, wish.now());
        if (had.query().isEmpty()) {
            return search(wish);
        }
        Wish wanted = new Wish(
                List.of(), wish.meantKind(), wish.size(), wish.color(), wish.maxPriceMinor(), wish.limit(), wish.now());
        return shelf.search(had).stream()
                .flatMap(item -> complements(item(item.productId()), wanted).stream())
                .toList();
    }

    private static String sentence(String why, Wish wish) {
        List<String> comesIn = Stream.concat(
                        wish.size().map(size -> "in " + size.toUpperCase(Locale.ROOT)).stream(),
                        wish.color().map(color -> "in " + color.toLowerCase(Locale.ROOT)).stream())
                .toList();
        return why + (comesIn.isEmpty() ? "" : ", and comes " + list(comesIn)) + ".";
    }

    /** a; a and b; a, b and c */
    private static String list(List<String> words) {
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }
}
