package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.HoldId;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.reservation.Reservation;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class ReservationTest {
    private final Shop shop = new Shop();
    private final World world = shop.world;

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void remindsThenGivesTheStockBackOnceWhenNobodyComes() {
        var result = shop.reservation("r1").reserve(shop.request("r1"));

        assertThat(result).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.told()).containsExactly("reserved", "reservation_ending", "reservation_expired");
        assertThat(world.available).isEqualTo(10);
        assertThat(world.parcels).containsEntry("r1", "cancelled");
    }

    @Test
    void remindsFourHoursBeforeTheEnd() {
        startAndWait("r1");
        shop.temporal.sleep(Duration.ofHours(43));
        assertThat(world.told()).containsExactly("reserved");

        shop.temporal.sleep(Duration.ofMinutes(90));
        waitUntil(() -> world.told().size() > 1);
        assertThat(world.told()).containsExactly("reserved", "reservation_ending");
    }

    @Test
    void tellsOnceThatItIsReadyAndStillRemindsOnce() {
        var reservation = startAndWait("r1");

        assertThat(reservation.ready()).isEqualTo("ready");
        assertThat(reservation.ready()).isEqualTo("ready");
        waitUntil(() -> world.told().contains("reservation_ready"));
        shop.temporal.sleep(Duration.ofHours(45));
        waitUntil(() -> world.told().contains("reservation_ending"));
        assertThat(reservation.ready()).isEqualTo("ready");

        assertThat(result(reservation)).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.told())
                .containsExactly("reserved", "reservation_ready", "reservation_ending", "reservation_expired");
    }

    @Test
    void tellsThatItIsReadyAfterTheReminder() {
        var reservation = startAndWait("r1");
        shop.temporal.sleep(Duration.ofHours(45));
        waitUntil(() -> world.told().contains("reservation_ending"));

        world.down.put("markReady", 1_000);
        assertThat(reservation.ready()).isEqualTo("agent_unavailable");
        world.down.clear();
        assertThat(reservation.ready()).isEqualTo("ready");
        waitUntil(() -> world.told().contains("reservation_ready"));

        assertThat(reservation.collected()).isEqualTo("collected");
        assertThat(result(reservation)).isEqualTo(JourneyStatus.completed);
        assertThat(world.told())
                .containsExactly("reserved", "reservation_ending", "reservation_ready", "reservation_collected");
    }

    @Test
    void sellsTheStockWhenTheCustomerCollects() {
        var reservation = startAndWait("r1");

        assertThat(reservation.collected()).isEqualTo("collected");
        assertThat(result(reservation)).isEqualTo(JourneyStatus.completed);
        assertThat(world.holds).containsEntry("r1", "allocated");
        assertThat(world.parcels).containsEntry("r1", "collected");
        assertThat(world.available).isEqualTo(9);
    }

    @Test
    void givesTheStockBackWhenTheCustomerCancels() {
        var reservation = startAndWait("r1");

        assertThat(reservation.cancel("")).isEqualTo("cancelling");
        assertThat(result(reservation)).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.told()).containsExactly("reserved", "reservation_cancelled");
        assertThat(world.available).isEqualTo(10);
    }

    @Test
    void lastWordStandsWhenCollectionAndCancellationMeet() {
        var reservation = startAndWait("r1");

        world.close("allocateHold");
        assertThat(reservation.collected()).isEqualTo("collected");
        assertThat(reservation.cancel("")).isEqualTo("too_late");
        world.open("allocateHold");
        assertThat(result(reservation)).isEqualTo(JourneyStatus.completed);
        assertThat(world.available).isEqualTo(9);
    }

    @Test
    void saysSoWhenTheStoreHasNothingLeft() {
        world.available = 0;

        assertThat(shop.reservation("r1").reserve(shop.request("r1"))).isEqualTo(JourneyStatus.failed);
        assertThat(world.told()).containsExactly("reservation_out_of_stock");
    }

    @Test
    void holdsNothingWhenTheHoldArrivesAfterItsRelease() {
        world.releaseHold(new HoldId("r1"));

        assertThat(shop.reservation("r1").reserve(shop.request("r1"))).isEqualTo(JourneyStatus.failed);
        assertThat(world.available).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"placeHold", "createCollection"})
    void givesTheStockBackWhenTheCustomerCancelsBeforeItIsSetAside(String operation) {
        world.close(operation);
        var reservation = start("r1");
        waitUntil(() -> world.waitsAt(operation));
        assertThat(reservation.collected()).isEqualTo("not_waiting");
        assertThat(reservation.cancel("")).isEqualTo("cancelling");
        world.open(operation);

        assertThat(result(reservation)).isEqualTo(JourneyStatus.cancelled);
        assertNothingHeld();
        assertThat(world.told()).containsExactly("reservation_cancelled");
    }

    /** As {@code CheckoutTest} tells of orders: the collection had been created by local activities of a worker that died. */
    @Test
    void undoesACollectionThatNobodyKnowsOf() {
        world.close("placeHold");
        var reservation = start("r1");
        waitUntil(() -> world.waitsAt("placeHold"));
        world.parcels.put("r1", "waiting");
        reservation.cancel("");
        world.open("placeHold");

        assertThat(result(reservation)).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.parcels).containsEntry("r1", "cancelled");
        assertNothingHeld();
    }

    @Test
    void undoesACollectionThatNobodyKnowsOfAlsoWhenTheInventoryStaysAway() {
        world.parcels.put("r1", "waiting");
        world.refused.put("placeHold", 1);

        assertThat(shop.reservation("r1").reserve(shop.request("r1"))).isEqualTo(JourneyStatus.failed);
        assertThat(world.parcels).containsEntry("r1", "cancelled");
        assertNothingHeld();
    }

    @ParameterizedTest
    @ValueSource(strings = {"placeHold", "createCollection", ""})
    void endsInOrderWhenStaffCancelTheWorkflow(String operation) {
        if (!operation.isEmpty()) {
            world.close(operation);
        }
        var reservation = start("r1");
        waitUntil(() -> operation.isEmpty() ? world.told().contains("reserved") : world.waitsAt(operation));
        WorkflowStub.fromTyped(reservation).cancel();
        waitUntil(() -> shop.history("reservation-r1", EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED));
        world.open(operation);

        assertThatThrownBy(() -> result(reservation)).hasCauseInstanceOf(CanceledFailure.class);
        assertNothingHeld();
    }

    @Test
    void releasesTheStockWhenTheStoreRefuses() {
        world.parcelRefused = true;

        assertThat(shop.reservation("r1").reserve(shop.request("r1"))).isEqualTo(JourneyStatus.failed);
        assertNothingHeld();
        assertThat(world.told()).containsExactly("option_gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"placeHold", "createCollection"})
    void undoesEverythingWhenAnAgentStaysAway(String operation) {
        world.down.put(operation, 1_000);

        assertThat(shop.reservation("r1").reserve(shop.request("r1"))).isEqualTo(JourneyStatus.failed);
        assertNothingHeld();
        assertThat(world.told()).containsExactly("agent_unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelCollection", "releaseHold"})
    void tellsStaffOfAnUndoThatCannotSucceedAndTriesOn(String operation) {
        world.down.put(operation, 130);

        assertThat(shop.reservation("r1").reserve(shop.request("r1"))).isEqualTo(JourneyStatus.cancelled);
        assertNothingHeld();
        assertThat(world.told())
                .containsExactly("reserved", "reservation_ending", "compensation_stuck", "reservation_expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allocateHold", "markCollected"})
    void sellsWhatTheCustomerHasEvenWhenAnAgentStaysAwayForHours(String operation) {
        var reservation = startAndWait("r1");
        world.down.put(operation, 400);
        assertThat(reservation.collected()).isEqualTo("collected");

        assertThat(result(reservation)).isEqualTo(JourneyStatus.completed);
        assertThat(world.holds).containsEntry("r1", "allocated");
        assertThat(world.parcels).containsEntry("r1", "collected");
        assertThat(world.available).isEqualTo(9);
        assertThat(world.told()).containsExactly("reserved", "collection_unrecorded", "reservation_collected");
    }

    @Test
    void sellsWhatTheCustomerTookInTheLastMinuteAlsoAfterItsHoldExpired() {
        var reservation = startAndWait("r1");
        shop.temporal.sleep(Reservation.KEEP.minusMinutes(2));
        world.down.put("allocateHold", 400);
        assertThat(reservation.collected()).isEqualTo("collected");

        assertThat(result(reservation)).isEqualTo(JourneyStatus.completed);
        assertThat(world.holds).containsEntry("r1", "allocated");
        assertThat(world.available).isEqualTo(9);
    }

    @Test
    void keepsAReservationThatIsShorterThanItsReminder() {
        var request = shop.request("r1", Duration.ofHours(2));

        assertThat(shop.reservation("r1").reserve(request)).isEqualTo(JourneyStatus.cancelled);
        assertNothingHeld();
        assertThat(world.told()).containsExactly("reserved", "reservation_ending", "reservation_expired");
    }

    @Test
    void becomesAnOrderWithThePieceThatTheStoreKept() {
        var reservation = startAndWait("r1");
        world.available = 0;

        assertThat(order("o1", "r1").code()).isEqualTo("confirmed");

        assertThat(result(reservation)).isEqualTo(JourneyStatus.completed);
        assertThat(world.holds).containsEntry("r1", "released").containsEntry("o1", "allocated");
        assertThat(world.parcels).containsEntry("r1", "cancelled").containsEntry("o1", "created");
        assertThat(world.available).isZero();
        assertThat(world.charges).isEqualTo(1);
        assertThat(world.told()).containsExactlyInAnyOrder("reserved", "reservation_ordered", "order_confirmed");
    }

    @Test
    void isOverOnceItHasBecomeAnOrder() {
        var reservation = startAndWait("r1");
        world.close("secure");
        var checkout = shop.checkout("o1");
        WorkflowClient.start(checkout::checkout, shop.order("o1", Optional.of(CARD), "r1"));
        waitUntil(() -> world.waitsAt("secure"));

        assertThat(result(reservation)).isEqualTo(JourneyStatus.completed);
        world.open("secure");
        assertThat(WorkflowStub.fromTyped(checkout)
                        .getResult(Checkout.OrderResult.class)
                        .code())
                .isEqualTo("confirmed");
    }

    @Test
    void takesNoOtherWordOnceItsPieceIsAnOrders() {
        var reservation = startAndWait("r1");
        world.close("cancelCollection");
        assertThat(order("o1", "r1").code()).isEqualTo("confirmed");
        waitUntil(() -> world.waitsAt("cancelCollection"));

        assertThat(reservation.collected()).isEqualTo("not_waiting");
        assertThat(reservation.cancel("")).isEqualTo("too_late");
        world.open("cancelCollection");

        assertThat(result(reservation)).isEqualTo(JourneyStatus.completed);
        assertThat(world.holds).containsEntry("o1", "allocated");
        assertThat(world.available).isEqualTo(9);
    }

    @Test
    void theStockComesBackOnceWhenTheOrderThatTookItOverFails() {
        var reservation = startAndWait("r1");
        world.parcelRefused = true;

        assertThat(order("o1", "r1").code()).isEqualTo("option_gone");

        assertThat(result(reservation)).isEqualTo(JourneyStatus.completed);
        assertThat(world.holds).containsEntry("r1", "released").containsEntry("o1", "released");
        assertThat(world.available).isEqualTo(10);
        assertThat(world.charges).isZero();
    }

    @Test
    void staysWhenTheOrderIsCancelledBeforeItTookOver() {
        var reservation = startAndWait("r1");
        world.close("recordOrder");
        var checkout = shop.checkout("o1");
        WorkflowClient.start(checkout::checkout, shop.order("o1", Optional.of(CARD), "r1"));
        waitUntil(() -> world.waitsAt("recordOrder"));
        assertThat(checkout.cancel("")).isEqualTo("cancelling");
        world.open("recordOrder");
        WorkflowStub.fromTyped(checkout).getResult(Checkout.OrderResult.class);

        assertThat(reservation.progress().waitingFor()).isEqualTo("collection");
        assertThat(world.holds).containsEntry("r1", "held");
        assertThat(reservation.collected()).isEqualTo("collected");
        assertThat(result(reservation)).isEqualTo(JourneyStatus.completed);
        assertThat(world.available).isEqualTo(9);
    }

    @Test
    void isNotOrderedOnceItWasCollected() {
        var reservation = startAndWait("r1");
        assertThat(reservation.collected()).isEqualTo("collected");
        assertThat(result(reservation)).isEqualTo(JourneyStatus.completed);

        assertThat(order("o1", "r1").code()).isEqualTo("collected_already");

        assertThat(world.available).isEqualTo(9);
        assertThat(world.charges).isZero();
        assertThat(world.told()).containsExactly("reserved", "reservation_collected", "order_cancelled");
    }

    @Test
    void isOrderedFromTheShelfWhenItHasEndedMeanwhile() {
        var reservation = startAndWait("r1");
        assertThat(reservation.cancel("")).isEqualTo("cancelling");
        assertThat(result(reservation)).isEqualTo(JourneyStatus.cancelled);

        assertThat(order("o1", "r1").code()).isEqualTo("confirmed");

        assertThat(world.available).isEqualTo(9);
        assertThat(world.charges).isEqualTo(1);
    }

    private Checkout.OrderResult order(String id, String reservation) {
        return shop.checkout(id).checkout(shop.order(id, Optional.of(CARD), reservation));
    }

    private void assertNothingHeld() {
        assertThat(world.available).isEqualTo(10);
        assertThat(world.holds.getOrDefault("r1", "released")).isEqualTo("released");
        assertThat(world.parcels.getOrDefault("r1", "cancelled")).isEqualTo("cancelled");
    }

    private Reservation startAndWait(String id) {
        var reservation = start(id);
        waitUntil(() -> reservation.progress().waitingFor().equals("collection"));
        return reservation;
    }

    private Reservation start(String id) {
        var reservation = shop.reservation(id);
        WorkflowClient.start(reservation::reserve, shop.request(id));
        return reservation;
    }

    private static JourneyStatus result(Reservation reservation) {
        return WorkflowStub.fromTyped(reservation).getResult(JourneyStatus.class);
    }
}
