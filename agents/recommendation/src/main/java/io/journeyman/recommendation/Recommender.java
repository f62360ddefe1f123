package io.journeyman.recommendation;

import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.GetRecommendations;
import io.journeyman.contracts.Recommendation.ProductCard;
import io.journeyman.contracts.Recommendation.Purpose;
import io.journeyman.contracts.Recommendation.Recommendations;
import io.journeyman.kit.ProblemException;
import io.journeyman.recommendation.bundle.Bundles;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Chooses the products for a wish and says of each, in one sentence, why it is there. */
final class Recommender {
    private static final int MOST_NAMED = 5;

    /** Words that are looked at for the names of products. */
    private static final int MOST_WORDS = 40;

    private static final int LONGEST_NAME = 8;

    /** P-1002, TENT-2-GREEN: "3000-4000", "10k" and "rs.500" are none. */
    private static final Pattern NUMBER =
            Pattern.compile("(?<![A-Za-z0-9._:-])(?!(?i:rs|inr|size|uk)[._:-]?[0-9])[A-Za-z]{1,20}"
                    + "[A-Za-z0-9._:-]{0,20}[0-9][A-Za-z0-9._:-]{0,20}(?<![._:-])(?![A-Za-z0-9])");

    private final Shelf shelf;
    private final Likeness likeness;
    private final Bundles bundles;
    private final InstantSource clock;

    Recommender(Shelf shelf, Likeness likeness, Bundles bundles, InstantSource clock) {
        this.shelf = shelf;
        this.likeness = likeness;
        this.bundles = bundles;
        this.clock = clock;
    }

    /** @throws ProblemException unknown_product when the liked product is not in the catalogue */
    Recommendations recommend(GetRecommendations asked) {
        Wish wish = Wish.of(asked, shelf, clock.instant());
        Optional<Item> liked = asked.likeProductId().map(this::item);
        Purpose purpose = asked.purpose().orElse(liked.isPresent() ? Purpose.alternatives : Purpose.search);
        return switch (purpose) {
            case search -> search(wish, asked);
            case alternatives -> liked.map(item -> of(alternatives(item, wish))).orElseGet(() -> search(wish, asked));
            case complementary -> liked.map(item -> goingWith(item, wish)).orElseGet(() -> complements(wish, asked));
        };
    }

    private static Recommendations of(List<ProductCard> cards) {
        return new Recommendations(cards, Optional.empty(), Optional.empty());
    }

    private Recommendations goingWith(Item liked, Wish wish) {
        return new Recommendations(
                complements(liked, wish),
                Optional.empty(),
                Optional.of(bundles.with(liked.productId())).filter(some -> !some.isEmpty()));
    }

    Item item(ProductId id) {
        return shelf.item(id, clock.instant())
                .orElseThrow(() -> new ProblemException(Problem.of(
                        404,
                        "unknown_product",
                        "There is no such product in the catalogue; look for it by its name first.",
                        "Search by the product's name or kind, and use the productId of the answer.")));
    }

    private Recommendations search(Wish wish, GetRecommendations asked) {
        List<String> numbers = numbers(asked.query().orElse(""));
        List<Candidate> numbered = numbers.isEmpty() ? List.of() : shelf.numbered(numbers, clock.instant());
        boolean nothingElseSaid = !numbers.isEmpty() && wish.wordless();
        if (!numbered.isEmpty() || nothingElseSaid || wish.isOfAnUnheardKind()) {
            return of(numbered.stream()
                    .map(found -> found.card("It has the number that you named."))
                    .toList());
        }
        List<ProductId> alike = likeness.to(wish);
        List<ProductId> taste = asked.chosen().map(likeness::toTheTaste).orElse(List.of());
        List<String> names = names(asked.query().orElse(""));
        List<Candidate> named = names.isEmpty() ? List.of() : shelf.named(names, wish);
        Set<ProductId> first = named.stream().map(Candidate::productId).collect(Collectors.toSet());
        Stream<ProductCard> byName =
                named.stream().map(found -> found.card(sentence("It has the name that you said", wish)));
        Stream<ProductCard> others = shelf.search(wish, alike, taste, wish.limit()).stream()
                .filter(found -> !first.contains(found.productId()))
                .map(found -> found.card(sentence(whyFound(found, wish), wish)));
        return new Recommendations(
                Stream.concat(byName, others).limit(wish.limit()).toList(),
                asked.facets().filter(wanted -> wanted).map(wanted -> shelf.facets(wish, alike, taste, Wish.RANKED)),
                Optional.empty());
    }

    /** What may be a product's number or a variant's, as it is typed and in capitals. */
    private static List<String> numbers(String query) {
        return NUMBER.matcher(query)
                .results()
                .map(MatchResult::group)
                .limit(MOST_NAMED)
                .flatMap(number -> Stream.of(number, number.toUpperCase(Locale.ROOT)))
                .toList();
    }

    /** What may be a product's whole name: up to {@value #LONGEST_NAME} words that follow each other, and two at least. */
    static List<String> names(String query) {
        List<String> words = Arrays.stream(query.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .toList();
        return IntStream.range(0, words.size())
                .boxed()
                .flatMap(from -> IntStream.rangeClosed(from + 2, Math.min(from + LONGEST_NAME, words.size()))
                        .mapToObj(to -> String.join(" ", words.subList(from, to))))
                .toList();
    }

    private static String whyFound(Candidate found, Wish wish) {
        return whyAtAll(found, wish) + (found.toTheTaste() ? ", like what you chose before" : "");
    }

    private static String whyAtAll(Candidate found, Wish wish) {
        if (!found.matched().isEmpty()) {
            return "Matches " + list(found.matched());
        }
        if (!wish.wordless()) {
            return "One of our " + found.category() + ", close to what you describe";
        }
        return found.occasions().isEmpty()
                ? "One of our " + found.category()
                : "Made for " + list(found.occasions()) + " wear";
    }

    private List<ProductCard> alternatives(Item liked, Wish wish) {
        return shelf.alternatives(liked.productId(), wish, likeness.to(liked.productId())).stream()
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
    private Recommendations complements(Wish wish, GetRecommendations asked) {
        if (wish.query().isEmpty()) {
            return search(wish, asked);
        }
        return shelf.search(wish.asItIsSaid(), List.of(), List.of(), 1).stream()
                .findFirst()
                .map(had -> goingWith(item(had.productId()), wish.withoutWords()))
                .orElseGet(() -> of(List.of()));
    }

    private static String sentence(String why, Wish wish) {
        List<String> comesIn = Stream.concat(
                        wish.size().map(size -> "in " + size.toUpperCase(Locale.ROOT)).stream(),
                        wish.color().map(color -> "in " + color.toLowerCase(Locale.ROOT)).stream())
                .toList();
        return why + (comesIn.isEmpty() ? "" : ", and comes " + list(comesIn)) + ".";
    }

    /** a; a and b; a, b and c. A reason is read at a glance: what comes after five is left out. */
    private static String list(List<String> all) {
        List<String> words = all.stream().limit(MOST_NAMED).toList();
        return words.size() < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }
}
