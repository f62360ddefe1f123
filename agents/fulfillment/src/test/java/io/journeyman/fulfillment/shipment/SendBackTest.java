package io.journeyman.fulfillment.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.SaveAddress;
import io.journeyman.contracts.Fulfillment.SendBack;
import io.journeyman.contracts.Fulfillment.SendShipment;
import io.journeyman.contracts.Fulfillment.SentBackBecause;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.Fulfillment.TrackParcels;
import io.journeyman.contracts.Fulfillment.TrackedOrder;
import io.journeyman.contracts.Fulfillment.TrackedOrders;
import io.journeyman.contracts.Fulfillment.TrackedSendBack;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ReturnId;
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
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SendBackTest {
    private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");
    private static final Address LIVED_AT = new Address("Asha Rao", "12 MG Road", "Bengaluru", "560001");
    private static final Address FAR_AWAY = new Address("Asha Rao", "4 Park Street", "Kolkata", "700016");

    private static AgentService service;
    private static ContractClient client;

    private final CustomerId customer = new CustomerId("cust-" + UUID.randomUUID());
    private final ReturnId back = new ReturnId("RT-" + UUID.randomUUID());

    @BeforeAll
    static void start() {
        service = AgentService.start(
                new FulfillmentAgent(),
                AgentConfig.local(TestPostgres.freshDatabase(new Owner("fulfillment"), "kit"), ServiceTokens.SECRET)
                        .withSampleShop(true)
                        .withClock(() -> NOW));
        client = new ContractClient(service.uri(), Contract.load("fulfillment"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void isAShipmentBesideThatOfItsOrder() {
        var order = sent();

        var shipment = sendBack(order, SentBackBecause.repaired, 1).as(Shipment.class);
        leave(shipment, order);

        assertThat(shipment.parcels()).singleElement().satisfies(parcel -> {
            assertThat(parcel.lines()).containsExactly(new ParcelLine(new Sku("A"), 1));
            assertThat(parcel.forReturn()).contains(back);
            assertThat(parcel.promisedDate()).isEqualTo(LocalDate.of(2026, 11, 26));
        });
        var tracked = tracked(Optional.of(order));
        assertThat(tracked.orders()).extracting(TrackedOrder::orderId).containsExactly(order);
        assertThat(tracked.sentBack())
                .singleElement()
                .returns(back, TrackedSendBack::returnId)
                .returns(order, TrackedSendBack::orderId)
                .returns(SentBackBecause.repaired, TrackedSendBack::because)
                .returns(shipment.trackingId(), TrackedSendBack::trackingId);

        tells(shipment.parcels().getFirst(), ParcelEventStatus.delivered);
        assertThat(tracked(Optional.empty()).sentBack())
                .extracting(TrackedSendBack::status)
                .containsExactly(ShipmentStatus.delivered);
        assertThat(tracked(Optional.empty()).orders())
                .extracting(TrackedOrder::status)
                .containsExactly(ShipmentStatus.created);
    }

    @Test
    void isSentOnceForItsReturn() {
        var order = sent();
        var first = sendBack(order, SentBackBecause.replaced, 2).as(Shipment.class);

        assertThat(sendBack(order, SentBackBecause.replaced, 2).as(Shipment.class))
                .isEqualTo(first);
        assertThat(sendBack(order, SentBackBecause.replaced, 1).problem().code())
                .isEqualTo("shipment_differs");
        assertThat(sendBack(order, SentBackBecause.repaired, 2).problem().code())
                .isEqualTo("shipment_differs");
        assertThat(sendBack(new OrderId(back + ".2"), order, SentBackBecause.replaced, 2)
                        .problem()
                        .code())
                .as("under another id")
                .isEqualTo("shipment_differs");

        client.withKey(key()).post("/shipments/" + back + "/cancel");
        assertThat(sendBack(order, SentBackBecause.replaced, 2).problem().code())
                .isEqualTo("cancelled");
        assertThat(sendBack(new OrderId(back + ".2"), order, SentBackBecause.replaced, 2)
                        .status())
                .as("the first is undone")
                .isEqualTo(201);
    }

    @Test
    void isSentOnceHoweverManyAskAtOnce() throws Exception {
        var order = sent();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = pool.invokeAll(IntStream.range(0, 8)
                    .<Callable<Answer>>mapToObj(
                            i -> () -> sendBack(new OrderId(back + "." + i), order, SentBackBecause.repaired, 1))
                    .toList());
            int created = 0;
            for (var answer : answers) {
                created += answer.get().status() == 201 ? 1 : 0;
                assertThat(answer.get().status()).isIn(201, 409);
            }
            assertThat(created).isEqualTo(1);
        }
    }

    @Test
    void goesToWhereTheCustomerLivesNow() {
        var order = sent();
        client.withKey(key()).put("/customers/" + customer + "/address", new SaveAddress(FAR_AWAY));

        var shipment = sendBack(order, SentBackBecause.repaired, 1).as(Shipment.class);
        assertThat(shipment.promisedDate().orElseThrow())
                .as("further than its order went")
                .isAfter(LocalDate.of(2026, 11, 26));

        client.withKey(key()).put("/customers/" + customer + "/address", new SaveAddress(LIVED_AT));
        assertThat(sendBack(order, SentBackBecause.repaired, 1).as(Shipment.class))
                .as("what is sent is sent")
                .isEqualTo(shipment);
    }

    @Test
    void isRefusedWhereNobodyKnowsWhereToSendIt() {
        assertThat(sendBack(new OrderId("JM-NONE"), SentBackBecause.repaired, 1)
                        .problem()
                        .code())
                .isEqualTo("unknown_order");
    }

    @Test
    void neverComesOnceItWasCancelledBefore() {
        var order = sent();
        client.withKey(key()).post("/shipments/" + back + "/cancel");

        assertThat(sendBack(order, SentBackBecause.repaired, 1).problem().code())
                .isEqualTo("cancelled");
    }

    private OrderId sent() {
        var order = new OrderId("JM-" + UUID.randomUUID());
        client.withKey(key())
                .post(
                        "/shipments",
                        new CreateShipment(
                                order,
                                "standard",
                                LIVED_AT,
                                List.of(line(2)),
                                LocalDate.of(2026, 11, 26),
                                Optional.empty()));
        client.withKey(key()).post("/shipments/" + order + "/send", new SendShipment(order, customer));
        return order;
    }

    private Answer sendBack(OrderId order, SentBackBecause because, int pieces) {
        return sendBack(new OrderId(back.value()), order, because, pieces);
    }

    private Answer sendBack(OrderId id, OrderId order, SentBackBecause because, int pieces) {
        return client.withKey(key())
                .post("/send-backs", new SendBack(id, back, order, customer, because, List.of(line(pieces))));
    }

    private void leave(Shipment shipment, OrderId order) {
        client.withKey(key()).post("/shipments/" + shipment.orderId() + "/send", new SendShipment(order, customer));
    }

    private TrackedOrders tracked(Optional<OrderId> order) {
        return client.post("/parcel-tracking", new TrackParcels(order, customer))
                .as(TrackedOrders.class);
    }

    private static void tells(Parcel parcel, ParcelEventStatus status) {
        client.withKey(key())
                .post(
                        "/parcels/" + parcel.parcelId() + "/events",
                        new ParcelEvent(status.name(), status, NOW, Optional.empty(), Optional.empty()));
    }

    private static ShippedLine line(int pieces) {
        return new ShippedLine(new Sku("A"), pieces, Optional.empty());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
