package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.inspection;
import static io.journeyman.workflows.Shop.returning;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PostPurchase.ExchangeState;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.workflows.World.Gateway;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.checkout.Checkout.OrderResult;
import io.journeyman.workflows.returns.Return;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Order o1 comes in exchange for what return b1 brings back of order o0. */
@Timeout(180)
class ExchangeTest {
    private static final Money NOTHING = Money.inr(0);
    private static final Money DIFFERENCE = Money.inr(50_000);
    private static final Money CREDIT = Money.inr(20_000);

    private final Shop shop = new Shop();
    private final World world = shop.world;
    private final Checkout checkout = shop.checkout("o1");
    private final Return back = shop.startedReturn("b1");

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void sendsTheOtherPieceOnceWhatGoesBackWasTaken() {
        startAndWait(NOTHING);
        assertThat(world.holds).containsEntry("o1", "held");
        assertThat(world.orders).containsEntry("o1", OrderStatus.pending);
        assertThat(world.parcels).doesNotContainKey("o1");

        assertThat(back.arrived()).isEqualTo("arrived");
        assertThat(back.inspect(inspection(2))).isEqualTo("inspected");

        assertThat(result().status()).isEqualTo(JourneyStatus.completed);
        assertThat(returned()).isEqualTo(JourneyStatus.completed);
        assertThat(world.orders).containsEntry("o1", OrderStatus.confirmed);
        assertThat(world.holds).containsEntry("o1", "allocated");
        assertThat(world.parcels).containsEntry("o1", "created");
        assertThat(world.benefits).containsEntry("o1", "committed");
        assertThat(shop.exists("delivery-o1")).isTrue();
        assertThat(world.tookBack).containsExactly(Map.entry("b1", 2));
        assertThat(world.settled).containsEntry("b1", Settlement.nothing_due);
        assertThat(world.refunds).isEmpty();
        assertThat(world.charges).isZero();
        assertThat(world.told()).contains("exchange_label", "return_exchanged", "exchange_sent");
    }

    @Test
    void keepsTheOtherPieceAsLongAsTheParcelTakes() {
        startAndWait(NOTHING);
        world.available = 0;

        shop.temporal.sleep(Return.SEND_WITHIN.minusHours(1));
        assertThat(world.holds).containsEntry("o1", "held");
        assertThat(world.holdsUntil.get("o1")).isAfter(shop.now());
        back.inspect(inspection(2));

        assertThat(result().status()).isEqualTo(JourneyStatus.completed);
        assertThat(world.holds).containsEntry("o1", "allocated");
    }

    @Test
    void takesTheDifferenceBeforeAnythingGoesBack() {
        startAndWait(DIFFERENCE);
        assertThat(world.payment("o1", 1)).isEqualTo("captured");

        back.inspect(inspection(2));

        assertThat(result().status()).isEqualTo(JourneyStatus.completed);
        assertThat(world.charges).isEqualTo(1);
        assertThat(world.calls.stream().filter("capture"::equals)).hasSize(1);
    }

    @Test
    void asksForTheMethodThatPaysTheDifference() {
        WorkflowClient.start(checkout::checkout, shop.exchange(DIFFERENCE, Optional.empty()));
        waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
        assertThat(shop.exists("return-b1")).isFalse();

        assertThat(checkout.pay(CARD)).isEqualTo("accepted");

        waitUntil(() -> world.told().contains("exchange_label"));
        assertThat(world.payment("o1", 1)).isEqualTo("captured");
    }

    @Test
    void refundsWhatThePiecesWereWorthMore() {
        world.credit = Money.inr(100_000);
        startAndWait(NOTHING);

        back.inspect(inspection(2));

        assertThat(returned()).isEqualTo(JourneyStatus.completed);
        assertThat(world.refundedOf).containsOnly(Map.entry("b1", "o0 20000"));
        assertThat(world.told()).contains("return_refunded");
        assertThat(result().status()).isEqualTo(JourneyStatus.completed);
    }

    @Test
    void undoesEverythingWhenNothingComesInTime() {
        startAndWait(DIFFERENCE);

        assertThat(result().code()).isEqualTo("return_not_received");
        assertUndone("not_received");
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
        assertThat(world.charges).isZero();
    }

    @Test
    void isCalledOffThroughTheOrder() {
        startAndWait(DIFFERENCE);

        assertThat(checkout.cancel("")).isEqualTo("cancelling");

        assertThat(result().code()).isEqualTo("return_cancelled");
        assertUndone("cancelled");
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
    }

    @Test
    void isCalledOffThroughTheReturn() {
        startAndWait(NOTHING);

        assertThat(back.cancel("")).isEqualTo("cancelling");

        assertThat(result().code()).isEqualTo("return_cancelled");
        assertUndone("cancelled");
    }

    @Test
    void isNotCalledOffOnceTheParcelIsThere() {
        startAndWait(NOTHING);
        assertThat(back.arrived()).isEqualTo("arrived");
        waitUntil(() -> back.progress().waitingFor().equals("inspection"));
        waitUntil(() -> checkout.cancel("").equals("too_late"));

        back.inspect(inspection(2));

        assertThat(result().status()).isEqualTo(JourneyStatus.completed);
        assertThat(world.orders).containsEntry("o1", OrderStatus.confirmed);
    }

    @Test
    void becomesAReturnForMoneyWhenOnlyAPartIsTaken() {
        startAndWait(DIFFERENCE);

        back.inspect(inspection(1));

        assertThat(result().code()).isEqualTo("exchange_off");
        assertThat(returned()).isEqualTo(JourneyStatus.completed);
        assertThat(world.refundedOf).containsOnly(Map.entry("b1", "o0 120000"));
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
        assertThat(world.holds).containsEntry("o1", "released");
        assertThat(world.tookBack).containsExactly(Map.entry("b1", 1));
    }

    @Test
    void endsWhenNothingIsTaken() {
        startAndWait(NOTHING);

        back.inspect(inspection(0));

        assertThat(result().code()).isEqualTo("return_refused");
        assertUndone("refused");
        assertThat(returned()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).contains("return_refused", "order_cancelled");
    }

    @Test
    void refundsInMoneyWhenTheOtherPieceIsGoneAfterAll() {
        startAndWait(NOTHING);
        world.holds.put("o1", "expired");
        world.available = 0;

        back.inspect(inspection(2));

        assertThat(result().code()).isEqualTo("exchange_off");
        assertThat(returned()).isEqualTo(JourneyStatus.completed);
        assertThat(world.exchanges).containsEntry("b1", ExchangeState.off);
        assertThat(world.refundedOf).containsOnly(Map.entry("b1", "o0 120000"));
        assertThat(world.orders).containsEntry("o1", OrderStatus.cancelled);
    }

    @Test
    void holdsTheOtherPieceAnewWhenItsHoldHadExpired() {
        startAndWait(NOTHING);
        world.holds.put("o1", "expired");

        back.inspect(inspection(2));

        assertThat(result().status()).isEqualTo(JourneyStatus.completed);
        assertThat(world.holds).containsEntry("o1", "allocated");
        assertThat(world.refunds).isEmpty();
    }

    @Test
    void looksAgainSoonWhenTheRecordDidNotAnswer() {
        startAndWait(NOTHING);
        var before = shop.now();
        world.refused.put("exchangeStands", 2);

        back.inspect(inspection(2));
        assertThat(returned()).isEqualTo(JourneyStatus.completed);

        assertThat(result().status()).isEqualTo(JourneyStatus.completed);
        assertThat(endOfCheckout()).isBefore(before.plus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"takeBackReturn", "allocateHold", "settleExchange", "returnBenefits", "settleReturn"})
    void goesForwardOnceTheReturnsAgentIsBack(String operation) {
        startAndWait(NOTHING);
        world.refused.put(operation, 2);

        back.inspect(inspection(2));

        assertThat(returned()).isEqualTo(JourneyStatus.completed);
        assertThat(result().status()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).contains("return_stuck", "return_exchanged", "exchange_sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"createShipment", "transitionOrder", "commitBenefits"})
    void goesForwardOnceTheOrdersAgentIsBack(String operation) {
        startAndWait(NOTHING);
        world.refused.put(operation, 2);

        back.inspect(inspection(2));

        assertThat(result().status()).isEqualTo(JourneyStatus.completed);
        assertThat(world.orders).containsEntry("o1", OrderStatus.confirmed);
        assertThat(world.holds).containsEntry("o1", "allocated");
        assertThat(world.benefits).containsEntry("o1", "committed");
    }

    @Test
    void speaksForNothingWhenItsDifferenceIsNotPaid() {
        world.gateway.add(Gateway.declines_insufficient_funds);
        WorkflowClient.start(checkout::checkout, shop.exchange(DIFFERENCE, Optional.of(CARD)));

        assertThat(result().code()).isEqualTo("insufficient_funds");
        assertThat(world.orders).containsEntry("o1", OrderStatus.cancelled);
        assertThat(world.returns).containsEntry("b1", "cancelled");
        assertThat(world.holds).containsEntry("o1", "released");
        assertThat(shop.exists("return-b1")).isFalse();
    }

    @Test
    void isNotBegunWhenThePiecesCannotGoBack() {
        world.returnRefused = "window_over";
        WorkflowClient.start(checkout::checkout, shop.exchange(NOTHING, Optional.empty()));

        assertThat(result().code()).isEqualTo("window_over");
        assertThat(world.orders).containsEntry("o1", OrderStatus.cancelled);
        assertThat(world.returns).containsEntry("b1", "cancelled");
        assertThat(world.calls).doesNotContain("placeHold");
    }

    /** A worker that died had recorded order and return; the order's record does not answer a second time. */
    @Test
    void speaksForNothingWhenItsRecordIsAwayAfterAWorkerDied() {
        world.returns.put("b1", "requested");
        world.refused.put("recordOrder", 1);
        WorkflowClient.start(checkout::checkout, shop.exchange(NOTHING, Optional.empty()));

        assertThat(result().code()).isEqualTo("agent_unavailable");
        assertUndone("cancelled");
    }

    /** Only the timer ends the task in which all before it was done; nothing of that can be lost any more. */
    @ParameterizedTest
    @ValueSource(longs = {0, 50_000})
    void letsThePiecesBeSentBackOnceItOnlyWaitsForThem(long paidByCredit) {
        world.close("startReturn");
        var difference = Money.inr(paidByCredit);
        WorkflowClient.start(checkout::checkout, shop.exchange(difference, Optional.empty(), difference));
        waitUntil(() -> world.waitsAt("startReturn"));

        assertThat(shop.history("checkout-o1", EventType.EVENT_TYPE_TIMER_FIRED))
                .isTrue();
        world.open("startReturn");
        waitUntil(() -> world.told().contains("exchange_label"));
    }

    @Test
    void isNotBegunWhenTheOtherPieceIsSoldOut() {
        world.available = 0;
        WorkflowClient.start(checkout::checkout, shop.exchange(DIFFERENCE, Optional.of(CARD)));

        assertThat(result().code()).isEqualTo("out_of_stock");
        assertThat(world.returns).containsEntry("b1", "cancelled");
        assertThat(world.charges).isZero();
    }

    @Test
    void refundsWhatCameInExchangeFromBothPayments() {
        world.paidBy = List.of(new OrderId("o1"), new OrderId("o0"));
        world.captured.put("o1", DIFFERENCE);
        world.money.put("o0", new TreeMap<>(Map.of(1, "captured")));
        var again = shop.back("b2");
        WorkflowClient.start(again::sendBack, returning("b2"));
        waitUntil(() -> world.told().contains("return_label"));

        again.inspect(inspection(2));

        assertThat(WorkflowStub.fromTyped(again).getResult(JourneyStatus.class)).isEqualTo(JourneyStatus.completed);
        assertThat(world.refundedOf).containsOnly(Map.entry("b2", "o1 50000"), Map.entry("b2.part2", "o0 70000"));
        assertThat(world.settled).containsEntry("b2", Settlement.original_method);
        assertThat(world.news.getLast().facts()).containsEntry("amountMinor", "120000");
    }

    @Test
    void refundsTwoPartsOfWhatCameInExchangeAtTheSameMoment() {
        world.paidBy = List.of(new OrderId("o1"), new OrderId("o0"));
        world.captured.put("o1", DIFFERENCE);
        var one = shop.back("b2");
        var other = shop.back("b3");
        world.money.put("o0", new TreeMap<>(Map.of(1, "captured")));
        WorkflowClient.start(one::sendBack, returning("b2"));
        WorkflowClient.start(other::sendBack, returning("b3"));
        waitUntil(() -> Collections.frequency(world.told(), "return_label") == 2);
        world.close("refund");

        one.inspect(inspection(2));
        other.inspect(inspection(2));
        waitUntil(() -> Collections.frequency(world.calls, "attempts") == 2);
        world.open("refund");

        for (var back : List.of(one, other)) {
            assertThat(WorkflowStub.fromTyped(back).getResult(JourneyStatus.class))
                    .isEqualTo(JourneyStatus.completed);
        }
        assertThat(world.refundedOf.values()).containsExactlyInAnyOrder("o1 50000", "o0 70000", "o0 120000");
        assertThat(world.settled)
                .containsEntry("b2", Settlement.original_method)
                .containsEntry("b3", Settlement.original_method);
        assertThat(world.told()).doesNotContain("refund_failed");
    }

    @Test
    void takesStoreCreditForAPartOfTheDifferenceAndTheCardForTheRest() {
        startAndWait(DIFFERENCE, Optional.of(CARD), CREDIT);
        assertThat(world.creditUses).containsEntry("o1", "reserved");
        assertThat(world.payment("o1", 1)).isEqualTo("captured");

        back.inspect(inspection(2));

        assertThat(result().status()).isEqualTo(JourneyStatus.completed);
        assertThat(world.creditUses).containsEntry("o1", "spent");
        assertThat(world.taken).containsEntry("o1", DIFFERENCE.minus(CREDIT));
    }

    @Test
    void needsNoMethodWhereStoreCreditPaysAllOfTheDifference() {
        startAndWait(DIFFERENCE, Optional.empty(), DIFFERENCE);
        assertThat(world.charges).isZero();

        back.inspect(inspection(2));

        assertThat(result().status()).isEqualTo(JourneyStatus.completed);
        assertThat(world.creditUses).containsEntry("o1", "spent");
    }

    @Test
    void givesTheStoreCreditBackWhenNothingIsExchanged() {
        startAndWait(DIFFERENCE, Optional.of(CARD), CREDIT);

        back.inspect(inspection(0));

        assertThat(result().code()).isEqualTo("return_refused");
        assertUndone("refused");
        assertThat(world.creditUses).containsEntry("o1", "released");
        assertThat(world.spendableCredit).isEqualTo(CREDIT.minor());
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
    }

    @Test
    void isNotBegunWhenTheStoreCreditIsGone() {
        var order = shop.exchange(DIFFERENCE, Optional.of(CARD), CREDIT);
        world.spendableCredit = 0;
        WorkflowClient.start(checkout::checkout, order);

        assertThat(result().code()).isEqualTo("credit_gone");
        assertThat(world.returns).containsEntry("b1", "cancelled");
        assertThat(world.charges).isZero();
    }

    @Test
    void refundsWhatCameInExchangeInProportionAlsoWhereStoreCreditHadPaidOfIt() {
        world.paidBy = List.of(new OrderId("o1"), new OrderId("o0"));
        world.paidByCredit("o1", CREDIT);
        world.leftOf.put("o1", DIFFERENCE.minor());
        world.captured.put("o1", DIFFERENCE.minus(CREDIT));
        world.money.put("o0", new TreeMap<>(Map.of(1, "captured")));
        var again = shop.back("b2");
        WorkflowClient.start(again::sendBack, returning("b2"));
        waitUntil(() -> world.told().contains("return_label"));

        again.inspect(inspection(2));

        assertThat(WorkflowStub.fromTyped(again).getResult(JourneyStatus.class)).isEqualTo(JourneyStatus.completed);
        assertThat(world.refundedCredit).containsOnly(Map.entry("b2.o1", 20_000L));
        assertThat(world.refundedOf).containsOnly(Map.entry("b2", "o1 30000"), Map.entry("b2.part2", "o0 70000"));
        assertThat(world.news.getLast().facts())
                .containsEntry("creditMinor", "20000")
                .containsEntry("restMinor", "100000");
    }

    @Test
    void goesOnToTheFirstPaymentWhereStoreCreditHadPaidAllOfTheDifference() {
        world.paidBy = List.of(new OrderId("o1"), new OrderId("o0"));
        world.paidByCredit("o1", DIFFERENCE);
        world.leftOf.put("o1", DIFFERENCE.minor());
        var again = shop.back("b2");
        world.money.remove("o1");
        world.methods.remove("o1");
        world.money.put("o0", new TreeMap<>(Map.of(1, "captured")));
        WorkflowClient.start(again::sendBack, returning("b2"));
        waitUntil(() -> world.told().contains("return_label"));

        again.inspect(inspection(2));

        assertThat(WorkflowStub.fromTyped(again).getResult(JourneyStatus.class)).isEqualTo(JourneyStatus.completed);
        assertThat(world.refundedCredit).containsOnly(Map.entry("b2.o1", 50_000L));
        assertThat(world.refundedOf).containsOnly(Map.entry("b2", "o0 70000"));
    }

    @Test
    void paysOutByHandOnlyWhatHadBeenPaidInCash() {
        world.paidBy = List.of(new OrderId("o1"), new OrderId("o0"));
        world.captured.put("o1", DIFFERENCE);
        var again = shop.back("b2");
        world.methods.put("o0", new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty()));
        WorkflowClient.start(again::sendBack, returning("b2"));
        waitUntil(() -> world.told().contains("return_label"));
        again.inspect(inspection(2));
        waitUntil(() -> again.progress().waitingFor().equals("payout"));

        assertThat(again.paidOut("UPI 9")).isEqualTo("paid_out");

        assertThat(WorkflowStub.fromTyped(again).getResult(JourneyStatus.class)).isEqualTo(JourneyStatus.completed);
        assertThat(world.refundedOf).containsOnly(Map.entry("b2", "o1 50000"));
        assertThat(world.news.getLast().facts()).containsEntry("restMinor", "70000");
        assertThat(world.settled).containsEntry("b2", Settlement.by_hand);
    }

    @Test
    void asksStaffWhenNobodyEverLooksAtTheParcel() {
        startAndWait(NOTHING);
        assertThat(back.arrived()).isEqualTo("arrived");

        shop.temporal.sleep(Return.LONGEST.plus(Duration.ofDays(2)));

        assertThat(result().status()).isEqualTo(JourneyStatus.failed);
        assertThat(world.holds).containsEntry("o1", "released");
    }

    private void startAndWait(Money difference) {
        startAndWait(shop.exchange(difference, Optional.of(CARD)));
    }

    private void startAndWait(Money difference, Optional<PaymentMethod> method, Money credit) {
        startAndWait(shop.exchange(difference, method, credit));
    }

    private void startAndWait(Checkout.Order order) {
        WorkflowClient.start(checkout::checkout, order);
        waitUntil(() -> world.told().contains("exchange_label"));
        waitUntil(() -> checkout.progress().waitingFor().equals("return"));
    }

    private void assertUndone(String returnStands) {
        assertThat(world.orders).containsEntry("o1", OrderStatus.cancelled);
        assertThat(world.holds).containsEntry("o1", "released");
        assertThat(world.benefits).containsEntry("o1", "released");
        assertThat(world.available).isEqualTo(10);
        assertThat(world.returns).containsEntry("b1", returnStands);
        assertThat(world.tookBack).isEmpty();
        assertThat(world.refunds).isEmpty();
    }

    /** By the shop's clock, which goes on with the delivery meanwhile. */
    private Instant endOfCheckout() {
        var ended = shop.temporal
                .getWorkflowClient()
                .fetchHistory("checkout-o1")
                .getEvents()
                .getLast()
                .getEventTime();
        return Instant.ofEpochSecond(ended.getSeconds(), ended.getNanos());
    }

    private OrderResult result() {
        return WorkflowStub.fromTyped(checkout).getResult(OrderResult.class);
    }

    private JourneyStatus returned() {
        return WorkflowStub.fromTyped(back).getResult(JourneyStatus.class);
    }
}
