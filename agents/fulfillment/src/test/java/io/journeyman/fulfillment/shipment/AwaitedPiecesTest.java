package io.journeyman.fulfillment.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.AwaitedLine;
import io.journeyman.contracts.Fulfillment.AwaitedPieces;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.SendShipment;
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
import io.journeyman.db.Owner;
import io.journeyman.fulfillment.FulfillmentAgent;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Parcels of pieces that are sold before they are in the shop. The carrier is the simulated one, which is asked about what may leave. */
class AwaitedPiecesTest {
    /** Tuesday morning in India. */
    private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");

    private static final LocalDate QUOTED = LocalDate.of(2026, 11, 26);
    private static final LocalDate DUE = LocalDate.of(2026, 12, 10);
    private static final LocationId WAREHOUSE = new LocationId("WH-BLR");
    private static final Sku HERE = new Sku("A");
    private static final Sku TO_COME = new Sku("B");

    private static AgentService service;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        service = AgentService.start(
                new FulfillmentAgent(),
                AgentConfig.local(TestPostgres.freshDatabase(new Owner("fulfillment"), "kit"), ServiceTokens.SECRET)
                        .withSampleShop(true)
                        .withSetting("JOURNEYMAN_CARRIER", "simulated")
                        .withSetting("JOURNEYMAN_CARRIER_STEP", "3600")
                        .withClock(() -> NOW));
        client = new ContractClient(service.uri(), Contract.load("fulfillment"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void goInAParcelOfTheirOwnWhichIsPromisedForLater() {
        Shipment shipment = ship(order());

        assertThat(shipment.parcels()).hasSize(2);
        assertThat(parcel(shipment, HERE).promisedDate()).isEqualTo(QUOTED);
        assertThat(parcel(shipment, HERE).awaitedOn()).isEmpty();
        assertThat(parcel(shipment, TO_COME).awaitedOn()).contains(DUE);
        assertThat(parcel(shipment, TO_COME).promisedDate()).isAfter(DUE);
        assertThat(shipment.promisedDate()).contains(parcel(shipment, TO_COME).promisedDate());
    }

    @Test
    void leaveWhenTheyAreHere() {
        OrderId order = order();
        Shipment shipment = ship(order);
        Shipment sent = send(order);

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
        OrderId order = order();
        ship(order);

        Shipment here = awaited(order, new AwaitedLine(TO_COME, Optional.of(WAREHOUSE), Optional.empty()));
        Shipment sent = send(order);

        assertThat(here.newsExpectedAt()).isEmpty();
        assertThat(sent.newsExpectedAt()).isPresent();
    }

    @Test
    void arePromisedForAnotherDayWhenTheyComeOnAnother() {
        OrderId order = order();
        LocalDate first = parcel(ship(order), TO_COME).promisedDate();

        Shipment moved = awaited(order, new AwaitedLine(TO_COME, Optional.empty(), Optional.of(DUE.plusDays(7))));
        Shipment unknown = awaited(order, new AwaitedLine(TO_COME, Optional.empty(), Optional.empty()));

        assertThat(parcel(moved, TO_COME).awaitedOn()).contains(DUE.plusDays(7));
        assertThat(parcel(moved, TO_COME).promisedDate()).isEqualTo(first.plusDays(7));
        assertThat(moved.promisedDate()).contains(first.plusDays(7));
        assertThat(parcel(moved, HERE).promisedDate()).isEqualTo(QUOTED);
        assertThat(unknown).isEqualTo(moved);
    }

    @Test
    void areTakenOutBeforeTheyComeWhileTheOthersTravel() {
        OrderId order = order();
        Shipment shipment = ship(order);
        send(order);
        tell(parcel(shipment, HERE).parcelId());

        client.withKey(key())
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
        OrderId order = order();
        ship(order);
        client.withKey(key()).post("/shipments/" + order + "/cancel");

        Shipment late = awaited(order, new AwaitedLine(TO_COME, Optional.of(WAREHOUSE), Optional.empty()));

        assertThat(late.status()).isEqualTo(ShipmentStatus.cancelled);
        assertThat(late.newsExpectedAt()).isEmpty();
        assertThat(client.withKey(key())
                        .put(
                                "/shipments/JM-NONE/awaited",
                                new AwaitedPieces(
                                        List.of(new AwaitedLine(TO_COME, Optional.empty(), Optional.empty()))))
                        .problem()
                        .code())
                .isEqualTo("unknown_shipment");
    }

    private static OrderId order() {
        return new OrderId("JM-" + UUID.randomUUID());
    }

    /** One piece that is here, and one that is to come. */
    private static Shipment ship(OrderId order) {
        return client.withKey(key())
                .post(
                        "/shipments",
                        new CreateShipment(
                                order,
                                "standard",
                                new Address("Asha Rao", "12 MG Road", "Bengaluru", "560001"),
                                List.of(
                                        new ShippedLine(HERE, 1, Optional.of(WAREHOUSE)),
                                        new ShippedLine(TO_COME, 1, Optional.empty(), Optional.of(DUE))),
                                QUOTED,
                                Optional.empty()))
                .as(Shipment.class);
    }

    private static Shipment send(OrderId order) {
        return client.withKey(key())
                .post("/shipments/" + order + "/send", new SendShipment(order, new CustomerId("cust-1")))
                .as(Shipment.class);
    }

    private static Shipment awaited(OrderId order, AwaitedLine line) {
        return client.withKey(key())
                .put("/shipments/" + order + "/awaited", new AwaitedPieces(List.of(line)))
                .as(Shipment.class);
    }

    private static Answer tell(ParcelId parcel) {
        return client.withKey(key())
                .post(
                        "/parcels/" + parcel + "/events",
                        new ParcelEvent("e1", ParcelEventStatus.delivered, NOW, Optional.empty(), Optional.empty()));
    }

    private static Parcel parcel(Shipment shipment, Sku sku) {
        return shipment.parcels().stream()
                .filter(parcel ->
                        parcel.lines().stream().anyMatch(line -> line.sku().equals(sku)))
                .findFirst()
                .orElseThrow();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
