package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.moving;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.Sku;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AddressMoveTest {
    private final Shop shop = new Shop();
    private final World world = shop.world;

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void sendsTheOrderElsewhereAndRecordsIt() {
        assertThat(shop.move("a1").move(moving("a1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("address_changed");
        assertThat(world.moved).containsExactly("a1");
        assertThat(world.news.getLast().facts()).containsEntry("orderId", "o1").containsEntry("due", "2026-12-03");
    }

    @Test
    void saysWhatHadLeftBeforeTheRestWasSentElsewhere() {
        world.gone = List.of(new Sku("P-1-M-BLUE"), new Sku("P-2-ONE-RED"));

        assertThat(shop.move("a1").move(moving("a1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("address_changed_in_part");
        assertThat(world.moved).containsExactly("a1");
        assertThat(world.news.getLast().facts()).containsEntry("staying", "P-1-M-BLUE P-2-ONE-RED");
    }

    @Test
    void changesNothingWhenAllOfItHasLeft() {
        world.hasLeft = true;

        assertThat(shop.move("a1").move(moving("a1"))).isEqualTo(JourneyStatus.failed);

        assertThat(world.told()).containsExactly("address_change_too_late");
        assertThat(world.moved).isEmpty();
    }

    @Test
    void saysWhenItsDeliveryIsNotOfferedThere() {
        world.moveRefused = "option_gone";

        assertThat(shop.move("a1").move(moving("a1"))).isEqualTo(JourneyStatus.failed);

        assertThat(world.told()).containsExactly("address_not_served");
    }

    @Test
    void isRecordedOnceTheAgentIsBack() {
        world.refused.put("recordAddress", 1);

        assertThat(shop.move("a1").move(moving("a1"))).isEqualTo(JourneyStatus.completed);

        assertThat(world.told()).containsExactly("address_change_stuck", "address_changed");
        assertThat(world.moved).containsExactly("a1");
    }

    @Test
    void isTriedAgainWhenStaffSaySoAndCannotBeCancelled() {
        world.refused.put("changeAddress", 1);
        var move = shop.move("a1");
        WorkflowClient.start(move::move, moving("a1"));
        waitUntil(() -> move.staffMay().retry());

        assertThat(move.cancel("")).isEqualTo("too_late");
        assertThat(move.extend(shop.now().plus(Duration.ofDays(1)))).isEqualTo("not_waiting");
        assertThat(move.retryNow()).isEqualTo("retrying");

        assertThat(WorkflowStub.fromTyped(move).getResult(JourneyStatus.class)).isEqualTo(JourneyStatus.completed);
    }
}
