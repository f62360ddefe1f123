package io.journeyman.fulfillment.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelLine;
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
import io.journeyman.contracts.Sku;
import io.journeyman.db.Owner;
import io.journeyman.fulfillment.FulfillmentAgent;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WithdrawalTest {
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2026-11-24T05:00:00Z"));

    private static AgentService service;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        service = AgentService.start(
                new FulfillmentAgent(),
                AgentConfig.local(TestPostgres.freshDatabase(new Owner("fulfillment"), "kit"), ServiceTokens.SECRET)
                        .withSampleShop(true)
                        .withClock(NOW::get));
        client = new ContractClient(service.uri(), Contract.load("fulfillment"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void cancelsAShipmentOfWhichEverythingIsTakenOut() {
        var shipment = sent(line("A", 1, "WH-BLR"), line("B", 2, "ST-MUM-1"));

        var withdrawn = withdraw(id(), shipment, new Line(new Sku("A"), 1), new Line(new Sku("B"), 2));

        assertThat(withdrawn.status()).isEqualTo(201);
        assertThat(withdrawn.as(Withdrawal.class).shipment()).isEqualTo(ShipmentStatus.cancelled);
        assertThat(withdrawn.as(Withdrawal.class).orderId()).isEqualTo(shipment.orderId());
        assertThat(withdrawn.as(Withdrawal.class).lines())
                .containsExactly(line("B", 2, "ST-MUM-1"), line("A", 1, "WH-BLR"));
        assertThat(find(shipment).parcels()).extracting(Parcel::status).containsOnly(ParcelStatus.cancelled);
    }

    @Test
    void takesSomePiecesOutOfAParcelThatStillTravels() {
        var shipment = sent(line("A", 3, "WH-BLR"), line("B", 1, "WH-BLR"));

        withdraw(id(), shipment, new Line(new Sku("A"), 2));

        assertThat(find(shipment).status()).isEqualTo(ShipmentStatus.created);
        assertThat(find(shipment).parcels())
                .singleElement()
                .returns(List.of(new ParcelLine(new Sku("A"), 1), new ParcelLine(new Sku("B"), 1)), Parcel::lines);
    }

    @Test
    void doesItOnceForItsCancellation() {
        var shipment = sent(line("A", 3, "WH-BLR"));
        var id = id();

        var first = withdraw(id, shipment, new Line(new Sku("A"), 1));
        var again = withdraw(id, shipment, new Line(new Sku("A"), 1));

        assertThat(again.as(Withdrawal.class)).isEqualTo(first.as(Withdrawal.class));
        assertThat(find(shipment).parcels().getFirst().lines()).containsExactly(new ParcelLine(new Sku("A"), 2));
        assertThat(withdraw(id, shipment, new Line(new Sku("A"), 2)).problem().code())
                .isEqualTo("withdrawal_differs");
        assertThat(withdraw(id, sent(line("A", 1, "WH-BLR")), new Line(new Sku("A"), 1))
                        .problem()
                        .code())
                .isEqualTo("withdrawal_differs");
    }

    @Test
    void takesNothingWhenNotAllOfItIsHere() {
        var shipment = sent(line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));
        leaves(find(shipment).parcels().getLast()); // the one from WH-BLR

        var refused = withdraw(id(), shipment, new Line(new Sku("A"), 1), new Line(new Sku("B"), 1));

        assertThat(refused.problem().code()).isEqualTo("already_shipped");
        assertThat(refused.tree().at("/left/0/sku").asText()).isEqualTo("B");
        assertThat(find(shipment).parcels().getFirst().lines()).containsExactly(new ParcelLine(new Sku("B"), 1));
    }

    @Test
    void leavesAShipmentDeliveredWhenTheRestOfItStays() {
        var shipment = sent(line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));
        tells(find(shipment).parcels().getLast(), ParcelEventStatus.delivered);

        var withdrawn = withdraw(id(), shipment, new Line(new Sku("B"), 1)).as(Withdrawal.class);

        assertThat(withdrawn.shipment()).isEqualTo(ShipmentStatus.delivered);
        assertThat(find(shipment).parcels().getFirst().status()).isEqualTo(ParcelStatus.cancelled);
    }

    @Test
    void isNotMovedAnyMoreByWhatACarrierTellsLater() {
        var shipment = sent(line("A", 1, "WH-BLR"));
        withdraw(id(), shipment, new Line(new Sku("A"), 1));

        leaves(find(shipment).parcels().getFirst());

        assertThat(find(shipment).status()).isEqualTo(ShipmentStatus.cancelled);
        assertThat(find(shipment).parcels().getFirst().status()).isEqualTo(ParcelStatus.cancelled);
    }

    @Test
    void hasOneWinnerWhenTheCarrierComesAtTheSameMoment() throws Exception {
        for (int round = 0; round < 8; round++) {
            var shipment = sent(line("A", 1, "WH-BLR"));
            var parcel = find(shipment).parcels().getFirst();
            Answer withdrawn;
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                var stop = pool.submit((Callable<Answer>) () -> withdraw(id(), shipment, new Line(new Sku("A"), 1)));
                var go = pool.submit(() -> leaves(parcel));
                withdrawn = stop.get();
                go.get();
            }

            boolean stopped = withdrawn.status() == 201;
            assertThat(stopped || withdrawn.problem().code().equals("already_shipped"))
                    .isTrue();
            assertThat(find(shipment).status()).isEqualTo(stopped ? ShipmentStatus.cancelled : ShipmentStatus.shipped);
        }
    }

    @Test
    void stopsAlsoWhatNobodyHasSentYet() {
        var shipment = shipped(line("A", 1, "WH-BLR"));

        assertThat(withdraw(id(), shipment, new Line(new Sku("A"), 1)).status()).isEqualTo(201);

        assertThat(client.withKey(key())
                        .post(
                                "/shipments/" + shipment.orderId() + "/send",
                                new SendShipment(shipment.orderId(), new CustomerId("cust-1")))
                        .problem()
                        .code())
                .isEqualTo("cancelled");
    }

    @Test
    void refusesWhatIsNotThere() {
        var cancelled = shipped(line("A", 1, "WH-BLR"));
        client.withKey(key()).post("/shipments/" + cancelled.orderId() + "/cancel");

        assertThat(withdraw(id(), cancelled, new Line(new Sku("A"), 1))
                        .problem()
                        .code())
                .isEqualTo("cancelled");
        assertThat(client.withKey(key())
                        .post("/withdrawals", new WithdrawPieces(id(), "JMNOWHERE", List.of(new Line(new Sku("A"), 1))))
                        .problem()
                        .code())
                .isEqualTo("unknown_shipment");
    }

    /** The simulated carrier has taken the parcel, and nobody has asked it yet. */
    @Test
    void asksTheCarrierFirstWhatItHasTaken() {
        var now = new AtomicReference<>(NOW.get());
        try (var shop = AgentService.start(
                new FulfillmentAgent(),
                AgentConfig.local(TestPostgres.freshDatabase(new Owner("fulfillment"), "kit"), ServiceTokens.SECRET)
                        .withSampleShop(true)
                        .withSetting("JOURNEYMAN_CARRIER", "simulated")
                        .withSetting("JOURNEYMAN_CARRIER_STEP", "3600")
                        .withClock(now::get))) {
            var mine = new ContractClient(shop.uri(), Contract.load("fulfillment"));
            var early = sent(mine, line("A", 1, "WH-BLR"));
            var late = sent(mine, line("A", 1, "WH-BLR"));

            assertThat(withdraw(mine, id(), early, new Line(new Sku("A"), 1)).status())
                    .isEqualTo(201);
            now.updateAndGet(at -> at.plus(Duration.ofHours(2)));
            assertThat(withdraw(mine, id(), late, new Line(new Sku("A"), 1))
                            .problem()
                            .code())
                    .isEqualTo("already_shipped");
        }
    }

    private static ShippedLine line(String sku, int quantity, String from) {
        return new ShippedLine(new Sku(sku), quantity, Optional.of(new LocationId(from)));
    }

    private static Shipment sent(ShippedLine... lines) {
        return sent(client, lines);
    }

    private static Shipment sent(ContractClient shop, ShippedLine... lines) {
        var shipment = shipped(shop, lines);
        shop.withKey(key())
                .post(
                        "/shipments/" + shipment.orderId() + "/send",
                        new SendShipment(shipment.orderId(), new CustomerId("cust-1")));
        return shipment;
    }

    private static Shipment shipped(ShippedLine... lines) {
        return shipped(client, lines);
    }

    private static Shipment shipped(ContractClient shop, ShippedLine... lines) {
        return shop.withKey(key())
                .post(
                        "/shipments",
                        new CreateShipment(
                                new OrderId("JM-" + UUID.randomUUID()),
                                "standard",
                                new Address("Asha Rao", "12 MG Road", "Bengaluru", "560001"),
                                List.of(lines),
                                LocalDate.of(2026, 11, 26),
                                Optional.empty()))
                .as(Shipment.class);
    }

    private static Answer withdraw(CancellationId id, Shipment shipment, Line... lines) {
        return withdraw(client, id, shipment, lines);
    }

    private static Answer withdraw(ContractClient shop, CancellationId id, Shipment shipment, Line... lines) {
        return shop.withKey(key())
                .post(
                        "/withdrawals",
                        new WithdrawPieces(id, shipment.trackingId().orElseThrow(), List.of(lines)));
    }

    private static void leaves(Parcel parcel) {
        tells(parcel, ParcelEventStatus.handed_over);
    }

    private static void tells(Parcel parcel, ParcelEventStatus status) {
        client.withKey(key())
                .post(
                        "/parcels/" + parcel.parcelId() + "/events",
                        new ParcelEvent(status.name(), status, NOW.get(), Optional.empty(), Optional.empty()));
    }

    private static Shipment find(Shipment shipment) {
        return client.get("/shipments/" + shipment.orderId()).as(Shipment.class);
    }

    private static CancellationId id() {
        return new CancellationId("CN-" + UUID.randomUUID());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
