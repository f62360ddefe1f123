package io.journeyman.inventory.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Inventory.AdjustmentReason;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.CheckInventory;
import io.journeyman.contracts.Inventory.ImportStock;
import io.journeyman.contracts.Inventory.Movement;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Inventory.StockCount;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.TestShop.Stock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Counts of a shop's own stock come in. */
class StockImportTest {
    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = new TestShop();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(shop.brokenRows()).isEmpty();
        assertThat(shop.ledger().addsUp()).isTrue();
    }

    @Test
    void bringsANewVariantInWithItsPiecesAndBooksThemAsCounted() {
        var sku = new Sku("TENT-2");
        var row = new StockCount(
                sku,
                Optional.of(new ProductId("TENT")),
                Optional.of("m "),
                Optional.of("Moss Green"),
                TestShop.WAREHOUSE,
                12,
                Optional.of(2),
                Optional.empty());

        assertThat(taken(row)).containsExactly(ImportedRow.of(Result.created));

        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(12, 0));
        Availability availability = shop.client()
                .post(
                        "/inventory/check",
                        new CheckInventory(
                                new ProductId("TENT"), Optional.of("M"), Optional.of("moss green"), Optional.empty()))
                .as(Availability.class);
        assertThat(availability.warehouse()).isEqualTo(10);
        Movement movement = shop.card(sku, TestShop.WAREHOUSE).movements().getFirst();
        assertThat(movement.kind()).isEqualTo(MovementKind.adjusted);
        assertThat(movement.reason()).contains(AdjustmentReason.counted);
        assertThat(movement.onHandChange()).isEqualTo(12);
    }

    @Test
    void changesNothingWhenTheSameCountsComeAgain() {
        Sku sku = shop.variant(5, 0, 0);
        var row = count(sku, TestShop.WAREHOUSE, 9);
        assertThat(taken(row)).containsExactly(ImportedRow.of(Result.changed));
        int movements = shop.card(sku, TestShop.WAREHOUSE).movements().size();

        assertThat(taken(row)).containsExactly(ImportedRow.of(Result.unchanged));

        assertThat(shop.card(sku, TestShop.WAREHOUSE).movements()).hasSize(movements);
        assertThat(shop.card(sku, TestShop.WAREHOUSE).movements().getFirst().onHandChange())
                .isEqualTo(4);
    }

    @Test
    void bringsNothingBackThatWasSoldSinceTheSameCountCameIn() {
        Sku sku = shop.variant(5, 0, 0);
        taken(count(sku, TestShop.WAREHOUSE, 9));
        var hold = shop.hold(shop.newHold(), new Line(sku, 2));
        shop.client().post("/holds", hold);
        shop.client().post("/holds/" + hold.holdId() + "/allocate");

        assertThat(taken(count(sku, TestShop.WAREHOUSE, 9))).containsExactly(ImportedRow.of(Result.unchanged));

        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(7, 0));
        assertThat(taken(countedAt(sku, 9, shop.now()))).containsExactly(ImportedRow.of(Result.changed));
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(9, 0));
        assertThat(taken(countedAt(sku, 4, shop.now().minusSeconds(1)))
                        .getFirst()
                        .field())
                .contains("countedAt");
    }

    @Test
    void takesACountDownToWhatIsHeldAndNoFurther() {
        Sku sku = shop.variant(9, 9, 0);
        shop.client().post("/holds", shop.hold(shop.newHold(), new Line(sku, 4)));

        var results = taken(count(sku, TestShop.WAREHOUSE, 3), count(sku, TestShop.FIRST_STORE, 3));

        assertThat(results.getFirst().result()).isEqualTo(Result.refused);
        assertThat(results.getFirst().field()).contains("onHand");
        assertThat(results.getFirst().reason().orElseThrow()).startsWith("is less than the 4 that are set aside");
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(9, 4));
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(3, 0));
        assertThat(taken(count(sku, TestShop.WAREHOUSE, 4))).containsExactly(ImportedRow.of(Result.changed));
    }

    @Test
    void refusesARowWithItsReasonAndTakesTheOthers() {
        Sku known = shop.variant(1, 0, 0);
        Sku other = shop.variant(1, 0, 0);

        var results = taken(
                count(new Sku("NOBODYS"), TestShop.WAREHOUSE, 1),
                count(known, new LocationId("NOWHERE"), 1),
                new StockCount(
                        known,
                        Optional.of(new ProductId("OTHER")),
                        Optional.empty(),
                        Optional.empty(),
                        TestShop.WAREHOUSE,
                        1,
                        Optional.empty(),
                        Optional.empty()),
                count(other, TestShop.WAREHOUSE, 7),
                count(other, TestShop.WAREHOUSE, 8));

        assertThat(results)
                .extracting(row -> row.result().name()
                        + row.field().map(field -> " " + field).orElse(""))
                .containsExactly("refused sku", "refused locationId", "refused productId", "changed", "refused sku");
        assertThat(shop.stock(other, TestShop.WAREHOUSE)).isEqualTo(new Stock(7, 0));
    }

    @Test
    void onlySaysWhatWouldComeOfIt() {
        Sku sku = shop.variant(5, 0, 0);

        var would = shop.client()
                .post("/stock/import", new ImportStock(true, List.of(count(sku, TestShop.WAREHOUSE, 9))))
                .as(ImportedRows.class);

        assertThat(would.rows()).containsExactly(ImportedRow.of(Result.changed));
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
    }

    @Test
    void answersTheSameKeyOnceAlsoWhenPiecesWereSoldMeanwhile() {
        Sku sku = shop.variant(5, 0, 0);
        var import9 = new ImportStock(false, List.of(count(sku, TestShop.WAREHOUSE, 9)));
        shop.client().withKey("import-nine").post("/stock/import", import9);
        var hold = shop.hold(shop.newHold(), new Line(sku, 2));
        shop.client().post("/holds", hold);
        shop.client().post("/holds/" + hold.holdId() + "/allocate");

        var again = shop.client()
                .withKey("import-nine")
                .post("/stock/import", import9)
                .as(ImportedRows.class);

        assertThat(again.rows()).containsExactly(ImportedRow.of(Result.changed));
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(7, 0));
    }

    @Test
    void countsWhileCustomersHoldTheSamePieces() throws Exception {
        List<Sku> skus =
                IntStream.range(0, 5).mapToObj(i -> shop.variant(50, 0, 0)).toList();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 40)
                    .<Callable<Integer>>mapToObj(i -> () -> i % 4 == 0
                            ? taken(skus.reversed().stream()
                                            .map(sku -> count(sku, TestShop.WAREHOUSE, 40 + i))
                                            .toArray(StockCount[]::new))
                                    .size()
                            : shop.client()
                                    .post(
                                            "/holds",
                                            shop.hold(
                                                    shop.newHold(),
                                                    new Line(skus.get(i % 5), 1),
                                                    new Line(skus.get((i + 1) % 5), 1)))
                                    .status())
                    .toList();
            for (var call : pool.invokeAll(calls)) {
                assertThat(call.get()).isIn(5, 201);
            }
        }
    }

    private static StockCount count(Sku sku, LocationId location, int onHand) {
        return new StockCount(
                sku,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                location,
                onHand,
                Optional.empty(),
                Optional.empty());
    }

    private static StockCount countedAt(Sku sku, int onHand, Instant moment) {
        return new StockCount(
                sku,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                TestShop.WAREHOUSE,
                onHand,
                Optional.empty(),
                Optional.of(moment));
    }

    private static List<ImportedRow> taken(StockCount... rows) {
        return shop.client()
                .post("/stock/import", new ImportStock(false, List.of(rows)))
                .as(ImportedRows.class)
                .rows();
    }
}
