package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.workflows.conversation.ClientJourneyStart;
import io.journeyman.workflows.conversation.Conversation;
import io.journeyman.workflows.reminder.Reminders;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RemindersTest {
    private final Shop shop = new Shop();
    private final World world = shop.world;
    private final ClientJourneyStart worker =
            new ClientJourneyStart(shop.temporal.getWorkflowClient(), Conversation.TASK_QUEUE);

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void tellEverybodyLotByLotAndLookAgainWithinTheHour() {
        world.toRemindOfCredit = 120;
        world.toRemindOfPoints = 3;
        worker.startReminders();
        waitUntil(() -> times("remindOfPoints") == 2);
        assertThat(world.toRemindOfCredit).isZero();
        assertThat(times("remindOfCredit")).isEqualTo(4);

        world.toRemindOfCredit = 1;
        shop.temporal.sleep(Duration.ofMinutes(61));

        waitUntil(() -> world.toRemindOfCredit == 0);
    }

    @Test
    void areOneHoweverManyWorkersBegin() {
        worker.startReminders();
        waitUntil(() -> rounds() >= 1);
        var first = run();

        worker.startReminders();

        waitUntil(() -> rounds() >= 2);
        assertThat(run()).isEqualTo(first);
    }

    @Test
    void goOnWhereALedgerDoesNotAnswer() {
        world.refused.put("remindOfCredit", 1);
        world.toRemindOfCredit = 1;
        worker.startReminders();
        waitUntil(() -> rounds() == 1);
        assertThat(world.toRemindOfCredit).isEqualTo(1);

        shop.temporal.sleep(Duration.ofMinutes(61));

        waitUntil(() -> world.toRemindOfCredit == 0);
    }

    @Test
    void beginANewHistoryEachDay() {
        worker.startReminders();
        waitUntil(() -> rounds() >= 1);
        var first = run();

        shop.temporal.sleep(Duration.ofHours(25));

        waitUntil(() -> !run().equals(first));
        int before = rounds();
        shop.temporal.sleep(Duration.ofHours(2));
        waitUntil(() -> rounds() > before);
    }

    /** Where nobody is to hear of points, these are asked for once in each round, at its end. */
    private int rounds() {
        return times("remindOfPoints");
    }

    private int times(String step) {
        return (int) world.calls.stream().filter(step::equals).count();
    }

    private String run() {
        return shop.temporal
                .getWorkflowClient()
                .newUntypedWorkflowStub(Reminders.WORKFLOW_ID)
                .describe()
                .getExecution()
                .getRunId();
    }
}
