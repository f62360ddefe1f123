package io.journeyman.inventory.booking;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Inventory.AdjustStock;
import io.journeyman.contracts.Inventory.Adjustment;
import io.journeyman.contracts.Inventory.AdjustmentReason;
import io.journeyman.contracts.Inventory.Movement;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Inventory.Receipt;
import io.journeyman.contracts.Inventory.ReceiveStock;
import io.journeyman.contracts.Inventory.StockChange;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.TestShop.Stock;
import io.journeyman.testing.ContractClient.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookingTest {
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
    void booksGoodsThatCameInAlsoWhereTheyNeverWere() {
        Sku known = shop.variant(5, 0, 0);
        Sku fresh = shop.newVariant("fresh", "M", "blue");
        ReceiveStock request = receipt(shop.newBooking(), new StockLine(known, 7), new StockLine(fresh, 3));

        Receipt receipt = shop.client().post("/receipts", request).as(Receipt.class);

        assertThat(receipt.bookedAt()).isEqualTo(shop.now());
        assertThat(receipt.lines()).containsExactlyInAnyOrderElementsOf(request.lines());
        assertThat(shop.stock(known, TestShop.WAREHOUSE)).isEqualTo(new Stock(12, 0));
        assertThat(shop.stock(fresh, TestShop.WAREHOUSE)).isEqualTo(new Stock(3, 0));
        Movement movement = shop.card(fresh, TestShop.WAREHOUSE).movements().getFirst();
        assertThat(movement.kind()).isEqualTo(MovementKind.received);
        assertThat(movement.bookingId()).contains(request.receiptId());
    }

    @Test
    void booksAReceiptOnceHoweverOftenAndUnderWhateverKeyItComes() {
        Sku sku = shop.variant(0, 0, 0);
        ReceiveStock request = receipt(shop.newBooking(), new StockLine(sku, 7));

        Receipt first =
                shop.client().withKey("receipt-a").post("/receipts", request).as(Receipt.class);
        Receipt sameKey =
                shop.client().withKey("receipt-a").post("/receipts", request).as(Receipt.class);
        Receipt otherKey =
                shop.client().withKey("receipt-b").post("/receipts", request).as(Receipt.class);

        assertThat(sameKey).isEqualTo(first);
        assertThat(otherKey).isEqualTo(first);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(7, 0));
    }

    @Test
    void refusesAnIdThatStandsWithOtherContent() {
        Sku sku = shop.variant(0, 0, 0);
        BookingId id = shop.newBooking();
        shop.client().post("/receipts", receipt(id, new StockLine(sku, 7))).as(Receipt.class);

        Answer otherUnits = shop.client().post("/receipts", receipt(id, new StockLine(sku, 8)));
        Answer otherKind = shop.client().post("/adjustments", adjustment(id, AdjustmentReason.counted, sku, 7));

        assertThat(List.of(otherUnits, otherKind))
                .extracting(answer -> answer.problem().code())
                .containsOnly("booking_differs");
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(7, 0));
    }

    @Test
    void refusesWhatTheShopDoesNotKnow() {
        Sku sku = shop.variant(0, 0, 0);
        var nobodys = new Sku("NO-SUCH");

        Answer variant = shop.client()
                .post("/receipts", receipt(shop.newBooking(), new StockLine(sku, 1), new StockLine(nobodys, 1)));
        Answer place = shop.client()
                .post(
                        "/receipts",
                        new ReceiveStock(
                                shop.newBooking(),
                                new LocationId("NOWHERE"),
                                Optional.empty(),
                                List.of(new StockLine(sku, 1))));
        Answer twice = shop.client()
                .post("/receipts", receipt(shop.newBooking(), new StockLine(sku, 1), new StockLine(sku, 2)));

        assertThat(variant.problem().code()).isEqualTo("unknown_variant");
        assertThat(variant.tree().path("skus"))
                .extracting(node -> node.asText())
                .containsExactly("NO-SUCH");
        assertThat(place.problem().code()).isEqualTo("unknown_location");
        assertThat(twice.problem().code()).isEqualTo("line_twice");
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(0, 0));
    }

    @Test
    void correctsCountsAndKeepsTheReason() {
        Sku sku = shop.variant(5, 0, 0);
        AdjustStock request = new AdjustStock(
                shop.newBooking(),
                TestShop.WAREHOUSE,
                AdjustmentReason.damaged,
                Optional.of("water in aisle 3"),
                List.of(new StockChange(sku, -2)));

        Adjustment adjustment = shop.client().post("/adjustments", request).as(Adjustment.class);
        shop.client().post("/adjustments", request).as(Adjustment.class);

        assertThat(adjustment.note()).contains("water in aisle 3");
        assertThat(adjustment.bookedBy()).isEqualTo("test");
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(3, 0));
        Movement movement = shop.card(sku, TestShop.WAREHOUSE).movements().getFirst();
        assertThat(movement.kind()).isEqualTo(MovementKind.adjusted);
        assertThat(movement.reason()).contains(AdjustmentReason.damaged);
    }

    @Test
    void correctsAllLinesOrNoneAndNeverBelowWhatIsHeld() {
        Sku held = shop.variant(5, 0, 0);
        Sku free = shop.variant(5, 0, 0);
        shop.client().post("/holds", shop.hold(shop.newHold(), new Line(held, 4)));

        Answer tooMany = shop.client()
                .post(
                        "/adjustments",
                        new AdjustStock(
                                shop.newBooking(),
                                TestShop.WAREHOUSE,
                                AdjustmentReason.lost,
                                Optional.empty(),
                                List.of(new StockChange(free, -1), new StockChange(held, -2))));
        Answer right =
                shop.client().post("/adjustments", adjustment(shop.newBooking(), AdjustmentReason.lost, held, -1));

        assertThat(tooMany.problem().code()).isEqualTo("not_free");
        assertThat(tooMany.tree().path("skus"))
                .extracting(node -> node.asText())
                .containsExactly(held.value());
        assertThat(right.status()).isEqualTo(201);
        assertThat(shop.stock(free, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
        assertThat(shop.stock(held, TestShop.WAREHOUSE)).isEqualTo(new Stock(4, 4));
    }

    @Test
    void findsPiecesWhereNoneEverWere() {
        Sku sku = shop.newVariant("found", "M", "blue");

        shop.client()
                .post("/adjustments", adjustment(shop.newBooking(), AdjustmentReason.found, sku, 2))
                .as(Adjustment.class);

        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(2, 0));
    }

    @ParameterizedTest
    @CsvSource({"found, -1", "damaged, 1", "lost, 1", "stolen, 1", "lost_in_transit, 1"})
    void aReasonGoesOneWay(AdjustmentReason reason, int change) {
        Sku sku = shop.variant(5, 0, 0);

        Answer answer = shop.client().post("/adjustments", adjustment(shop.newBooking(), reason, sku, change));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.problem().code()).isEqualTo("wrong_direction");
    }

    private static ReceiveStock receipt(BookingId id, StockLine... lines) {
        return new ReceiveStock(id, TestShop.WAREHOUSE, Optional.empty(), List.of(lines));
    }

    private static AdjustStock adjustment(BookingId id, AdjustmentReason reason, Sku sku, int change) {
        return new AdjustStock(id, TestShop.WAREHOUSE, reason, Optional.empty(), List.of(new StockChange(sku, change)));
    }
}
