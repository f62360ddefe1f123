package io.journeyman.inventory.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.Inventory.AnnounceDelivery;
import io.journeyman.contracts.Inventory.AnnouncedLine;
import io.journeyman.contracts.Inventory.BookingEntry;
import io.journeyman.contracts.Inventory.BookingKind;
import io.journeyman.contracts.Inventory.ExpectedDelivery;
import io.journeyman.contracts.Inventory.GoodsDesk;
import io.journeyman.contracts.Inventory.OpenTransfer;
import io.journeyman.contracts.Inventory.ReceiveStock;
import io.journeyman.contracts.Inventory.SendTransfer;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Inventory.TakeBackReturn;
import io.journeyman.inventory.TestShop;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What staff look at. */
class DeskTest {
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void showsATransferUntilItArrives() {
        var sku = shop.variant(9, 0, 0);
        var id = shop.newBooking();
        shop.client()
                .post(
                        "/transfers",
                        new SendTransfer(id, TestShop.WAREHOUSE, TestShop.FIRST_STORE, List.of(new StockLine(sku, 4))));

        assertThat(desk().transfers())
                .containsExactly(new OpenTransfer(id, TestShop.WAREHOUSE, TestShop.FIRST_STORE, shop.now(), 4));

        shop.client().post("/transfers/" + id + "/arrive");

        assertThat(desk().transfers()).isEmpty();
        assertThat(desk().bookings())
                .extracting(BookingEntry::kind, BookingEntry::pieces)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(BookingKind.transfer, 4));
    }

    @Test
    void showsWhatOfADeliveryIsStillToCome() {
        var sku = shop.variant(0, 0, 0);
        var due = LocalDate.of(2026, 12, 1);
        shop.client()
                .put(
                        "/deliveries/DEL-1",
                        new AnnounceDelivery(
                                TestShop.WAREHOUSE, due, List.of(new AnnouncedLine(sku, 10, Optional.of(4)))));
        shop.client()
                .post(
                        "/receipts",
                        new ReceiveStock(
                                shop.newBooking(),
                                TestShop.WAREHOUSE,
                                Optional.of(new DeliveryId("DEL-1")),
                                List.of(new StockLine(sku, 3))));

        assertThat(desk().deliveries())
                .containsExactly(new ExpectedDelivery(new DeliveryId("DEL-1"), TestShop.WAREHOUSE, due, 7, 4, 0));
    }

    @Test
    void showsWhatACustomerSentBack() {
        var sku = shop.variant(1, 0, 0);
        shop.client()
                .post(
                        "/returns",
                        new TakeBackReturn(shop.newBooking(), Optional.empty(), List.of(new StockLine(sku, 2))));

        assertThat(desk().bookings())
                .extracting(BookingEntry::kind, BookingEntry::pieces)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(BookingKind.customer_return, 2));
    }

    private GoodsDesk desk() {
        return shop.client().get("/desk").as(GoodsDesk.class);
    }
}
