package io.journeyman.fulfillment.parcel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelStatus;
import io.journeyman.contracts.Fulfillment.SendShipment;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ParcelId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Database;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParcelsTest {
    private static final Instant START = Instant.parse("2026-11-24T05:00:00Z");
    private static final CustomerId CUSTOMER = new CustomerId("cust-1");
    private static final AtomicReference<Instant> now = new AtomicReference<>(START);

    private static String url;
    private static AgentService service;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        url = TestPostgres.freshDatabase(new Owner("fulfillment"), "kit");
        service = AgentService.start(
                new FulfillmentAgent(),
                AgentConfig.local(url, ServiceTokens.SECRET)
                        .withClock(now::get)
                        .withSetting("JOURNEYMAN_CARRIER", "simulated")
                        .withSetting("JOURNEYMAN_CARRIER_STEP", "60"));
        client = new ContractClient(service.uri(), Contract.load("fulfillment"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void resetClock() {
        now.set(START);
    }

    @Test
    void leaveOnlyWhenTheirOrderIsConfirmed() throws Exception {
        var order = shipped("12 MG Road");
        now.set(START.plus(Duration.ofHours(1)));
        Thread.sleep(2_500); // more than a round of the carrier's
        assertThat(shipment(order).status()).isEqualTo(ShipmentStatus.created);

        send(order);
        now.set(START.plus(Duration.ofHours(2)));

        await(order, ShipmentStatus.delivered);
        assertThat(shipment(order).newsExpectedAt()).isEmpty();
        assertThat(parcel(order).events())
                .extracting(ParcelEvent::status)
                .containsExactly(
                        ParcelEventStatus.handed_over,
                        ParcelEventStatus.in_transit,
                        ParcelEventStatus.out_for_delivery,
                        ParcelEventStatus.delivered);
    }

    @Test
    void areSentOnceForOneOrder() {
        var order = shipped("12 MG Road");

        assertThat(send(order).as(Shipment.class).newsExpectedAt()).contains(START.plusSeconds(60));
        now.set(START.plusSeconds(10));
        assertThat(send(order).as(Shipment.class).newsExpectedAt()).contains(START.plusSeconds(60));
        assertThat(keyed("/shipments/" + order + "/send", new SendShipment(new OrderId("JM-OTHER"), CUSTOMER))
                        .problem()
                        .code())
                .isEqualTo("shipment_differs");
    }

    @Test
    void areNotSentWhenTheyWereCancelled() {
        var order = shipped("12 MG Road");
        client.withKey(key()).post("/shipments/" + order + "/cancel");

        assertThat(send(order).problem().code()).isEqualTo("cancelled");
        assertThat(parcel(order).status()).isEqualTo(ParcelStatus.cancelled);
        assertThat(send(new OrderId("JM-NOBODY")).problem().code()).isEqualTo("unknown_shipment");
    }

    @Test
    void cannotBeCancelledOnceOneHasLeft() {
        var order = shipped("12 MG Road");
        tell(order, event("e1", ParcelEventStatus.handed_over, 0));

        assertThat(client.withKey(key())
                        .post("/shipments/" + order + "/cancel")
                        .problem()
                        .code())
                .isEqualTo("already_shipped");
    }

    @Test
    void countAnEventOnce() {
        var order = shipped("12 MG Road");
        var event = event("e1", ParcelEventStatus.handed_over, 0);

        tell(order, event);
        var again = tell(order, event).as(Parcel.class);

        assertThat(again.events()).containsExactly(event);
        assertThat(tell(order, event("e1", ParcelEventStatus.delivered, 5))
                        .problem()
                        .code())
                .isEqualTo("event_differs");
    }

    @Test
    void standTheSameInWhateverOrderTheyAreToldOf() {
        var events = List.of(
                event("a", ParcelEventStatus.handed_over, 0),
                event("b", ParcelEventStatus.in_transit, 10),
                delay("c", 20, LocalDate.of(2026, 12, 3)),
                event("d", ParcelEventStatus.out_for_delivery, 30),
                event("e", ParcelEventStatus.delivery_failed, 40),
                delay("f", 50, LocalDate.of(2026, 12, 5)),
                event("g", ParcelEventStatus.out_for_delivery, 60));
        var random = new Random(11);
        now.set(START.plusSeconds(100));

        for (int i = 0; i < 20; i++) {
            var order = shipped("12 MG Road");
            var shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, random);
            shuffled.forEach(event -> tell(order, event));

            assertThat(parcel(order))
                    .returns(ParcelStatus.out_for_delivery, Parcel::status)
                    .returns(Optional.of(LocalDate.of(2026, 12, 5)), Parcel::expectedDate)
                    .returns(events, Parcel::events);
        }
    }

    @Test
    void stayDeliveredWhateverIsToldAfterwards() {
        var order = shipped("12 MG Road");
        tell(order, event("a", ParcelEventStatus.delivered, 30));
        tell(order, event("b", ParcelEventStatus.out_for_delivery, 20));
        tell(order, event("c", ParcelEventStatus.in_transit, 40));

        assertThat(parcel(order).status()).isEqualTo(ParcelStatus.delivered);
        assertThat(shipment(order).status()).isEqualTo(ShipmentStatus.delivered);
    }

    @Test
    void takeTheSameEventOnceFromManyAtTheSameMoment() throws Exception {
        var order = shipped("12 MG Road");
        var event = event("e1", ParcelEventStatus.handed_over, 0);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var told = threads.invokeAll(Collections.nCopies(12, (Callable<Answer>) () -> tell(order, event)));
            for (var answer : told) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }

        assertThat(parcel(order).events()).containsExactly(event);
    }

    @Test
    void refuseWhatHasNotHappenedYet() {
        var order = shipped("12 MG Road");

        assertThat(tell(order, event("e1", ParcelEventStatus.delivered, 301))
                        .problem()
                        .code())
                .isEqualTo("event_in_future");
        assertThat(keyed("/parcels/JM-NONE-1/events", event("e1", ParcelEventStatus.delivered, 0))
                        .problem()
                        .code())
                .isEqualTo("unknown_parcel");
    }

    @Test
    void keepWhatWasToldForEver() {
        var order = shipped("12 MG Road");
        tell(order, event("e1", ParcelEventStatus.handed_over, 0));

        try (var database = Database.open(url, new Owner("fulfillment"))) {
            assertThatThrownBy(() -> database.jdbi().useHandle(handle -> handle.execute("DELETE FROM parcel_event")))
                    .hasStackTraceContaining("for ever");
        }
    }

    private static OrderId shipped(String line) {
        var order = new OrderId("JM-" + UUID.randomUUID());
        var wanted = new CreateShipment(
                order,
                "standard",
                new Address("Asha Rao", line, "Bengaluru", "560001"),
                List.of(new ShippedLine(new Sku("P-1001-S-BLUE"), 2, Optional.empty())),
                LocalDate.of(2026, 12, 1),
                Optional.empty());
        assertThat(keyed("/shipments", wanted).status()).isEqualTo(201);
        return order;
    }

    private static Answer send(OrderId order) {
        return keyed("/shipments/" + order + "/send", new SendShipment(order, CUSTOMER));
    }

    private static Answer tell(OrderId order, ParcelEvent event) {
        return keyed("/parcels/" + parcelId(order) + "/events", event);
    }

    private static Answer keyed(String path, Object body) {
        return client.withKey(key()).post(path, body);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static Shipment shipment(OrderId order) {
        return client.get("/shipments/" + order).as(Shipment.class);
    }

    private static Parcel parcel(OrderId order) {
        return shipment(order).parcels().getFirst();
    }

    private static ParcelId parcelId(OrderId order) {
        return parcel(order).parcelId();
    }

    private static ParcelEvent event(String id, ParcelEventStatus status, int second) {
        return new ParcelEvent(id, status, START.plusSeconds(second), Optional.empty(), Optional.empty());
    }

    private static ParcelEvent delay(String id, int second, LocalDate expected) {
        return new ParcelEvent(
                id,
                ParcelEventStatus.delayed,
                START.plusSeconds(second),
                Optional.of("weather"),
                Optional.of(expected));
    }

    private static void await(OrderId order, ShipmentStatus status) throws InterruptedException {
        for (int i = 0; i < 600 && shipment(order).status() != status; i++) {
            Thread.sleep(100);
        }
        assertThat(shipment(order).status()).isEqualTo(status);
    }
}
