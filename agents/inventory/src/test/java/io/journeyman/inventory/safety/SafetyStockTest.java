package io.journeyman.inventory.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.CheckInventory;
import io.journeyman.contracts.Inventory.HeldLine;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.ReceiveStock;
import io.journeyman.contracts.Inventory.SafetyStock;
import io.journeyman.contracts.Inventory.SetSafetyStock;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.TestShop.Stock;
import io.journeyman.testing.ContractClient.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shop for each test, since a place's safety stock concerns everything there. */
class SafetyStockTest {
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop();
    }

    @AfterEach
    void close() {
        assertThat(shop.brokenRows()).isEmpty();
        shop.close();
    }

    @Test
    void aStoreKeepsItsPiecesBackFromHoldsAndCountsThemNowhere() {
        Sku sku = shop.variant("kept", "M", "blue", 0, 5, 1);
        keepBack(TestShop.FIRST_STORE, 2);

        Answer four = shop.client()
                .post("/holds", shop.hold(shop.newHold(), Optional.of(TestShop.FIRST_STORE), new Line(sku, 4)));
        Hold three = shop.client()
                .post("/holds", shop.hold(shop.newHold(), new Line(sku, 3)))
                .as(Hold.class);

        assertThat(four.problem().code()).isEqualTo("out_of_stock");
        assertThat(three.lines()).containsExactly(new HeldLine(sku, 3, TestShop.FIRST_STORE));
        assertThat(check("kept").available()).isEqualTo(1);
        assertThat(check("kept").stores()).extracting(store -> store.storeId()).containsExactly(TestShop.SECOND_STORE);
        assertThat(shop.card(sku, TestShop.FIRST_STORE).available()).isZero();
    }

    @Test
    void whatIsHeldStaysHeldWhenMoreIsKeptBack() {
        Sku sku = shop.variant("held", "M", "blue", 0, 5, 0);
        HoldId hold = shop.newHold();
        shop.client().post("/holds", shop.hold(hold, new Line(sku, 4))).as(Hold.class);

        keepBack(TestShop.FIRST_STORE, 3);

        assertThat(check("held").available()).isZero();
        assertThat(shop.client().post("/holds/" + hold + "/allocate").status()).isEqualTo(200);
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(1, 0));
    }

    @Test
    void anOrderStillTakesOverAReservationWhenMoreIsKeptBack() {
        Sku sku = shop.variant("taken", "M", "blue", 0, 2, 0);
        Line line = new Line(sku, 2);
        HoldId reserved = shop.newHold();
        shop.client()
                .post("/holds", shop.hold(reserved, Optional.of(TestShop.FIRST_STORE), line))
                .as(Hold.class);
        keepBack(TestShop.FIRST_STORE, 2);

        Hold order = shop.client()
                .post("/holds", shop.takingOver(reserved, shop.newHold(), line))
                .as(Hold.class);

        assertThat(order.lines()).containsExactly(new HeldLine(sku, 2, TestShop.FIRST_STORE));
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(2, 2));
    }

    @Test
    void oneVariantMayBeKeptBackAlone() {
        Sku one = shop.variant("one", "M", "blue", 5, 0, 0);
        shop.variant("other", "M", "blue", 5, 0, 0);

        SafetyStock answer =
                put(TestShop.WAREHOUSE, new SetSafetyStock(4, List.of(one))).as(SafetyStock.class);

        assertThat(answer.variants()).isEqualTo(1);
        assertThat(check("one").available()).isEqualTo(1);
        assertThat(check("other").available()).isEqualTo(5);
    }

    @Test
    void whatComesToAPlaceLaterBeginsWithItsSafetyStock() {
        keepBack(TestShop.FIRST_STORE, 2);
        Sku sku = shop.newVariant("later", "M", "blue");

        shop.client()
                .post(
                        "/receipts",
                        new ReceiveStock(
                                shop.newBooking(),
                                TestShop.FIRST_STORE,
                                Optional.empty(),
                                List.of(new StockLine(sku, 3))));

        assertThat(check("later").available()).isEqualTo(1);
    }

    @Test
    void refusesWhatTheShopDoesNotKnow() {
        Answer place = put(new LocationId("NOWHERE"), new SetSafetyStock(1, List.of()));
        Answer variant = put(TestShop.WAREHOUSE, new SetSafetyStock(1, List.of(new Sku("NO-SUCH"))));

        assertThat(place.problem().code()).isEqualTo("unknown_location");
        assertThat(variant.problem().code()).isEqualTo("unknown_variant");
    }

    private void keepBack(LocationId location, int units) {
        put(location, new SetSafetyStock(units, List.of())).as(SafetyStock.class);
    }

    private Answer put(LocationId location, SetSafetyStock wanted) {
        return shop.client().put("/locations/" + location + "/safety-stock", wanted);
    }

    private Availability check(String product) {
        return shop.client()
                .post(
                        "/inventory/check",
                        new CheckInventory(
                                new ProductId(product), Optional.empty(), Optional.empty(), Optional.empty()))
                .as(Availability.class);
    }
}
