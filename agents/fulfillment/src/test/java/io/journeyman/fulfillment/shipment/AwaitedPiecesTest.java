package io.journeyman.fulfillment.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Fulfillment.AwaitedLine;
import io.journeyman.contracts.Fulfillment.AwaitedPieces;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.Fulfillment.WithdrawPieces;
import io.journeyman.contracts.Fulfillment.Withdrawal;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.Sku;
import io.journeyman.fulfillment.TestShop;
import io.journeyman.testing.ContractClient.Answer;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Parcels of pieces that are sold before they are in the shop. The carrier is the simulated one, which is asked about what may leave. */
class AwaitedPiecesTest {
    private static final LocalDate DUE = LocalDate.of(2026, 12, 10);
    private static final LocationId WAREHOUSE = new LocationId("WH-BLR");
    private static final Sku HERE = new Sku("A");
    private static final Sku TO_COME = new Sku("B");

    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = TestShop.withACarrier();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void goInAParcelOfTheirOwnWhichIsPromisedForLater() {
        Shipment shipment = ship(TestShop.newOrder());

        assertThat(shipment.parcels()).hasSize(2);
        assertThat(parcel(shipment, HERE).promisedDate()).isEqualTo(TestShop.QUOTED);
        assertThat(parcel(shipment, HERE).awaitedOn()).isEmpty();
        assertThat(parcel(shipment, TO_COME).awaitedOn()).contains(DUE);
        assertThat(parcel(shipment, TO_COME).promisedDate()).isAfter(DUE);
        assertThat(shipment.promisedDate()).contains(parcel(shipment, TO_COME).promisedDate());
    }

    @Test
    void areEachPromisedForTheirOwnDay() {
        LocalDate later = DUE.plusDays(28);
        LocalDate last = later.plusDays(2);

        Shipment shipment = shop.once()
                .post(
                        "/shipments",
                        new CreateShipment(
                                TestShop.newOrder(),
                                "standard",
                                TestShop.HOME,
                                List.of(
                                        new ShippedLine(HERE, 1, Optional.empty(), Optional.of(DUE)),
                                        new ShippedLine(TO_COME, 1, Optional.empty(), Optional.of(later))),
                                last,
                                Optional.empty()))
                .as(Shipment.class);

        assertThat(parcel(shipment, HERE).promisedDate()).isEqualTo(DUE.plusDays(2));
        assertThat(parcel(shipment, TO_COME).promisedDate()).isEqualTo(last);
        assertThat(shipment.promisedDate()).contains(last);
    }

    @Test
    void leaveWhenTheyAreHere() {
        OrderId order = TestShop.newOrder();
        Shipment shipment = ship(order);
        Shipment sent = shop.send(order).as(Shipment.class);

        Answer early = tell(parcel(shipment, TO_COME).parcelId());
        Shipment here = awaited(order, new AwaitedLine(TO_COME, Optional.of(WAREHOUSE), Optional.empty()));
        Answer then = tell(parcel(shipment, TO_COME).parcelId());

        assertThat(sent.newsExpectedAt()).isPresent();
        assertThat(early.problem().code()).isEqualTo("parcel_waits");
        assertThat(parcel(here, TO_COME).awaitedOn()).isEmpty();
        assertThat(parcel(here, TO_COME).shipsFrom()).contains(WAREHOUSE);
        assertThat(parcel(here, TO_COME).promisedDate()).isBefore(DUE);
        assertThat(then.status()).isEqualTo(200);
    }

    @Test
    void whatIsHereBeforeTheOrderIsConfirmedWaitsForThat() {
        OrderId order = TestShop.newOrder();
        ship(order);

        Shipment here = awaited(order, new AwaitedLine(TO_COME, Optional.of(WAREHOUSE), Optional.empty()));
        Shipment sent = shop.send(order).as(Shipment.class);

        assertThat(here.newsExpectedAt()).isEmpty();
        assertThat(sent.newsExpectedAt()).isPresent();
    }

    @Test
    void arePromisedForAnotherDayWhenTheyComeOnAnother() {
        OrderId order = TestShop.newOrder();
        LocalDate first = parcel(ship(order), TO_COME).promisedDate();

        Shipment moved = awaited(order, new AwaitedLine(TO_COME, Optional.empty(), Optional.of(DUE.plusDays(7))));
        Shipment unknown = awaited(order, new AwaitedLine(TO_COME, Optional.empty(), Optional.empty()));

        assertThat(parcel(moved, TO_COME).awaitedOn()).contains(DUE.plusDays(7));
        assertThat(parcel(moved, TO_COME).promisedDate()).isEqualTo(first.plusDays(7));
        assertThat(moved.promisedDate()).contains(first.plusDays(7));
        assertThat(parcel(moved, HERE).promisedDate()).isEqualTo(TestShop.QUOTED);
        assertThat(unknown).isEqualTo(moved);
    }

    @Test
    void areTakenOutBeforeTheyComeWhileTheOthersTravel() {
        OrderId order = TestShop.newOrder();
        Shipment shipment = ship(order);
        shop.send(order);
        tell(parcel(shipment, HERE).parcelId());

        shop.once()
                .post(
                        "/withdrawals",
                        new WithdrawPieces(
                                new CancellationId("CN-" + order),
                                shipment.trackingId().orElseThrow(),
                                List.of(new Line(TO_COME, 1))))
                .as(Withdrawal.class);
        Shipment late = awaited(order, new AwaitedLine(TO_COME, Optional.of(WAREHOUSE), Optional.empty()));

        assertThat(late.parcels().getLast().status()).isEqualTo(ParcelStatus.cancelled);
        assertThat(late.parcels().getLast().lines()).isEmpty();
        assertThat(late.status()).isEqualTo(ShipmentStatus.delivered);
    }

    @Test
    void ofACancelledShipmentNothingLeaves() {
        OrderId order = TestShop.newOrder();
        ship(order);
        shop.cancel(order);

        Shipment late = awaited(order, new AwaitedLine(TO_COME, Optional.of(WAREHOUSE), Optional.empty()));

        assertThat(late.status()).isEqualTo(ShipmentStatus.cancelled);
        assertThat(late.newsExpectedAt()).isEmpty();
        assertThat(shop.once()
                        .put(
                                "/shipments/JM-NONE/awaited",
                                new AwaitedPieces(
                                        List.of(new AwaitedLine(TO_COME, Optional.empty(), Optional.empty()))))
                        .problem()
                        .code())
                .isEqualTo("unknown_shipment");
    }

    /** One piece that is here, and one that is to come. */
    private static Shipment ship(OrderId order) {
        return shop.ship(
                        order,
                        new ShippedLine(HERE, 1, Optional.of(WAREHOUSE)),
                        new ShippedLine(TO_COME, 1, Optional.empty(), Optional.of(DUE)))
                .as(Shipment.class);
    }

    private static Shipment awaited(OrderId order, AwaitedLine line) {
        return shop.once()
                .put("/shipments/" + order + "/awaited", new AwaitedPieces(List.of(line)))
                .as(Shipment.class);
    }

    private static Answer tell(ParcelId parcel) {
        return shop.tell(parcel, ParcelEventStatus.delivered);
    }

    private static Parcel parcel(Shipment shipment, Sku sku) {
        return shipment.parcels().stream()
                .filter(parcel ->
                        parcel.lines().stream().anyMatch(line -> line.sku().equals(sku)))
                .findFirst()
                .orElseThrow();
    }
}
