package io.journeyman.postpurchase;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.GetOrderStatus;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderState;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.Orders;
import io.journeyman.contracts.PostPurchase.RecordAddress;
import io.journeyman.contracts.PostPurchase.RecordOrder;
import io.journeyman.contracts.PostPurchase.TransitionOrder;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
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

class PostPurchaseAgentTest {
    private static final CustomerId ASHA = new CustomerId("cust-asha");

    private static AgentService service;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        service = AgentService.start(
                new PostPurchaseAgent(),
                AgentConfig.local(TestPostgres.freshDatabase(new Owner("postPurchase"), "kit"), ServiceTokens.SECRET));
        client = new ContractClient(service.uri(), Contract.load("postPurchase"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void goesElsewhereOnceForEachChange() {
        var order = order(ASHA);
        record(order, "k-" + order.orderId());
        var change = new RecordAddress(
                new AddressChangeId("AC-" + UUID.randomUUID()),
                new Address("Meera Nair", "4 Park Street", "Kolkata", "700016"));

        for (int i = 0; i < 2; i++) {
            assertThat(client.withKey(UUID.randomUUID().toString())
                            .post("/orders/" + order.orderId() + "/address", change)
                            .as(OrderState.class)
                            .orderId())
                    .isEqualTo(order.orderId());
        }

        assertThat(client.withKey(UUID.randomUUID().toString())
                        .post("/orders/JM-NOWHERE/address", change)
                        .problem()
                        .code())
                .isEqualTo("unknown_order");
    }

    @Test
    void recordsAnOrderOnceWithItsLinesToThePaisa() {
        var order = order(ASHA);

        var first = record(order, "k1-" + order.orderId());
        var again = record(order, "k2-" + order.orderId());

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.as(Order.class)).isEqualTo(first.as(Order.class));
        assertThat(first.as(Order.class).status()).isEqualTo(OrderStatus.pending);
        assertThat(first.as(Order.class).lines()).isEqualTo(order.lines());
        assertThat(first.as(Order.class).transitions()).hasSize(1);
    }

    @Test
    void refusesATotalThatTheLinesDoNotAddUpTo() {
        var order = order(ASHA, Money.inr(1));

        assertThat(record(order, "k-" + order.orderId()).problem().code()).isEqualTo("totals_differ");
    }

    @Test
    void refusesAnotherOrderUnderTheSameId() {
        var order = order(ASHA);
        record(order, "k1-" + order.orderId());
        var other = new RecordOrder(
                order.orderId(),
                new CustomerId("cust-other"),
                order.conversationId(),
                order.quoteId(),
                order.channel(),
                order.lines(),
                order.discount(),
                order.deliveryFee(),
                order.taxIncluded(),
                order.total(),
                order.address(),
                order.deliveryOption(),
                order.promisedDate(),
                Optional.empty());

        assertThat(record(other, "k2-" + order.orderId()).problem().code()).isEqualTo("order_differs");
    }

    @Test
    void movesAnOrderOnAndKeepsWhatHappened() {
        var order = order(ASHA);
        record(order, "k1-" + order.orderId());

        move(order.orderId(), OrderStatus.payment_failed, "expired_card");
        move(order.orderId(), OrderStatus.pending, "payment_again");
        move(order.orderId(), OrderStatus.confirmed, "");
        var state = move(order.orderId(), OrderStatus.confirmed, "").as(OrderState.class);

        assertThat(state.transitions())
                .extracting(transition -> transition.to().name())
                .containsExactly("pending", "payment_failed", "pending", "confirmed");
    }

    @Test
    void neverConfirmsACancelledOrder() {
        var order = order(ASHA);
        record(order, "k1-" + order.orderId());
        move(order.orderId(), OrderStatus.cancelled, "changed_mind");

        assertThat(move(order.orderId(), OrderStatus.confirmed, "").problem().code())
                .isEqualTo("illegal_transition");
    }

    @Test
    void answersCancelledToARecordThatComesAfterItsCancellation() {
        var order = order(ASHA);

        assertThat(move(order.orderId(), OrderStatus.cancelled, "undone").status())
                .isEqualTo(200);
        assertThat(record(order, "k1-" + order.orderId()).as(Order.class).status())
                .isEqualTo(OrderStatus.cancelled);
        assertThat(record(order, "k2-" + order.orderId()).as(Order.class).status())
                .isEqualTo(OrderStatus.cancelled);
    }

    @Test
    void tellsCustomersOfTheirOwnOrdersOnly() {
        var asha = new CustomerId("cust-" + UUID.randomUUID());
        var order = order(asha);
        record(order, "k1-" + order.orderId());

        assertThat(ask(asha, Optional.empty())).hasSize(1);
        assertThat(ask(asha, Optional.of(order.orderId()))).hasSize(1);
        assertThat(ask(new CustomerId("cust-other"), Optional.of(order.orderId())))
                .isEmpty();
        assertThat(client.post("/order-status", new GetOrderStatus(Optional.of(order.orderId()), asha))
                        .body())
                .doesNotContain("MG Road");
    }

    @Test
    void letsOneOfTwoRacingTransitionsWin() throws Exception {
        for (int i = 0; i < 10; i++) {
            var order = order(ASHA);
            record(order, "k1-" + order.orderId());
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                var racers = IntStream.range(0, 8)
                        .<Callable<Answer>>mapToObj(n -> () -> move(
                                order.orderId(),
                                n % 2 == 0 ? OrderStatus.confirmed : OrderStatus.payment_failed,
                                "race"))
                        .toList();
                pool.invokeAll(racers);
            }
            var transitions =
                    client.get("/orders/" + order.orderId()).as(Order.class).transitions();
            assertThat(transitions)
                    .extracting(transition -> transition.to().name())
                    .isIn(
                            List.of("pending", "confirmed"),
                            List.of("pending", "payment_failed"),
                            List.of("pending", "payment_failed", "confirmed"));
        }
    }

    private static List<Order> ask(CustomerId customer, Optional<OrderId> order) {
        return client.post("/order-status", new GetOrderStatus(order, customer))
                .as(Orders.class)
                .orders();
    }

    private static Answer record(RecordOrder order, String key) {
        return client.withKey(key).post("/orders", order);
    }

    private static Answer move(OrderId order, OrderStatus to, String reason) {
        return client.withKey(UUID.randomUUID().toString())
                .post(
                        "/orders/" + order + "/transitions",
                        new TransitionOrder(to, Optional.of(reason).filter(r -> !r.isEmpty()), Optional.empty()));
    }

    private static RecordOrder order(CustomerId customer) {
        return order(customer, Money.inr(2 * 129_900 - 10_000 + 9_900));
    }

    private static RecordOrder order(CustomerId customer, Money total) {
        return new RecordOrder(
                new OrderId("ord-" + UUID.randomUUID()),
                customer,
                new ConversationId("conv-1"),
                new QuoteId("quote-1"),
                "web",
                List.of(new PricedLine(
                        new Sku("P-1001-M-BLUE"),
                        new ProductId("P-1001"),
                        "Cotton kurta",
                        "M",
                        "blue",
                        2,
                        Money.inr(129_900))),
                Money.inr(10_000),
                Money.inr(9_900),
                Money.inr(0),
                total,
                new Address("Asha Rao", "12 MG Road", "Bengaluru", "560001"),
                "standard",
                LocalDate.of(2026, 12, 1),
                Optional.empty());
    }
}
