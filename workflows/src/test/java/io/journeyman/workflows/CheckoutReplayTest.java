package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.OTHER_CARD;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.replay.FailedPayment;
import io.journeyman.activities.replay.ReplayOutcome;
import io.journeyman.activities.replay.ReplayResult;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.workflows.World.Gateway;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.replay.CheckoutDriver;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Staff have a failed payment tried again, while its order waits and after it has ended. */
@Timeout(120)
class CheckoutReplayTest {
    private final Shop shop = new Shop();
    private final World world = shop.world;
    private final CheckoutDriver driver = new CheckoutDriver(shop.temporal.getWorkflowClient());
    private Instant validUntil = Instant.MAX;

    /** How much of the order store credit pays. */
    private Optional<Money> credit = Optional.empty();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void chargesTheCardAgainWhileTheOrderWaitsForAnother() {
        var checkout = declined();

        assertThat(replay("staff-1")).isEqualTo(new ReplayOutcome(ReplayResult.replayed_paid, ""));

        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertPaidOnce(2);
    }

    @Test
    void saysThatItWasDeclinedAgainAndWaitsOn() {
        var checkout = declined();
        world.gateway.add(Gateway.declines_expired_card);

        assertThat(replay("staff-1")).isEqualTo(new ReplayOutcome(ReplayResult.declined_again, "expired_card"));

        assertThat(checkout.progress().waitingFor()).isEqualTo("payment_method");
        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertPaidOnce(3);
    }

    @Test
    void startsAnOrderAgainThatHadEnded() {
        failed();

        assertThat(replay("staff-1").result()).isEqualTo(ReplayResult.replayed_paid);

        assertPaidOnce(2);
        assertThat(world.available).isEqualTo(9);
        assertThat(world.told()).containsExactly("payment_declined", "payment_failed", "order_confirmed");
    }

    @Test
    void setsTheCreditAsideAnewThatPaysAPartOfTheOrder() {
        credit = Optional.of(Money.inr(59_900));
        failed();
        assertThat(world.spendableCredit).isEqualTo(59_900);

        assertThat(replay("staff-1").result()).isEqualTo(ReplayResult.replayed_paid);

        assertThat(world.taken).containsEntry("o1", Money.inr(200_000));
        assertThat(world.spendableCredit).isZero();
        assertThat(world.creditUses.values()).containsExactlyInAnyOrder("released", "spent");
    }

    @Test
    void isDoneOnceHoweverOftenItIsAsked() {
        failed();
        replay("staff-1");

        assertThat(replay("staff-1").result()).isEqualTo(ReplayResult.already_paid);
        assertThat(replay("staff-2").result()).isEqualTo(ReplayResult.already_paid);

        assertPaidOnce(2);
        assertThat(world.told()).containsExactly("payment_declined", "payment_failed", "order_confirmed");
    }

    @Test
    void anOrderWhosePaymentWasSecuredThoughItsJourneyFailedIsNotChargedAgain() {
        failed();
        world.money.get("o1").put(2, "authorised");
        world.charges = 1;

        assertThat(replay("staff-1").result()).isEqualTo(ReplayResult.already_paid);

        assertPaidOnce(2);
    }

    @Test
    void leavesTheOrderAsItWasWhenTheStockIsGone() {
        failed();
        world.available = 0;

        assertThat(replay("staff-1")).isEqualTo(new ReplayOutcome(ReplayResult.stock_gone, "out_of_stock"));

        assertThat(world.orders).containsEntry("o1", OrderStatus.payment_failed);
        assertThat(world.charges).isZero();
        world.available = 1;
        assertThat(replay("staff-2").result()).isEqualTo(ReplayResult.replayed_paid);
        assertThat(world.available).isZero();
    }

    /** The record answers when the order has given up waiting for it. */
    @Test
    void leavesTheOrderAsItWasWhenItsRecordIsAway() {
        failed();
        world.down.put("recordOrder", 150);

        assertThat(result(start(Optional.of(CARD))).code()).isEqualTo("payment_failed");

        assertThat(world.orders).containsEntry("o1", OrderStatus.payment_failed);
        assertThat(world.available).isEqualTo(10);
        assertThat(world.told()).doesNotContain("order_cancelled");
        assertThat(replay("staff-1").result()).isEqualTo(ReplayResult.replayed_paid);
        assertPaidOnce(2);
    }

    @Test
    void undoesNothingOfAPaidOrderWhoseRecordIsAway() {
        result(start(Optional.of(CARD)));
        world.down.put("recordOrder", 1_000);

        assertThat(result(start(Optional.of(CARD))).code()).isEqualTo("confirmed");

        assertPaidOnce(1);
        assertThat(world.holds).containsEntry("o1", "allocated");
        assertThat(world.parcels).containsEntry("o1", "created");
        assertThat(world.told()).containsExactly("order_confirmed");
    }

    @Test
    void touchesNothingOnceThePriceIsNotHonouredAnyMore() {
        failed();
        int told = world.told().size();
        validUntil = shop.now().minusSeconds(1);

        assertThat(replay("staff-1").result()).isEqualTo(ReplayResult.price_honoured_until_passed);

        assertThat(world.orders).containsEntry("o1", OrderStatus.payment_failed);
        assertThat(world.told()).hasSize(told);
        assertThat(world.charges).isZero();
    }

    @Test
    void honoursThePriceAsLongAsStaffSay() {
        failed();
        validUntil = shop.now().minusSeconds(1);

        var outcome = driver.replay(payment(), "staff-1", Optional.of(shop.now().plus(Duration.ofHours(1))));

        assertThat(outcome.result()).isEqualTo(ReplayResult.replayed_paid);
        assertPaidOnce(2);
    }

    @Test
    void needsTheCustomerWhoNeverGaveAMethod() {
        var checkout = shop.checkout("o1");
        assertThat(checkout.checkout(shop.order("o1", Optional.empty())).code()).isEqualTo("payment_failed");

        assertThat(replay("staff-1")).isEqualTo(new ReplayOutcome(ReplayResult.needs_customer, "no_method"));

        var again = shop.startedCheckout("o1");
        assertThat(again.pay(CARD)).isEqualTo("accepted");
        assertThat(result(again).code()).isEqualTo("confirmed");
        assertPaidOnce(1);
    }

    @Test
    void waitsForTheGatewayBeforeAnythingElse() {
        world.gateway.add(Gateway.loses_the_answer_after_charging);
        world.inquiriesUntilTold = 100;
        var checkout = start(Optional.of(CARD));
        shop.temporal.sleep(Duration.ofMinutes(45));
        waitUntil(() -> world.told().contains("payment_unresolved"));

        assertThat(replay("staff-1").result()).isEqualTo(ReplayResult.unresolved);

        world.inquiriesUntilTold = 0;
        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertPaidOnce(1);
    }

    @Test
    void leavesTheCustomerTimeWhoIsAtTheirBank() {
        world.gateway.add(Gateway.asks_the_customer);
        world.inquiriesUntilTold = 10_000;
        var checkout = start(Optional.of(CARD));
        waitUntil(() -> world.told().contains("payment_confirmation_needed"));

        assertThat(replay("staff-1")).isEqualTo(new ReplayOutcome(ReplayResult.needs_customer, "three_d_secure"));

        assertThat(world.calls).doesNotContain("void");
        world.inquiriesUntilTold = 0;
        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertPaidOnce(1);
    }

    @Test
    void hearsHowItEndsWhenTheCustomerHasConfirmedAtTheBankMeanwhile() {
        world.gateway.add(Gateway.asks_the_customer);
        world.close("capture");
        var checkout = start(Optional.of(CARD));
        waitUntil(() -> world.waitsAt("capture"));

        var staff = CompletableFuture.supplyAsync(() -> replay("staff-1"), Thread::startVirtualThread);
        waitUntil(() -> shop.history("checkout-o1", EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED));
        world.open("capture");

        assertThat(staff.join()).isEqualTo(new ReplayOutcome(ReplayResult.already_paid, ""));
        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertPaidOnce(1);
    }

    @Test
    void chargesOnceThoughStaffAndTheCustomerActAtOnce() {
        world.available = 100;
        for (int round = 0; round < 30; round++) {
            world.gateway.clear();
            world.charges = 0;
            String id = "race-" + round;
            world.gateway.add(Gateway.declines_insufficient_funds);
            var checkout = shop.checkout(id);
            WorkflowClient.start(checkout::checkout, shop.order(id, Optional.of(CARD)));
            waitUntil(() -> checkout.progress().code().equals("payment_declined"));

            var staff = IntStream.range(0, 3)
                    .mapToObj(n -> CompletableFuture.supplyAsync(
                            () -> driver.replay(payment(id), "staff-" + n, Optional.empty()),
                            Thread::startVirtualThread))
                    .toList();
            var customer = CompletableFuture.supplyAsync(() -> checkout.pay(OTHER_CARD), Thread::startVirtualThread);
            staff.forEach(CompletableFuture::join);
            customer.join();

            assertThat(result(checkout).code()).isEqualTo("confirmed");
            assertThat(world.charges).isEqualTo(1);
            assertThat(staff)
                    .allSatisfy(answer -> assertThat(answer.join().result())
                            .isIn(ReplayResult.replayed_paid, ReplayResult.already_paid));
        }
    }

    @Test
    void leavesACancelledOrderCancelled() {
        var checkout = start(Optional.empty());
        waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
        checkout.cancel("");
        assertThat(result(checkout).status()).isEqualTo(JourneyStatus.cancelled);

        assertThat(replay("staff-1").result()).isEqualTo(ReplayResult.skipped);

        assertThat(world.orders).containsEntry("o1", OrderStatus.cancelled);
        assertThat(world.charges).isZero();
    }

    /** A checkout that waits for another card. */
    private Checkout declined() {
        world.gateway.add(Gateway.declines_insufficient_funds);
        var checkout = start(Optional.of(CARD));
        waitUntil(() -> world.told().contains("payment_declined"));
        return checkout;
    }

    /** A checkout that has ended because its payment failed. */
    private void failed() {
        world.gateway.add(Gateway.declines_insufficient_funds);
        assertThat(shop.checkout("o1")
                        .checkout(credit.map(pays -> shop.order("o1", Optional.of(CARD), pays))
                                .orElseGet(() -> shop.order("o1", Optional.of(CARD))))
                        .code())
                .isEqualTo("payment_failed");
    }

    private Checkout start(Optional<PaymentMethod> method) {
        var checkout = shop.checkout("o1");
        WorkflowClient.start(checkout::checkout, shop.order("o1", method));
        return checkout;
    }

    private ReplayOutcome replay(String by) {
        return driver.replay(payment(), by, Optional.empty());
    }

    private FailedPayment payment() {
        return payment("o1");
    }

    private FailedPayment payment(String id) {
        var order = shop.order(id, Optional.empty());
        return new FailedPayment(
                new OrderId(id),
                order.quoteId(),
                order.conversationId(),
                order.customerId(),
                order.channel(),
                order.total(),
                "insufficient_funds",
                shop.now(),
                false,
                validUntil.equals(Instant.MAX) ? order.quoteValidUntil() : validUntil,
                Optional.empty(),
                credit);
    }

    private static Checkout.OrderResult result(Checkout checkout) {
        return WorkflowStub.fromTyped(checkout).getResult(Checkout.OrderResult.class);
    }

    private void assertPaidOnce(int attempt) {
        assertThat(world.payment("o1", attempt)).isEqualTo("captured");
        assertThat(world.charges).isEqualTo(1);
        assertThat(world.orders).containsEntry("o1", OrderStatus.confirmed);
    }
}
