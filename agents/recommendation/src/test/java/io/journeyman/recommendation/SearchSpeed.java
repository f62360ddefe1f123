package io.journeyman.recommendation;

import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.GetRecommendations;
import io.journeyman.contracts.Recommendation.Purpose;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How long the agent takes for an answer at 50,000 products, beside a plain search for the same words by ILIKE, and which searches
 * are the slowest. Not part of the suite, since it proves nothing: it prints what this machine does.
 *
 * <pre>
 * mvn test -pl agents/recommendation -am -Dtest=SearchSpeed -Dsurefire.failIfNoSpecifiedTests=false -Dtests.compiler=4
 * </pre>
 *
 * <p>The last column takes the best of each query's rounds, which tells more than p99 while other programs want the processors.
 *
 * <p>The queries are the labelled ones, so they have typing mistakes, budgets and words that the shop does not know. Meanings are
 * drawn at random: to learn so many takes some minutes, and a search takes the same time whatever they are; those of the queries
 * are computed.
 */
class SearchSpeed {
    private static final int PRODUCTS = Integer.getInteger("journeyman.products", 50_000);
    private static final int PAGE = 100;
    private static final int ROUNDS = 4;

    private static final int SLOWEST = 10;

    private interface Answer {
        void to(String text);
    }

    private record Time(String text, double ms) {}

    @Test
    void compare() {
        try (var catalogue = TestCatalogue.empty()) {
            fill(catalogue);
            List<String> texts =
                    LabelledQuery.all().stream().map(LabelledQuery::text).toList();
            var recommender = catalogue.recommender();
            System.out.printf("%,d products, %d queries%n", PRODUCTS, texts.size());
            System.out.printf("%-28s %8s %8s %8s %12s%n", "ms", "p50", "p99", "longest", "p99 of best");
            List<Time> searches = print("search", texts, text -> recommender.recommend(query(text)));
            print(
                    "  understanding the words",
                    texts,
                    text -> catalogue.shelf().understand(Sentence.of(text).wanted()));
            var wishes =
                    texts.stream().collect(Collectors.toMap(Function.identity(), text -> catalogue.wish(query(text))));
            print("  meaning's neighbours", texts, text -> catalogue.likeness().to(wishes.get(text)));
            print("similar to a product", texts, text -> recommender.recommend(beside(text, Purpose.alternatives)));
            print("goes with a product", texts, text -> recommender.recommend(beside(text, Purpose.complementary)));
            print("ILIKE", texts.subList(0, 25), text -> plainly(catalogue, text));
            searches.reversed().stream()
                    .limit(SLOWEST)
                    .forEach(slow -> System.out.printf("%8.1f  %s%n", slow.ms(), slow.text()));
        }
    }

    private static void fill(TestCatalogue catalogue) {
        long begun = System.nanoTime();
        var shop = new LargeShop(PRODUCTS);
        for (int from = 0; from < PRODUCTS; from += PAGE) {
            catalogue.take(shop.page(from, PAGE));
        }
        catalogue.jdbi().useHandle(handle -> {
            var draw = new Random(1);
            var batch = handle.prepareBatch(
                    "UPDATE meaning SET vector = :vector, change = nextval('meaning_change') WHERE product_id = :id");
            // the last one is learned, and after it the words are counted
            for (int i = 0; i < PRODUCTS - 1; i++) {
                byte[] vector = new byte[384];
                draw.nextBytes(vector);
                batch.bind("vector", vector).bind("id", "L-" + i).add();
                if (batch.size() == PAGE) {
                    batch.execute();
                }
            }
            batch.execute();
        });
        catalogue.learnEverything();
        catalogue.jdbi().useHandle(handle -> handle.execute("VACUUM ANALYZE"));
        System.out.printf("filled in %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
    }

    /** The times, the shortest first. */
    private static List<Time> print(String what, List<String> texts, Answer answer) {
        texts.forEach(answer::to);
        List<Time> times = IntStream.range(0, ROUNDS)
                .boxed()
                .flatMap(round -> texts.stream())
                .map(text -> {
                    long begun = System.nanoTime();
                    answer.to(text);
                    return new Time(text, (System.nanoTime() - begun) / 1e6);
                })
                .sorted(Comparator.comparingDouble(Time::ms))
                .toList();
        List<Time> best = times.stream()
                .collect(Collectors.toMap(Time::text, Function.identity(), (shorter, longer) -> shorter))
                .values()
                .stream()
                .sorted(Comparator.comparingDouble(Time::ms))
                .toList();
        System.out.printf(
                "%-28s %8.1f %8.1f %8.1f %12.1f%n",
                what,
                percentile(times, 50),
                percentile(times, 99),
                times.getLast().ms(),
                percentile(best, 99));
        return times;
    }

    private static double percentile(List<Time> sorted, int percent) {
        return sorted.get(sorted.size() * percent / 100).ms();
    }

    /** What a shop does that has nothing else: each word somewhere in name or description. */
    private static void plainly(TestCatalogue catalogue, String text) {
        String[] words = Arrays.stream(text.split("\\W+", -1))
                .filter(word -> word.length() > 2)
                .map(word -> "%" + word + "%")
                .toArray(String[]::new);
        catalogue
                .jdbi()
                .useHandle(handle -> handle.createQuery("""
                        SELECT product_id, name FROM product
                        WHERE concat(name, ' ', category, ' ', description) ILIKE ALL(:words) ORDER BY position LIMIT 5""")
                        .bindArray("words", String.class, (Object[]) words)
                        .mapToMap()
                        .list());
    }

    private static GetRecommendations query(String text) {
        return asked(Optional.of(text), Optional.empty(), Optional.empty());
    }

    private static GetRecommendations beside(String text, Purpose purpose) {
        int any = Math.floorMod(text.hashCode(), PRODUCTS);
        return asked(Optional.empty(), Optional.of(new ProductId("L-" + any)), Optional.of(purpose));
    }

    private static GetRecommendations asked(
            Optional<String> query, Optional<ProductId> liked, Optional<Purpose> purpose) {
        return new GetRecommendations(
                query,
                liked,
                purpose,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
