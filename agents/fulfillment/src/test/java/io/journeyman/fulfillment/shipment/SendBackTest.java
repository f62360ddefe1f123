package io.journeyman.fulfillment.shipment;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.SaveAddress;
import io.journeyman.contracts.Fulfillment.SendBack;
import io.journeyman.contracts.Fulfillment.SentBackBecause;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShipmentStatus;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.Fulfillment.TrackedOrder;
import io.journeyman.contracts.Fulfillment.TrackedSendBack;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import io.journeyman.fulfillment.TestShop;
import io.journeyman.testing.ContractClient.Answer;
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
    private static final Address FAR_AWAY = new Address("Asha Rao", "4 Park Street", "Kolkata", "700016");

    private static TestShop shop;

    private final CustomerId customer = new CustomerId("cust-" + UUID.randomUUID());
    private final ReturnId back = new ReturnId("RT-" + UUID.randomUUID());

    @BeforeAll
    static void open() {
        shop = TestShop.open();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void isAShipmentBesideThatOfItsOrder() {
        var order = sent();

        var shipment = sendBack(order, SentBackBecause.repaired, 1).as(Shipment.class);
        shop.send(shipment.orderId(), order, customer);

        assertThat(shipment.parcels()).singleElement().satisfies(parcel -> {
            assertThat(parcel.lines()).containsExactly(new ParcelLine(new Sku("A"), 1));
            assertThat(parcel.forReturn()).contains(back);
            assertThat(parcel.promisedDate()).isEqualTo(TestShop.QUOTED);
        });
        var tracked = shop.track(customer, Optional.of(order));
        assertThat(tracked.orders()).extracting(TrackedOrder::orderId).containsExactly(order);
        assertThat(tracked.sentBack())
                .singleElement()
                .returns(back, TrackedSendBack::returnId)
                .returns(order, TrackedSendBack::orderId)
                .returns(SentBackBecause.repaired, TrackedSendBack::because)
                .returns(shipment.trackingId(), TrackedSendBack::trackingId);

        shop.tell(shipment.parcels().getFirst().parcelId(), ParcelEventStatus.delivered);
        assertThat(shop.track(customer, Optional.empty()).sentBack())
                .extracting(TrackedSendBack::status)
                .containsExactly(ShipmentStatus.delivered);
        assertThat(shop.track(customer, Optional.empty()).orders())
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

        shop.cancel(new OrderId(back.value()));
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
        shop.once().put("/customers/" + customer + "/address", new SaveAddress(FAR_AWAY));

        var shipment = sendBack(order, SentBackBecause.repaired, 1).as(Shipment.class);
        assertThat(shipment.promisedDate().orElseThrow())
                .as("further than its order went")
                .isAfter(TestShop.QUOTED);

        shop.once().put("/customers/" + customer + "/address", new SaveAddress(TestShop.HOME));
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
        shop.cancel(new OrderId(back.value()));

        assertThat(sendBack(order, SentBackBecause.repaired, 1).problem().code())
                .isEqualTo("cancelled");
    }

    private OrderId sent() {
        var order = TestShop.newOrder();
        shop.ship(order, line(2));
        shop.send(order, order, customer);
        return order;
    }

    private Answer sendBack(OrderId order, SentBackBecause because, int pieces) {
        return sendBack(new OrderId(back.value()), order, because, pieces);
    }

    private Answer sendBack(OrderId id, OrderId order, SentBackBecause because, int pieces) {
        return shop.once().post("/send-backs", new SendBack(id, back, order, customer, because, List.of(line(pieces))));
    }

    private static ShippedLine line(int pieces) {
        return new ShippedLine(new Sku("A"), pieces, Optional.empty());
    }
}
