package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.inspection;
import static io.journeyman.workflows.Shop.returning;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.PostPurchase.ChooseRemedy;
import io.journeyman.contracts.PostPurchase.Remedy;
import io.journeyman.contracts.PostPurchase.ReturnRefusal;
import io.journeyman.workflows.delivery.Delivery;
import io.journeyman.workflows.returns.Return;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims under a warranty: what failed is refunded, replaced, repaired, or goes back as it is. */
@Timeout(180)
class ClaimTest {
    private final Shop shop = new Shop();
    private final World world = shop.world;
    private Return claim;

    @BeforeEach
    void comesIn() {
        world.claimed = true;
        claim = shop.back("b1");
        WorkflowClient.start(claim::sendBack, returning("b1"));
        waitUntil(() -> world.told().contains("claim_label"));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void sendsAnotherPieceOutOfStockAndWritesOffWhatFailed() {
        assertThat(claim.inspect(inspection(2, Remedy.replace))).isEqualTo("inspected");

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("claim_label", "claim_replaced");
        assertThat(world.holds).containsOnly(Map.entry("b1", "allocated"));
        assertThat(world.sentBack).containsOnly(Map.entry("b1", "replaced 2"));
        assertThat(world.writtenOff).containsOnly(Map.entry("b1", 2));
        assertThat(world.returns).containsEntry("b1", "replaced");
        assertThat(facts("claim_replaced")).containsEntry("trackingId", "TRACK-b1");
        assertNoMoneyMoved();
    }

    @Test
    void sendsTheRepairedPieceBackAndTouchesNeitherStockNorMoney() {
        assertThat(claim.inspect(inspection(2, Remedy.repair))).isEqualTo("inspected");

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("claim_label", "claim_repaired");
        assertThat(world.sentBack).containsOnly(Map.entry("b1", "repaired 2"));
        assertThat(world.returns).containsEntry("b1", "repaired");
        assertThat(world.holds).isEmpty();
        assertThat(world.writtenOff).isEmpty();
        assertNoMoneyMoved();
    }

    @Test
    void sendsBackWhatIsNotCovered() {
        assertThat(claim.inspect(inspection(0))).isEqualTo("inspected");

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("claim_label", "claim_refused");
        assertThat(world.sentBack).containsOnly(Map.entry("b1", "refused 2"));
        assertThat(world.returns).containsEntry("b1", "refused");
        assertNoMoneyMoved();
    }

    @Test
    void sendsNothingBackOfWhatWasNotInTheParcel() {
        claim.inspect(inspection(0, ReturnRefusal.not_in_the_parcel, Optional.empty()));

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.sentBack).isEmpty();
        assertThat(facts("claim_refused")).containsEntry("comesBack", "false");
    }

    @Test
    void sendsWhatIsNotCoveredInTheParcelOfWhatIs() {
        claim.inspect(inspection(1, Remedy.replace));

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.sentBack).containsOnly(Map.entry("b1", "replaced 2"));
        assertThat(world.writtenOff).containsOnly(Map.entry("b1", 1));
    }

    @Test
    void refundsWhatIsCoveredAndSendsTheRestBack() {
        claim.inspect(inspection(1, Remedy.refund));

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("claim_label", "return_refunded");
        assertThat(world.refunds).containsOnly(Map.entry("b1", "refunded"));
        assertThat(world.writtenOff).containsOnly(Map.entry("b1", 1));
        assertThat(world.sentBack).containsOnly(Map.entry("b1", "refused 1"));
        assertThat(world.returns).containsEntry("b1", "refunded");
    }

    @Test
    void saysAtOnceThatThereIsNoOtherPieceAndRefundsWhenStaffChooseThat() {
        world.available = 0;

        assertThat(claim.inspect(inspection(2, Remedy.replace))).isEqualTo("replacement_gone");
        assertThat(claim.progress().status()).isEqualTo(JourneyStatus.needs_staff);
        assertThat(claim.progress().waitingFor()).isEqualTo("remedy");
        assertThat(claim.progress().until()).isPresent();
        assertThat(claim.chooseRemedy(instead(Remedy.refund))).isEqualTo("chosen");

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("claim_label", "replacement_gone", "return_refunded");
        assertThat(world.refunds).containsOnly(Map.entry("b1", "refunded"));
        assertThat(facts("return_refunded")).containsEntry("amountMinor", "120000");
        assertThat(world.holds).isEmpty();
        assertThat(world.sentBack).isEmpty();
        assertThat(world.writtenOff).containsOnly(Map.entry("b1", 2));
    }

    @Test
    void repairsWhereThereIsNoOtherPieceAndStaffChooseThat() {
        world.available = 0;
        claim.inspect(inspection(2, Remedy.replace));

        assertThat(claim.chooseRemedy(instead(Remedy.repair))).isEqualTo("chosen");
        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("claim_label", "replacement_gone", "claim_repaired");
        assertThat(world.sentBack).containsOnly(Map.entry("b1", "repaired 2"));
        assertThat(world.writtenOff).isEmpty();
        assertNoMoneyMoved();
    }

    @Test
    void sendsTheFirstPieceThatComesInWhenNobodyChoosesAnythingElse() {
        world.available = 0;
        assertThat(claim.inspect(inspection(2, Remedy.replace))).isEqualTo("replacement_gone");
        shop.temporal.sleep(Duration.ofDays(8));
        assertThat(world.told()).as("the customer hears of it once").containsExactly("claim_label", "replacement_gone");

        world.available = 1;
        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("claim_label", "replacement_gone", "claim_replaced");
        assertThat(world.holds).containsOnly(Map.entry("b1", "allocated"));
    }

    @Test
    void looksAtOnceForAnotherPieceWhenStaffSaySo() {
        world.available = 0;
        claim.inspect(inspection(2, Remedy.replace));
        assertThat(claim.staffMay().retry()).isTrue();

        world.available = 1;
        assertThat(claim.retryNow()).isEqualTo("retrying");
        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).endsWith("claim_replaced");
    }

    @Test
    void takesNoOtherChoiceThanTheFirst() {
        assertThat(claim.chooseRemedy(instead(Remedy.refund))).isEqualTo("not_waiting");
        world.available = 0;
        claim.inspect(inspection(2, Remedy.replace));
        world.close("chooseRemedy");

        assertThat(claim.chooseRemedy(instead(Remedy.repair))).isEqualTo("chosen");
        waitUntil(() -> world.waitsAt("chooseRemedy"));
        assertThat(claim.chooseRemedy(instead(Remedy.refund))).isEqualTo("not_waiting");
        world.open("chooseRemedy");

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.returns).containsEntry("b1", "repaired");
        assertNoMoneyMoved();
    }

    @Test
    void undoesTheParcelOfAPieceThatIsLostMeanwhile() {
        world.close("sendBack");
        var inspecting = WorkflowStub.fromTyped(claim)
                .startUpdate("inspect", WorkflowUpdateStage.ACCEPTED, String.class, inspection(2, Remedy.replace));
        waitUntil(() -> world.waitsAt("sendBack"));
        world.holds.put("b1", "released");
        world.open("sendBack");

        assertThat(inspecting.getResult()).isEqualTo("replacement_gone");
        assertThat(world.parcels).containsEntry("b1", "cancelled");
        assertThat(claim.retryNow()).isEqualTo("retrying");
        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.holds).containsEntry("b1", "released").containsEntry("b1.2", "allocated");
        assertThat(world.sentBack).containsEntry("b1.2", "replaced 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "holdReplacement",
                "sendBack",
                "allocateHold",
                "startDelivery",
                "recordSentBack",
                "writeOffReturn"
            })
    void goesForwardOnceAnAgentThatStayedAwayIsBack(String operation) {
        world.refused.put(operation, 2);

        claim.inspect(inspection(2, Remedy.replace));

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("claim_label", "send_back_stuck", "claim_replaced");
        assertThat(world.holds).containsOnly(Map.entry("b1", "allocated"));
        assertThat(world.writtenOff).containsOnly(Map.entry("b1", 2));
    }

    @Test
    void bringsItsParcelWithNewsOfItsOwnAndWithoutTouchingTheOrder() {
        world.packs(1);
        claim.inspect(inspection(2, Remedy.repair));
        assertThat(result()).isEqualTo(JourneyStatus.completed);
        waitUntil(() -> shop.exists("delivery-b1") && world.calls.contains("sendShipment"));

        world.carrierTells(
                1, new ParcelEvent("a", ParcelEventStatus.delivered, shop.now(), Optional.empty(), Optional.empty()));
        delivery().parcelMoved();

        waitUntil(() -> world.toldOfWhatGoesBack().contains("delivered"));
        assertThat(facts("delivered"))
                .containsEntry("sentBack", "repaired")
                .containsEntry("returnId", "b1")
                .containsEntry("orderId", "o1");
        assertThat(WorkflowStub.fromTyped(delivery()).getResult(JourneyStatus.class))
                .isEqualTo(JourneyStatus.completed);
        assertThat(world.calls).doesNotContain("transitionOrder");
        assertThat(shop.exists("feedback-o1")).isFalse();
    }

    private static ChooseRemedy instead(Remedy remedy) {
        return new ChooseRemedy(remedy, Remedy.replace, "staff-ravi");
    }

    private Map<String, String> facts(String code) {
        return world.news.stream()
                .filter(news -> news.code().equals(code))
                .findFirst()
                .orElseThrow()
                .facts();
    }

    private void assertNoMoneyMoved() {
        assertThat(world.refunds).isEmpty();
        assertThat(world.pointsTaken).isEmpty();
        assertThat(world.settled).isEmpty();
        assertThat(world.tookBack).isEmpty();
    }

    private Delivery delivery() {
        return shop.temporal.getWorkflowClient().newWorkflowStub(Delivery.class, "delivery-b1");
    }

    private JourneyStatus result() {
        return WorkflowStub.fromTyped(claim).getResult(JourneyStatus.class);
    }
}
