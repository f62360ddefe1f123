package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.stopping;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.workflows.World.Refunding;
import io.journeyman.workflows.cancellation.Cancellation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class CancellationTest {
    private final Shop shop = new Shop();
    private final World world = shop.world;

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void undoesAWholeOrderAsItsCheckoutWouldHave() {
        world.cancelsAll = true;

        assertThat(shop.stop("c1").cancelPieces(stopping("c1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("cancellation_refunded");
        assertThat(world.orders).containsEntry("o1", OrderStatus.cancelled);
        assertThat(world.holds).containsEntry("o1", "released");
        assertThat(world.benefits).containsEntry("o1", "released");
        assertThat(world.refunds).containsOnly(Map.entry("c1", "refunded"));
        assertThat(world.cancellations).containsEntry("c1", "settled");
        assertThat(world.settled).containsEntry("c1", Settlement.original_method);
        assertThat(world.tookBack).isEmpty();
        assertThat(world.news.getLast().facts())
                .containsEntry("amountMinor", "120000")
                .containsEntry("orderId", "o1");
    }

    @Test
    void givesBackWhatPiecesOfAnOrderWereWorth() {
        assertThat(shop.stop("c1").cancelPieces(stopping("c1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("cancellation_refunded");
        assertThat(world.tookBack).containsEntry("c1", 1);
        assertThat(world.pointsTaken).containsEntry("c1", 6L);
        assertThat(world.refunds).containsOnly(Map.entry("c1", "refunded"));
        assertThat(world.holds).containsEntry("o1", "allocated");
        assertThat(world.benefits).containsEntry("o1", "committed");
        assertThat(world.news.getLast().facts()).containsEntry("pointsFewer", "6");
    }

    @Test
    void givesAlsoBackWhatCameAlongWhenItWasAccepted() {
        world.cameAlong = Money.inr(9_900);

        shop.stop("c1").cancelPieces(stopping("c1"));

        assertThat(world.refundedTo).containsOnly(Map.entry("c1", Money.inr(129_900)));
        assertThat(world.news.getLast().facts()).containsEntry("amountMinor", "129900");
    }

    @Test
    void changesNothingWhenTheParcelHasLeft() {
        world.hasLeft = true;

        assertThat(shop.stop("c1").cancelPieces(stopping("c1"))).isEqualTo(JourneyStatus.failed);

        assertThat(world.told()).containsExactly("cancellation_too_late");
        assertThat(world.cancellations).containsEntry("c1", "closed");
        assertNothingMoved();
    }

    @Test
    void closesWhatCouldNotBeRecorded() {
        world.cancellationRefused = "nothing_to_cancel";

        assertThat(shop.stop("c1").cancelPieces(stopping("c1"))).isEqualTo(JourneyStatus.failed);

        assertThat(world.told()).containsExactly("nothing_to_cancel");
        assertThat(world.cancellations).containsEntry("c1", "closed");
        assertNothingMoved();
    }

    @Test
    void paysNothingBackOfCashThatWasNotPaidYet() {
        world.cancelsAll = true;
        var stop = shop.stop("c1");
        world.methods.put("o1", new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty()));

        assertThat(stop.cancelPieces(stopping("c1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("cancellation_nothing_due");
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
        assertThat(world.refunds).isEmpty();
        assertThat(world.settled).containsEntry("c1", Settlement.nothing_due);
    }

    @Test
    void leavesTheRestOfACashOrderDue() {
        var stop = shop.stop("c1");
        world.methods.put("o1", new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty()));

        assertThat(stop.cancelPieces(stopping("c1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.payment("o1", 1)).isEqualTo("captured");
        assertThat(world.refunds).isEmpty();
    }

    @Test
    void nothingIsDueOfACashOrderThatSeveralCancellationsHaveEmptied() {
        var stop = shop.stop("c1");
        world.methods.put("o1", new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty()));
        world.orders.put("o1", OrderStatus.cancelled);

        assertThat(stop.cancelPieces(stopping("c1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("cancellation_nothing_due");
        assertThat(world.payment("o1", 1)).isEqualTo("voided");
        assertThat(world.refunds).isEmpty();
    }

    @Test
    void isRecordedAsSoonAsTheAgentIsBackHoweverLongThatTakes() {
        world.down.put("recordCancellation", 1_000);

        assertThat(shop.stop("c1").cancelPieces(stopping("c1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("cancellation_stuck", "cancellation_refunded");
        assertThat(world.cancellations).containsEntry("c1", "settled");
        assertThat(world.refunds).hasSize(1);
    }

    @Test
    void waitsForTheBankUntilTheMoneyIsBack() {
        world.refunding.add(Refunding.takes_its_time);
        world.inquiriesUntilTold = 3;

        assertThat(shop.stop("c1").cancelPieces(stopping("c1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("refund_pending", "cancellation_refunded");
        assertThat(world.refunds).containsOnly(Map.entry("c1", "refunded"));
    }

    @Test
    void hasStaffPayOutWhatTheBankDoesNotTake() {
        world.refunding.add(Refunding.fails);
        var stop = start();
        waitUntil(() -> stop.progress().waitingFor().equals("payout"));

        assertThat(stop.cancel("")).isEqualTo("too_late");
        assertThat(stop.extend(shop.now().plus(Duration.ofDays(1)))).isEqualTo("not_waiting");
        assertThat(stop.staffMay().retry()).isTrue();
        assertThat(stop.paidOut("NEFT 7")).isEqualTo("paid_out");

        assertThat(result(stop)).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("refund_failed", "cancellation_paid_out");
        assertThat(world.settled).containsEntry("c1", Settlement.by_hand);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recordCancellation",
                "withdrawPieces",
                "acceptCancellation",
                "giveBackPieces",
                "attempts",
                "refund",
                "returnBenefits",
                "settleCancellation"
            })
    void goesForwardOnceTheAgentIsBack(String step) {
        world.refused.put(step, 1);

        assertThat(shop.stop("c1").cancelPieces(stopping("c1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("cancellation_stuck", "cancellation_refunded");
        assertThat(world.tookBack).containsEntry("c1", 1);
        assertThat(world.refunds).hasSize(1);
        assertThat(world.cancellations).containsEntry("c1", "settled");
    }

    @Test
    void endsTheDeliveryOfWhatIsNotSent() {
        world.cancelsAll = true;
        world.packs(1);
        var delivery = shop.delivery("o1");
        WorkflowClient.start(delivery::deliver, shop.parcelsOf("o1"));
        waitUntil(() -> world.calls.contains("sendShipment"));

        assertThat(shop.stop("c1").cancelPieces(stopping("c1"))).isEqualTo(JourneyStatus.completed);

        assertThat(WorkflowStub.fromTyped(delivery).getResult(JourneyStatus.class))
                .isEqualTo(JourneyStatus.cancelled);
        assertThat(world.told()).containsExactlyInAnyOrder("cancellation_refunded", "delivery_cancelled");
        assertThat(world.orders).containsEntry("o1", OrderStatus.cancelled);
    }

    private Cancellation start() {
        var stop = shop.stop("c1");
        WorkflowClient.start(stop::cancelPieces, stopping("c1"));
        return stop;
    }

    private static JourneyStatus result(Cancellation stop) {
        return WorkflowStub.fromTyped(stop).getResult(JourneyStatus.class);
    }

    private void assertNothingMoved() {
        assertThat(world.tookBack).isEmpty();
        assertThat(world.refunds).isEmpty();
        assertThat(world.pointsTaken).isEmpty();
        assertThat(world.holds).containsEntry("o1", "allocated");
        assertThat(world.benefits).containsEntry("o1", "committed");
        assertThat(world.payment("o1", 1)).isEqualTo("captured");
    }
}
