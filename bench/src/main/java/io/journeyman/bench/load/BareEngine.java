package io.journeyman.bench.load;

import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.ProposalId;
import io.journeyman.workflows.JourneymanWorker;
import io.journeyman.workflows.conversation.ClientJourneyStart;
import io.journeyman.workflows.conversation.Conversation;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The engine alone: the shop's own workflows, from the customer's confirmation on, with activities in which nothing is done, on the
 * shop's engine and on a task queue of their own. What the shop makes of it at most is what this reaches.
 */
final class BareEngine implements AutoCloseable {
    private static final String TASK_QUEUE = "bench-bare";
    private static final PaymentMethod CASH = new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty());

    private final WorkflowClient client;
    private final WorkerFactory workers;
    private final NothingDone activities = new NothingDone();

    private BareEngine(WorkflowClient client) {
        this.client = client;
        this.workers = JourneymanWorker.factory(client);
        var worker = workers.newWorker(TASK_QUEUE, JourneymanWorker.sizes().build());
        worker.registerWorkflowImplementationTypes(JourneymanWorker.workflows());
        worker.registerActivitiesImplementations(activities, new ClientJourneyStart(client, TASK_QUEUE));
        workers.start();
    }

    static BareEngine start(WorkflowClient client) {
        return new BareEngine(client);
    }

    /** @return how long it took from the confirmation to the news that the order is confirmed */
    Duration checkout() throws Exception {
        var conversation = new ConversationId("bare-" + UUID.randomUUID());
        var heard = activities.orderConfirmed(conversation);
        var stub = client.newWorkflowStub(
                Conversation.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(Conversation.workflowId(conversation))
                        .setTaskQueue(TASK_QUEUE)
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .build());
        long began = System.nanoTime();
        WorkflowClient.executeUpdateWithStart(
                stub::confirm,
                new ProposalId(conversation.value()),
                Optional.of(CASH),
                UpdateOptions.<Confirmation>newBuilder()
                        .setUpdateId("confirm")
                        .setResultClass(Confirmation.class)
                        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                        .build(),
                new WithStartWorkflowOperation<>(stub::converse, conversation));
        return Duration.ofNanos(heard.get(90, TimeUnit.SECONDS) - began);
    }

    @Override
    public void close() {
        workers.shutdownNow();
        workers.awaitTermination(5, TimeUnit.SECONDS);
    }
}
