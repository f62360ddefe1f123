package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.replay.Replay;
import io.journeyman.activities.replay.ReplayActivities;
import io.journeyman.workflows.conversation.Conversation;
import io.journeyman.workflows.replay.PaymentReplay;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A replay's pace, its pauses, and that its history stays short however many orders there are. */
@Timeout(120)
class PaymentReplayTest {
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
    private final Orders orders = new Orders();

    /** So many orders to go; each batch is remembered with its time. */
    private final class Orders implements ReplayActivities {
        private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        private final List<Long> times = Collections.synchronizedList(new ArrayList<>());
        private final List<Replay.Status> told = Collections.synchronizedList(new ArrayList<>());
        private int left;
        private boolean outOfReach;
        private int recordsThatFail;
        private long cancelledFrom = Long.MAX_VALUE;

        @Override
        public Step next(String replayId, int batch) {
            if (cancelledFrom < Long.MAX_VALUE && eventsOf(replayId) >= cancelledFrom) {
                assertThat(replayOf(replayId).cancel()).isEqualTo("cancelled");
            }
            return next(batch);
        }

        private synchronized Step next(int batch) {
            if (outOfReach) {
                throw ApplicationFailure.newNonRetryableFailure("nobody comes to them", "out_of_reach");
            }
            int tried = Math.min(left, batch);
            left -= tried;
            batches.add(tried);
            times.add(temporal.currentTimeMillis());
            return new Step(tried, left > 0);
        }

        @Override
        public synchronized void stands(String replayId, Replay.Status status) {
            if (recordsThatFail > 0) {
                recordsThatFail--;
                throw ApplicationFailure.newNonRetryableFailure("no record", "no_record");
            }
            told.add(status);
        }
    }

    @BeforeEach
    void open() {
        var worker = temporal.newWorker(Conversation.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(JourneymanWorker.workflows());
        worker.registerActivitiesImplementations(orders);
        temporal.start();
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void triesNoMoreASecondThanAsked() {
        orders.left = 100;

        start().replay(pace(4, false));

        assertThat(orders.batches).hasSize(5).allMatch(tried -> tried == 20);
        // the first may have come late on a busy machine
        assertThat(orders.times.getLast() - orders.times.getFirst()).isBetween(17_500L, 60_000L);
        assertThat(orders.told).containsExactly(Replay.Status.done);
    }

    @Test
    void goesThroughTenThousandOrdersInAShortHistory() {
        orders.left = 10_000;

        start().replay(pace(1, false));

        assertThat(orders.batches.stream().mapToInt(tried -> tried).sum()).isEqualTo(10_000);
        assertThat(orders.told).containsExactly(Replay.Status.done);
        assertThat(temporal.getWorkflowClient()
                        .fetchHistory(PaymentReplay.workflowId("PR-1"))
                        .getEvents())
                .hasSizeLessThan(5_000);
    }

    @Test
    void waitsWhileItIsPausedAndGoesOn() {
        orders.left = 100;
        var replay = start();
        WorkflowClient.start(replay::replay, pace(1, true));
        assertThat(replay.pause()).isEqualTo("paused");
        temporal.sleep(Duration.ofDays(1));
        assertThat(orders.batches).isEmpty();

        assertThat(replay.resume()).isEqualTo("running");

        WorkflowStub.fromTyped(replay).getResult(Void.class);
        assertThat(orders.told).containsExactly(Replay.Status.paused, Replay.Status.running, Replay.Status.done);
        assertThat(orders.left).isZero();
    }

    @Test
    void stopsWhereItIsWhenCancelled() {
        orders.left = 100;
        var replay = start();
        WorkflowClient.start(replay::replay, pace(1, false));
        waitUntil(() -> !orders.batches.isEmpty());

        assertThat(replay.cancel()).isEqualTo("cancelled");

        WorkflowStub.fromTyped(replay).getResult(Void.class);
        assertThat(orders.told).endsWith(Replay.Status.cancelled);
        assertThat(orders.left).isPositive();
    }

    @Test
    void stopsWhereItIsAlsoWhenItsHistoryHasBecomeLong() {
        orders.left = 10_000;
        orders.cancelledFrom = 3_995;

        start().replay(pace(1, false));

        assertThat(orders.told).containsExactly(Replay.Status.cancelled);
        assertThat(orders.left).isPositive();
    }

    @Test
    void isPausedWhenItCannotGetToTheOrdersAndGoesOnWhenStaffSaySo() {
        orders.left = 30;
        orders.outOfReach = true;
        var replay = start();
        WorkflowClient.start(replay::replay, pace(4, false));
        waitUntil(() -> !orders.told.isEmpty());
        assertThat(orders.told).containsExactly(Replay.Status.paused);

        orders.outOfReach = false;
        assertThat(replay.resume()).isEqualTo("running");

        WorkflowStub.fromTyped(replay).getResult(Void.class);
        assertThat(orders.told).containsExactly(Replay.Status.paused, Replay.Status.running, Replay.Status.done);
        assertThat(orders.left).isZero();
    }

    @Test
    void itsRecordSaysThatItIsDoneHoweverLongThatTakes() {
        orders.left = 10;
        orders.recordsThatFail = 3;

        start().replay(pace(4, false));

        assertThat(orders.told).containsExactly(Replay.Status.done);
    }

    @Test
    void aPauseThatNobodyEndsIsACancellation() {
        orders.left = 100;

        start().replay(pace(1, true));

        assertThat(orders.told).containsExactly(Replay.Status.cancelled);
        assertThat(orders.batches).isEmpty();
    }

    private PaymentReplay start() {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        PaymentReplay.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(Conversation.TASK_QUEUE)
                                .setWorkflowId(PaymentReplay.workflowId("PR-1"))
                                .build());
    }

    private PaymentReplay replayOf(String replayId) {
        return temporal.getWorkflowClient().newWorkflowStub(PaymentReplay.class, PaymentReplay.workflowId(replayId));
    }

    private long eventsOf(String replayId) {
        return temporal.getWorkflowClient()
                .fetchHistory(PaymentReplay.workflowId(replayId))
                .getEvents()
                .size();
    }

    private static PaymentReplay.Pace pace(int rate, boolean paused) {
        return new PaymentReplay.Pace("PR-1", rate, paused);
    }
}
