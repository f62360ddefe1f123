package io.journeyman.fulfillment.withdrawal;

import static io.journeyman.fulfillment.TestShop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.Fulfillment.WithdrawPieces;
import io.journeyman.contracts.Fulfillment.Withdrawal;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Sku;
import io.journeyman.fulfillment.TestShop;
import io.journeyman.testing.ContractClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WithdrawalTest {
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
    void cancelsAShipmentOfWhichEverythingIsTakenOut() {
        var shipment = sent(line("A", 1, "WH-BLR"), line("B", 2, "ST-MUM-1"));

        var withdrawn = withdraw(id(), shipment, new Line(new Sku("A"), 1), new Line(new Sku("B"), 2));

        assertThat(withdrawn.status()).isEqualTo(201);
        assertThat(withdrawn.as(Withdrawal.class).shipment()).isEqualTo(ShipmentStatus.cancelled);
        assertThat(withdrawn.as(Withdrawal.class).orderId()).isEqualTo(shipment.orderId());
        assertThat(withdrawn.as(Withdrawal.class).lines())
                .containsExactly(line("B", 2, "ST-MUM-1"), line("A", 1, "WH-BLR"));
        assertThat(shop.shipment(shipment.orderId()).parcels())
                .extracting(Parcel::status)
                .containsOnly(ParcelStatus.cancelled);
    }

    @Test
    void takesSomePiecesOutOfAParcelThatStillTravels() {
        var shipment = sent(line("A", 3, "WH-BLR"), line("B", 1, "WH-BLR"));

        withdraw(id(), shipment, new Line(new Sku("A"), 2));

        assertThat(shop.shipment(shipment.orderId()).status()).isEqualTo(ShipmentStatus.created);
        assertThat(shop.shipment(shipment.orderId()).parcels())
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
        assertThat(shop.shipment(shipment.orderId()).parcels().getFirst().lines())
                .containsExactly(new ParcelLine(new Sku("A"), 2));
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
        leaves(shop.shipment(shipment.orderId()).parcels().getLast()); // the one from WH-BLR

        var refused = withdraw(id(), shipment, new Line(new Sku("A"), 1), new Line(new Sku("B"), 1));

        assertThat(refused.problem().code()).isEqualTo("already_shipped");
        assertThat(refused.tree().at("/left/0/sku").asText()).isEqualTo("B");
        assertThat(shop.shipment(shipment.orderId()).parcels().getFirst().lines())
                .containsExactly(new ParcelLine(new Sku("B"), 1));
    }

    @Test
    void leavesAShipmentDeliveredWhenTheRestOfItStays() {
        var shipment = sent(line("A", 1, "WH-BLR"), line("B", 1, "ST-MUM-1"));
        shop.tell(shop.shipment(shipment.orderId()).parcels().getLast().parcelId(), ParcelEventStatus.delivered);

        var withdrawn = withdraw(id(), shipment, new Line(new Sku("B"), 1)).as(Withdrawal.class);

        assertThat(withdrawn.shipment()).isEqualTo(ShipmentStatus.delivered);
        assertThat(shop.shipment(shipment.orderId()).parcels().getFirst().status())
                .isEqualTo(ParcelStatus.cancelled);
    }

    @Test
    void isNotMovedAnyMoreByWhatACarrierTellsLater() {
        var shipment = sent(line("A", 1, "WH-BLR"));
        withdraw(id(), shipment, new Line(new Sku("A"), 1));

        leaves(shop.shipment(shipment.orderId()).parcels().getFirst());

        assertThat(shop.shipment(shipment.orderId()).status()).isEqualTo(ShipmentStatus.cancelled);
        assertThat(shop.shipment(shipment.orderId()).parcels().getFirst().status())
                .isEqualTo(ParcelStatus.cancelled);
    }

    @Test
    void hasOneWinnerWhenTheCarrierComesAtTheSameMoment() throws Exception {
        for (int round = 0; round < 8; round++) {
            var shipment = sent(line("A", 1, "WH-BLR"));
            var parcel = shop.shipment(shipment.orderId()).parcels().getFirst();
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
            assertThat(shop.shipment(shipment.orderId()).status())
                    .isEqualTo(stopped ? ShipmentStatus.cancelled : ShipmentStatus.shipped);
        }
    }

    @Test
    void stopsAlsoWhatNobodyHasSentYet() {
        var shipment = shipped(line("A", 1, "WH-BLR"));

        assertThat(withdraw(id(), shipment, new Line(new Sku("A"), 1)).status()).isEqualTo(201);

        assertThat(shop.send(shipment.orderId()).problem().code()).isEqualTo("cancelled");
    }

    @Test
    void refusesWhatIsNotThere() {
        var cancelled = shipped(line("A", 1, "WH-BLR"));
        shop.cancel(cancelled.orderId());

        assertThat(withdraw(id(), cancelled, new Line(new Sku("A"), 1))
                        .problem()
                        .code())
                .isEqualTo("cancelled");
        assertThat(shop.once()
                        .post("/withdrawals", new WithdrawPieces(id(), "JMNOWHERE", List.of(new Line(new Sku("A"), 1))))
                        .problem()
                        .code())
                .isEqualTo("unknown_shipment");
    }

    /** The simulated carrier has taken the parcel, and nobody has asked it yet. */
    @Test
    void asksTheCarrierFirstWhatItHasTaken() {
        try (var other = TestShop.withACarrier()) {
            var early = sent(other, line("A", 1, "WH-BLR"));
            var late = sent(other, line("A", 1, "WH-BLR"));

            assertThat(withdraw(other, id(), early, new Line(new Sku("A"), 1)).status())
                    .isEqualTo(201);
            other.pass(Duration.ofHours(2));
            assertThat(withdraw(other, id(), late, new Line(new Sku("A"), 1))
                            .problem()
                            .code())
                    .isEqualTo("already_shipped");
        }
    }

    private static Shipment sent(ShippedLine... lines) {
        return sent(shop, lines);
    }

    private static Shipment sent(TestShop shop, ShippedLine... lines) {
        return shop.send(
                        shop.ship(TestShop.newOrder(), lines).as(Shipment.class).orderId())
                .as(Shipment.class);
    }

    private static Shipment shipped(ShippedLine... lines) {
        return shop.ship(TestShop.newOrder(), lines).as(Shipment.class);
    }

    private static Answer withdraw(CancellationId id, Shipment shipment, Line... lines) {
        return withdraw(shop, id, shipment, lines);
    }

    private static Answer withdraw(TestShop shop, CancellationId id, Shipment shipment, Line... lines) {
        return shop.once()
                .post(
                        "/withdrawals",
                        new WithdrawPieces(id, shipment.trackingId().orElseThrow(), List.of(lines)));
    }

    private static void leaves(Parcel parcel) {
        shop.tell(parcel.parcelId(), ParcelEventStatus.handed_over);
    }

    private static CancellationId id() {
        return new CancellationId("CN-" + UUID.randomUUID());
    }
}
