package io.journeyman.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.GetRecommendations;
import io.journeyman.contracts.Recommendation.ImportProduct;
import io.journeyman.contracts.Recommendation.ImportVariant;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cap that is made in M, blue for ₹1,000, and in L, red for ₹2,000, which is on sale for ₹900. */
class FitsTest {
    private static final ProductId CAP = new ProductId("CAP");

    private static TestCatalogue catalogue;

    @BeforeAll
    static void open() {
        catalogue = TestCatalogue.empty();
        catalogue.take(List.of(cap(
                variant("CAP-M", "M", "blue", 100_000, Optional.empty()),
                variant("CAP-L", "L", "red", 200_000, Optional.of(90_000L)))));
    }

    @AfterAll
    static void close() {
        catalogue.close();
    }

    @ParameterizedTest
    @CsvSource({
        "cap, M, blue, , , true",
        "cap, M, red, , , false",
        "cap, XL, , , , false",
        "cap, , green, , , false",
        "cap, L, , , 95000, true",
        "cap, M, , , 95000, false",
        "cap, , , 150000, , false",
        "cap, M, , 100000, 100000, true",
        "cap not red, M, , , , true",
        "cap not red, L, , , , false",
        "cap not red, , red, , , false",
        "cap not red or blue, , , , , false",
        "cap not green, L, , , 95000, true"
    })
    void sizeColourAndPriceMeetInOneVariant(
            String query, String size, String color, Long least, Long most, boolean fits) {
        assertThat(found(query, size, color, least, most)).isEqualTo(fits);
    }

    @Test
    void whatIsNoLongerMadeNoLongerFits() {
        try (var other = TestCatalogue.empty()) {
            other.take(List.of(cap(variant("CAP-1", "M", "blue", 100_000, Optional.empty()))));
            other.take(List.of(cap(variant("CAP-1", "S", "black", 100_000, Optional.empty()))));

            var cards = other.recommender()
                    .recommend(asked("cap", Optional.of("M"), Optional.empty(), Optional.empty(), Optional.empty()))
                    .products();

            assertThat(cards).isEmpty();
        }
    }

    /** What an older version imported is asked in the same way. */
    @Test
    void theMigrationReadsTheVariantsAsAnImportDoes() throws Exception {
        String imported = row();
        String migration;
        try (var file = FitsTest.class.getResourceAsStream("/db/migrations/recommendation/V6__fits_on_the_row.sql")) {
            migration = new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        catalogue.jdbi().useHandle(handle -> {
            handle.execute("UPDATE product SET sizes = '{}', colors = '{}', made = '{}', highest_price = 0");
            handle.execute(migration.substring(migration.indexOf("UPDATE product")));
        });

        assertThat(row()).isEqualTo(imported).contains("{M,L}", "{blue,red}", "{M/blue,L/red}", "200000");
    }

    private static String row() {
        return catalogue
                .jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT concat_ws(' ', sizes, colors, made, highest_price) FROM product")
                        .mapTo(String.class)
                        .one());
    }

    private static boolean found(String query, String size, String color, Long least, Long most) {
        return catalogue
                .recommender()
                .recommend(asked(
                        query,
                        Optional.ofNullable(size),
                        Optional.ofNullable(color),
                        Optional.ofNullable(least),
                        Optional.ofNullable(most)))
                .products()
                .stream()
                .anyMatch(card -> card.productId().equals(CAP));
    }

    private static GetRecommendations asked(
            String query, Optional<String> size, Optional<String> color, Optional<Long> least, Optional<Long> most) {
        return new GetRecommendations(
                Optional.of(query),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                size,
                color,
                Optional.empty(),
                least,
                most,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ImportProduct cap(ImportVariant... variants) {
        return new ImportProduct(
                CAP,
                "Cap",
                "",
                Optional.empty(),
                List.of("Caps"),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                List.of(variants));
    }

    private static ImportVariant variant(String sku, String size, String color, long price, Optional<Long> sale) {
        return new ImportVariant(
                new Sku(sku),
                Optional.of(size),
                Optional.of(color),
                Money.inr(price),
                sale.map(Money::inr),
                sale.map(any -> Instant.parse("2020-01-01T00:00:00Z")),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
