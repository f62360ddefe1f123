package io.journeyman.inventory.booking;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Inventory.SendTransfer;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Inventory.Transfer;
import io.journeyman.contracts.Inventory.TransferStatus;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import io.journeyman.inventory.TestShop.Stock;
import io.journeyman.testing.ContractClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TransferTest {
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
    }

    @Test
    void piecesAreNowhereOnTheirWayAndThereOnceTheyArrive() {
        Sku sku = shop.variant(5, 0, 0);
        BookingId id = shop.newBooking();

        Transfer sent = send(id, sku, 3).as(Transfer.class);
        Answer buyer = shop.client().post("/holds", shop.hold(shop.newHold(), new Line(sku, 3)));
        Transfer arrived = act(id, "arrive").as(Transfer.class);
        act(id, "arrive");

        assertThat(sent.status()).isEqualTo(TransferStatus.in_transit);
        assertThat(buyer.problem().code()).isEqualTo("out_of_stock");
        assertThat(arrived.status()).isEqualTo(TransferStatus.arrived);
        assertThat(arrived).isEqualTo(shop.client().get("/transfers/" + id).as(Transfer.class));
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(2, 0));
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(3, 0));
    }

    @Test
    void sendsOnceHoweverOftenItIsAsked() {
        Sku sku = shop.variant(5, 0, 0);
        BookingId id = shop.newBooking();

        send(id, sku, 2);
        Answer again = send(id, sku, 2);
        Answer other = send(id, sku, 1);

        assertThat(again.status()).isEqualTo(201);
        assertThat(other.problem().code()).isEqualTo("booking_differs");
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(3, 0));
    }

    @Test
    void sendsNothingThatIsHeld() {
        Sku sku = shop.variant(5, 0, 0);
        shop.client().post("/holds", shop.hold(shop.newHold(), new Line(sku, 3)));

        Answer answer = send(shop.newBooking(), sku, 3);

        assertThat(answer.problem().code()).isEqualTo("not_free");
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 3));
    }

    @Test
    void cancellingBringsThePiecesBackOnce() {
        Sku sku = shop.variant(5, 0, 0);
        BookingId id = shop.newBooking();
        send(id, sku, 3);

        Transfer cancelled = act(id, "cancel").as(Transfer.class);
        act(id, "cancel");

        assertThat(cancelled.status()).isEqualTo(TransferStatus.cancelled);
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
        assertThat(act(id, "arrive").problem().code()).isEqualTo("transfer_cancelled");
    }

    @Test
    void whatHasArrivedIsNotCancelled() {
        Sku sku = shop.variant(5, 0, 0);
        BookingId id = shop.newBooking();
        send(id, sku, 3);
        act(id, "arrive");

        assertThat(act(id, "cancel").problem().code()).isEqualTo("transfer_arrived");
        assertThat(shop.stock(sku, TestShop.FIRST_STORE)).isEqualTo(new Stock(3, 0));
    }

    @Test
    void aTransferThatComesAfterItsCancellationSendsNothing() {
        Sku sku = shop.variant(5, 0, 0);
        BookingId id = shop.newBooking();

        act(id, "cancel").as(Transfer.class);
        Transfer late = send(id, sku, 3).as(Transfer.class);

        assertThat(late.status()).isEqualTo(TransferStatus.cancelled);
        assertThat(late.lines()).isEmpty();
        assertThat(shop.stock(sku, TestShop.WAREHOUSE)).isEqualTo(new Stock(5, 0));
        assertThat(act(id, "arrive").problem().code()).isEqualTo("transfer_cancelled");
    }

    @Test
    void goesFromOnePlaceToAnother() {
        Sku sku = shop.variant(5, 0, 0);
        var nowhere = new SendTransfer(
                shop.newBooking(), TestShop.WAREHOUSE, TestShop.WAREHOUSE, List.of(new StockLine(sku, 1)));

        assertThat(shop.client().post("/transfers", nowhere).problem().code()).isEqualTo("same_place");
        assertThat(act(shop.newBooking(), "arrive").problem().code()).isEqualTo("unknown_transfer");
    }

    @Test
    void arrivesOrComesBackWhenBothAreAskedAtOnce() throws Exception {
        Sku sku = shop.variant(40, 0, 0);
        List<BookingId> ids = new ArrayList<>();
        List<Future<Answer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                BookingId id = shop.newBooking();
                ids.add(id);
                send(id, sku, 1);
                answers.add(threads.submit(() -> act(id, "arrive")));
                answers.add(threads.submit(() -> act(id, "cancel")));
            }
        }

        for (Future<Answer> answer : answers) {
            assertThat(answer.get().status()).isIn(200, 409);
        }
        int there = shop.stock(sku, TestShop.FIRST_STORE).onHand();
        assertThat(shop.stock(sku, TestShop.WAREHOUSE).onHand() + there).isEqualTo(40);
        assertThat(ids.stream()
                        .map(id -> shop.client().get("/transfers/" + id).as(Transfer.class))
                        .filter(transfer -> transfer.status() == TransferStatus.arrived))
                .hasSize(there);
    }

    private static Answer send(BookingId id, Sku sku, int units) {
        return shop.client()
                .post(
                        "/transfers",
                        new SendTransfer(
                                id, TestShop.WAREHOUSE, TestShop.FIRST_STORE, List.of(new StockLine(sku, units))));
    }

    private static Answer act(BookingId id, String what) {
        return shop.client().post("/transfers/" + id + "/" + what);
    }
}
