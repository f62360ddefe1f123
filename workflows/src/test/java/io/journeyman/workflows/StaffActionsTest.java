package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.OTHER_CARD;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.replay.ReplayResult;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.workflows.World.Gateway;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.reservation.Reservation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Staff have a journey try again at once what it would try later, and give a customer more time. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class StaffActionsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Shop shop = new Shop();
    private final World world = shop.world;

    @AfterEach
    void close() {
        shop.close();
    }

    // ---- retry now

    @Test
    void undoesAtOnceWhatCouldNotBeUndone() {
        world.parcelRefused = true;
        world.refused.put("void", 1_000);
        var checkout = start(Optional.of(CARD));
        waitUntil(() -> world.told().contains("compensation_stuck"));

        assertTriesAgain(checkout);

        assertThat(result(checkout).code()).isEqualTo("option_gone");
    }

    @Test
    void capturesAtOnceWhatTheGatewayDidNotAnswer() {
        world.refused.put("capture", 1_000);
        var checkout = start(Optional.of(CARD));
        waitUntil(() -> world.told().contains("capture_unanswered"));

        assertTriesAgain(checkout);

        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertThat(world.charges).isEqualTo(1);
    }

    @Test
    void completesAtOnceAnOrderThatIsPaid() {
        world.refused.put("transitionOrder", 1_000);
        var checkout = start(Optional.of(CARD));
        waitUntil(() -> world.told().contains("completion_stuck"));

        assertTriesAgain(checkout);

        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertThat(world.orders).containsEntry("o1", OrderStatus.confirmed);
    }

    @Test
    void tellsAtOnceWhatCouldNotBeTold() {
        world.refused.put("tell", 1_000);
        var checkout = start(Optional.of(CARD));
        waitUntil(() -> checkout.staffMay().retry());

        assertTriesAgain(checkout);

        result(checkout);
        assertThat(world.told()).containsExactly("order_confirmed");
    }

    @Test
    void asksTheGatewayAtOnceWhatBecameOfAPayment() {
        world.gateway.add(Gateway.loses_the_answer_after_charging);
        world.inquiriesUntilTold = 1_000;
        var checkout = start(Optional.of(CARD));
        shop.temporal.sleep(Duration.ofHours(20));
        waitUntil(() -> world.told().contains("payment_unresolved"));
        assertThat(checkout.staffMay()).isEqualTo(new StaffMay(true, Optional.empty()));
        var before = shop.now();

        world.inquiriesUntilTold = 0;
        assertThat(checkout.retryNow()).isEqualTo("retrying");

        waitUntil(() -> world.told().contains("order_confirmed"));
        assertThat(Duration.between(before, shop.now())).isLessThan(HOUR);
        assertThat(world.charges).isEqualTo(1);
    }

    @Test
    void recordsACollectionAtOnce() {
        var reservation = reserve();
        world.refused.put("markCollected", 1_000);
        reservation.collected();
        waitUntil(() -> world.told().contains("collection_unrecorded"));
        assertThat(reservation.staffMay().retry()).isTrue();
        var before = shop.now();
        world.refused.clear();

        assertThat(reservation.retryNow()).isEqualTo("retrying");

        waitUntil(() -> world.told().contains("reservation_collected"));
        assertThat(Duration.between(before, shop.now())).isLessThan(Duration.ofMinutes(50));
    }

    @Test
    void saysThatThereIsNothingToTryAgain() {
        var checkout = start(Optional.empty());
        waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));

        assertThat(checkout.staffMay().retry()).isFalse();
        assertThat(checkout.retryNow()).isEqualTo("nothing_to_retry");
        assertThat(reserve().retryNow()).isEqualTo("nothing_to_retry");
    }

    /** The hour that it would pause is not waited for. */
    private void assertTriesAgain(Checkout checkout) {
        assertThat(checkout.staffMay().retry()).isTrue();
        var before = shop.now();
        world.refused.clear();

        assertThat(checkout.retryNow()).isEqualTo("retrying");

        waitUntil(() -> !checkout.staffMay().retry());
        assertThat(Duration.between(before, shop.now())).isLessThan(Duration.ofMinutes(50));
    }

    // ---- extend

    @Test
    void waitsLongerForTheFirstMethodAndKeepsStockAndPrice() {
        var checkout = start(Optional.empty());
        waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
        var first = until(checkout);

        var later = first.plus(HOUR);
        assertThat(checkout.staffMay().extendTo()).contains(first.plus(Deadline.MOST));
        assertThat(checkout.extend(later)).isEqualTo("extended");

        waitUntil(() -> until(checkout).equals(later));
        assertToldOfMoreTime("checkout-o1", later);
        assertThat(world.holdsUntil.get("o1")).isEqualTo(later.plus(Duration.ofMinutes(15)));
        shop.temporal.sleep(Duration.ofMinutes(80));
        assertThat(checkout.pay(CARD)).isEqualTo("accepted");
        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertThat(world.charges).isEqualTo(1);
        assertThat(world.available).isEqualTo(9);
    }

    @Test
    void waitsLongerForAnotherMethodAfterADecline() {
        world.gateway.add(Gateway.declines_insufficient_funds);
        var checkout = start(Optional.of(CARD));
        waitUntil(() -> world.told().contains("payment_declined"));

        var later = until(checkout).plus(HOUR);
        assertThat(checkout.extend(later)).isEqualTo("extended");

        waitUntil(() -> until(checkout).equals(later));
        assertToldOfMoreTime("checkout-o1", later);
        assertThat(checkout.progress().code()).isEqualTo("payment_declined");
        shop.temporal.sleep(Duration.ofMinutes(80));
        assertThat(checkout.progress().waitingFor()).isEqualTo("payment_method");
        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");
        assertThat(result(checkout).code()).isEqualTo("confirmed");
        assertThat(world.payment("o1", 2)).isEqualTo("captured");
    }

    @Test
    void tellsOfTheLastDeadlineWhenItIsPutOffTwiceAtOnce() {
        world.gateway.add(Gateway.declines_insufficient_funds);
        var checkout = start(Optional.of(CARD));
        waitUntil(() -> world.told().contains("payment_declined"));
        var first = until(checkout);
        world.close("tell");
        assertThat(checkout.extend(first.plus(HOUR))).isEqualTo("extended");
        waitUntil(() -> world.waitsAt("tell"));

        assertThat(checkout.extend(first.plus(HOUR.multipliedBy(2)))).isEqualTo("extended");
        world.open("tell");

        waitUntil(() -> until(checkout).equals(first.plus(HOUR.multipliedBy(2))));
    }

    @Test
    void isTriedAgainByStaffWithinTheLongerTime() {
        world.gateway.add(Gateway.declines_insufficient_funds);
        var checkout = start(Optional.of(CARD));
        waitUntil(() -> world.told().contains("payment_declined"));
        checkout.extend(until(checkout).plus(HOUR));
        shop.temporal.sleep(Duration.ofMinutes(80));

        assertThat(checkout.replayPayment("PR-1").result()).isEqualTo(ReplayResult.replayed_paid);
    }

    @Test
    void endsAtTheLaterDeadlineWhenNobodyPays() {
        for (var declined : new boolean[] {false, true}) {
            String id = "o-" + declined;
            if (declined) {
                world.gateway.add(Gateway.declines_expired_card);
            }
            var checkout = shop.checkout(id);
            WorkflowClient.start(
                    checkout::checkout, shop.order(id, declined ? Optional.of(CARD) : Optional.<PaymentMethod>empty()));
            waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
            var later = until(checkout).plus(HOUR);
            assertThat(checkout.extend(later)).isEqualTo("extended");

            assertThat(result(checkout).code()).isEqualTo("payment_failed");
            assertThat(ended(declined ? "payment-" + id : "checkout-" + id)).isBetween(later, later.plus(HOUR));
        }
        assertThat(world.available).isEqualTo(10);
    }

    @Test
    void waitsLongerForTheCustomerAtTheirBank() {
        world.gateway.add(Gateway.asks_the_customer);
        world.inquiriesUntilTold = 60;
        var checkout = start(Optional.of(CARD));
        waitUntil(() -> world.told().contains("payment_confirmation_needed"));

        assertThat(checkout.extend(until(checkout).plus(HOUR))).isEqualTo("extended");

        assertThat(result(checkout).code()).isEqualTo("confirmed");
    }

    @Test
    void extendsNoFurtherThanThreeDaysInAllAndNeverBack() {
        var checkout = start(Optional.empty());
        waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
        var first = until(checkout);
        var latest = first.plus(Deadline.MOST);

        assertThat(checkout.extend(latest.plusMillis(1))).isEqualTo("too_far");
        assertThat(checkout.extend(first)).isEqualTo("not_later");
        assertThat(checkout.extend(latest)).isEqualTo("extended");
        assertThat(checkout.extend(latest)).isEqualTo("not_later");
        assertThat(checkout.extend(latest.plusMillis(1))).isEqualTo("too_far");
    }

    @Test
    void extendsNothingThatWaitsForNoCustomer() {
        world.close("secure");
        var checkout = start(Optional.of(CARD));
        waitUntil(() -> world.waitsAt("secure"));
        assertThat(checkout.extend(shop.now().plus(HOUR))).isEqualTo("not_waiting");
        world.open("secure");
        world.close("capture");
        waitUntil(() -> world.waitsAt("capture"));

        assertThat(checkout.extend(shop.now().plus(HOUR))).isEqualTo("too_late");
        assertThat(checkout.staffMay().extendTo()).isEmpty();
        world.open("capture");
        result(checkout);
    }

    @Test
    void promisesNoTimeForWhichNothingIsKept() {
        var checkout = start(Optional.empty());
        waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
        var first = until(checkout);
        world.refused.put("renewHold", 1);

        assertThat(checkout.extend(first.plus(HOUR))).isEqualTo("agent_unavailable");

        assertThat(until(checkout)).isEqualTo(first);
        assertThat(world.told()).containsExactly("payment_method_needed");
        assertThat(checkout.extend(first.plus(HOUR))).isEqualTo("extended");
    }

    @Test
    void comesTooLateWhenTheDeadlinePassesWhileTheStockIsRenewed() {
        var checkout = start(Optional.empty());
        waitUntil(() -> checkout.progress().waitingFor().equals("payment_method"));
        world.close("renewHold");
        var answer = WorkflowStub.fromTyped(checkout)
                .startUpdate(
                        "extend",
                        io.temporal.client.WorkflowUpdateStage.ACCEPTED,
                        String.class,
                        until(checkout).plus(HOUR));
        waitUntil(() -> world.waitsAt("renewHold"));
        world.close("releaseHold"); // else the stock may be gone before it is renewed
        assertThat(checkout.cancel("")).isEqualTo("cancelling");
        world.open("renewHold");

        assertThat(answer.getResult()).isEqualTo("too_late");
        world.open("releaseHold");
        assertThat(result(checkout).status()).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.available).isEqualTo(10);
    }

    @Test
    void keepsAReservationLonger() {
        var reservation = reserve();
        var later = until(reservation).plus(Duration.ofDays(1));

        assertThat(reservation.staffMay().extendTo())
                .contains(until(reservation).plus(Deadline.MOST));
        assertThat(reservation.extend(later)).isEqualTo("extended");

        waitUntil(() -> until(reservation).equals(later));
        assertToldOfMoreTime("reservation-r1", later);
        assertThat(world.keptUntil).containsEntry("r1", later);
        assertThat(world.holdsUntil).containsEntry("r1", later.plus(HOUR));
        shop.temporal.sleep(Duration.ofHours(60));
        assertThat(world.told()).containsExactly("reserved", "deadline_extended");
        assertThat(WorkflowStub.fromTyped(reservation).getResult(JourneyStatus.class))
                .isEqualTo(JourneyStatus.cancelled);
        assertThat(shop.now()).isBetween(later, later.plus(HOUR));
        assertThat(world.told())
                .containsExactly("reserved", "deadline_extended", "reservation_ending", "reservation_expired");
        assertThat(world.available).isEqualTo(10);
    }

    @Test
    void remindsAgainWhenAReservationIsKeptLongerAfterItsReminder() {
        var reservation = reserve();
        shop.temporal.sleep(Duration.ofHours(45));
        waitUntil(() -> world.told().contains("reservation_ending"));

        var later = until(reservation).plus(Duration.ofDays(1));
        assertThat(reservation.extend(later)).isEqualTo("extended");
        shop.temporal.sleep(Duration.ofHours(20));
        assertThat(reservation.collected()).isEqualTo("collected");

        assertThat(WorkflowStub.fromTyped(reservation).getResult(JourneyStatus.class))
                .isEqualTo(JourneyStatus.completed);
        assertThat(world.told())
                .startsWith("reserved", "reservation_ending", "deadline_extended")
                .endsWith("reservation_collected");
        assertThat(world.available).isEqualTo(9);
    }

    @Test
    void keepsNoReservationLongerThanItCan() {
        var reservation = reserve();
        var first = until(reservation);

        assertThat(reservation.extend(first.plus(Deadline.MOST).plusMillis(1))).isEqualTo("too_far");
        for (String away : new String[] {"renewHold", "keepCollection"}) {
            world.refused.put(away, 1);
            assertThat(reservation.extend(first.plus(HOUR))).isEqualTo("agent_unavailable");
        }
        assertThat(until(reservation)).isEqualTo(first);
        world.close("releaseHold");
        reservation.cancel("");
        waitUntil(() -> world.waitsAt("releaseHold") || world.parcels.containsValue("cancelled"));
        assertThat(reservation.extend(first.plus(HOUR))).isEqualTo("too_late");
        world.open("releaseHold");
    }

    @Test
    void keepsAPaidOrderInItsStoreNoLongerThanItCan() {
        shop.isPaid();
        var first = shop.now().plus(Duration.ofDays(3));
        world.keeps(first);
        var delivery = shop.delivery("o1");
        WorkflowClient.start(delivery::deliver, shop.parcelsOf("o1"));
        waitUntil(() -> delivery.progress().waitingFor().equals("store"));
        assertThat(delivery.staffMay().extendTo()).isEmpty();
        assertThat(delivery.extend(first.plus(HOUR))).isEqualTo("not_waiting");
        world.carrierTells(
                1, new ParcelEvent("ready", ParcelEventStatus.ready, shop.now(), Optional.empty(), Optional.empty()));
        delivery.parcelMoved();
        waitUntil(() -> delivery.progress().waitingFor().equals("collection"));
        var latest = first.plus(Deadline.MOST);

        assertThat(delivery.extend(first)).isEqualTo("not_later");
        assertThat(delivery.extend(latest.plusMillis(1))).isEqualTo("too_far");
        assertThat(delivery.extend(first.plus(HOUR))).isEqualTo("extended");
        waitUntil(() -> delivery.progress().until().equals(Optional.of(first.plus(HOUR))));
        assertThat(delivery.extend(latest.plusMillis(1))).isEqualTo("too_far");
        assertThat(delivery.extend(latest)).isEqualTo("extended");
        assertToldOfMoreTime("delivery-o1", first.plus(HOUR));
    }

    private void assertToldOfMoreTime(String workflowId, Instant until) {
        waitUntil(() -> world.told().contains("deadline_extended"));
        var told = world.news.stream()
                .filter(news -> news.code().equals("deadline_extended"))
                .findFirst()
                .orElseThrow();
        assertThat(told.workflowId()).isEqualTo(workflowId);
        assertThat(told.until()).contains(until);
        assertThat(told.status()).isEqualTo(JourneyStatus.waiting_for_customer);
        assertThat(told.facts()).doesNotContainKey("reason");
    }

    private Checkout start(Optional<PaymentMethod> method) {
        var checkout = shop.checkout("o1");
        WorkflowClient.start(checkout::checkout, shop.order("o1", method));
        return checkout;
    }

    private Reservation reserve() {
        var reservation = shop.reservation("r1");
        WorkflowClient.start(reservation::reserve, shop.request("r1"));
        waitUntil(() -> reservation.progress().waitingFor().equals("collection"));
        return reservation;
    }

    /** By its history: the test server's clock runs on while nobody looks. */
    private Instant ended(String workflowId) {
        var time = shop.temporal
                .getWorkflowClient()
                .fetchHistory(workflowId)
                .getLastEvent()
                .getEventTime();
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static Instant until(Checkout checkout) {
        return checkout.progress().until().orElseThrow();
    }

    private static Instant until(Reservation reservation) {
        return reservation.progress().until().orElseThrow();
    }

    private static Checkout.OrderResult result(Checkout checkout) {
        return WorkflowStub.fromTyped(checkout).getResult(Checkout.OrderResult.class);
    }
}
