package io.journeyman.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Facet;
import io.journeyman.contracts.Recommendation.GetRecommendations;
import io.journeyman.contracts.Recommendation.LookUpVariants;
import io.journeyman.contracts.Recommendation.PricedVariants;
import io.journeyman.contracts.Recommendation.Product;
import io.journeyman.contracts.Recommendation.ProductCard;
import io.journeyman.contracts.Recommendation.Purpose;
import io.journeyman.contracts.Recommendation.Recommendations;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecommendationAgentTest {
    private static AgentService service;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        service = AgentService.start(
                new RecommendationAgent(),
                AgentConfig.local(TestPostgres.freshDatabase(new Owner("recommendation"), "kit"), ServiceTokens.SECRET)
                        .withSampleShop(true));
        client = new ContractClient(service.uri(), Contract.load("recommendation"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void findsWhatTheWordsSay() {
        assertThat(search("blue cotton kurta for women")).isNotEmpty().allSatisfy(card -> {
            assertThat(card.reason()).isNotBlank();
            assertThat(card.price().currency()).isEqualTo("INR");
        });
        assertThat(search("blue cotton kurta for women").getFirst().category()).containsIgnoringCase("kurta");
    }

    @Test
    void understandsTypingMistakes() {
        assertThat(search("snekers").getFirst().category()).containsIgnoringCase("sneaker");
    }

    @Test
    void keepsToSizeColourAndBudget() {
        var cards = recommend(new GetRecommendations(
                Optional.of("shirt"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("l"),
                Optional.of("Blue"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(200_000L),
                Optional.of(5),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));

        assertThat(cards).isNotEmpty().hasSizeLessThanOrEqualTo(5).allSatisfy(card -> {
            assertThat(card.sizes()).contains("L");
            assertThat(card.colors()).contains("blue");
            assertThat(card.price().minor()).isLessThanOrEqualTo(200_000);
        });
    }

    @Test
    void keepsToTheBudgetThatTheWordsName() {
        assertThat(search("sarees under 3000 rupees"))
                .isNotEmpty()
                .allSatisfy(card -> assertThat(card.price().minor()).isLessThanOrEqualTo(300_000));
        assertThat(search("10000 se upar sherwani"))
                .isNotEmpty()
                .allSatisfy(card -> assertThat(card.price().minor()).isGreaterThanOrEqualTo(1_000_000));
    }

    @Test
    void leavesOutWhatTheCustomerDoesNotWant() {
        assertThat(search("saree without silk"))
                .isNotEmpty()
                .allSatisfy(card -> assertThat(card.name() + card.description()).doesNotContainIgnoringCase("silk"));
        assertThat(search("jeans but not black"))
                .isNotEmpty()
                .allSatisfy(card -> assertThat(card.colors()).isNotEqualTo(List.of("black")));
    }

    @Test
    void understandsHindiInLatinLetters() {
        assertThat(search("mujhe laal saree chahiye").getFirst()).satisfies(card -> {
            assertThat(card.category()).isEqualTo("sarees");
            assertThat(card.colors()).contains("red");
            assertThat(card.reason()).isEqualTo("Matches red and saree.");
        });
    }

    @Test
    void findsByMeaningWhatNoWordNames() throws InterruptedException {
        var cards = eventuallyJackets("raincoat");

        assertThat(cards.getFirst().category()).isEqualTo("jackets");
        assertThat(cards.getFirst().reason()).isEqualTo("One of our jackets, close to what you describe.");
    }

    @Test
    void putsFirstWhatIsLikeThatWhichTheCustomerChose() throws InterruptedException {
        eventuallyJackets("raincoat");
        var without = search("kurta for women", List.of());
        var liked = without.getLast();

        var with = search("kurta for women", List.of(liked.productId()));

        assertThat(with.indexOf(named(with, liked))).isLessThan(without.size() - 1);
        assertThat(named(with, liked).reason()).endsWith(", like what you chose before.");
    }

    private static ProductCard named(List<ProductCard> cards, ProductCard wanted) {
        return cards.stream()
                .filter(card -> card.productId().equals(wanted.productId()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void offersAlternativesAndWhatGoesWithAProduct() {
        var kurta = search("kurta").getFirst();

        assertThat(beside(kurta.productId(), Purpose.alternatives))
                .isNotEmpty()
                .allSatisfy(card -> assertThat(card.productId()).isNotEqualTo(kurta.productId()));
        assertThat(beside(kurta.productId(), Purpose.complementary))
                .isNotEmpty()
                .allSatisfy(card -> assertThat(card.reason()).startsWith("Goes with"));
    }

    @Test
    void countsWhatItFoundWhenAsked() {
        var answer = client.post(
                        "/recommendations",
                        new GetRecommendations(
                                Optional.of("kurta for men under 3000"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(1),
                                Optional.of(true),
                                Optional.empty(),
                                Optional.empty()))
                .as(Recommendations.class);

        assertThat(answer.products()).hasSize(1);
        assertThat(answer.facets().orElseThrow())
                .filteredOn(facet -> facet.facet().equals("category"))
                .first()
                .satisfies(facet -> {
                    assertThat(facet.value()).isEqualTo("kurtas");
                    assertThat(facet.products()).isGreaterThanOrEqualTo(6);
                });
        assertThat(answer.facets().orElseThrow()).extracting(Facet::facet).contains("color", "size");
    }

    @Test
    void findsAProductByItsNumberOrAVariants() {
        var product = client.get("/products/P-1002").as(Product.class);
        var sku = product.variants().getFirst().sku().value();

        for (String said : List.of("P-1002", "is p-1002 in stock?", "the " + sku + ", please")) {
            assertThat(search(said)).as(said).singleElement().satisfies(card -> {
                assertThat(card.productId()).isEqualTo(product.productId());
                assertThat(card.reason()).isEqualTo("It has the number that you named.");
            });
        }
        assertThat(search("P-999999")).isEmpty();
        assertThat(search("kurta under 2k")).isNotEmpty();
    }

    @Test
    void findsNothingForWhatTheShopNeverHeardOf() {
        assertThat(search("refrigerator")).isEmpty();
    }

    @Test
    void tellsAProductWithItsVariantsAndTheirPrices() {
        var kurta = search("kurta").getFirst();
        var product = client.get("/products/" + kurta.productId()).as(Product.class);
        var sku = product.variants().getFirst().sku();

        var priced = client.post("/variants/lookup", new LookUpVariants(List.of(sku, new Sku("nothing"))))
                .as(PricedVariants.class)
                .variants();

        assertThat(priced).singleElement().satisfies(variant -> {
            assertThat(variant.sku()).isEqualTo(sku);
            assertThat(variant.price()).isEqualTo(product.price());
        });
    }

    @Test
    void saysWhatToDoAboutAnUnknownProduct() {
        var answer = client.get("/products/P-0");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem().code()).isEqualTo("unknown_product");
        assertThat(answer.problem().suggestions()).isNotEmpty();
    }

    /** The model loads, and learns the shop, in the background. */
    private static List<ProductCard> eventuallyJackets(String query) throws InterruptedException {
        List<ProductCard> cards = search(query);
        for (int i = 0;
                i < 150
                        && !cards.stream()
                                .map(ProductCard::category)
                                .limit(1)
                                .toList()
                                .equals(List.of("jackets"));
                i++) {
            Thread.sleep(200);
            cards = search(query);
        }
        return cards;
    }

    private static List<ProductCard> search(String query) {
        return search(query, List.of());
    }

    private static List<ProductCard> search(String query, List<ProductId> chosen) {
        return recommend(new GetRecommendations(
                Optional.of(query),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(10),
                Optional.empty(),
                Optional.empty(),
                Optional.of(chosen)));
    }

    private static List<ProductCard> beside(ProductId product, Purpose purpose) {
        return recommend(new GetRecommendations(
                Optional.empty(),
                Optional.of(product),
                Optional.of(purpose),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private static List<ProductCard> recommend(GetRecommendations asked) {
        var answer = client.post("/recommendations", asked);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.as(Recommendations.class).products();
    }
}
