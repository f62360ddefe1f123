package io.journeyman.inventory.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Inventory.Movement;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Inventory.ReturnedStock;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Inventory.TakeBackReturn;
import io.journeyman.contracts.Inventory.TransferStatus;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.TestShop.Stock;
import io.journeyman.testing.ContractClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CustomerReturnTest {
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
    void takesPiecesBackIntoTheWarehouseOnceAndSaysSoInTheLedger() {
        Sku sku = shop.variant(5, 0, 0);
        BookingId id = shop.newBooking();

        ReturnedStock first = takeBack(id, sku, 2).as(ReturnedStock.class);
        ReturnedStock again = takeBack(id, sku, 2).as(ReturnedStock.class);
        Answer other = takeBack(id, sku, 3);

        assertThat(first.status()).isEqualTo(TransferStatus.arrived);
        assertThat(again).isEqualTo(first);
        assertThat(other.problem().code()).isEqualTo("booking_differs");
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(7, 0));
        Movement movement = shop.card(sku, TestShop.WAREHOUSE).movements().getFirst();
        assertThat(movement.kind()).isEqualTo(MovementKind.returned);
        assertThat(movement.bookingId()).contains(id);
    }

    @Test
    void takesThemBackWhereTheyAreHandedIn() {
        Sku sku = shop.variant(5, 0, 0);

        takeBack(shop.newBooking(), sku, 1, Optional.of(TestShop.FIRST_STORE));

        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(1, 0));
    }

    @Test
    void booksNothingForAReturnThatWasCancelledBefore() {
        Sku sku = shop.variant(5, 0, 0);
        BookingId id = shop.newBooking();

        assertThat(cancel(id).as(ReturnedStock.class).status()).isEqualTo(TransferStatus.cancelled);
        assertThat(takeBack(id, sku, 2).as(ReturnedStock.class).status()).isEqualTo(TransferStatus.cancelled);
        assertThat(cancel(id).status()).isEqualTo(200);

        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
    }

    @Test
    void takesPiecesOffAgainOnceAndForEver() {
        Sku sku = shop.variant(5, 0, 0);
        BookingId id = shop.newBooking();
        takeBack(id, sku, 2);

        cancel(id);
        cancel(id);
        ReturnedStock late = takeBack(id, sku, 2).as(ReturnedStock.class);

        assertThat(late.status()).isEqualTo(TransferStatus.cancelled);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
    }

    @Test
    void takesNothingOffThatSomebodyHolds() {
        Sku sku = shop.variant(0, 0, 0);
        BookingId id = shop.newBooking();
        takeBack(id, sku, 2);
        shop.client().post("/holds", shop.hold(shop.newHold(), new Line(sku, 1)));

        assertThat(cancel(id).problem().code()).isEqualTo("not_free");
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(2, 1));
    }

    @Test
    void booksOnceHoweverManySendItAtTheSameMoment() throws Exception {
        Sku sku = shop.variant(5, 0, 0);
        BookingId id = shop.newBooking();

        List<Future<Answer>> answers = new ArrayList<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                answers.add(pool.submit(() -> takeBack(id, sku, 2)));
            }
        }
        for (var answer : answers) {
            assertThat(answer.get().status()).isEqualTo(201);
        }
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(7, 0));
    }

    @Test
    void refusesWhatTheShopDoesNotKnow() {
        assertThat(takeBack(shop.newBooking(), new Sku("P-nobody"), 1).problem().code())
                .isEqualTo("unknown_variant");
        assertThat(takeBack(shop.newBooking(), shop.variant(1, 0, 0), 1, Optional.of(new LocationId("nowhere")))
                        .problem()
                        .code())
                .isEqualTo("unknown_location");
    }

    @Test
    void writesOffWhatNobodyCanSellAgainOnceAndKeepsItOutOfStock() {
        Sku sku = shop.variant(5, 0, 0);
        BookingId id = shop.newBooking();

        ReturnedStock first = writeOff(id, sku, 2).as(ReturnedStock.class);
        assertThat(writeOff(id, sku, 2).as(ReturnedStock.class)).isEqualTo(first);
        assertThat(takeBack(id, sku, 2).problem().code())
                .as("it can be sold, or it cannot")
                .isEqualTo("booking_differs");

        assertThat(first.status()).isEqualTo(TransferStatus.arrived);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
        assertThat(shop.card(sku, TestShop.WAREHOUSE).movements().subList(0, 2))
                .extracting(Movement::kind, Movement::onHandChange)
                .containsExactlyInAnyOrder(tuple(MovementKind.adjusted, -2), tuple(MovementKind.returned, 2));
    }

    @Test
    void writesOffWhatWasNeverThereBefore() {
        Sku sku = shop.variant(0, 0, 0);

        assertThat(writeOff(shop.newBooking(), sku, 1).status()).isEqualTo(201);
        assertThat(shop.client()
                        .post("/holds", shop.hold(shop.newHold(), new Line(sku, 1)))
                        .problem()
                        .code())
                .isEqualTo("out_of_stock");
    }

    @Test
    void takesNothingOffOfWhatWasWrittenOff() {
        Sku sku = shop.variant(5, 0, 0);
        BookingId id = shop.newBooking();
        writeOff(id, sku, 2);

        assertThat(cancel(id).as(ReturnedStock.class).status()).isEqualTo(TransferStatus.cancelled);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
    }

    @Test
    void leavesATransferOfThatIdAlone() {
        Sku sku = shop.variant(5, 0, 0);
        BookingId id = shop.newBooking();
        shop.client().post("/transfers/" + id + "/cancel");

        assertThat(cancel(id).problem().code()).isEqualTo("booking_differs");
        assertThat(takeBack(id, sku, 1).problem().code()).isEqualTo("booking_differs");
    }

    private static Answer takeBack(BookingId id, Sku sku, int units) {
        return takeBack(id, sku, units, Optional.empty());
    }

    private static Answer takeBack(BookingId id, Sku sku, int units, Optional<LocationId> where) {
        return shop.client().post("/returns", new TakeBackReturn(id, where, List.of(new StockLine(sku, units))));
    }

    private static Answer writeOff(BookingId id, Sku sku, int units) {
        return shop.client()
                .post(
                        "/returns",
                        new TakeBackReturn(
                                id, Optional.empty(), List.of(new StockLine(sku, units)), Optional.of(true)));
    }

    private static Answer cancel(BookingId id) {
        return shop.client().post("/returns/" + id + "/cancel");
    }
}
