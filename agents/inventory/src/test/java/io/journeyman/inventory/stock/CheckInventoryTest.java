package io.journeyman.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.CheckInventory;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.LookUpStock;
import io.journeyman.contracts.Inventory.OnlineStatus;
import io.journeyman.contracts.Inventory.ProductStock;
import io.journeyman.contracts.Inventory.ProductStocks;
import io.journeyman.contracts.Inventory.Store;
import io.journeyman.contracts.Inventory.StoreStock;
import io.journeyman.contracts.Inventory.VariantStock;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.testing.ContractClient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CheckInventoryTest {
    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = new TestShop();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void countsWarehouseAndStores() {
        Sku m = shop.variant("shirt", "M", "blue", 40, 5, 0);
        Sku l = shop.variant("shirt", "L", "white", 20, 1, 2);

        Availability answer = check("shirt");

        assertThat(answer.onlineStatus()).isEqualTo(OnlineStatus.in_stock);
        assertThat(answer.available()).isEqualTo(68);
        assertThat(answer.warehouse()).isEqualTo(60);
        assertThat(answer.attributesAvailable()).isTrue();
        assertThat(answer.stores())
                .containsExactly(
                        new StoreStock(TestShop.FIRST_STORE, "Indiranagar", "Bengaluru", 6, Optional.empty()),
                        new StoreStock(TestShop.SECOND_STORE, "Bandra", "Mumbai", 2, Optional.empty()));
        assertThat(answer.variants()).containsExactly(variant(m, "M", "blue", 40, 5), variant(l, "L", "white", 20, 3));
        assertThat(answer.suggestions()).isEmpty();
    }

    @Test
    void isLowUnder50UnitsOverEverything() {
        shop.variant("fifty", "M", "blue", 44, 5, 1);
        shop.variant("fortynine", "M", "blue", 43, 5, 1);
        shop.variant("one", "M", "blue", 0, 0, 1);

        assertThat(check("fifty").onlineStatus()).isEqualTo(OnlineStatus.in_stock);
        assertThat(check("fortynine").onlineStatus()).isEqualTo(OnlineStatus.low_stock);
        assertThat(check("fortynine").available()).isEqualTo(49);
        assertThat(check("one").onlineStatus()).isEqualTo(OnlineStatus.low_stock);
        assertThat(check("one").available()).isEqualTo(1);
        assertThat(check("one").warehouse()).isZero();
    }

    @Test
    void doesNotCountWhatOthersHold() {
        Sku sku = shop.variant("held", "M", "blue", 50, 0, 0);

        shop.client()
                .post("/holds", shop.hold(shop.newHold(), new Line(sku, 3)))
                .as(Hold.class);

        assertThat(check("held").available()).isEqualTo(47);
        assertThat(check("held").onlineStatus()).isEqualTo(OnlineStatus.low_stock);
    }

    @Test
    void tellsTheMostThatOnePlaceHasWhichIsTheMostThatCanBeHeld() {
        Sku sku = shop.variant("scattered", "M", "blue", 1, 2, 2);
        shop.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE stock SET safety_stock = 1 WHERE sku = ? AND location = ?",
                        sku.value(),
                        TestShop.FIRST_STORE.value()));
        shop.client()
                .post("/holds", shop.hold(shop.newHold(), Optional.of(TestShop.SECOND_STORE), new Line(sku, 1)))
                .as(Hold.class);

        VariantStock left = check("scattered").variants().getFirst();
        var two = shop.client().post("/holds", shop.hold(shop.newHold(), new Line(sku, 2)));
        shop.client()
                .post("/holds", shop.hold(shop.newHold(), new Line(sku, 1)))
                .as(Hold.class);

        assertThat(left.stores()).isEqualTo(2);
        assertThat(left.together()).isEqualTo(1);
        assertThat(two.problem().code()).isEqualTo("out_of_stock");
    }

    @Test
    void tellsOfSeveralProductsWhatCanBeHad() {
        shop.variant("many-1", "M", "blue", 4, 1, 0);
        shop.variant("many-1", "L", "blue", 2, 0, 0);
        shop.variant("many-2", "M", "red", 0, 0, 0);

        assertThat(lookUp("many", Optional.empty(), Optional.empty(), Optional.empty())
                        .as(ProductStocks.class))
                .isEqualTo(new ProductStocks(
                        List.of(
                                new ProductStock(new ProductId("many-2"), 0),
                                new ProductStock(new ProductId("many-1"), 7)),
                        Optional.empty()));
        assertThat(lookUp("many", Optional.of("m"), Optional.of("Blue"), Optional.empty())
                        .as(ProductStocks.class)
                        .products())
                .containsExactly(
                        new ProductStock(new ProductId("many-2"), 0), new ProductStock(new ProductId("many-1"), 5));
    }

    @Test
    void tellsOfSeveralProductsWhatAStoreHas() {
        shop.variant("there-1", "S", "blue", 4, 1, 3);
        shop.variant("there-2", "S", "red", 9, 2, 0);

        ProductStocks there = lookUp("there", Optional.of("S"), Optional.empty(), Optional.of("your Bandra store"))
                .as(ProductStocks.class);

        assertThat(there.products())
                .containsExactly(
                        new ProductStock(new ProductId("there-2"), 0), new ProductStock(new ProductId("there-1"), 3));
        assertThat(there.stores().orElseThrow()).extracting(Store::storeId).containsExactly(TestShop.SECOND_STORE);
    }

    @Test
    void saysWhichStoresThereAreWhenNoneIsCalledSo() {
        var answer = lookUp("there", Optional.empty(), Optional.empty(), Optional.of("Atlantis"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem().code()).isEqualTo("unknown_store");
        assertThat(answer.problem().suggestions()).anyMatch(next -> next.contains("Bandra (Mumbai)"));
    }

    private static ContractClient.Answer lookUp(
            String products, Optional<String> size, Optional<String> color, Optional<String> store) {
        return shop.client()
                .post(
                        "/stock/lookup",
                        new LookUpStock(
                                List.of(
                                        new ProductId(products + "-2"),
                                        new ProductId("nobody-knows-it"),
                                        new ProductId(products + "-1")),
                                size,
                                color,
                                store));
    }

    @Test
    void isOutOfStockWhenNoPlaceHasAny() {
        shop.variant("gone", "M", "blue", 0, 0, 0);

        Availability answer = check("gone");

        assertThat(answer.onlineStatus()).isEqualTo(OnlineStatus.out_of_stock);
        assertThat(answer.available()).isZero();
        assertThat(answer.attributesAvailable()).isFalse();
        assertThat(answer.stores()).isEmpty();
        assertThat(answer.variants()).hasSize(1);
        assertThat(answer.suggestions()).anyMatch(s -> s.contains("similar"));
    }

    @Test
    void comparesSizesColoursAndCitiesWithoutRegardToCase() {
        shop.variant("case", "XL", "Navy", 3, 2, 1);

        Availability answer = check("case", "xl", " NAVY", "mumbai");

        assertThat(answer.attributesAvailable()).isTrue();
        assertThat(answer.variants()).hasSize(1);
        assertThat(answer.stores()).extracting(StoreStock::city).containsExactly("Mumbai", "Bengaluru");
    }

    @Test
    void filtersByAttributesWhileTheStatusIsTheProducts() {
        shop.variant("filter", "M", "blue", 60, 4, 0);
        Sku l = shop.variant("filter", "L", "blue", 10, 0, 3);

        Availability answer = check("filter", "L", null, null);

        assertThat(answer.onlineStatus()).isEqualTo(OnlineStatus.in_stock);
        assertThat(answer.available()).isEqualTo(77);
        assertThat(answer.variants()).containsExactly(variant(l, "L", "blue", 10, 3));
        assertThat(answer.stores())
                .containsExactly(new StoreStock(TestShop.SECOND_STORE, "Bandra", "Mumbai", 3, Optional.empty()));
    }

    @Test
    void answersAnEmptyStoreListAndSuggestionsWhenASizeIsNotThere() {
        shop.variant("nosize", "S", "blue", 60, 4, 0);
        shop.variant("nosize", "M", "blue", 0, 0, 0);
        shop.variant("nosize", "M", "white", 0, 0, 0);
        shop.variant("nosize", "L", "white", 1, 0, 0);

        Availability sizeOnly = check("nosize", "M", null, null);
        Availability withColour = check("nosize", "m", "white", null);
        Availability neverMade = check("nosize", "XXL", null, null);

        assertThat(sizeOnly.onlineStatus()).isEqualTo(OnlineStatus.in_stock);
        assertThat(sizeOnly.attributesAvailable()).isFalse();
        assertThat(sizeOnly.stores()).isEmpty();
        assertThat(sizeOnly.suggestions())
                .containsExactly(
                        "Available sizes: S, L.",
                        "Available colours: blue, white.",
                        "Look at similar items in size M.");
        assertThat(withColour.suggestions())
                .containsExactly("In white there is size: L.", "Look at similar items in size m in white.");
        assertThat(neverMade.variants()).isEmpty();
        assertThat(neverMade.stores()).isEmpty();
        assertThat(neverMade.attributesAvailable()).isFalse();
    }

    @Test
    void doesNotKnowWhatTheCatalogueDoesNotKnow() {
        var answer = shop.client()
                .post(
                        "/inventory/check",
                        new CheckInventory(
                                new ProductId("P-NONE"), Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem().code()).isEqualTo("unknown_product");
    }

    @Test
    void putsTheStoresNearestToTheCityOrStoreFirstAndSaysHowFarTheyAre() {
        shop.variant("near", "M", "blue", 3, 2, 1);

        Availability mumbai = check("near", null, null, "mumbai");
        Availability indiranagar = check("near", null, null, "Indiranagar");
        Availability nowhere = check("near", null, null, "Atlantis");

        assertThat(mumbai.stores()).extracting(StoreStock::name).containsExactly("Bandra", "Indiranagar");
        assertThat(mumbai.stores().getFirst().distanceMetres()).contains(0);
        assertThat(mumbai.stores().getLast().distanceMetres().orElseThrow()).isBetween(830_000, 860_000);
        assertThat(indiranagar.stores()).extracting(StoreStock::name).containsExactly("Indiranagar", "Bandra");
        assertThat(nowhere.stores()).extracting(StoreStock::distanceMetres).containsOnly(Optional.empty());
    }

    private static VariantStock variant(Sku sku, String size, String color, int warehouse, int stores) {
        return new VariantStock(
                sku,
                size,
                color,
                warehouse,
                stores,
                Optional.of(Math.max(warehouse, stores)),
                Optional.empty(),
                Optional.empty());
    }

    private static Availability check(String product) {
        return check(product, null, null, null);
    }

    private static Availability check(String product, String size, String color, String city) {
        return shop.client()
                .post(
                        "/inventory/check",
                        new CheckInventory(
                                new ProductId(product),
                                Optional.ofNullable(size),
                                Optional.ofNullable(color),
                                Optional.ofNullable(city)))
                .as(Availability.class);
    }
}
