package io.journeyman.workflows;

import io.journeyman.workflows.checkout.SagaCheckout;
import io.journeyman.workflows.conversation.Conversation;
import io.journeyman.workflows.conversation.TurnByTurnConversation;
import io.journeyman.workflows.payment.PersistentPaymentRetry;
import io.journeyman.workflows.reservation.StoreReservation;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One worker: every workflow of this module and the given activities, on one task queue. */
public final class JourneymanWorker implements AutoCloseable {
    private static final Class<?>[] WORKFLOWS = {
        TurnByTurnConversation.class, SagaCheckout.class, PersistentPaymentRetry.class, StoreReservation.class
    };

    private final WorkerFactory factory;

    private JourneymanWorker(WorkerFactory factory) {
        this.factory = factory;
    }

    /** @param activities the objects that implement the activity interfaces, a DynamicActivity among them */
    public static JourneymanWorker start(WorkflowClient client, List<Object> activities) {
        var factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setWorkflowCacheSize(1_000)
                        .setUsingVirtualWorkflowThreads(true)
                        .build());
        var worker = factory.newWorker(
                Conversation.TASK_QUEUE,
                WorkerOptions.newBuilder()
                        .setUsingVirtualThreads(true)
                        .setMaxConcurrentActivityExecutionSize(200)
                        .setMaxConcurrentLocalActivityExecutionSize(200)
                        .setMaxConcurrentWorkflowTaskExecutionSize(100)
                        .setMaxConcurrentWorkflowTaskPollers(4)
                        .setMaxConcurrentActivityTaskPollers(4)
                        .build());
        worker.registerWorkflowImplementationTypes(WORKFLOWS);
        worker.registerActivitiesImplementations(activities.toArray());
        factory.start();
        return new JourneymanWorker(factory);
    }

    /** The workflow classes, for tests and replays. */
    public static Class<?>[] workflows() {
        return WORKFLOWS.clone();
    }

    /** Lets running tasks finish for up to so long, then stops them: Temporal repeats what was cut off. */
    public void stop(Duration patience) {
        factory.shutdown();
        factory.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!factory.isTerminated()) {
            factory.shutdownNow();
        }
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(5));
    }
}
