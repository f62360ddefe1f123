package io.journeyman.recommendation.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.BundleId;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Bundle;
import io.journeyman.contracts.Recommendation.BundlePart;
import io.journeyman.contracts.Recommendation.BundleStatus;
import io.journeyman.contracts.Recommendation.Product;
import io.journeyman.contracts.Recommendation.PutBundle;
import io.journeyman.contracts.Recommendation.Recommendations;
import io.journeyman.contracts.Recommendation.StandingBundle;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.recommendation.RecommendationAgent;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BundleTest {
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
    void whoAsksWhatGoesWithAPartHearsOfTheWholeAndWhatItCosts() {
        put("SANGEET", "Sangeet Set", "P-1001", "P-1003");

        var whole = goingWith("P-1003").orElseThrow().getFirst();

        assertThat(whole.name()).isEqualTo("Sangeet Set");
        assertThat(whole.parts())
                .extracting(BundlePart::productId)
                .containsExactly(new ProductId("P-1001"), new ProductId("P-1003"));
        assertThat(whole.total()).isEqualTo(price("P-1001").plus(price("P-1003")));
        assertThat(goingWith("P-1004")).isEmpty();
        assertThat(client.get("/bundles").body()).contains("Sangeet Set");
    }

    @Test
    void theSameBundleSaidAnewHasItsNewParts() {
        put("OFFICE", "Office Set", "P-1010", "P-1011");

        assertThat(put("OFFICE", "Monday Set", "P-1012", "P-1010").status()).isEqualTo(BundleStatus.sold);

        assertThat(goingWith("P-1011")).isEmpty();
        assertThat(goingWith("P-1010").orElseThrow()).singleElement().satisfies(bundle -> {
            assertThat(bundle.name()).isEqualTo("Monday Set");
            assertThat(bundle.parts())
                    .extracting(BundlePart::productId)
                    .containsExactly(new ProductId("P-1012"), new ProductId("P-1010"));
        });
    }

    @Test
    void whatHasEndedIsNotSoldAgainNotEvenWhenItNeverBegan() {
        put("HOLI", "Holi Set", "P-1020", "P-1021");

        assertThat(end("HOLI").status()).isEqualTo(BundleStatus.ended);
        assertThat(goingWith("P-1020")).isEmpty();
        assertThat(put("HOLI", "Holi Set", "P-1020", "P-1021").status()).isEqualTo(BundleStatus.ended);

        end("NEVER");
        assertThat(put("NEVER", "Never", "P-1020", "P-1021").status()).isEqualTo(BundleStatus.ended);
        assertThat(goingWith("P-1020")).isEmpty();
    }

    @Test
    void theSameKeyTwiceIsOneBundle() {
        var asked = new PutBundle("Twice", products("P-1030", "P-1031"));
        var once = client.withKey("twice").put("/bundles/TWICE", asked);

        var again = client.withKey("twice").put("/bundles/TWICE", asked);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(once.body());
    }

    @Test
    void saysWhichProductsItDoesNotKnow() {
        var answer = key().put("/bundles/GHOST", new PutBundle("Ghost", products("P-1001", "P-0")));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem().code()).isEqualTo("unknown_product");
        assertThat(answer.tree().path("productIds").toString()).isEqualTo("[\"P-0\"]");
        assertThat(goingWith("P-1001").orElse(List.of()))
                .extracting(Bundle::bundleId)
                .doesNotContain(new BundleId("GHOST"));
    }

    @Test
    void oneProductOrTheSameTwiceIsNoBundle() {
        assertThat(key().put("/bundles/ONE", new PutBundle("One", products("P-1001")))
                        .status())
                .isEqualTo(400);
        assertThat(key().put("/bundles/ONE", new PutBundle("One", products("P-1001", "P-1001")))
                        .status())
                .isEqualTo(400);
    }

    private static StandingBundle put(String id, String name, String... parts) {
        var answer = key().put("/bundles/" + id, new PutBundle(name, products(parts)));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.as(StandingBundle.class);
    }

    private static StandingBundle end(String id) {
        return key().post("/bundles/" + id + "/end").as(StandingBundle.class);
    }

    private static Optional<List<Bundle>> goingWith(String product) {
        return client.post("/recommendations", Map.of("likeProductId", product, "purpose", "complementary"))
                .as(Recommendations.class)
                .bundles();
    }

    private static Money price(String product) {
        return client.get("/products/" + product).as(Product.class).price();
    }

    private static ContractClient key() {
        return client.withKey(UUID.randomUUID().toString());
    }

    private static List<ProductId> products(String... ids) {
        return Arrays.stream(ids).map(ProductId::new).toList();
    }
}
