package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.OTHER_CARD;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.workflows.World.Gateway;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.checkout.Checkout.OrderResult;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checkouts that store credit pays a part of, or all. */
@Timeout(120)
class StoreCreditTest {
    private static final Money CREDIT = Money.inr(59_900);
    private static final Money REST = Money.inr(200_000);

    private final Shop shop = new Shop();
    private final World world = shop.world;

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void spendsTheCreditAndTakesTheRestFromTheCard() {
        assertThat(run(Optional.of(CARD), CREDIT).code()).isEqualTo("confirmed");

        assertThat(world.creditUses).containsEntry("o1", "spent");
        assertThat(world.taken).containsEntry("o1", REST);
        assertThat(world.spendableCredit).isZero();
        assertThat(world.told()).containsExactly("order_confirmed");
    }

    @Test
    void needsNoCardForWhatCreditPaysAllOf() {
        assertThat(run(Optional.empty(), Shop.TOTAL).code()).isEqualTo("confirmed");

        assertThat(world.creditUses).containsEntry("o1", "spent");
        assertThat(world.money).isEmpty();
        assertThat(world.told()).containsExactly("order_confirmed");
    }

    @Test
    void keepsTheCreditSetAsideWhileAnotherCardIsAskedFor() {
        world.gateway.add(Gateway.declines_insufficient_funds);
        var checkout = start(Optional.of(CARD), CREDIT);
        waitUntil(() -> world.told().contains("payment_declined"));
        assertThat(world.creditUses).containsEntry("o1", "reserved");

        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertThat(world.taken).containsEntry("o1", REST);
        assertThat(world.creditUses).containsEntry("o1", "spent");
    }

    @Test
    void givesTheCreditBackWhenNobodyPaysTheRest() {
        world.gateway.add(Gateway.declines_expired_card);

        assertThat(run(Optional.of(CARD), CREDIT).code()).isEqualTo("payment_failed");

        assertUndone(OrderStatus.payment_failed);
    }

    @Test
    void givesTheCreditBackWhenTheCustomerCancels() {
        var checkout = start(Optional.empty(), CREDIT);
        waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));

        assertThat(checkout.cancel("")).isEqualTo("cancelling");
        assertThat(result(checkout).status()).isEqualTo(JourneyStatus.cancelled);
        assertUndone(OrderStatus.cancelled);
    }

    @Test
    void givesTheCreditBackWhenTheCaptureIsRefused() {
        world.captureRefused = true;

        assertThat(run(Optional.of(CARD), CREDIT).code()).isEqualTo("payment_failed");

        assertUndone(OrderStatus.payment_failed);
    }

    @Test
    void endsWhenTheCreditWasUsedElsewhereMeanwhile() {
        var order = shop.order("o1", Optional.of(CARD), CREDIT);
        world.spendableCredit = CREDIT.minor() - 1;

        assertThat(shop.checkout("o1").checkout(order).code()).isEqualTo("credit_gone");

        assertThat(world.money).isEmpty();
        assertThat(world.available).isEqualTo(10);
        assertThat(world.spendableCredit).isEqualTo(CREDIT.minor() - 1);
    }

    @Test
    void undoesWhatMayHaveBeenSetAsideWhenTheAgentStaysAway() {
        world.down.put("reserveCredit", 1_000);

        assertThat(run(Optional.of(CARD), CREDIT).code()).isEqualTo("agent_unavailable");

        assertUndone(OrderStatus.cancelled);
    }

    @Test
    void spendsTheCreditOnceTheAgentIsBackWhenItStayedAwayAfterTheCapture() {
        world.refused.put("spendCredit", 2);

        assertThat(run(Optional.of(CARD), CREDIT).code()).isEqualTo("confirmed");

        assertThat(world.creditUses).containsEntry("o1", "spent");
        assertThat(world.orders).containsEntry("o1", OrderStatus.confirmed);
    }

    @Test
    void takesNoMethodForWhatCreditPaysAllOf() {
        world.close("createShipment");
        var checkout = start(Optional.empty(), Shop.TOTAL);
        waitUntil(() -> world.waitsAt("createShipment"));

        assertThat(checkout.pay(CARD)).isEqualTo("not_waiting");
        world.open("createShipment");
        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertThat(world.money).isEmpty();
    }

    /** No payment stands between the hold and the parcel: both were done by a worker that died, and the order is tried again too late. */
    @Test
    void cancelsAParcelThatNobodyKnowsOfWhenTheQuoteIsOver() {
        var order = shop.order("o1", Optional.empty(), Shop.TOTAL);
        world.parcels.put("o1", "created");
        shop.temporal.sleep(Duration.ofHours(1));

        assertThat(shop.checkout("o1").checkout(order).code()).isEqualTo("quote_expired");

        assertThat(world.parcels).containsEntry("o1", "cancelled");
        assertThat(world.orders).containsEntry("o1", OrderStatus.cancelled);
    }

    /** Only the timer ends the task in which all before it was done; nothing of that can be lost any more. */
    @Test
    void sendsAnOrderThatNobodyPaysForOnceItCannotBeUndoneAnyMore() {
        world.close("startDelivery");
        var checkout = start(Optional.empty(), Shop.TOTAL);
        waitUntil(() -> world.waitsAt("startDelivery"));

        assertThat(shop.history("checkout-o1", EventType.EVENT_TYPE_TIMER_FIRED))
                .isTrue();
        world.open("startDelivery");
        assertThat(result(checkout).code()).isEqualTo("confirmed");
    }

    private void assertUndone(OrderStatus status) {
        assertThat(world.orders).containsEntry("o1", status);
        assertThat(world.creditUses).containsEntry("o1", "released");
        assertThat(world.spendableCredit).isEqualTo(CREDIT.minor());
        assertThat(world.charges).isZero();
        assertThat(world.available).isEqualTo(10);
    }

    private OrderResult run(Optional<PaymentMethod> method, Money credit) {
        return shop.checkout("o1").checkout(shop.order("o1", method, credit));
    }

    private Checkout start(Optional<PaymentMethod> method, Money credit) {
        var checkout = shop.checkout("o1");
        WorkflowClient.start(checkout::checkout, shop.order("o1", method, credit));
        return checkout;
    }

    private static OrderResult result(Checkout checkout) {
        return WorkflowStub.fromTyped(checkout).getResult(OrderResult.class);
    }
}
