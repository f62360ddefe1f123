package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.waitUntil;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.PostPurchase.ReviewRule;
import io.journeyman.workflows.conversation.ClientJourneyStart;
import io.journeyman.workflows.conversation.Conversation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What customers are asked and reminded of by itself, for {@link HistoriesTest}. */
final class FeedbackPaths {
    static final Map<String, Consumer<Shop>> ALL = new TreeMap<>();

    static {
        ALL.put("delivered_and_asked", shop -> {
            shop.world.packs(1);
            var delivery = shop.delivery("o1");
            WorkflowClient.start(delivery::deliver, shop.parcelsOf("o1"));
            shop.world.carrierTells(
                    1,
                    new ParcelEvent("a", ParcelEventStatus.delivered, shop.now(), Optional.empty(), Optional.empty()));
            delivery.parcelMoved();
            WorkflowStub.fromTyped(delivery).getResult(JourneyStatus.class);
            waitUntil(() -> shop.exists("feedback-o1"));
            WorkflowStub.fromTyped(shop.startedFeedback("o1")).getResult(JourneyStatus.class);
        });
        ALL.put("asked_later", shop -> {
            shop.world.refused.put("requestReviews", 2);
            shop.feedback("o1").ask(Shop.asking("o1"));
        });
        ALL.put("asked_about_nothing", shop -> {
            shop.world.kept = List.of();
            shop.feedback("o1").ask(Shop.asking("o1"));
        });
        ALL.put("asked_by_nobody", shop -> {
            shop.world.reviewRule = new ReviewRule(false, 0);
            shop.feedback("o1").ask(Shop.asking("o1"));
        });
        ALL.put("not_asked_after_all", shop -> {
            var feedback = shop.feedback("o1");
            WorkflowClient.start(feedback::ask, Shop.asking("o1"));
            waitUntil(() -> shop.world.calls.contains("reviewRule"));
            feedback.cancel("");
            WorkflowStub.fromTyped(feedback).getResult(JourneyStatus.class);
        });
        ALL.put("reminded", shop -> {
            shop.world.toRemindOfCredit = 60;
            new ClientJourneyStart(shop.temporal.getWorkflowClient(), Conversation.TASK_QUEUE).startReminders();
            waitUntil(() -> asked(shop) == 1);
            shop.world.refused.put("remindOfCredit", 1);
            shop.temporal.sleep(Duration.ofMinutes(61));
            waitUntil(() -> asked(shop) == 2);
        });
    }

    private static long asked(Shop shop) {
        return shop.world.calls.stream().filter("remindOfPoints"::equals).count();
    }

    private FeedbackPaths() {}
}
