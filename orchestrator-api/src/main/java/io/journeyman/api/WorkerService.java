package io.journeyman.api;

import io.journeyman.activities.conversation.ActivityAssembly;
import io.journeyman.activities.model.SalesModel;
import io.journeyman.db.Migrations;
import io.journeyman.workflows.JourneymanWorker;
import io.journeyman.workflows.WorkerVersion;
import io.journeyman.workflows.conversation.ClientJourneyStart;
import io.journeyman.workflows.conversation.Conversation;
import io.journeyman.workflows.replay.CheckoutDriver;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** One worker, startable and stoppable within any process: the workflows, and the activities that call agents and the model. */
public final class WorkerService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WorkflowServiceStubs stubs;
    private final ActivityAssembly activities;
    private final JourneymanWorker worker;
    private final Thread late;

    private WorkerService(
            WorkflowServiceStubs stubs, ActivityAssembly activities, JourneymanWorker worker, Thread late) {
        this.stubs = stubs;
        this.activities = activities;
        this.worker = worker;
        this.late = late;
    }

    /**
     * Migrates the conversation's schema, then polls for tasks.
     *
     * @param current whether journeys go on under this code from now on, also when workers of another version run
     */
    public static WorkerService start(ApiConfig config, SalesModel model, boolean current) {
        Migrations.migrate(config.databaseUrl(), ActivityAssembly.OWNER);
        var activities = ActivityAssembly.open(
                new ActivityAssembly.Config(config.databaseUrl(), config.agents(), config.serviceSecret()),
                model,
                InstantSource.system());
        var stubs = EngineClient.stubs(config);
        try {
            var client = EngineClient.client(config, stubs);
            var all = new ArrayList<Object>(List.of(activities.activities()));
            all.add(activities.replays(new CheckoutDriver(client)::replay, InstantSource.system()));
            var worker = JourneymanWorker.start(client, all, WorkerVersion.ofThisCode(), current);
            var journeys = new ClientJourneyStart(client, Conversation.TASK_QUEUE);
            startReminders(journeys, worker);
            var late = new LateDeliveries(activities.unsentOrders(InstantSource.system()), journeys).begin();
            return new WorkerService(stubs, activities, worker, late);
        } catch (RuntimeException e) {
            stubs.shutdownNow();
            activities.close();
            throw e;
        }
    }

    private static void startReminders(ClientJourneyStart journeys, JourneymanWorker worker) {
        try {
            journeys.startReminders();
        } catch (RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    @Override
    public void close() {
        late.interrupt();
        worker.stop(PATIENCE);
        stubs.shutdownNow();
        activities.close();
    }
}
