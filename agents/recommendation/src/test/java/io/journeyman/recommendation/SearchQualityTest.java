package io.journeyman.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.GetRecommendations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How well products are found, by labelled queries: nDCG@10 (Järvelin, Kekäläinen, TOIS 2002) of the words alone, of the meaning
 * alone, and of both. It prints them; the figures may change with the catalogue, their order may not.
 */
class SearchQualityTest {
    private static final int CARDS = 10;

    private enum Way {
        words,
        meaning,
        fused
    }

    private static TestCatalogue catalogue;
    private static List<JsonNode> products;

    @BeforeAll
    static void open() throws IOException {
        catalogue = TestCatalogue.withSampleShop();
        catalogue.learnEverything();
        try (InputStream file = SearchQualityTest.class.getResourceAsStream("/db/sample/catalogue.json")) {
            JsonNode sample = Json.tree(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            products = StreamSupport.stream(sample.path("products").spliterator(), false)
                    .toList();
        }
    }

    @AfterAll
    static void close() {
        catalogue.close();
    }

    @Test
    void findsMoreByWordsAndMeaningTogetherThanByEitherAlone() {
        Map<String, List<Map<Way, Double>>> byKind = new LinkedHashMap<>();
        for (LabelledQuery query : LabelledQuery.all()) {
            Map<Way, Double> scores = new EnumMap<>(Way.class);
            EnumSet.allOf(Way.class).forEach(way -> scores.put(way, ndcg(query, way)));
            byKind.computeIfAbsent(query.kind(), kind -> new ArrayList<>()).add(scores);
            if (Boolean.getBoolean("journeyman.each")) {
                System.out.println(query.text() + " " + scores);
            }
        }
        List<Map<Way, Double>> all =
                byKind.values().stream().flatMap(List::stream).toList();

        System.out.printf("%-12s %8s %8s %8s %8s%n", "nDCG@10", "queries", "words", "meaning", "fused");
        byKind.forEach(SearchQualityTest::print);
        print("all", all);
        assertThat(all).hasSizeGreaterThanOrEqualTo(150);
        assertThat(mean(all, Way.fused)).isGreaterThan(mean(all, Way.words)).isGreaterThan(mean(all, Way.meaning));
        byKind.forEach((kind, scores) ->
                assertThat(mean(scores, Way.fused)).as(kind).isGreaterThanOrEqualTo(mean(scores, Way.words) - 0.02));
    }

    private static void print(String kind, List<Map<Way, Double>> scores) {
        System.out.printf(
                "%-12s %8d %8.3f %8.3f %8.3f%n",
                kind, scores.size(), mean(scores, Way.words), mean(scores, Way.meaning), mean(scores, Way.fused));
    }

    private static double mean(List<Map<Way, Double>> scores, Way way) {
        return scores.stream().mapToDouble(score -> score.get(way)).average().orElseThrow();
    }

    private static double ndcg(LabelledQuery query, Way way) {
        double best = gained(products.stream()
                .map(query::gain)
                .sorted(Comparator.reverseOrder())
                .toList());
        assertThat(best).as("somebody can answer: " + query.text()).isPositive();
        return gained(found(query.text(), way).stream()
                        .map(id -> products.stream()
                                .filter(product ->
                                        product.path("productId").asText().equals(id.value()))
                                .findFirst()
                                .orElseThrow())
                        .map(query::gain)
                        .toList())
                / best;
    }

    private static double gained(List<Integer> gains) {
        double sum = 0;
        for (int i = 0; i < Math.min(CARDS, gains.size()); i++) {
            sum += gains.get(i) / (Math.log(i + 2) / Math.log(2));
        }
        return sum;
    }

    private static List<ProductId> found(String text, Way way) {
        Wish wish = catalogue.wish(query(text));
        List<Candidate> found = switch (way) {
            case words -> catalogue.shelf().search(wish, List.of(), List.of(), CARDS);
            case meaning ->
                catalogue
                        .shelf()
                        .search(wordsForgotten(wish), catalogue.likeness().to(wish), List.of(), CARDS);
            case fused -> catalogue.shelf().search(wish, catalogue.likeness().to(wish), List.of(), CARDS);
        };
        return found.stream().map(Candidate::productId).toList();
    }

    /** The same filters, and no word that is looked up. */
    private static Wish wordsForgotten(Wish wish) {
        return new Wish(
                wish.said().stream()
                        .map(word -> new Word(word.word(), word.lexeme(), word.audience(), false, 1))
                        .toList(),
                wish.meantKind(),
                wish.unwanted(),
                wish.size(),
                wish.color(),
                wish.brand(),
                wish.minPriceMinor(),
                wish.maxPriceMinor(),
                wish.limit(),
                wish.now());
    }

    private static GetRecommendations query(String text) {
        return new GetRecommendations(
                Optional.of(text),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(CARDS),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
