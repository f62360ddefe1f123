package io.journeyman.workflows;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.journeyman.workflows.cancellation.ParcelStop;
import io.journeyman.workflows.cards.LastingCardRemoval;
import io.journeyman.workflows.checkout.SagaCheckout;
import io.journeyman.workflows.conversation.ClientJourneyStart;
import io.journeyman.workflows.conversation.Conversation;
import io.journeyman.workflows.conversation.TurnByTurnConversation;
import io.journeyman.workflows.delivery.ParcelWatch;
import io.journeyman.workflows.feedback.PatientQuestion;
import io.journeyman.workflows.move.ShipmentRedirect;
import io.journeyman.workflows.payment.PersistentPaymentRetry;
import io.journeyman.workflows.reminder.HourlyReminders;
import io.journeyman.workflows.replay.PacedPaymentReplay;
import io.journeyman.workflows.reservation.StoreReservation;
import io.journeyman.workflows.returns.ParcelReturn;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One worker: every workflow of this module and the given activities, on one task queue. */
public final class JourneymanWorker implements AutoCloseable {
    private static final Class<?>[] WORKFLOWS = {
        TurnByTurnConversation.class,
        SagaCheckout.class,
        PersistentPaymentRetry.class,
        StoreReservation.class,
        ParcelReturn.class,
        ParcelStop.class,
        ParcelWatch.class,
        ShipmentRedirect.class,
        PatientQuestion.class,
        LastingCardRemoval.class,
        PacedPaymentReplay.class,
        HourlyReminders.class
    };

    private static final Logger log = LoggerFactory.getLogger(JourneymanWorker.class);
    private static final Set<Status.Code> MAY_PASS = Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final WorkerFactory factory;

    private JourneymanWorker(WorkerFactory factory) {
        this.factory = factory;
    }

    /** One whose version nobody names: for tests of what has nothing to do with versions. */
    public static JourneymanWorker start(WorkflowClient client, List<Object> activities) {
        return start(client, activities, sizes());
    }

    /**
     * @param activities the objects that implement the activity interfaces, a DynamicActivity among them
     * @param version of the workflows' code
     * @param current whether journeys go on under it from now on, also when another version is current; a shop that has no current
     *     version gets this one in any case
     */
    public static JourneymanWorker start(
            WorkflowClient client, List<Object> activities, WorkerVersion version, boolean current) {
        var worker = start(client, activities, sizes().setDeploymentOptions(version.options()));
        try {
            version.makeCurrent(client, current);
            return worker;
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    private static JourneymanWorker start(
            WorkflowClient client, List<Object> activities, WorkerOptions.Builder options) {
        var factory = factory(client);
        var worker = factory.newWorker(Conversation.TASK_QUEUE, options.build());
        worker.registerWorkflowImplementationTypes(WORKFLOWS);
        worker.registerActivitiesImplementations(activities.toArray());
        worker.registerActivitiesImplementations(new ClientJourneyStart(client, Conversation.TASK_QUEUE));
        startOnceTheEngineAnswers(factory);
        return new JourneymanWorker(factory);
    }

    /** What a process's workers share. */
    public static WorkerFactory factory(WorkflowClient client) {
        return WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setWorkflowCacheSize(1_000)
                        .setUsingVirtualWorkflowThreads(true)
                        .setWorkerInterceptors(new FailedTries())
                        .build());
    }

    /** How much a worker does at a time, also one that is measured beside the shop's own. */
    public static WorkerOptions.Builder sizes() {
        return WorkerOptions.newBuilder()
                .setUsingVirtualThreads(true)
                .setMaxConcurrentActivityExecutionSize(200)
                .setMaxConcurrentLocalActivityExecutionSize(200)
                .setMaxConcurrentWorkflowTaskExecutionSize(100)
                .setMaxConcurrentWorkflowTaskPollers(4)
                .setMaxConcurrentActivityTaskPollers(4);
    }

    /** At its start the factory asks the engine for some seconds; whoever is restarted together with the engine needs more patience. */
    private static void startOnceTheEngineAnswers(WorkerFactory factory) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                factory.start();
                return;
            } catch (StatusRuntimeException away) {
                if (System.nanoTime() > deadline
                        || !MAY_PASS.contains(away.getStatus().getCode())) {
                    throw away;
                }
                log.warn(
                        "the workflow engine does not answer yet: {}",
                        away.getStatus().getCode());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
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
