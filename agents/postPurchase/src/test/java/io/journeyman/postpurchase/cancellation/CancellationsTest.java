package io.journeyman.postpurchase.cancellation;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.Cancellation;
import io.journeyman.contracts.PostPurchase.CancellationQuote;
import io.journeyman.contracts.PostPurchase.CancellationState;
import io.journeyman.contracts.PostPurchase.CancellationStatus;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderCancellation;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.PaidByReturn;
import io.journeyman.contracts.PostPurchase.QuoteCancellation;
import io.journeyman.contracts.PostPurchase.QuoteReturn;
import io.journeyman.contracts.PostPurchase.RecordCancellation;
import io.journeyman.contracts.PostPurchase.RecordOrder;
import io.journeyman.contracts.PostPurchase.RecordReturn;
import io.journeyman.contracts.PostPurchase.ReturnLine;
import io.journeyman.contracts.PostPurchase.ReturnQuote;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.SettleCancellation;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.PostPurchase.Transition;
import io.journeyman.contracts.PostPurchase.TransitionOrder;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.postpurchase.PostPurchaseAgent;
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

/** Each order here has two kurtas of ₹1,299, one shawl of ₹500, a discount of ₹100 and a delivery fee of ₹99. */
@Timeout(120)
class CancellationsTest {
    private static final CustomerId ASHA = new CustomerId("cust-asha");
    private static final Sku KURTA = new Sku("P-1-M-BLUE");
    private static final Sku SHAWL = new Sku("P-2-ONE-RED");
    private static final long GOODS = 2 * 129_900 + 50_000;
    private static final long PAID_FOR_GOODS = GOODS - 10_000;
    private static final long DELIVERY = 9_900;

    private static AgentService service;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        service = AgentService.start(
                new PostPurchaseAgent(),
                AgentConfig.local(TestPostgres.freshDatabase(new Owner("postPurchase"), "kit"), ServiceTokens.SECRET)
                        .withClock(() -> Instant.parse("2026-11-24T05:00:00Z")));
        client = new ContractClient(service.uri(), Contract.load("postPurchase"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void givesTheDeliveryFeeBackWithTheWholeOrderOnly() {
        var order = bought();

        var shawl = quote(order, new Line(SHAWL, 1)).as(CancellationQuote.class);
        var whole = quote(order, new Line(KURTA, 2), new Line(SHAWL, 1)).as(CancellationQuote.class);

        assertThat(shawl.deliveryFee()).isEqualTo(Money.inr(0));
        assertThat(shawl.refund()).isEqualTo(shawl.goods().minus(shawl.discount()));
        assertThat(whole.deliveryFee()).isEqualTo(Money.inr(DELIVERY));
        assertThat(whole.refund()).isEqualTo(Money.inr(PAID_FOR_GOODS + DELIVERY));
    }

    @Test
    void cancelsTheOrderWithItsLastPieceAndGivesBackExactlyWhatWasPaid() {
        var order = bought();

        long sum = 0;
        for (var line : List.of(new Line(KURTA, 1), new Line(SHAWL, 1), new Line(KURTA, 1))) {
            assertThat(order(order).status()).isEqualTo(OrderStatus.confirmed);
            var part = record(order, line);
            assertThat(part.whole()).isFalse();
            sum += accept(part.cancellationId()).as(Cancellation.class).refund().minor();
        }

        assertThat(sum).isEqualTo(PAID_FOR_GOODS + DELIVERY);
        assertThat(order(order).status()).isEqualTo(OrderStatus.cancelled);
        assertThat(order(order).transitions())
                .extracting(Transition::reason)
                .last()
                .isEqualTo(Optional.of("cancelled_by_customer"));
        assertThat(quote(order, new Line(KURTA, 1)).problem().code()).isEqualTo("not_bought");
    }

    @Test
    void keepsTheDeliveryFeeWhileAnotherPieceMayStillBeSent() {
        var order = bought();
        record(order, new Line(KURTA, 2)); // not accepted: it may have left

        assertThat(quote(order, new Line(SHAWL, 1)).as(CancellationQuote.class).deliveryFee())
                .isEqualTo(Money.inr(0));
    }

    @Test
    void givesTheDeliveryFeeBackOnceWithTheLastOfThoseThatWereUnderWayAtTheSameTime() {
        var order = bought();
        var kurtas = record(order, new Line(KURTA, 2)).cancellationId();
        var shawl = record(order, new Line(SHAWL, 1)).cancellationId();

        long first = accept(shawl).as(Cancellation.class).refund().minor();
        var last = accept(kurtas).as(Cancellation.class);

        assertThat(first + last.refund().minor()).isEqualTo(PAID_FOR_GOODS + DELIVERY);
        assertThat(accept(kurtas).as(Cancellation.class)).isEqualTo(last);
        assertThat(order(order).status()).isEqualTo(OrderStatus.cancelled);
        assertThat(order(order).cancellations().stream()
                        .mapToLong(one -> one.refund().minor())
                        .sum())
                .isEqualTo(PAID_FOR_GOODS + DELIVERY);
    }

    @Test
    void recordsOnceAndShowsItOnTheOrder() {
        var order = bought();
        var wanted = wanted(order, new Line(KURTA, 1));

        var first = send(wanted);
        var again = send(wanted);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.as(Cancellation.class)).isEqualTo(first.as(Cancellation.class));
        assertThat(first.as(Cancellation.class).trackingId()).contains("TRACK-" + order);
        assertThat(order(order).cancellations())
                .containsExactly(new OrderCancellation(
                        wanted.cancellationId(),
                        CancellationStatus.requested,
                        List.of(new Line(KURTA, 1)),
                        wanted.refund()));
    }

    @Test
    void refusesOtherContentAndAnotherAmount() {
        var order = bought();
        var wanted = wanted(order, new Line(KURTA, 1));
        var more = new RecordCancellation(
                id(),
                order,
                ASHA,
                wanted.quoteId(),
                wanted.lines(),
                wanted.refund().plus(Money.inr(1)),
                Optional.empty());
        var other = new RecordCancellation(
                wanted.cancellationId(),
                order,
                ASHA,
                new QuoteId("quote-other"),
                wanted.lines(),
                wanted.refund(),
                Optional.empty());

        assertThat(send(more).problem().code()).isEqualTo("refund_changed");
        send(wanted);
        assertThat(send(other).problem().code()).isEqualTo("cancellation_differs");
    }

    @Test
    void givesAPieceToACancellationOrToAReturnHoweverManyWantItAtOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            var order = bought();
            var cancel = wanted(order, new Line(KURTA, 1));
            var back = client.post(
                            "/return-quotes",
                            new QuoteReturn(
                                    ASHA, order, ReturnReason.damaged, List.of(returned(KURTA)), Optional.empty()))
                    .as(ReturnQuote.class);
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                pool.invokeAll(IntStream.range(0, 8)
                        .<Callable<Answer>>mapToObj(i -> () -> i % 2 == 0
                                ? send(new RecordCancellation(
                                        id(),
                                        order,
                                        ASHA,
                                        cancel.quoteId(),
                                        cancel.lines(),
                                        cancel.refund(),
                                        Optional.empty()))
                                : client.withKey(key())
                                        .post(
                                                "/returns",
                                                new RecordReturn(
                                                        new ReturnId("RT-" + UUID.randomUUID()),
                                                        order,
                                                        ASHA,
                                                        new QuoteId("quote-2"),
                                                        ReturnReason.damaged,
                                                        List.of(returned(KURTA)),
                                                        back.fee(),
                                                        back.refund(),
                                                        Optional.empty())))
                        .toList());
            }

            var stands = order(order);
            assertThat(stands.returns().size() + stands.cancellations().size()).isBetween(1, 2);
        }
    }

    @Test
    void tellsAReturnWhichPiecesAreGone() {
        var order = bought();
        accept(record(order, new Line(KURTA, 2)).cancellationId());

        assertThat(client.post(
                                "/return-quotes",
                                new QuoteReturn(
                                        ASHA, order, ReturnReason.damaged, List.of(returned(KURTA)), Optional.empty()))
                        .problem()
                        .code())
                .isEqualTo("nothing_to_return");
    }

    @Test
    void freesItsPiecesWhenItIsClosedAndStaysClosed() {
        var order = bought();
        var closed = record(order, new Line(KURTA, 2)).cancellationId();

        assertThat(close(closed).as(CancellationState.class).status()).isEqualTo(CancellationStatus.closed);
        assertThat(close(closed).as(CancellationState.class).status()).isEqualTo(CancellationStatus.closed);
        assertThat(accept(closed).problem().code()).isEqualTo("cancellation_closed");
        assertThat(record(order, new Line(KURTA, 2)).status()).isEqualTo(CancellationStatus.requested);
    }

    @Test
    void isClosedAlsoBeforeItWasRecorded() {
        var order = bought();
        var wanted = wanted(order, new Line(SHAWL, 1));

        close(wanted.cancellationId());

        assertThat(send(wanted).as(Cancellation.class).status()).isEqualTo(CancellationStatus.closed);
        assertThat(client.get("/cancellations/" + wanted.cancellationId())
                        .problem()
                        .code())
                .isEqualTo("unknown_cancellation");
        assertThat(quote(order, new Line(SHAWL, 1)).status()).isEqualTo(200);
    }

    @Test
    void goesOnlyForwardOnceItIsAccepted() {
        var whole = record(bought(), new Line(KURTA, 2), new Line(SHAWL, 1));
        assertThat(whole.whole()).isTrue();
        assertThat(settle(whole.cancellationId()).problem().code()).isEqualTo("not_accepted");

        var accepted = accept(whole.cancellationId()).as(Cancellation.class);

        assertThat(accepted.status()).isEqualTo(CancellationStatus.accepted);
        assertThat(accept(whole.cancellationId()).as(Cancellation.class)).isEqualTo(accepted);
        assertThat(close(whole.cancellationId()).problem().code()).isEqualTo("cancellation_accepted");
        var settled = settle(whole.cancellationId()).as(Cancellation.class);
        assertThat(settled.settledBy()).contains(Settlement.original_method);
        assertThat(settle(whole.cancellationId()).as(Cancellation.class)).isEqualTo(settled);
    }

    @Test
    void stopsNothingThatWasDeliveredOrNotBoughtOrIsSomebodyElses() {
        var delivered = bought();
        transition(delivered, OrderStatus.shipped);
        transition(delivered, OrderStatus.delivered);

        assertThat(quote(delivered, new Line(KURTA, 1)).problem().code()).isEqualTo("already_delivered");
        assertThat(quote(ordered(), new Line(KURTA, 1)).problem().code()).isEqualTo("not_bought");
        assertThat(client.post(
                                "/cancellation-quotes",
                                new QuoteCancellation(
                                        new CustomerId("cust-other"), bought(), List.of(new Line(KURTA, 1))))
                        .problem()
                        .code())
                .isEqualTo("unknown_order");
        assertThat(quote(bought(), new Line(new Sku("P-9"), 1)).problem().code())
                .isEqualTo("not_in_order");
        assertThat(quote(bought(), new Line(KURTA, 3)).problem().code()).isEqualTo("nothing_to_cancel");
    }

    private static OrderId bought() {
        return confirmed(ordered());
    }

    @Test
    void leavesWhatComesInExchangeAsItIs() {
        var order = confirmed(
                ordered(Optional.of(new PaidByReturn(new ReturnId("RT-" + UUID.randomUUID()), Money.inr(50_000)))));

        assertThat(quote(order, new Line(KURTA, 1)).problem().code()).isEqualTo("exchange_order");
    }

    private static OrderId confirmed(OrderId order) {
        client.withKey(key())
                .post(
                        "/orders/" + order + "/transitions",
                        new TransitionOrder(OrderStatus.confirmed, Optional.empty(), Optional.of("TRACK-" + order)));
        return order;
    }

    private static OrderId ordered() {
        return ordered(Optional.empty());
    }

    private static OrderId ordered(Optional<PaidByReturn> exchange) {
        var order = new OrderId("o-" + UUID.randomUUID());
        client.withKey(key())
                .post(
                        "/orders",
                        new RecordOrder(
                                order,
                                ASHA,
                                new ConversationId("conv-1"),
                                new QuoteId("quote-1"),
                                "web",
                                List.of(
                                        new PricedLine(
                                                KURTA,
                                                new ProductId("P-1"),
                                                "Cotton kurta",
                                                "M",
                                                "blue",
                                                2,
                                                Money.inr(129_900)),
                                        new PricedLine(
                                                SHAWL,
                                                new ProductId("P-2"),
                                                "Wool shawl",
                                                "ONE",
                                                "red",
                                                1,
                                                Money.inr(50_000))),
                                Money.inr(10_000),
                                Money.inr(DELIVERY),
                                Money.inr(0),
                                Money.inr(PAID_FOR_GOODS + DELIVERY)
                                        .minus(exchange.map(PaidByReturn::credit)
                                                .orElse(Money.inr(0))),
                                new Address("Asha Rao", "12 MG Road", "Bengaluru", "560001"),
                                "standard",
                                LocalDate.of(2026, 12, 1),
                                exchange));
        return order;
    }

    private static void transition(OrderId order, OrderStatus to) {
        client.withKey(key())
                .post("/orders/" + order + "/transitions", new TransitionOrder(to, Optional.empty(), Optional.empty()));
    }

    private static Order order(OrderId order) {
        return client.get("/orders/" + order).as(Order.class);
    }

    private static ReturnLine returned(Sku sku) {
        return new ReturnLine(sku, 1, Optional.empty());
    }

    private static Answer quote(OrderId order, Line... lines) {
        return client.post("/cancellation-quotes", new QuoteCancellation(ASHA, order, List.of(lines)));
    }

    private static RecordCancellation wanted(OrderId order, Line... lines) {
        var quote = quote(order, lines).as(CancellationQuote.class);
        return new RecordCancellation(
                id(), order, ASHA, new QuoteId("quote-1"), List.of(lines), quote.refund(), Optional.empty());
    }

    private static Cancellation record(OrderId order, Line... lines) {
        return send(wanted(order, lines)).as(Cancellation.class);
    }

    private static Answer send(RecordCancellation wanted) {
        return client.withKey(key()).post("/cancellations", wanted);
    }

    private static Answer accept(CancellationId id) {
        return client.withKey(key()).post("/cancellations/" + id + "/accept");
    }

    private static Answer close(CancellationId id) {
        return client.withKey(key()).post("/cancellations/" + id + "/close");
    }

    private static Answer settle(CancellationId id) {
        return client.withKey(key())
                .post(
                        "/cancellations/" + id + "/settle",
                        new SettleCancellation(Settlement.original_method, Optional.empty()));
    }

    private static CancellationId id() {
        return new CancellationId("CN-" + UUID.randomUUID());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
