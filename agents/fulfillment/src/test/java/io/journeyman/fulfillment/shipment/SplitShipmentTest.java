package io.journeyman.fulfillment.shipment;

import static io.journeyman.fulfillment.TestShop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.ImportOrigins;
import io.journeyman.contracts.Fulfillment.Origin;
import io.journeyman.contracts.Fulfillment.Origins;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.PutOrigin;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.Fulfillment.TrackedOrder;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.Sku;
import io.journeyman.fulfillment.TestShop;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SplitShipmentTest {
    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = TestShop.open();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void packsWhatLiesInDifferentPlacesByItself() {
        var shipment =
                ship(TestShop.newOrder(), line("A", 1, "WH-BLR"), line("B", 2, "ST-MUM-1"), line("C", 3, "WH-BLR"));

        assertThat(shipment.parcels())
                .extracting(Parcel::parcelId)
                .containsExactly(parcel(shipment, 1), parcel(shipment, 2));
        assertThat(shipment.parcels())
                .extracting(parcel -> parcel.shipsFromName().orElseThrow())
                .containsExactly("Bandra store", "Bengaluru warehouse");
        assertThat(shipment.parcels())
                .extracting(Parcel::lines)
                .containsExactly(
                        List.of(new ParcelLine(new Sku("B"), 2)),
                        List.of(new ParcelLine(new Sku("A"), 1), new ParcelLine(new Sku("C"), 3)));
    }

    @Test
    void promisesEachParcelByTheWayItHas() {
        var shipment = ship(TestShop.newOrder(), line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));

        // two working days within Bengaluru as quoted, three from Mumbai
        assertThat(shipment.parcels())
                .extracting(Parcel::promisedDate)
                .containsExactly(LocalDate.of(2026, 11, 27), TestShop.QUOTED);
        assertThat(shipment.promisedDate()).contains(LocalDate.of(2026, 11, 27));
    }

    @Test
    void answersWhatStandsAlsoWhenThePiecesLieElsewhereByNow() {
        var order = TestShop.newOrder();
        var first = ship(order, line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));

        assertThat(ship(order, line("A", 1, "ST-DEL-1"), line("B", 1, "ST-DEL-1")))
                .isEqualTo(first);
        assertThat(shop.ship(order, line("A", 2, "WH-BLR"), line("B", 1, "ST-MUM-1"))
                        .problem()
                        .code())
                .isEqualTo("shipment_differs");
    }

    @Test
    void cancelsAllOfThem() {
        var order = TestShop.newOrder();
        ship(order, line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));

        var cancelled = shop.cancel(order).as(Shipment.class);

        assertThat(cancelled.status()).isEqualTo(ShipmentStatus.cancelled);
        assertThat(cancelled.parcels()).extracting(Parcel::status).containsOnly(ParcelStatus.cancelled);
    }

    @Test
    void isShippedWithTheFirstAndDeliveredWithTheLast() {
        var order = TestShop.newOrder();
        var shipment = ship(order, line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));

        delivers(parcel(shipment, 1));
        assertThat(shop.shipment(order).status()).isEqualTo(ShipmentStatus.shipped);
        assertThat(shop.cancel(order).problem().code()).isEqualTo("already_shipped");

        delivers(parcel(shipment, 2));
        assertThat(shop.shipment(order).status()).isEqualTo(ShipmentStatus.delivered);
    }

    @Test
    void isTrackedByItsOwnCustomerOnly() {
        var order = TestShop.newOrder();
        var shipment = ship(order, line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));
        assertThat(shop.track(TestShop.CUSTOMER, Optional.of(order)).orders()).isEmpty(); // not confirmed yet

        shop.send(order);

        assertThat(shop.track(TestShop.CUSTOMER, Optional.of(order)).orders())
                .singleElement()
                .returns(order, TrackedOrder::orderId)
                .returns(shipment.trackingId(), TrackedOrder::trackingId)
                .returns(shop.shipment(order).parcels(), TrackedOrder::parcels);
        assertThat(shop.track(TestShop.CUSTOMER, Optional.empty()).orders())
                .extracting(TrackedOrder::orderId)
                .contains(order);
        assertThat(shop.track(new CustomerId("cust-2"), Optional.of(order)).orders())
                .isEmpty();
        assertThat(shop.track(new CustomerId("cust-2"), Optional.empty()).orders())
                .isEmpty();
    }

    @Test
    void isTrackedUnderTheOrdersOwnIdWhenItWasShippedInALaterRun() {
        var order = TestShop.newOrder();
        var later = new OrderId(order + ".run2");
        ship(later, line("A", 1, "WH-BLR"));
        shop.send(later, order, TestShop.CUSTOMER);

        assertThat(shop.track(TestShop.CUSTOMER, Optional.of(order)).orders())
                .extracting(TrackedOrder::orderId)
                .containsExactly(order);
    }

    @Test
    void leavesFromPlacesThatStaffDescribe() {
        assertThat(shop.once()
                        .put(
                                "/origins/ST-GUW-1",
                                new PutOrigin("Guwahati store", "781001", Optional.empty(), Optional.empty()))
                        .as(Origin.class)
                        .name())
                .isEqualTo("Guwahati store");
        assertThat(shop.once()
                        .put(
                                "/origins/ST-NOWHERE",
                                new PutOrigin("Nowhere", "900001", Optional.empty(), Optional.empty()))
                        .problem()
                        .code())
                .isEqualTo("pincode_unknown");

        assertThat(shop.client().get("/origins").as(Origins.class).origins())
                .extracting(Origin::locationId)
                .contains(new LocationId("WH-BLR"), new LocationId("ST-GUW-1"));
        assertThat(ship(TestShop.newOrder(), line("A", 1, "ST-GUW-1")).promisedDate())
                .contains(LocalDate.of(2026, 12, 3));
    }

    @Test
    void leavesFromPlacesThatComeInFromAFile() {
        var rows = List.of(
                place("ST-AGX-1", "682552", Optional.of("10:00"), Optional.of("21:00")),
                place("ST-NOWHERE", "900001", Optional.empty(), Optional.empty()),
                place("ST-HALF", "781001", Optional.of("10:00"), Optional.empty()));

        assertThat(imported(true, rows)).containsExactly("created", "refused pincode", "refused opens");
        assertThat(imported(false, rows)).containsExactly("created", "refused pincode", "refused opens");
        assertThat(imported(false, rows.subList(0, 1))).containsExactly("unchanged");
        assertThat(imported(false, List.of(place("ST-AGX-1", "682552", Optional.of("11:00"), Optional.of("21:00")))))
                .containsExactly("changed");
        assertThat(shop.client().get("/origins").as(Origins.class).origins())
                .filteredOn(origin -> origin.locationId().value().equals("ST-AGX-1"))
                .extracting(Origin::opens)
                .containsExactly(Optional.of("11:00"));
    }

    private static Origin place(String id, String pincode, Optional<String> opens, Optional<String> closes) {
        return new Origin(new LocationId(id), "A store", pincode, opens, closes);
    }

    /** What became of each row. */
    private static List<String> imported(boolean dryRun, List<Origin> rows) {
        return shop
                .once()
                .post("/origins/import", new ImportOrigins(dryRun, rows))
                .as(ImportedRows.class)
                .rows()
                .stream()
                .map(row -> row.result() + row.field().map(field -> " " + field).orElse(""))
                .toList();
    }

    private static Shipment ship(OrderId order, ShippedLine... lines) {
        return shop.ship(order, lines).as(Shipment.class);
    }

    private static ParcelId parcel(Shipment shipment, int position) {
        return new ParcelId(shipment.trackingId().orElseThrow() + "-" + position);
    }

    private static void delivers(ParcelId parcel) {
        assertThat(shop.tell(parcel, ParcelEventStatus.delivered).status()).isEqualTo(200);
    }
}
