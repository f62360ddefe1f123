package io.journeyman.inventory.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.Inventory.AnnounceDelivery;
import io.journeyman.contracts.Inventory.AnnouncedLine;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.CellStatus;
import io.journeyman.contracts.Inventory.CheckInventory;
import io.journeyman.contracts.Inventory.Delivery;
import io.journeyman.contracts.Inventory.DeliveryLine;
import io.journeyman.contracts.Inventory.DeliveryStatus;
import io.journeyman.contracts.Inventory.ExpectedKind;
import io.journeyman.contracts.Inventory.ExpectedStock;
import io.journeyman.contracts.Inventory.MatrixCell;
import io.journeyman.contracts.Inventory.OnlineStatus;
import io.journeyman.contracts.Inventory.ReceiveStock;
import io.journeyman.contracts.Inventory.SizeColorMatrix;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.TestShop.Stock;
import io.journeyman.testing.ContractClient.Answer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Today is 24 November 2026 in each of these shops. */
@Timeout(120)
class DeliveryTest {
    private static final LocalDate SOON = LocalDate.parse("2026-12-01");
    private static final LocalDate LATER = LocalDate.parse("2026-12-15");

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
    void tellsWhenWhatIsSoldOutComesBackAndNeverCountsIt() {
        Sku sku = shop.variant("kurta", "M", "blue", 1, 0, 0);
        shop.client().post("/holds", shop.hold(shop.newHold(), new Line(sku, 1)));
        announce("PO-1", LATER, new StockLine(sku, 30));
        announce("PO-2", SOON, new StockLine(sku, 10));

        Availability answer = check("kurta");

        assertThat(answer.onlineStatus()).isEqualTo(OnlineStatus.out_of_stock);
        assertThat(answer.available()).isZero();
        assertThat(answer.variants().getFirst().expected())
                .contains(new ExpectedStock(ExpectedKind.backorder, SOON, 10));
        assertThat(answer.suggestions())
                .containsExactly(
                        "M in blue is expected again on 2026-12-01.", "Look at similar items that are in stock.");
        assertThat(shop.client()
                        .post("/holds", shop.hold(shop.newHold(), new Line(sku, 1)))
                        .problem()
                        .code())
                .isEqualTo("out_of_stock");
    }

    @Test
    void whatNoPlaceEverHadIsAPreorder() {
        Sku sku = shop.newVariant("new", "M", "blue");
        announce("PO-1", SOON, new StockLine(sku, 10));

        Availability before = check("new");
        shop.client().post("/receipts", receipt("PO-1", new StockLine(sku, 4)));
        Availability after = check("new");

        assertThat(before.variants().getFirst().expected())
                .contains(new ExpectedStock(ExpectedKind.preorder, SOON, 10));
        assertThat(before.suggestions()).contains("M in blue comes to the shop on 2026-12-01.");
        assertThat(after.available()).isEqualTo(4);
        assertThat(after.variants().getFirst().expected()).contains(new ExpectedStock(ExpectedKind.backorder, SOON, 6));
    }

    @Test
    void aDayThatHasPassedIsNoPromise() {
        Sku sku = shop.variant("late", "M", "blue", 0, 0, 0);
        announce("PO-1", SOON, new StockLine(sku, 10));

        shop.pass(Duration.ofDays(7));
        assertThat(check("late").variants().getFirst().expected()).isPresent();
        shop.pass(Duration.ofDays(1));
        assertThat(check("late").variants().getFirst().expected()).isEmpty();

        Delivery moved = announce("PO-1", LATER, new StockLine(sku, 10));
        assertThat(moved.dueOn()).contains(LATER);
        assertThat(check("late").variants().getFirst().expected())
                .contains(new ExpectedStock(ExpectedKind.preorder, LATER, 10));
    }

    @Test
    void comesInSeveralReceiptsAndIsThenReceived() {
        Sku one = shop.variant("one", "M", "blue", 0, 0, 0);
        Sku two = shop.variant("two", "M", "blue", 0, 0, 0);
        Sku surprise = shop.variant("three", "M", "blue", 0, 0, 0);
        announce("PO-1", SOON, new StockLine(one, 5), new StockLine(two, 5));

        shop.client().post("/receipts", receipt("PO-1", new StockLine(one, 5), new StockLine(surprise, 1)));
        Delivery half = get("PO-1");
        shop.client().post("/receipts", receipt("PO-1", new StockLine(two, 6)));
        Delivery whole = get("PO-1");

        assertThat(half.status()).isEqualTo(DeliveryStatus.expected);
        assertThat(whole.status()).isEqualTo(DeliveryStatus.received);
        assertThat(whole.lines())
                .containsExactlyInAnyOrder(
                        new DeliveryLine(one, 5, 5, 0, 0),
                        new DeliveryLine(two, 5, 6, 0, 0),
                        new DeliveryLine(surprise, 0, 1, 0, 0));
        assertThat(shop.stock(two, TestShop.WAREHOUSE)).isEqualTo(new Stock(6, 0));
    }

    @Test
    void oneReceiptSentAgainComesOnce() {
        Sku sku = shop.variant("once", "M", "blue", 0, 0, 0);
        announce("PO-1", SOON, new StockLine(sku, 5));
        ReceiveStock receipt = receipt("PO-1", new StockLine(sku, 2));

        shop.client().post("/receipts", receipt);
        Answer again = shop.client().post("/receipts", receipt);

        assertThat(again.status()).isEqualTo(201);
        assertThat(get("PO-1").lines()).containsExactly(new DeliveryLine(sku, 5, 2, 0, 0));
    }

    @Test
    void receiptsOfOneDeliveryAtTheSameMomentAllCome() throws Exception {
        Sku sku = shop.variant("many", "M", "blue", 0, 0, 0);
        announce("PO-1", SOON, new StockLine(sku, 20));
        List<Future<Answer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() ->
                        shop.client().post("/receipts", receipt("PO-1", new StockLine(sku, 1)))));
            }
        }

        for (Future<Answer> answer : answers) {
            assertThat(answer.get().status()).isEqualTo(201);
        }
        assertThat(get("PO-1").status()).isEqualTo(DeliveryStatus.received);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(20, 0));
    }

    @Test
    void whatIsAnnouncedAnewStandsAloneAndWhatCameStays() {
        Sku one = shop.variant("stays", "M", "blue", 0, 0, 0);
        Sku two = shop.variant("goes", "M", "blue", 0, 0, 0);
        announce("PO-1", SOON, new StockLine(one, 5), new StockLine(two, 5));
        shop.client().post("/receipts", receipt("PO-1", new StockLine(one, 2)));

        Delivery anew = announce("PO-1", LATER, new StockLine(one, 8));

        assertThat(anew.lines())
                .containsExactlyInAnyOrder(new DeliveryLine(one, 8, 2, 0, 0), new DeliveryLine(two, 0, 0, 0, 0));
        assertThat(check("goes").variants().getFirst().expected()).isEmpty();
        assertThat(check("stays").variants().getFirst().expected())
                .contains(new ExpectedStock(ExpectedKind.backorder, LATER, 6));
    }

    @Test
    void cancelledIsForEverAlsoBeforeItIsAnnounced() {
        Sku sku = shop.variant("never", "M", "blue", 0, 0, 0);
        shop.client().post("/deliveries/PO-1/cancel").as(Delivery.class);
        announce("PO-2", SOON, new StockLine(sku, 5));
        shop.client().post("/deliveries/PO-2/cancel").as(Delivery.class);

        Delivery late = announce("PO-1", SOON, new StockLine(sku, 5));
        Answer receipt = shop.client().post("/receipts", receipt("PO-2", new StockLine(sku, 5)));

        assertThat(late.status()).isEqualTo(DeliveryStatus.cancelled);
        assertThat(check("never").variants().getFirst().expected()).isEmpty();
        assertThat(receipt.problem().code()).isEqualTo("delivery_cancelled");
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(0, 0));
    }

    @Test
    void comesWhereItWasAnnounced() {
        Sku sku = shop.variant("where", "M", "blue", 0, 0, 0);
        announce("PO-1", SOON, new StockLine(sku, 5));
        var elsewhere = new ReceiveStock(
                shop.newBooking(),
                TestShop.SECOND_STORE,
                Optional.of(new DeliveryId("PO-1")),
                List.of(new StockLine(sku, 5)));

        assertThat(shop.client().post("/receipts", elsewhere).problem().code()).isEqualTo("delivery_elsewhere");
        assertThat(shop.client()
                        .post("/receipts", receipt("PO-NONE", new StockLine(sku, 5)))
                        .problem()
                        .code())
                .isEqualTo("unknown_delivery");
        assertThat(shop.client().get("/deliveries/PO-NONE").problem().code()).isEqualTo("unknown_delivery");
    }

    @Test
    void theMatrixHasEverySizeWithEveryColour() {
        Sku mBlue = shop.variant("matrix", "M", "blue", 4, 2, 0);
        Sku mWhite = shop.variant("matrix", "M", "white", 0, 0, 0);
        Sku lBlue = shop.newVariant("matrix", "L", "blue");
        Sku xlBlue = shop.variant("matrix", "XL", "blue", 0, 0, 1);
        shop.client().post("/holds", shop.hold(shop.newHold(), new Line(xlBlue, 1)));
        announce("PO-1", SOON, new StockLine(lBlue, 9), new StockLine(xlBlue, 7));

        SizeColorMatrix matrix = matrix("matrix", "");
        SizeColorMatrix inStore = matrix("matrix", "?storeId=ST-1");

        var preorder = new ExpectedStock(ExpectedKind.preorder, SOON, 9);
        var backorder = new ExpectedStock(ExpectedKind.backorder, SOON, 7);
        assertThat(matrix.sizes()).containsExactly("M", "L", "XL");
        assertThat(matrix.colors()).containsExactly("blue", "white");
        assertThat(matrix.rows().get(0).cells())
                .containsExactly(
                        cell("blue", CellStatus.in_stock, mBlue, 6, Optional.empty()),
                        cell("white", CellStatus.out_of_stock, mWhite, 0, Optional.empty()));
        assertThat(matrix.rows().get(1).cells())
                .containsExactly(
                        cell("blue", CellStatus.preorder, lBlue, 0, Optional.of(preorder)),
                        new MatrixCell("white", CellStatus.not_made, Optional.empty(), 0, Optional.empty()));
        assertThat(matrix.rows().get(2).cells().getFirst())
                .isEqualTo(cell("blue", CellStatus.backorder, xlBlue, 0, Optional.of(backorder)));
        assertThat(inStore.rows().get(0).cells().getFirst().available()).isEqualTo(2);
        assertThat(shop.client().get("/products/P-NONE/matrix").problem().code())
                .isEqualTo("unknown_product");
        assertThat(shop.client()
                        .get("/products/matrix/matrix?storeId=NOWHERE")
                        .problem()
                        .code())
                .isEqualTo("unknown_store");
    }

    private SizeColorMatrix matrix(String product, String query) {
        return shop.client().get("/products/" + product + "/matrix" + query).as(SizeColorMatrix.class);
    }

    private static MatrixCell cell(
            String color, CellStatus status, Sku sku, int available, Optional<ExpectedStock> expected) {
        return new MatrixCell(color, status, Optional.of(sku), available, expected);
    }

    private Delivery announce(String id, LocalDate dueOn, StockLine... lines) {
        List<AnnouncedLine> announced = Arrays.stream(lines)
                .map(line -> new AnnouncedLine(line.sku(), line.units(), Optional.empty()))
                .toList();
        return shop.client()
                .put("/deliveries/" + id, new AnnounceDelivery(TestShop.WAREHOUSE, dueOn, announced))
                .as(Delivery.class);
    }

    private Delivery get(String id) {
        return shop.client().get("/deliveries/" + id).as(Delivery.class);
    }

    private ReceiveStock receipt(String delivery, StockLine... lines) {
        return new ReceiveStock(
                shop.newBooking(), TestShop.WAREHOUSE, Optional.of(new DeliveryId(delivery)), List.of(lines));
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
