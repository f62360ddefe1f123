package io.journeyman.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.GetRecommendations;
import io.journeyman.contracts.Recommendation.ImportProduct;
import io.journeyman.contracts.Recommendation.ImportVariant;
import io.journeyman.contracts.Recommendation.ProductCard;
import io.journeyman.contracts.Sku;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two thousand tents whose names differ by a number, as in a large shop's feed, and things whose names sound like something else. */
class NamesTest {
    private static final int TENTS = 2_000;

    private static TestCatalogue catalogue;

    @BeforeAll
    static void open() {
        catalogue = TestCatalogue.empty();
        catalogue.take(IntStream.rangeClosed(1, TENTS).mapToObj(NamesTest::tent).toList());
        catalogue.take(List.of(
                product("A1", "Nike Air Max 500", "Shoes"),
                product("A2", "Mug Without Handle", "Mugs"),
                product("A3", "Trail Shoe Size 42", "Shoes"),
                product("A4", "Wonder Non Stick Tawa", "Pans")));
    }

    @AfterAll
    static void close() {
        catalogue.close();
    }

    @ParameterizedTest
    @CsvSource({
        "I need the Ridge Tent 1377 in red, Ridge Tent 1377",
        "ridge-tent 12, Ridge Tent 12",
        "the Ridge Tent 1999 please, Ridge Tent 1999"
    })
    void whoeverTypesAWholeNameFindsThatProductFirst(String typed, String name) {
        var found = found(typed);

        assertThat(found.getFirst().name()).isEqualTo(name);
        assertThat(found.getFirst().reason()).contains("It has the name that you said");
        assertThat(found).as("and others, each once").hasSize(5);
        assertThat(found.stream().map(ProductCard::productId)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "Nike Air Max 500, Nike Air Max 500",
        "the nike-air max 500 under 2000, Nike Air Max 500",
        "I need the mug without handle, Mug Without Handle",
        "trail shoe size 42, Trail Shoe Size 42",
        "non stick tawa, Wonder Non Stick Tawa"
    })
    void aNameIsANameWhateverItsWordsSayElsewhere(String typed, String name) {
        assertThat(found(typed)).extracting(ProductCard::name).startsWith(name);
    }

    @Test
    void aBudgetBesideANameIsHeard() {
        assertThat(found("Nike Air Max 500 under 900")).isEmpty();
    }

    private static List<ProductCard> found(String query) {
        return catalogue
                .recommender()
                .recommend(new GetRecommendations(
                        Optional.of(query),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .products();
    }

    private static ImportProduct tent(int number) {
        return product("T" + number, "Ridge Tent " + number, "Tents");
    }

    private static ImportProduct product(String id, String name, String category) {
        return new ImportProduct(
                new ProductId(id),
                name,
                "",
                Optional.empty(),
                List.of(category),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                List.of(new ImportVariant(
                        new Sku(id + "-1"),
                        Optional.empty(),
                        Optional.of("red"),
                        Money.inr(100_000),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of())));
    }
}
