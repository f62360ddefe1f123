package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyNews;
import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.PostPurchase.CancellationReason;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.workflows.cancellation.Cancellation;
import io.journeyman.workflows.delivery.Delivery;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CollectedOrderTest {
    private final Shop shop = new Shop();
    private final World world = shop.world;
    private Delivery delivery;
    private Instant until;

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void waitsForItsStoreAndThenForItsCustomer() {
        keep();
        waitUntil(() -> delivery.progress().code().equals("being_set_aside"));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.waiting_for_agent);
        assertThat(delivery.progress().waitingFor()).isEqualTo("store");
        assertThat(world.told()).isEmpty();

        ready();

        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.waiting_for_customer);
        assertThat(delivery.progress().waitingFor()).isEqualTo("collection");
        assertThat(delivery.progress().until()).contains(until);
        assertThat(world.news.getLast().facts())
                .containsEntry("pickupCode", World.PICKUP_CODE)
                .containsEntry("store", World.STORE);
        assertThat(world.orders).doesNotContainKey("o1");
    }

    @Test
    void isReadyOnceWhoeverSaysSo() {
        keep();
        ready();
        world.carrierTells(
                1, new ParcelEvent("again", ParcelEventStatus.ready, shop.now(), Optional.empty(), Optional.empty()));
        handOver();

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("collection_ready", "collection_picked_up");
    }

    @Test
    void endsWhenItIsHandedOver() {
        keep();
        ready();
        handOver();

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("collection_ready", "collection_picked_up");
        assertThat(world.news.getLast().facts()).doesNotContainKey("pickupCode");
        assertThat(world.orders).containsEntry("o1", OrderStatus.delivered);
        assertThat(world.uncollected).isEmpty();
    }

    @Test
    void endsWhenItIsHandedOverBeforeAnybodySaidThatItIsReady() {
        keep();
        handOver();

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("collection_picked_up");
    }

    @Test
    void remindsOnceBeforeItsTimeIsOver() {
        keep();
        ready();
        shop.temporal.sleep(Duration.ofDays(1).plusHours(23));
        assertThat(world.told()).containsExactly("collection_ready");
        shop.temporal.sleep(Duration.ofHours(20));
        waitUntil(() -> world.told().contains("collection_ending"));
        handOver();

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("collection_ready", "collection_ending", "collection_picked_up");
    }

    @Test
    void isUndoneAndRefundedWhenNobodyCollectsIt() {
        world.cancelsAll = true;
        keep();
        ready();

        assertThat(result()).isEqualTo(JourneyStatus.cancelled);
        assertThat(shop.now()).isAfterOrEqualTo(until);
        WorkflowStub.fromTyped(cancellation(1)).getResult(JourneyStatus.class);
        assertThat(world.told())
                .containsSubsequence("collection_ready", "collection_ending", "collection_not_collected")
                .contains("cancellation_refunded");
        assertThat(world.orders).containsEntry("o1", OrderStatus.cancelled);
        assertThat(world.holds).containsEntry("o1", "released");
        assertThat(world.uncollected).containsExactly(CancellationReason.not_collected);
        var refund = world.news.stream()
                .filter(news -> news.kind().equals("Cancellation"))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(refund.facts()).containsEntry("uncollected", "o1").containsEntry("because", "not_collected");
    }

    @Test
    void isNotUndoneWhenItIsHandedOverAtThatMoment() {
        world.cancelsAll = true;
        keep();
        ready();
        world.close("withdrawPieces");
        shop.temporal.sleep(Duration.ofDays(3));
        waitUntil(() -> world.waitsAt("withdrawPieces"));

        handOver();
        world.open("withdrawPieces");

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(WorkflowStub.fromTyped(cancellation(1)).getResult(JourneyStatus.class))
                .isEqualTo(JourneyStatus.failed);
        assertThat(world.told()).contains("collection_picked_up").doesNotContain("cancellation_refunded");
        assertThat(world.orders).containsEntry("o1", OrderStatus.delivered);
        assertThat(world.holds).containsEntry("o1", "allocated");
    }

    @Test
    void isNotHandedOverWhenItWasUndoneBefore() {
        keep();
        ready();
        world.parcels.put("o1", "cancelled");
        delivery.parcelMoved();

        assertThat(result()).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.told()).containsExactly("collection_ready", "collection_called_off");
        assertThat(world.uncollected).isEmpty();
    }

    @Test
    void triesToUndoItAgainWhenAnotherCancellationHadSpokenForItsPieces() {
        world.cancelsAll = true;
        world.cancellationRefused = "nothing_to_cancel";
        keep();
        ready();
        shop.temporal.sleep(Duration.ofDays(3).plusMinutes(1));
        waitUntil(() -> world.told().contains("nothing_to_cancel"));

        world.cancellationRefused = "";

        assertThat(result()).isEqualTo(JourneyStatus.cancelled);
        WorkflowStub.fromTyped(cancellation(2)).getResult(JourneyStatus.class);
        assertThat(world.told()).contains("cancellation_refunded");
    }

    @Test
    void callsStaffWhenItCannotBeUndoneYet() {
        world.cancelsAll = true;
        world.refused.put("quoteUncollected", 1_000);
        keep();
        ready();
        shop.temporal.sleep(Duration.ofDays(3).plusHours(1));
        waitUntil(() -> delivery.progress().code().equals("collection_stuck"));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.needs_staff);

        world.refused.clear();
        assertThat(delivery.retryNow()).isEqualTo("retrying");

        assertThat(result()).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.told()).contains("collection_not_collected");
    }

    @Test
    void callsStaffWhenItsStoreIsLateAndIsUndoneInTheEnd() {
        world.cancelsAll = true;
        keep();
        shop.temporal.sleep(Duration.ofDays(6));
        waitUntil(() -> world.told().contains("collection_overdue"));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.needs_staff);
        assertThat(world.news.getLast().facts()).doesNotContainKey("pickupCode");

        assertThat(result()).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.uncollected).containsExactly(CancellationReason.never_ready);
        assertThat(world.told()).doesNotContain("collection_ending");
    }

    @Test
    void goesOnWhenItsStoreIsLateAndReadyAfterAll() {
        keep();
        shop.temporal.sleep(Duration.ofDays(6));
        waitUntil(() -> world.told().contains("collection_overdue"));
        world.keptUntilThen = Optional.of(shop.now().plus(Duration.ofDays(3)));

        ready();
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.waiting_for_customer);
        handOver();

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.news).extracting(JourneyNews::code).doesNotContain("collection_ending");
    }

    @Test
    void isKeptLongerWhereStaffSaySo() {
        keep();
        ready();
        var later = until.plus(Duration.ofDays(1));
        assertThat(delivery.staffMay().extendTo()).contains(until.plus(Deadline.MOST));

        assertThat(delivery.extend(later)).isEqualTo("extended");

        waitUntil(() -> delivery.progress().until().equals(Optional.of(later)));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.waiting_for_customer);
        assertThat(delivery.progress().waitingFor()).isEqualTo("collection");
        assertThat(world.news.getLast().facts()).containsEntry("keepUntil", later.toString());
        shop.temporal.sleep(Duration.ofDays(3).plusHours(2));
        waitUntil(() -> world.told().contains("collection_ending"));
        assertThat(world.uncollected).isEmpty();
        handOver();
        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told())
                .containsExactly("collection_ready", "deadline_extended", "collection_ending", "collection_picked_up");
    }

    @Test
    void isUndoneAtItsLaterEndAndRemindsBeforeItOnceMore() {
        world.cancelsAll = true;
        keep();
        ready();
        shop.temporal.sleep(Duration.ofDays(2).plusHours(12));
        waitUntil(() -> world.told().contains("collection_ending"));
        var later = until.plus(Duration.ofDays(2));

        assertThat(delivery.extend(later)).isEqualTo("extended");

        assertThat(result()).isEqualTo(JourneyStatus.cancelled);
        assertThat(shop.now()).isAfterOrEqualTo(later);
        WorkflowStub.fromTyped(cancellation(1)).getResult(JourneyStatus.class);
        assertThat(world.told())
                .containsSubsequence(
                        "collection_ready",
                        "collection_ending",
                        "deadline_extended",
                        "collection_ending",
                        "collection_not_collected")
                .contains("cancellation_refunded");
    }

    @Test
    void isNotUndoneWhenItIsKeptLongerAtThatMoment() {
        world.cancelsAll = true;
        keep();
        ready();
        world.close("withdrawPieces");
        shop.temporal.sleep(Duration.ofDays(3));
        waitUntil(() -> world.waitsAt("withdrawPieces"));

        assertThat(delivery.extend(until.plus(Deadline.MOST))).isEqualTo("extended");
        world.open("withdrawPieces");

        assertThat(WorkflowStub.fromTyped(cancellation(1)).getResult(JourneyStatus.class))
                .isEqualTo(JourneyStatus.failed);
        waitUntil(() -> world.told().containsAll(List.of("kept_longer", "deadline_extended")));
        assertThat(world.told()).doesNotContain("cancellation_refunded", "collection_not_collected");
        handOver();
        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.holds).containsEntry("o1", "allocated");
    }

    @Test
    void isNotKeptLongerWhenItWasUndoneBefore() {
        keep();
        ready();
        world.parcels.put("o1", "cancelled");

        assertThat(delivery.extend(until.plus(Duration.ofDays(1)))).isEqualTo("too_late");

        assertThat(result()).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.told()).containsExactly("collection_ready", "collection_called_off");
    }

    @Test
    void isKeptLongerThanStaffHeardWhereTheAnswerWasLost() {
        keep();
        ready();
        var later = until.plus(Duration.ofDays(1));
        world.refused.put("keepOrder", 1);
        assertThat(delivery.extend(later)).isEqualTo("agent_unavailable");
        assertThat(delivery.progress().until()).contains(until);

        world.keptUntilThen = Optional.of(later);
        delivery.parcelMoved();

        waitUntil(() -> delivery.progress().until().equals(Optional.of(later)));
        assertThat(world.told()).containsExactly("collection_ready", "deadline_extended");
    }

    private void keep() {
        shop.isPaid();
        until = shop.now().plus(Duration.ofDays(3));
        world.keeps(until);
        delivery = shop.delivery("o1");
        WorkflowClient.start(delivery::deliver, shop.parcelsOf("o1"));
        waitUntil(() -> world.calls.contains("sendShipment"));
    }

    private void ready() {
        happens(ParcelEventStatus.ready);
        waitUntil(() -> world.told().contains("collection_ready"));
    }

    private void handOver() {
        world.hasLeft = true;
        happens(ParcelEventStatus.delivered);
    }

    private void happens(ParcelEventStatus status) {
        world.carrierTells(1, new ParcelEvent(status.name(), status, shop.now(), Optional.empty(), Optional.empty()));
        delivery.parcelMoved();
    }

    private Cancellation cancellation(int tries) {
        return shop.temporal
                .getWorkflowClient()
                .newWorkflowStub(Cancellation.class, Cancellation.workflowId(new CancellationId("CN-o1-" + tries)));
    }

    private JourneyStatus result() {
        return WorkflowStub.fromTyped(delivery).getResult(JourneyStatus.class);
    }
}
