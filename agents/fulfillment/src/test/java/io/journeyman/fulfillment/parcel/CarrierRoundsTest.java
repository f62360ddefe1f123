package io.journeyman.fulfillment.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.SendShipment;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import io.journeyman.fulfillment.carrier.Carrier;
import io.journeyman.fulfillment.collection.OrderCollections;
import io.journeyman.fulfillment.collection.PickupCode;
import io.journeyman.fulfillment.delivery.DeliveryDesk;
import io.journeyman.fulfillment.delivery.Tariffs;
import io.journeyman.fulfillment.shipment.Shipments;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CarrierRoundsTest {
    private static final Instant SENT = Instant.parse("2026-11-24T05:00:00Z");

    private final List<String> asked = new ArrayList<>();
    private Instant now = SENT;
    private boolean silent;
    private Runnable whileAsked = () -> {};
    private Database database;
    private Parcels parcels;
    private Shipments shipments;
    private CarrierRounds rounds;

    /** Hands over at once, and has more to tell after an hour. One street it never answers about while it is silent. */
    private final Carrier carrier = new Carrier() {
        @Override
        public Optional<Instant> firstAsked(Instant sentAt) {
            return Optional.of(sentAt);
        }

        @Override
        public News newsOf(Handed parcel, Instant at) {
            asked.add(parcel.to().line1());
            whileAsked.run();
            if (silent && parcel.to().line1().equals("Silent Street")) {
                throw new IllegalStateException("no answer");
            }
            return new News(
                    List.of(new ParcelEvent(
                            "e1", ParcelEventStatus.handed_over, parcel.sentAt(), Optional.empty(), Optional.empty())),
                    Optional.of(at.plus(Duration.ofHours(1))));
        }
    };

    @BeforeEach
    void open() {
        String url = TestPostgres.freshDatabase(new Owner("fulfillment"));
        database = Database.open(url, new Owner("fulfillment"));
        parcels = new Parcels(() -> now);
        shipments = new Shipments(
                new DeliveryDesk(() -> now, Tariffs.here(Optional.empty())),
                parcels,
                new OrderCollections(PickupCode::draw, parcels, () -> now),
                carrier,
                () -> now);
        rounds = new CarrierRounds(database.jdbi(), carrier, parcels, () -> now);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void askAboutAParcelWhenThereIsNewsToExpect() {
        var order = sent("MG Road");
        rounds.go();
        rounds.go();
        assertThat(asked).containsExactly("MG Road");

        now = SENT.plus(Duration.ofHours(1));
        rounds.go();

        assertThat(asked).containsExactly("MG Road", "MG Road");
        assertThat(parcel(order).events()).hasSize(1);
    }

    @Test
    void bringInTheOtherNewsWhenTheCarrierDoesNotAnswerAboutOne() {
        silent = true;
        var unheard = sent("Silent Street");
        var heard = sent("MG Road");

        assertThatThrownBy(rounds::go).hasMessage("no answer");
        assertThat(parcel(heard).status()).isEqualTo(ParcelStatus.handed_over);

        silent = false;
        now = SENT.plus(CarrierRounds.AGAIN);
        rounds.go();
        assertThat(parcel(unheard).status()).isEqualTo(ParcelStatus.handed_over);
    }

    @Test
    void expectNewsNowWhileTheCarrierIsAsked() {
        var order = sent("MG Road");
        var expected = new ArrayList<Instant>();
        whileAsked = () -> {
            rounds.go(); // another process makes its round
            expected.add(shipment(order).newsExpectedAt().orElseThrow());
        };

        rounds.go();

        assertThat(asked).as("once").containsExactly("MG Road");
        assertThat(expected).containsExactly(SENT);
        assertThat(shipment(order).newsExpectedAt()).contains(SENT.plus(Duration.ofHours(1)));
    }

    @Test
    void askAgainAboutWhatWasTakenByOneThatWasLost() {
        var order = sent("MG Road");
        database.jdbi().useExtension(ParcelTable.class, table -> table.takeDue(now, now.plus(CarrierRounds.AGAIN), 10));

        rounds.go();
        assertThat(asked).isEmpty();

        now = SENT.plus(CarrierRounds.AGAIN);
        rounds.go();
        assertThat(parcel(order).status()).isEqualTo(ParcelStatus.handed_over);
    }

    private OrderId sent(String line) {
        var order = new OrderId("JM-" + line.replace(" ", ""));
        database.jdbi().useTransaction(handle -> {
            shipments.create(
                    handle,
                    new CreateShipment(
                            order,
                            "standard",
                            new Address("Asha Rao", line, "Bengaluru", "560001"),
                            List.of(new ShippedLine(new Sku("P-1001-S-BLUE"), 1, Optional.empty())),
                            LocalDate.of(2026, 12, 1),
                            Optional.empty()));
            shipments.send(handle, order, new SendShipment(order, new CustomerId("cust-1")));
        });
        return order;
    }

    private Parcel parcel(OrderId order) {
        return shipment(order).parcels().getFirst();
    }

    private Shipment shipment(OrderId order) {
        return database.jdbi().withHandle(handle -> shipments.find(handle, order));
    }
}
