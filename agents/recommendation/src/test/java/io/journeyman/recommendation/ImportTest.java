package io.journeyman.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Attribute;
import io.journeyman.contracts.Recommendation.Catalogue;
import io.journeyman.contracts.Recommendation.GetRecommendations;
import io.journeyman.contracts.Recommendation.ImportProduct;
import io.journeyman.contracts.Recommendation.ImportProducts;
import io.journeyman.contracts.Recommendation.ImportRefusal;
import io.journeyman.contracts.Recommendation.ImportResult;
import io.journeyman.contracts.Recommendation.ImportVariant;
import io.journeyman.contracts.Recommendation.ImportedProduct;
import io.journeyman.contracts.Recommendation.ImportedProducts;
import io.journeyman.contracts.Recommendation.LookUpVariants;
import io.journeyman.contracts.Recommendation.PricedVariant;
import io.journeyman.contracts.Recommendation.PricedVariants;
import io.journeyman.contracts.Recommendation.Product;
import io.journeyman.contracts.Recommendation.ProductCard;
import io.journeyman.contracts.Recommendation.Purpose;
import io.journeyman.contracts.Recommendation.Recommendations;
import io.journeyman.contracts.Recommendation.Variant;
import io.journeyman.contracts.Recommendation.WarrantyRule;
import io.journeyman.contracts.Recommendation.WarrantyRules;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A shop's own products in a catalogue that began empty. Each test has products of its own. */
class ImportTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final AtomicReference<Instant> CLOCK = new AtomicReference<>(NOW);
    private static String database;
    private static AgentService service;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        database = TestPostgres.freshDatabase(new Owner("recommendation"), "kit");
        service = AgentService.start(
                new RecommendationAgent(),
                AgentConfig.local(database, ServiceTokens.SECRET).withClock(CLOCK::get));
        client = new ContractClient(service.uri(), Contract.load("recommendation"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void answersForAProductAsLongAsItSaysElseAsItsCategoryDoes() {
        taken(product("W-1", "Kettle")
                .says("Warranty_Months", "36")
                .with(variant("W-1", 100))
                .build());
        taken(product("W-2", "Kettle")
                .says("warranty months", "0")
                .with(variant("W-2", 100))
                .build());
        taken(product("W-3", "Kettle")
                .says("warranty months", "for ever")
                .with(variant("W-3", 100))
                .build());
        assertThat(warranty("W-1")).contains(36);
        assertThat(warranty("W-3")).isEmpty();

        assertThat(rules(new WarrantyRule("tents", 24), new WarrantyRule("*", 6))
                        .as(WarrantyRules.class)
                        .rules())
                .containsExactly(new WarrantyRule("*", 6), new WarrantyRule("tents", 24));

        assertThat(warranty("W-1")).contains(36);
        assertThat(warranty("W-2")).as("it says that it has none").isEmpty();
        assertThat(warranty("W-3")).contains(24);
        assertThat(rules(new WarrantyRule("tents", 24), new WarrantyRule("tents", 12))
                        .problem()
                        .code())
                .isEqualTo("rules_unusable");
        assertThat(rules().as(WarrantyRules.class).rules()).isEmpty();
    }

    @Test
    void createsAProductWithAllThatTheShopSaysOfIt() {
        var tent = product("TENT", "Ridge Tent")
                .with(variant("TENT-2", 899_900)
                        .size("2 persons")
                        .color("Moss Green")
                        .gtin("4006381333931"))
                .with(variant("TENT-4", 1_299_900).size("4 persons").color("Moss Green"));

        assertThat(taken(tent.build()))
                .isEqualTo(new ImportedProduct(new ProductId("TENT"), ImportResult.created, 2, 0, 0, List.of()));

        var stored = stored("TENT");
        assertThat(stored.category()).isEqualTo("tents");
        assertThat(stored.brand()).contains("Alpin");
        assertThat(stored.images()).containsExactly("https://shop.example/TENT.jpg");
        assertThat(stored.attributes()).containsExactly(new Attribute("material", "ripstop nylon"));
        assertThat(stored.price()).isEqualTo(Money.inr(899_900));
        assertThat(stored.variants())
                .extracting(Variant::sku, Variant::size, Variant::color, Variant::price, Variant::gtin)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                new Sku("TENT-2"),
                                "2 PERSONS",
                                "moss green",
                                Money.inr(899_900),
                                Optional.of("4006381333931")),
                        org.assertj.core.groups.Tuple.tuple(
                                new Sku("TENT-4"), "4 PERSONS", "moss green", Money.inr(1_299_900), Optional.empty()));
    }

    @Test
    void findsItByItsWordsBrandTagsAndCategoriesAlsoWhenTheyAreMistyped() {
        taken(product("LAMP", "Firefly Lantern")
                .category("Camping > Lights > Lanterns")
                .brand("Glimmer")
                .tag("rechargeable")
                .with(variant("LAMP-1", 99_900))
                .build());

        for (String words : List.of("firefly", "glimmer", "rechargeable", "lights", "lantrens")) {
            assertThat(search(words))
                    .as(words)
                    .extracting(ProductCard::productId)
                    .contains(new ProductId("LAMP"));
        }
        assertThat(search("firefly").getFirst().reason()).isEqualTo("Matches firefly.");
    }

    @Test
    void offersWhatStandsInForItWithoutAnyOccasion() {
        taken(product("ROPE-1", "Climbing Rope")
                .category("Climbing > Ropes")
                .with(variant("ROPE-1-A", 500_000))
                .build());
        taken(product("ROPE-2", "Static Rope")
                .category("Climbing > Ropes")
                .with(variant("ROPE-2-A", 400_000))
                .build());
        taken(product("SLING", "Sling")
                .category("Climbing > Slings")
                .with(variant("SLING-A", 40_000))
                .build());

        assertThat(alternatives("ROPE-1"))
                .extracting(card -> card.productId().value())
                .containsExactly("ROPE-2", "SLING");
    }

    @Test
    void writesNothingWhenTheSameComesAgain() throws SQLException {
        var socks = product("SOCK", "Wool Socks")
                .with(variant("SOCK-M", 39_900).size("M").color("grey"))
                .with(variant("SOCK-L", 39_900).size("L").color("grey"))
                .build();
        taken(socks);
        var before = versions("SOCK");

        assertThat(taken(socks))
                .isEqualTo(new ImportedProduct(new ProductId("SOCK"), ImportResult.unchanged, 0, 0, 2, List.of()));

        assertThat(versions("SOCK")).isEqualTo(before);
    }

    @Test
    void changesOnlyTheVariantWhosePriceChanged() throws SQLException {
        taken(product("GLOVE", "Gloves")
                .with(variant("GLOVE-M", 99_900).size("M"))
                .with(variant("GLOVE-L", 99_900).size("L"))
                .build());
        var before = versions("GLOVE-M");

        var result = taken(product("GLOVE", "Gloves")
                .with(variant("GLOVE-M", 99_900).size("M"))
                .with(variant("GLOVE-L", 79_900).size("L"))
                .build());

        assertThat(result)
                .isEqualTo(new ImportedProduct(new ProductId("GLOVE"), ImportResult.changed, 0, 1, 1, List.of()));
        assertThat(versions("GLOVE-M")).isEqualTo(before);
        assertThat(stored("GLOVE").price()).isEqualTo(Money.inr(79_900));
    }

    @Test
    void changesAProductsOwnFieldsAndHowItIsFound() {
        taken(product("MUG", "Enamel Mug").with(variant("MUG-1", 49_900)).build());

        assertThat(taken(product("MUG", "Titanium Cup")
                                .with(variant("MUG-1", 49_900))
                                .build())
                        .result())
                .isEqualTo(ImportResult.changed);

        assertThat(search("titanium")).extracting(ProductCard::productId).containsExactly(new ProductId("MUG"));
        assertThat(search("enamel")).isEmpty();
    }

    @Test
    void takesTheGoodOnesInAndSaysWhyOthersWereRefused() {
        taken(product("STOVE", "Stove").with(variant("STOVE-1", 299_900)).build());

        var results = client.post(
                        "/products/import",
                        new ImportProducts(
                                false,
                                List.of(
                                        product("PAN", "Pan")
                                                .with(variant("PAN-1", 99_900).size("20 cm"))
                                                .with(variant("PAN-2", 0).size("22 cm"))
                                                .with(variant("PAN-3", 99_900)
                                                        .size("24 cm")
                                                        .gtin("4006381333932"))
                                                .with(variant("PAN-4", 99_900).size("20 cm"))
                                                .with(variant("STOVE-1", 99_900).size("28 cm"))
                                                .with(variant("PAN-6", 99_900)
                                                        .size("30 cm")
                                                        .sale(99_900, null, null))
                                                .with(variant("PAN-7", 99_900)
                                                        .size("32 cm")
                                                        .currency("USD"))
                                                .build(),
                                        product("POT", "Pot")
                                                .with(variant("POT-1", 0))
                                                .build())))
                .as(ImportedProducts.class)
                .products();

        assertThat(results)
                .extracting(ImportedProduct::result)
                .containsExactly(ImportResult.created, ImportResult.refused);
        assertThat(results.getFirst().refusals())
                .containsExactly(
                        refusal("PAN-2", "price", "must be more than 0"),
                        refusal("PAN-3", "gtin", "has a wrong check digit"),
                        refusal("PAN-4", "size", "the product has this size and colour already, as PAN-1"),
                        refusal("STOVE-1", "sku", "belongs to the product STOVE already"),
                        refusal("PAN-6", "salePrice", "must be more than 0 and less than the price"),
                        refusal("PAN-7", "price", "is in USD, and the shop's prices are in INR"));
        assertThat(stored("PAN").variants()).extracting(Variant::sku).containsExactly(new Sku("PAN-1"));
        assertThat(client.get("/products/POT").status()).isEqualTo(404);
    }

    @Test
    void chargesTheSalePriceWhileTheSaleLasts() {
        taken(product("BAG", "Backpack")
                .with(variant("BAG-1", 500_000).size("40 L").sale(350_000, NOW.plusSeconds(60), NOW.plusSeconds(120)))
                .with(variant("BAG-2", 600_000).size("60 L"))
                .build());

        assertThat(prices("BAG-1", "BAG-2")).containsExactly(500_000L, 600_000L);
        assertThat(stored("BAG").price()).isEqualTo(Money.inr(500_000));
        at(NOW.plusSeconds(60), () -> {
            assertThat(prices("BAG-1", "BAG-2")).containsExactly(350_000L, 600_000L);
            assertThat(stored("BAG").price()).isEqualTo(Money.inr(350_000));
            assertThat(search("backpack").getFirst().price()).isEqualTo(Money.inr(350_000));
            assertThat(stored("BAG").variants().getFirst().regularPrice()).contains(Money.inr(500_000));
            assertThat(stored("BAG").variants().getFirst().saleUntil()).contains(NOW.plusSeconds(120));
        });
        at(NOW.plusSeconds(120), () -> assertThat(prices("BAG-1")).containsExactly(500_000L));
    }

    @Test
    void addsFurtherVariantsOfAProductThatCameBefore() {
        taken(product("BOOT", "Boots")
                .with(variant("BOOT-40", 799_900).size("40"))
                .build());

        var further = taken(product("BOOT", "Another name")
                .continued()
                .with(variant("BOOT-41", 799_900).size("41"))
                .build());

        assertThat(further.variantsCreated()).isEqualTo(1);
        assertThat(stored("BOOT").name()).isEqualTo("Boots");
        assertThat(stored("BOOT").variants()).hasSize(2);
    }

    @Test
    void putsANewVariantInThePlaceOfOneThatIsNoLongerListed() {
        taken(product("CAP", "Cap")
                .with(variant("CAP-OLD", 29_900).color("red"))
                .build());

        taken(product("CAP", "Cap")
                .with(variant("CAP-NEW", 29_900).color("red"))
                .build());

        assertThat(stored("CAP").variants()).extracting(Variant::sku).containsExactly(new Sku("CAP-NEW"));
    }

    @Test
    void changesNothingInADryRunAndAnswersTheSame() {
        var map = product("MAP", "Trail Map").with(variant("MAP-1", 19_900)).build();
        long before = client.get("/catalogue").as(Catalogue.class).products();

        var dry = client.post("/products/import", new ImportProducts(true, List.of(map)))
                .as(ImportedProducts.class);

        assertThat(client.get("/catalogue").as(Catalogue.class))
                .extracting(Catalogue::products, Catalogue::currency)
                .containsExactly(before, "INR");
        assertThat(taken(map)).isEqualTo(dry.products().getFirst());
    }

    @Test
    void answersARepeatedRequestAsTheFirst() {
        var request = new ImportProducts(
                false,
                List.of(product("KNIFE", "Knife")
                        .with(variant("KNIFE-1", 99_900))
                        .build()));
        var keyed = client.withKey("import-of-knives");

        var first = keyed.post("/products/import", request).as(ImportedProducts.class);

        assertThat(keyed.post("/products/import", request).as(ImportedProducts.class))
                .isEqualTo(first);
    }

    @Test
    void refusesTheSecondOfTwoInOneRequest() {
        var buckle =
                product("BUCKLE", "Buckle").with(variant("BUCKLE-1", 9_900)).build();

        var results = client.post("/products/import", new ImportProducts(false, List.of(buckle, buckle)))
                .as(ImportedProducts.class)
                .products();

        assertThat(results)
                .extracting(ImportedProduct::result)
                .containsExactly(ImportResult.created, ImportResult.refused);
    }

    private static ImportedProduct taken(ImportProduct product) {
        return client.post("/products/import", new ImportProducts(false, List.of(product)))
                .as(ImportedProducts.class)
                .products()
                .getFirst();
    }

    private static ContractClient.Answer rules(WarrantyRule... rules) {
        return client.withKey(UUID.randomUUID().toString()).put("/warranty-rules", new WarrantyRules(List.of(rules)));
    }

    private static Optional<Integer> warranty(String sku) {
        return client.post("/variants/lookup", new LookUpVariants(List.of(new Sku(sku))))
                .as(PricedVariants.class)
                .variants()
                .getFirst()
                .warrantyMonths();
    }

    private static Product stored(String id) {
        return client.get("/products/" + id).as(Product.class);
    }

    private static List<Long> prices(String... skus) {
        return client
                .post(
                        "/variants/lookup",
                        new LookUpVariants(Arrays.stream(skus).map(Sku::new).toList()))
                .as(PricedVariants.class)
                .variants()
                .stream()
                .map(PricedVariant::price)
                .map(Money::minor)
                .toList();
    }

    private static List<ProductCard> search(String words) {
        return recommended(Optional.of(words), Optional.empty(), Optional.empty());
    }

    private static List<ProductCard> alternatives(String id) {
        return recommended(Optional.empty(), Optional.of(new ProductId(id)), Optional.of(Purpose.alternatives));
    }

    private static List<ProductCard> recommended(
            Optional<String> words, Optional<ProductId> like, Optional<Purpose> purpose) {
        return client.post(
                        "/recommendations",
                        new GetRecommendations(
                                words,
                                like,
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
                                Optional.empty()))
                .as(Recommendations.class)
                .products();
    }

    private static void at(Instant moment, Runnable looks) {
        CLOCK.set(moment);
        try {
            looks.run();
        } finally {
            CLOCK.set(NOW);
        }
    }

    /** Which version of each row there is: every write makes another one. */
    private static List<String> versions(String id) throws SQLException {
        try (var connection = DriverManager.getConnection(database);
                var statement = connection.prepareStatement(
                        "SELECT 'product ' || ctid || xmin FROM recommendation.product WHERE product_id = ?"
                                + " UNION ALL SELECT sku || ctid || xmin FROM recommendation.variant WHERE product_id = ? OR sku = ?"
                                + " ORDER BY 1")) {
            for (int i = 1; i <= 3; i++) {
                statement.setString(i, id);
            }
            var found = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }

    private static ImportRefusal refusal(String sku, String field, String reason) {
        return new ImportRefusal(Optional.of(new Sku(sku)), field, reason);
    }

    private static ProductToBe product(String id, String name) {
        return new ProductToBe(id, name);
    }

    private static VariantToBe variant(String sku, long minor) {
        return new VariantToBe(sku, minor);
    }

    private static final class ProductToBe {
        private final String id;
        private final String name;
        private final List<ImportVariant> variants = new ArrayList<>();
        private final List<String> tags = new ArrayList<>();
        private final List<Attribute> attributes = new ArrayList<>(List.of(new Attribute("material", "ripstop nylon")));
        private String category = "Camping > Tents";
        private String brand = "Alpin";
        private boolean continued;

        ProductToBe(String id, String name) {
            this.id = id;
            this.name = name;
        }

        ProductToBe category(String path) {
            category = path;
            return this;
        }

        ProductToBe brand(String of) {
            brand = of;
            return this;
        }

        ProductToBe tag(String tag) {
            tags.add(tag);
            return this;
        }

        ProductToBe says(String name, String value) {
            attributes.add(new Attribute(name, value));
            return this;
        }

        ProductToBe continued() {
            continued = true;
            return this;
        }

        ProductToBe with(VariantToBe variant) {
            variants.add(variant.build());
            return this;
        }

        ImportProduct build() {
            return new ImportProduct(
                    new ProductId(id),
                    name,
                    "Made for weather.",
                    Optional.of(brand),
                    List.of(category),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    tags,
                    List.of("https://shop.example/" + id + ".jpg"),
                    attributes,
                    continued,
                    variants);
        }
    }

    private static final class VariantToBe {
        private final String sku;
        private final long minor;
        private String currency = "INR";
        private Optional<String> size = Optional.empty();
        private Optional<String> color = Optional.empty();
        private Optional<String> gtin = Optional.empty();
        private Optional<Money> sale = Optional.empty();
        private Optional<Instant> from = Optional.empty();
        private Optional<Instant> until = Optional.empty();

        VariantToBe(String sku, long minor) {
            this.sku = sku;
            this.minor = minor;
        }

        VariantToBe size(String said) {
            size = Optional.of(said);
            return this;
        }

        VariantToBe color(String said) {
            color = Optional.of(said);
            return this;
        }

        VariantToBe gtin(String said) {
            gtin = Optional.of(said);
            return this;
        }

        VariantToBe currency(String said) {
            currency = said;
            return this;
        }

        VariantToBe sale(long salePrice, Instant begins, Instant ends) {
            sale = Optional.of(Money.inr(salePrice));
            from = Optional.ofNullable(begins);
            until = Optional.ofNullable(ends);
            return this;
        }

        ImportVariant build() {
            return new ImportVariant(
                    new Sku(sku),
                    size,
                    color,
                    new Money(minor, currency),
                    sale,
                    from,
                    until,
                    gtin,
                    List.of(),
                    List.of());
        }
    }
}
