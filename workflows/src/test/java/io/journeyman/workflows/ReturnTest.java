package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.inspection;
import static io.journeyman.workflows.Shop.returning;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PostPurchase.Closing;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.ReturnId;
import io.journeyman.workflows.World.Refunding;
import io.journeyman.workflows.returns.Return;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class ReturnTest {
    private final Shop shop = new Shop();
    private final World world = shop.world;

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void refundsWhatWasTakenOnceAndBringsStockAndPointsBack() {
        var back = startAndWait();

        assertThat(back.arrived()).isEqualTo("arrived");
        waitUntil(() -> back.progress().waitingFor().equals("inspection"));
        assertThat(back.inspect(inspection(2))).isEqualTo("inspected");

        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("return_label", "return_arrived", "return_refunded");
        assertThat(world.tookBack).containsEntry("b1", 2);
        assertThat(world.refunds).containsOnly(java.util.Map.entry("b1", "refunded"));
        assertThat(world.pointsTaken).containsEntry("b1", 6L);
        assertThat(world.settled).containsEntry("b1", Settlement.original_method);
        assertThat(world.news.getLast().facts())
                .containsEntry("amountMinor", "120000")
                .containsEntry("orderId", "o1")
                .containsEntry("pointsFewer", "6");
    }

    @Test
    void refundsWhatAWarrantyCoversAndDoesNotSellItAgain() {
        world.claimed = true;
        var back = startAndWait("claim_label");

        assertThat(back.inspect(inspection(2))).isEqualTo("inspected");

        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("claim_label", "return_refunded");
        assertThat(world.refunds).containsOnly(java.util.Map.entry("b1", "refunded"));
        assertThat(world.tookBack).isEmpty();
        assertThat(world.writtenOff).containsEntry("b1", 2);
        assertThat(world.pointsTaken).containsEntry("b1", 6L);
    }

    @Test
    void takesTheInspectionAlsoWhenNobodySaidThatTheParcelCame() {
        var back = startAndWait();

        assertThat(back.inspect(inspection(1))).isEqualTo("inspected");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.tookBack).containsEntry("b1", 1);
    }

    @Test
    void closesWhenNothingComesSoThatThePiecesAreFreeAgain() {
        var result = shop.back("b1").sendBack(returning("b1"));

        assertThat(result).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.told()).containsExactly("return_label", "return_not_received");
        assertThat(world.returns).containsEntry("b1", "not_received");
        assertNothingMoved();
    }

    @Test
    void closesWhenTheCustomerChangesTheirMind() {
        var back = startAndWait();

        assertThat(back.cancel("")).isEqualTo("cancelling");
        assertThat(result(back)).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.told()).containsExactly("return_label", "return_cancelled");
        assertThat(world.returns).containsEntry("b1", "cancelled");
        assertNothingMoved();
    }

    @Test
    void closesOnceTheAgentIsBackWhenItStayedAway() {
        world.refused.put("closeReturn", 1);
        var back = startAndWait();

        assertThat(back.cancel("")).isEqualTo("cancelling");
        assertThat(result(back)).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.told()).containsExactly("return_label", "compensation_stuck", "return_cancelled");
        assertThat(world.returns).containsEntry("b1", "cancelled");
    }

    @Test
    void leavesToStaffWhatNoAttemptPaid() {
        var back = startAndWait();
        world.money.clear();
        back.inspect(inspection(2));
        waitUntil(() -> back.progress().code().equals("refund_failed"));

        assertThat(back.paidOut("NEFT 5")).isEqualTo("paid_out");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.refunds).isEmpty();
    }

    @Test
    void isNotCancelledOnceTheParcelIsThere() {
        var back = startAndWait();
        assertThat(back.arrived()).isEqualTo("arrived");

        assertThat(back.cancel("")).isEqualTo("too_late");
        assertThat(back.inspect(inspection(2))).isEqualTo("inspected");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
    }

    @Test
    void refundsNothingOfWhatIsRefused() {
        var back = startAndWait();

        assertThat(back.inspect(inspection(0))).isEqualTo("inspected");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("return_label", "return_refused");
        assertThat(world.sentBack).containsOnly(java.util.Map.entry("b1", "refused 2"));
        assertNothingMoved();
    }

    @Test
    void tellsStaffWhatIsMissingInTheirInspection() {
        var back = startAndWait();
        world.inspectionIncomplete = true;
        assertThat(back.inspect(inspection(2))).isEqualTo("inspection_incomplete");

        world.inspectionIncomplete = false;
        assertThat(back.inspect(inspection(2))).isEqualTo("inspected");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
    }

    @Test
    void asksAboutARefundThatTakesItsTimeAndNeverSendsItTwice() {
        world.refunding.add(Refunding.takes_its_time);
        world.inquiriesUntilTold = 3;
        var back = startAndWait();
        back.inspect(inspection(2));

        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("return_label", "refund_pending", "return_refunded");
        assertThat(world.calls.stream().filter("refund"::equals)).hasSize(1);
        assertThat(world.calls.stream().filter("inquireRefund"::equals)).hasSize(4);
    }

    @Test
    void triesAFailedRefundAgainUnderAnotherIdWhenStaffSaySo() {
        world.refunding.add(Refunding.fails);
        var back = startAndWait();
        back.inspect(inspection(2));
        waitUntil(() -> back.progress().code().equals("refund_failed"));
        assertThat(back.staffMay().retry()).isTrue();

        assertThat(back.retryNow()).isEqualTo("retrying");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.refunds).containsEntry("b1", "failed").containsEntry("b1.2", "refunded");
    }

    @Test
    void letsStaffPayOutWhatTheGatewayDoesNotTake() {
        world.refunding.add(Refunding.fails);
        var back = startAndWait();
        back.inspect(inspection(2));
        waitUntil(() -> back.progress().code().equals("refund_failed"));

        assertThat(back.paidOut("NEFT 123")).isEqualTo("paid_out");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.settled).containsEntry("b1", Settlement.by_hand);
        assertThat(world.refunds).containsOnly(java.util.Map.entry("b1", "failed"));
    }

    @Test
    void givesAsCreditBackWhatCreditHadPaid() {
        var back = startAndWait();
        world.paidByCredit("o1", Money.inr(86_633)); // a third of the order
        back.inspect(inspection(2));

        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.refundedCredit).containsOnly(java.util.Map.entry("b1", 39_999L));
        assertThat(world.refundedTo).containsOnly(java.util.Map.entry("b1", Money.inr(80_001)));
        assertThat(world.settled).containsEntry("b1", Settlement.original_method);
        assertThat(world.news.getLast().facts())
                .containsEntry("creditMinor", "39999")
                .containsEntry("restMinor", "80001");
    }

    @Test
    void refundsNoCardWhereCreditHadPaidAll() {
        var back = startAndWait();
        world.money.clear();
        world.methods.clear();
        world.paidByCredit("o1", Shop.TOTAL);
        back.inspect(inspection(2));

        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.refundedCredit).containsOnly(java.util.Map.entry("b1", 120_000L));
        assertThat(world.refunds).isEmpty();
        assertThat(world.settled).containsEntry("b1", Settlement.original_method);
    }

    @Test
    void waitsForStaffToPayOutOnlyWhatWasPaidInCash() {
        var back = startAndWait();
        world.methods.put("o1", new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty()));
        world.paidByCredit("o1", Money.inr(129_950));
        back.inspect(inspection(2));
        waitUntil(() -> back.progress().waitingFor().equals("payout"));

        assertThat(world.news.getLast().facts()).containsEntry("restMinor", "60000");
        assertThat(back.paidOut("UPI 77")).isEqualTo("paid_out");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.refundedCredit).containsOnly(java.util.Map.entry("b1", 60_000L));
    }

    @Test
    void waitsForStaffToPayOutWhatWasPaidInCash() {
        var back = startAndWait();
        world.methods.put("o1", new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty()));
        assertThat(back.paidOut("too early")).isEqualTo("not_waiting");
        back.inspect(inspection(2));
        waitUntil(() -> back.progress().waitingFor().equals("payout"));

        assertThat(back.paidOut("UPI 77")).isEqualTo("paid_out");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("return_label", "refund_by_hand", "return_paid_out");
        assertThat(world.refunds).isEmpty();
    }

    /** There is nothing that could be tried again, but the button is there. */
    @Test
    void waitsForThePayoutHoweverOftenStaffHaveItTriedAgain() {
        var back = startAndWait();
        world.methods.put("o1", new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty()));
        back.inspect(inspection(2));
        for (int pressed = 0; pressed < 30; pressed++) {
            waitUntil(() -> back.staffMay().retry());
            assertThat(back.retryNow()).isEqualTo("retrying");
        }

        waitUntil(() -> back.staffMay().retry());
        assertThat(back.paidOut("UPI 77")).isEqualTo("paid_out");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
    }

    @Test
    void refundsAsStoreCreditForWhoWantsIt() {
        world.asCredit = true;
        world.refused.put("grantCredit", 1);
        var back = startAndWait();
        back.inspect(inspection(2));

        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.grantedFor).containsOnly(java.util.Map.entry("b1", world.due));
        assertThat(world.refunds).isEmpty();
        assertThat(world.settled).containsEntry("b1", Settlement.store_credit);
        assertThat(world.told()).containsExactly("return_label", "return_stuck", "return_to_credit");
    }

    @Test
    void refundsTheWayItWasPaidWhenThereIsNoRoomForMoreCredit() {
        world.asCredit = true;
        world.creditIsFull = true;
        var back = startAndWait();
        back.inspect(inspection(2));

        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.refunds).containsOnly(java.util.Map.entry("b1", "refunded"));
        assertThat(world.settled).containsEntry("b1", Settlement.original_method);
    }

    @Test
    void refundsNothingWhenTheFeeIsAsHigh() {
        world.due = io.journeyman.contracts.Money.inr(0);
        var back = startAndWait();
        back.inspect(inspection(2));

        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.settled).containsEntry("b1", Settlement.nothing_due);
        assertThat(world.refunds).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"takeBackReturn", "attempts", "refund", "returnBenefits", "settleReturn"})
    void goesForwardOnceAnAgentThatStayedAwayIsBack(String operation) {
        world.refused.put(operation, 1_000);
        var back = startAndWait();
        back.inspect(inspection(2));
        waitUntil(() -> back.progress().code().equals("return_stuck"));

        world.refused.clear();
        assertThat(back.retryNow()).isEqualTo("retrying");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.refunds).containsOnly(java.util.Map.entry("b1", "refunded"));
        assertThat(world.told()).containsExactly("return_label", "return_stuck", "return_refunded");
    }

    @Test
    void goesForwardByItselfWithinTheHour() {
        world.refused.put("refund", 2);
        var back = startAndWait();
        back.inspect(inspection(2));

        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("return_label", "return_stuck", "return_refunded");
    }

    @Test
    void saysWhyItCouldNotBeRecorded() {
        world.returnRefused = "window_over";

        assertThat(shop.back("b1").sendBack(returning("b1"))).isEqualTo(JourneyStatus.failed);
        assertThat(world.told()).containsExactly("window_over");
        assertThat(world.returns).containsEntry("b1", "cancelled");
    }

    @Test
    void closesWhatMayHaveBeenRecordedWhenTheAgentStaysAway() {
        world.down.put("recordReturn", 1_000);

        assertThat(shop.back("b1").sendBack(returning("b1"))).isEqualTo(JourneyStatus.failed);
        assertThat(world.told()).containsExactly("agent_unavailable");
        assertThat(world.returns).containsEntry("b1", "cancelled");
    }

    @Test
    void recordsNothingAfterItWasClosed() {
        world.closeReturn(new ReturnId("b1"), Closing.cancelled);

        assertThat(shop.back("b1").sendBack(returning("b1"))).isEqualTo(JourneyStatus.failed);
        assertThat(world.told()).containsExactly("return_cancelled");
    }

    @Test
    void givesTheParcelMoreTime() {
        var back = startAndWait();
        var until = back.staffMay().extendTo().orElseThrow();

        assertThat(back.extend(until)).isEqualTo("extended");
        assertThat(back.extend(until.plusSeconds(1))).isEqualTo("too_far");
        shop.temporal.sleep(Return.SEND_WITHIN.plusDays(1));
        assertThat(back.inspect(inspection(2))).isEqualTo("inspected");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("return_label", "deadline_extended", "return_refunded");
    }

    @Test
    void remindsStaffOfAParcelThatNobodyLooksAt() {
        var back = startAndWait();
        back.arrived();
        shop.temporal.sleep(Duration.ofDays(8));
        waitUntil(() -> world.told().size() == 3);
        assertThat(world.told()).containsExactly("return_label", "return_arrived", "return_arrived");

        back.inspect(inspection(2));
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
    }

    @Test
    void letsAnInspectionThatIsUnderWayDecideAtTheDeadline() {
        var back = startAndWait();
        world.close("inspectReturn");
        var inspecting = WorkflowStub.fromTyped(back)
                .startUpdate("inspect", io.temporal.client.WorkflowUpdateStage.ACCEPTED, String.class, inspection(2));
        waitUntil(() -> world.waitsAt("inspectReturn"));
        assertThat(back.cancel("")).isEqualTo("too_late");
        world.open("inspectReturn");

        assertThat(inspecting.getResult()).isEqualTo("inspected");
        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
    }

    @Test
    void refundsWhatWasInspectedAlsoWhenItsCustomerCancelsAsTheAnswerIsLost() {
        var back = startAndWait();
        world.down.put("inspectReturn", 1_000);
        assertThat(back.inspect(inspection(2))).isEqualTo("agent_unavailable");
        world.returns.put("b1", "inspected");
        assertThat(back.cancel("cancelled_by_customer")).isEqualTo("cancelling");
        waitUntil(() -> back.progress().waitingFor().equals("inspection"));

        world.down.put("inspectReturn", 0);
        assertThat(back.inspect(inspection(2))).isEqualTo("inspected");

        assertThat(result(back)).isEqualTo(JourneyStatus.completed);
        assertThat(world.refunds).containsOnly(java.util.Map.entry("b1", "refunded"));
        assertThat(world.told()).containsExactly("return_label", "return_arrived", "return_refunded");
    }

    private void assertNothingMoved() {
        assertThat(world.tookBack).isEmpty();
        assertThat(world.refunds).isEmpty();
        assertThat(world.pointsTaken).isEmpty();
    }

    private Return startAndWait() {
        return startAndWait("return_label");
    }

    private Return startAndWait(String told) {
        var back = shop.back("b1");
        WorkflowClient.start(back::sendBack, returning("b1"));
        waitUntil(() -> world.told().contains(told));
        return back;
    }

    private static JourneyStatus result(Return back) {
        return WorkflowStub.fromTyped(back).getResult(JourneyStatus.class);
    }
}
