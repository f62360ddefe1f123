package io.journeyman.postpurchase.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.CloseReturn;
import io.journeyman.contracts.PostPurchase.Closing;
import io.journeyman.contracts.PostPurchase.Exchange;
import io.journeyman.contracts.PostPurchase.ExchangeState;
import io.journeyman.contracts.PostPurchase.ExchangeWanted;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.InspectedLine;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.PaidByReturn;
import io.journeyman.contracts.PostPurchase.QuoteReturn;
import io.journeyman.contracts.PostPurchase.RecordOrder;
import io.journeyman.contracts.PostPurchase.RecordReturn;
import io.journeyman.contracts.PostPurchase.Return;
import io.journeyman.contracts.PostPurchase.ReturnLine;
import io.journeyman.contracts.PostPurchase.ReturnQuote;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.ReturnRefusal;
import io.journeyman.contracts.PostPurchase.ReturnRule;
import io.journeyman.contracts.PostPurchase.ReturnRules;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PostPurchase.SettleExchange;
import io.journeyman.contracts.PostPurchase.SettleReturn;
import io.journeyman.contracts.PostPurchase.Settlement;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A kurta of ₹1,000 goes back; what comes for it costs what each test says. */
@Timeout(120)
class ExchangesTest {
    private static final CustomerId ASHA = new CustomerId("cust-asha");
    private static final Sku MEDIUM = new Sku("P-1-M-BLUE");
    private static final Sku LARGE = new Sku("P-1-L-BLUE");
    private static final long PRICE = 100_000;

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

    /** @param credit what the kurta pays of the other piece @param refund what of its worth is paid back */
    private record Swap(OrderId bought, OrderId other, ReturnId back, long credit, long refund) {}

    @Test
    void costsNothingUnlessTheShopSaysSo() {
        var order = bought(PRICE, Optional.empty());
        assertThat(quote(order).fee()).isEqualTo(Money.inr(0));

        rules(Optional.of(Money.inr(3_000)));
        try {
            assertThat(quote(order).fee()).isEqualTo(Money.inr(3_000));
            assertThat(quote(order).refund()).isEqualTo(Money.inr(PRICE - 3_000));
        } finally {
            rules(Optional.empty());
        }
    }

    @Test
    void isToldByTheOrderTheReturnAndTheOtherOrder() {
        var swap = recorded(PRICE);

        assertThat(theReturn(swap).exchange())
                .contains(new Exchange(swap.other(), Money.inr(PRICE), ExchangeState.open));
        assertThat(theReturn(swap).refund()).isEqualTo(Money.inr(0));
        assertThat(order(swap.bought()).returns())
                .extracting(back -> back.exchangedFor())
                .containsExactly(Optional.of(swap.other()));
        assertThat(order(swap.other()).exchange()).contains(new PaidByReturn(swap.back(), Money.inr(PRICE)));
        assertThat(order(swap.other()).total()).isEqualTo(Money.inr(0));
    }

    @Test
    void leavesTheRestOfItsWorthToBeRefunded() {
        var swap = recorded(80_000);

        inspect(swap, 1);
        var agreed = settle(swap, true).as(Return.class);

        assertThat(agreed.refund()).isEqualTo(Money.inr(20_000));
        assertThat(agreed.exchange().orElseThrow().state()).isEqualTo(ExchangeState.agreed);
    }

    @Test
    void isDecidedOnce() {
        var swap = recorded(PRICE);
        inspect(swap, 1);

        assertThat(settle(swap, true).status()).isEqualTo(200);
        assertThat(settle(swap, true).status()).isEqualTo(200);
        assertThat(settle(swap, false).problem().code()).isEqualTo("exchange_settled");
    }

    @Test
    void refundsAllOfItsWorthWhenTheOtherPieceIsNotSent() {
        var swap = recorded(PRICE);
        inspect(swap, 1);

        assertThat(settle(swap, false).as(Return.class).refund()).isEqualTo(Money.inr(PRICE));
        assertThat(order(swap.bought()).returns().getFirst().exchangedFor()).isEmpty();
    }

    @Test
    void isNotDecidedBeforeTheInspection() {
        var swap = recorded(PRICE);

        assertThat(settle(swap, true).problem().code()).isEqualTo("not_inspected");
        assertThat(settle(swap, false).problem().code()).isEqualTo("not_inspected");
    }

    @Test
    void isNotPaidOutBeforeItIsDecided() {
        var swap = recorded(PRICE);
        inspect(swap, 1);

        assertThat(paidOut(swap).problem().code()).isEqualTo("exchange_open");
        settle(swap, true);
        assertThat(paidOut(swap).as(Return.class).status()).isEqualTo(ReturnStatus.refunded);
    }

    @Test
    void isOffWhenNotAllIsTaken() {
        var swap = recorded(PRICE);

        inspect(swap, 0);

        assertThat(theReturn(swap).status()).isEqualTo(ReturnStatus.refused);
        assertThat(theReturn(swap).exchange().orElseThrow().state()).isEqualTo(ExchangeState.off);
        assertThat(theReturn(swap).refund()).isEqualTo(Money.inr(0));
    }

    @Test
    void isOffWhenNothingComes() {
        var swap = recorded(PRICE);

        client.withKey(key()).post("/returns/" + swap.back() + "/close", new CloseReturn(Closing.not_received));

        assertThat(theReturn(swap).exchange().orElseThrow().state()).isEqualTo(ExchangeState.off);
        assertThat(quote(swap.bought()).refund()).isEqualTo(Money.inr(PRICE));
    }

    @Test
    void isRefusedWhereTheOtherOrderIsNotPaidSo() {
        var bought = bought(PRICE, Optional.empty());
        var back = new ReturnId("RT-" + UUID.randomUUID());
        var other = ordered(PRICE, Optional.of(new PaidByReturn(back, Money.inr(60_000))));

        assertThat(send(bought, back, 0, Optional.of(new ExchangeWanted(other, Money.inr(PRICE))))
                        .problem()
                        .code())
                .isEqualTo("exchange_differs");
        assertThat(send(bought, back, 0, Optional.of(new ExchangeWanted(other, Money.inr(60_000))))
                        .problem()
                        .code())
                .isEqualTo("refund_changed");
        assertThat(send(bought, back, 0, Optional.of(new ExchangeWanted(new OrderId("ord-none"), Money.inr(PRICE))))
                        .problem()
                        .code())
                .isEqualTo("exchange_differs");
        assertThat(send(bought, back, 40_000, Optional.of(new ExchangeWanted(other, Money.inr(60_000))))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void refusesACreditThatIsNotOne() {
        var back = new ReturnId("RT-" + UUID.randomUUID());

        assertThat(client.withKey(key())
                        .post("/orders", order(PRICE, Optional.of(new PaidByReturn(back, Money.inr(0)))))
                        .status())
                .isEqualTo(400);
        assertThat(client.withKey(key())
                        .post("/orders", order(PRICE, Optional.of(new PaidByReturn(back, Money.inr(PRICE + 1)))))
                        .problem()
                        .code())
                .isEqualTo("totals_differ");
    }

    @Test
    void knowsWhoPaidForWhatCameInExchangeUntilItIsTooOften() {
        var first = recorded(PRICE);
        inspect(first, 1);
        settle(first, true);
        confirm(first.other());
        var orders = new ArrayList<>(List.of(first.bought(), first.other()));
        for (int again = 3; again <= 5; again++) {
            var next = recorded(orders.getLast(), LARGE, PRICE);
            assertThat(theReturn(next).paidBy()).isEqualTo(orders.reversed());
            inspect(next, LARGE, 1);
            settle(next, true);
            confirm(next.other());
            orders.add(next.other());
        }

        assertThat(client.post("/return-quotes", asked(orders.getLast(), LARGE, true))
                        .problem()
                        .code())
                .isEqualTo("exchanged_too_often");
        var forMoney = client.post("/return-quotes", asked(orders.getLast(), LARGE, false))
                .as(ReturnQuote.class);
        assertThat(forMoney.goods()).isEqualTo(Money.inr(PRICE));
        assertThat(forMoney.paidBy()).contains(orders.reversed());
    }

    private static Swap recorded(long otherCosts) {
        return recorded(bought(PRICE, Optional.empty()), MEDIUM, otherCosts);
    }

    private static Swap recorded(OrderId bought, Sku goesBack, long otherCosts) {
        var back = new ReturnId("RT-" + UUID.randomUUID());
        long credit = Math.min(PRICE, otherCosts);
        var other = ordered(otherCosts, Optional.of(new PaidByReturn(back, Money.inr(credit))));
        var sent =
                send(bought, goesBack, back, PRICE - credit, Optional.of(new ExchangeWanted(other, Money.inr(credit))));
        assertThat(sent.status()).as(sent.toString()).isEqualTo(201);
        return new Swap(bought, other, back, credit, PRICE - credit);
    }

    private static Answer send(OrderId bought, ReturnId back, long refund, Optional<ExchangeWanted> exchange) {
        return send(bought, MEDIUM, back, refund, exchange);
    }

    private static Answer send(
            OrderId bought, Sku goesBack, ReturnId back, long refund, Optional<ExchangeWanted> exchange) {
        return client.withKey(key())
                .post(
                        "/returns",
                        new RecordReturn(
                                back,
                                bought,
                                ASHA,
                                new QuoteId("quote-1"),
                                ReturnReason.does_not_fit,
                                List.of(new ReturnLine(goesBack, 1, Optional.empty())),
                                Money.inr(0),
                                Money.inr(refund),
                                exchange));
    }

    private static OrderId bought(long price, Optional<PaidByReturn> exchange) {
        var order = ordered(price, exchange);
        confirm(order);
        return order;
    }

    private static void confirm(OrderId order) {
        client.withKey(key())
                .post(
                        "/orders/" + order + "/transitions",
                        new TransitionOrder(OrderStatus.confirmed, Optional.empty(), Optional.empty()));
    }

    private static OrderId ordered(long price, Optional<PaidByReturn> exchange) {
        var order = order(price, exchange);
        assertThat(client.withKey(key()).post("/orders", order).status()).isEqualTo(201);
        return order.orderId();
    }

    /** What comes in exchange is the larger one. */
    private static RecordOrder order(long price, Optional<PaidByReturn> exchange) {
        var sku = exchange.isPresent() ? LARGE : MEDIUM;
        long credit = exchange.map(paid -> paid.credit().minor()).orElse(0L);
        return new RecordOrder(
                new OrderId("ord-" + UUID.randomUUID()),
                ASHA,
                new ConversationId("conv-1"),
                new QuoteId("quote-1"),
                "web",
                List.of(new PricedLine(sku, new ProductId("P-1"), "Cotton kurta", "M", "blue", 1, Money.inr(price))),
                Money.inr(0),
                Money.inr(0),
                Money.inr(0),
                Money.inr(Math.max(0, price - credit)),
                new Address("Asha Rao", "12 MG Road", "Bengaluru", "560001"),
                "standard",
                LocalDate.of(2026, 12, 1),
                exchange);
    }

    private static void rules(Optional<Money> exchangeFee) {
        client.withKey(key())
                .put(
                        "/return-rules",
                        new ReturnRules(List.of(new ReturnRule("*", 30, false, Money.inr(4_900), exchangeFee))));
    }

    private static ReturnQuote quote(OrderId order) {
        return client.post("/return-quotes", asked(order, MEDIUM, true)).as(ReturnQuote.class);
    }

    private static QuoteReturn asked(OrderId order, Sku sku, boolean exchange) {
        return new QuoteReturn(
                ASHA,
                order,
                ReturnReason.does_not_fit,
                List.of(new ReturnLine(sku, 1, Optional.empty())),
                Optional.of(exchange));
    }

    private static void inspect(Swap swap, int accepted) {
        inspect(swap, MEDIUM, accepted);
    }

    private static void inspect(Swap swap, Sku sku, int accepted) {
        var line = new InspectedLine(
                sku, accepted, 1 - accepted, accepted == 1 ? Optional.empty() : Optional.of(ReturnRefusal.worn));
        client.withKey(key())
                .post("/returns/" + swap.back() + "/inspection", new InspectReturn("staff-ravi", List.of(line)));
    }

    private static Answer settle(Swap swap, boolean agreed) {
        return client.withKey(key()).post("/returns/" + swap.back() + "/exchange", new SettleExchange(agreed));
    }

    private static Answer paidOut(Swap swap) {
        return client.withKey(key())
                .post(
                        "/returns/" + swap.back() + "/settle",
                        new SettleReturn(Settlement.nothing_due, Optional.empty()));
    }

    private static Return theReturn(Swap swap) {
        return client.get("/returns/" + swap.back()).as(Return.class);
    }

    private static Order order(OrderId order) {
        return client.get("/orders/" + order).as(Order.class);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
