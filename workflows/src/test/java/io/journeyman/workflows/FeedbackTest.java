package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.PostPurchase.ReviewRule;
import io.journeyman.contracts.Sku;
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
class FeedbackTest {
    private final Shop shop = new Shop();
    private final World world = shop.world;

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void followsADeliveryAndAsksDaysLater() {
        world.packs(1);
        var delivery = shop.delivery("o1");
        WorkflowClient.start(delivery::deliver, shop.parcelsOf("o1"));
        Instant arrived = shop.now(); // once the delivery has ended, time may be skipped at once
        world.carrierTells(
                1, new ParcelEvent("a", ParcelEventStatus.delivered, arrived, Optional.empty(), Optional.empty()));
        delivery.parcelMoved();
        assertThat(WorkflowStub.fromTyped(delivery).getResult(JourneyStatus.class))
                .isEqualTo(JourneyStatus.completed);
        waitUntil(() -> shop.exists("feedback-o1"));

        assertThat(WorkflowStub.fromTyped(shop.startedFeedback("o1")).getResult(JourneyStatus.class))
                .isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("delivered", "reviews_wanted");
        assertThat(world.news.getLast().facts())
                .containsEntry("orderId", "o1")
                .containsEntry("skus", "P-1-M-BLUE P-2-ONE-RED");
        assertThat(Duration.between(arrived, shop.now()))
                .isGreaterThan(Duration.ofDays(7).minusMinutes(1));
    }

    @Test
    void bringsDownNoDeliveryWhenItCannotBegin() {
        world.packs(1);
        world.refused.put("startFeedback", 1_000);
        var delivery = shop.delivery("o1");
        WorkflowClient.start(delivery::deliver, shop.parcelsOf("o1"));
        world.carrierTells(
                1, new ParcelEvent("a", ParcelEventStatus.delivered, shop.now(), Optional.empty(), Optional.empty()));
        delivery.parcelMoved();

        assertThat(WorkflowStub.fromTyped(delivery).getResult(JourneyStatus.class))
                .isEqualTo(JourneyStatus.completed);
        assertThat(shop.exists("feedback-o1")).isFalse();
    }

    @Test
    void saysNothingWhereNothingIsKeptOrTheCustomerDoesNotWantToBeAsked() {
        world.kept = List.of();

        assertThat(shop.feedback("o1").ask(Shop.asking("o1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).isEmpty();
        assertThat(world.calls).contains("requestReviews");
    }

    @Test
    void endsAtOnceWhereTheShopAsksNobody() {
        world.reviewRule = new ReviewRule(false, 0);
        Instant before = shop.now();

        assertThat(shop.feedback("o1").ask(Shop.asking("o1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).isEmpty();
        assertThat(world.calls).doesNotContain("requestReviews");
        assertThat(Duration.between(before, shop.now())).isLessThan(Duration.ofHours(1));
    }

    @Test
    void namesTenLinesAtMost() {
        world.kept = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> new Sku("P-" + i))
                .toList();

        shop.feedback("o1").ask(Shop.asking("o1"));

        assertThat(world.news.getLast().facts().get("skus").split(" ")).hasSize(10);
    }

    @Test
    void isTriedAgainUntilTheAgentIsBack() {
        world.refused.put("requestReviews", 2);

        assertThat(shop.feedback("o1").ask(Shop.asking("o1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("reviews_wanted");
    }

    @Test
    void isGivenUpInSilenceAfterTwoWeeks() {
        world.refused.put("requestReviews", 1_000);

        assertThat(shop.feedback("o1").ask(Shop.asking("o1"))).isEqualTo(JourneyStatus.failed);

        assertThat(world.told()).isEmpty();
    }

    @Test
    void asksNobodyOnceItIsCancelled() {
        var feedback = shop.feedback("o1");
        WorkflowClient.start(feedback::ask, Shop.asking("o1"));
        waitUntil(() -> world.calls.contains("reviewRule"));

        assertThat(feedback.extend(shop.now())).isEqualTo("not_waiting");
        assertThat(feedback.retryNow()).isEqualTo("nothing_to_retry");
        assertThat(feedback.cancel("")).isEqualTo("cancelling");

        assertThat(WorkflowStub.fromTyped(feedback).getResult(JourneyStatus.class))
                .isEqualTo(JourneyStatus.cancelled);
        assertThat(world.told()).isEmpty();
    }
}
