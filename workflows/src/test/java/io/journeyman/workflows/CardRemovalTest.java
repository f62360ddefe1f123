package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.forgetting;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.OrderId;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CardRemovalTest {
    private final Shop shop = new Shop();
    private final World world = shop.world;

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void forgetsTheCardsAndSaysWhatIsStillPaidWithThem() {
        world.payingFor = List.of(new OrderId("o1"));

        assertThat(shop.removal("f1").forget(forgetting("f1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("cards_forgotten");
        assertThat(world.forgotten).containsExactly("f1");
        assertThat(world.news.getLast().facts()).containsEntry("cards", "1").containsEntry("payingFor", "o1");
    }

    @Test
    void goesOnUntilTheAgentIsBack() {
        world.refused.put("forgetCards", 1);

        assertThat(shop.removal("f1").forget(forgetting("f1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("card_removal_stuck", "cards_forgotten");
    }

    @Test
    void isTriedAgainWhenStaffSaySoAndCannotBeCancelled() {
        world.refused.put("forgetCards", 1);
        var removal = shop.removal("f1");
        WorkflowClient.start(removal::forget, forgetting("f1"));
        waitUntil(() -> removal.staffMay().retry());

        assertThat(removal.cancel("")).isEqualTo("too_late");
        assertThat(removal.extend(shop.now().plus(Duration.ofDays(1)))).isEqualTo("not_waiting");
        assertThat(removal.retryNow()).isEqualTo("retrying");

        assertThat(WorkflowStub.fromTyped(removal).getResult(JourneyStatus.class))
                .isEqualTo(JourneyStatus.completed);
    }
}
