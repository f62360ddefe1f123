package io.journeyman.api.conversation;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.journeyman.activities.conversation.Announcement;
import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.ProposalId;
import io.journeyman.workflows.StaffMay;
import io.journeyman.workflows.conversation.Conversation;
import io.journeyman.workflows.replay.PaymentReplay;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ResetActivityRequest;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.converter.DataConverter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the API asks of the workflow engine. Nothing waits for it without a limit, and a message that was accepted while the
 * engine was away is handed to it later: {@link #handOver} looks for such messages again and again.
 */
public final class Engine implements EventBell.Listener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);
    private static final int MOST_CALLS = 1_024;
    private static final int MOST_HANDED_OVER = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PATIENCE_BEFORE_PROBE = Duration.ofSeconds(5);
    private static final Duration PATIENCE_OF_A_PAGE = Duration.ofSeconds(3);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration LEFT_BEHIND = Duration.ofSeconds(10);

    private final WorkflowClient client;
    private final Jdbi conversations;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore calls = new Semaphore(MOST_CALLS);
    private final Map<String, CompletableFuture<Void>> turns = new ConcurrentHashMap<>();

    public Engine(WorkflowClient client, Jdbi conversations, InstantSource clock) {
        this.client = client;
        this.conversations = conversations;
        this.clock = clock;
    }

    /**
     * Runs an accepted turn; done when its reply is stored, which the bell tells before the engine has put the turn away, and the engine when
     * the bell is away. The same turn asked for twice runs once.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what it comes to is what fresh comes to
    public CompletableFuture<Void> turn(ConversationId conversation, int turn) {
        String name = turnName(conversation.value(), turn);
        var fresh = new CompletableFuture<Void>();
        var running = turns.putIfAbsent(name, fresh);
        if (running != null) {
            return running;
        }
        submit(() -> {
                    var stub = conversation(conversation);
                    WorkflowClient.executeUpdateWithStart(
                            stub::message,
                            turn,
                            UpdateOptions.<Void>newBuilder()
                                    .setUpdateId("turn-" + turn)
                                    .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                                    .build(),
                            new WithStartWorkflowOperation<>(stub::converse, conversation));
                    return true;
                })
                .whenComplete((_, failure) -> {
                    turns.remove(name, fresh);
                    if (failure == null) {
                        fresh.complete(null);
                    } else {
                        fresh.completeExceptionally(failure);
                    }
                });
        return fresh;
    }

    private static String turnName(String conversation, int turn) {
        return conversation + "/" + turn;
    }

    @Override
    public void told(Announcement event) {
        var waiting = event.kind().equals("reply") ? turns.get(turnName(event.conversation(), event.turn())) : null;
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    @Override
    public void mayHaveMissed() {
        // the engine says it too
    }

    public Confirmation confirm(
            ConversationId conversation, ProposalId proposal, Optional<PaymentMethod> method, String key) {
        return await(() -> {
            var stub = conversation(conversation);
            return WorkflowClient.executeUpdateWithStart(
                    stub::confirm,
                    proposal,
                    method,
                    UpdateOptions.<Confirmation>newBuilder()
                            .setUpdateId("confirm-" + proposal + "-" + key)
                            .setResultClass(Confirmation.class)
                            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                            .build(),
                    new WithStartWorkflowOperation<>(stub::converse, conversation));
        });
    }

    public String decline(ConversationId conversation, ProposalId proposal, String key) {
        return await(() -> {
            var stub = conversation(conversation);
            return WorkflowClient.executeUpdateWithStart(
                    stub::decline,
                    proposal,
                    UpdateOptions.<String>newBuilder()
                            .setUpdateId("decline-" + proposal + "-" + key)
                            .setResultClass(String.class)
                            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                            .build(),
                    new WithStartWorkflowOperation<>(stub::converse, conversation));
        });
    }

    /** Sends an update to a journey; its code, or {@code ended} when the journey runs no more. */
    public String tell(String workflowId, String update, String key, Object... arguments) {
        return await(() -> {
            try {
                return client.newUntypedWorkflowStub(workflowId)
                        .startUpdate(
                                UpdateOptions.<String>newBuilder()
                                        .setUpdateName(update)
                                        .setUpdateId(update + "-" + key)
                                        .setResultClass(String.class)
                                        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                                        .build(),
                                arguments)
                        .getResult();
            } catch (WorkflowNotFoundException ended) {
                return "ended";
            }
        });
    }

    /** Lets a workflow know of something that it would find out by itself later: whether it hears is not waited for. */
    public void hint(String workflowId, String signal) {
        var _ = submit(() -> {
                    client.newUntypedWorkflowStub(workflowId).signal(signal);
                    return true;
                })
                .exceptionally(away -> {
                    log.info("{} does not hear of {} at once: {}", workflowId, signal, String.valueOf(away.getCause()));
                    return false;
                });
    }

    /** A step that was not answered, and is tried again by itself at {@code next}. */
    public record Unanswered(String activityId, String step, int tries, Instant next) {}

    /** Of a workflow that runs; none when it runs no more. */
    public List<Unanswered> unanswered(String workflowId) {
        return await(() -> pausing(workflowId));
    }

    /** Has the steps of these workflows that were not answered tried at once; false when there are none. */
    public boolean hurry(List<String> workflowIds) {
        return await(() -> {
            boolean hurried = false;
            for (String workflowId : workflowIds) {
                for (var step : pausing(workflowId)) {
                    hurried |= reset(workflowId, step);
                }
            }
            return hurried;
        });
    }

    /** Its tries begin anew, at once; false when it was answered meanwhile. */
    private boolean reset(String workflowId, Unanswered step) {
        try {
            var _ = client.getWorkflowServiceStubs()
                    .blockingStub()
                    .resetActivity(ResetActivityRequest.newBuilder()
                            .setNamespace(namespace())
                            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                            .setId(step.activityId())
                            .setIdentity("staff")
                            .build());
            return true;
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private List<Unanswered> pausing(String workflowId) {
        try {
            return client
                    .getWorkflowServiceStubs()
                    .blockingStub()
                    .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(namespace())
                            .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                            .build())
                    .getPendingActivitiesList()
                    .stream()
                    .filter(step -> step.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED
                            && step.getAttempt() > 1)
                    .map(step -> new Unanswered(
                            step.getActivityId(),
                            step.getActivityType().getName(),
                            step.getAttempt() - 1,
                            Instant.ofEpochSecond(
                                    step.getNextAttemptScheduleTime().getSeconds())))
                    .toList();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    /** What staff may have a running journey do; empty when nobody who knows answers soon. */
    public Optional<StaffMay> staffMay(String workflowId) {
        try {
            return Optional.of(
                    submit(() -> client.newUntypedWorkflowStub(workflowId).query("staffMay", StaffMay.class))
                            .get(PATIENCE_OF_A_PAGE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException away) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    public String namespace() {
        return client.getOptions().getNamespace();
    }

    /** What a workflow's latest run did so far; no events when the engine has dropped it, empty when it does not answer. */
    public Optional<List<HistoryEvent>> history(String workflowId) {
        try {
            return Optional.of(await(() -> {
                try {
                    return client.fetchHistory(workflowId).getEvents();
                } catch (StatusRuntimeException | WorkflowNotFoundException dropped) {
                    return List.<HistoryEvent>of();
                }
            }));
        } catch (ProblemException away) {
            return Optional.empty();
        }
    }

    public DataConverter dataConverter() {
        return client.getOptions().getDataConverter();
    }

    /** Starts a replay, or leaves the one that runs. */
    public void startReplay(PaymentReplay.Pace pace) {
        await(() -> {
            var stub = client.newWorkflowStub(
                    PaymentReplay.class,
                    WorkflowOptions.newBuilder()
                            .setWorkflowId(PaymentReplay.workflowId(pace.replayId()))
                            .setTaskQueue(Conversation.TASK_QUEUE)
                            .setWorkflowIdConflictPolicy(
                                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                            .setStaticSummary("Failed payments tried again")
                            .build());
            return WorkflowClient.start(stub::replay, pace);
        });
    }

    /** Hands over messages that were accepted a while ago and are still unanswered, wherever they were accepted. */
    public void handOver() {
        record Left(String conversation, int turn) {}
        Instant before = clock.instant().minus(LEFT_BEHIND);
        List<Left> left = conversations.withHandle(handle -> handle.createQuery("""
                        SELECT conversation_id, turn FROM message
                        WHERE answered_at IS NULL AND accepted_at < :before ORDER BY accepted_at LIMIT :most""")
                .bind("before", before)
                .bind("most", MOST_HANDED_OVER)
                .map((row, _) -> new Left(row.getString(1), row.getInt(2)))
                .list());
        for (var message : left) {
            var _ = turn(new ConversationId(message.conversation()), message.turn());
        }
    }

    /** Whether the engine answers, and that soon. */
    public boolean reachable() {
        try {
            return submit(() -> {
                        client.getWorkflowServiceStubs().healthCheck();
                        return true;
                    })
                    .get(PROBE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException down) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Waits for what the engine does. When it takes its time the engine is asked whether it lives at all, so that nobody waits long for
     * one that is away.
     *
     * @throws TimeoutException when it is not done after {@code longest}, though the engine lives
     */
    <T> T answered(CompletableFuture<T> call, Duration longest)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return call.get(PATIENCE_BEFORE_PROBE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            if (!reachable()) {
                log.warn("the workflow engine does not answer");
                throw ProblemMappers.unavailable("The shop's workflow engine");
            }
            return call.get(longest.minus(PATIENCE_BEFORE_PROBE).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Conversation conversation(ConversationId id) {
        return client.newWorkflowStub(
                Conversation.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(Conversation.workflowId(id))
                        .setTaskQueue(Conversation.TASK_QUEUE)
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .build());
    }

    private <T> CompletableFuture<T> submit(Callable<T> call) {
        if (!calls.tryAcquire()) {
            return CompletableFuture.failedFuture(ProblemMappers.unavailable("The shop's workflow engine"));
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return call.call();
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    } finally {
                        calls.release();
                    }
                },
                threads);
    }

    private <T> T await(Callable<T> call) {
        try {
            return answered(submit(call), PATIENCE);
        } catch (TimeoutException e) {
            log.warn("the workflow engine did not answer in {}", PATIENCE);
            throw ProblemMappers.unavailable("The shop's workflow engine");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            log.warn("the workflow engine did not do it: {}", String.valueOf(e.getCause()));
            throw ProblemMappers.unavailable("The shop's workflow engine");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemMappers.unavailable("The shop");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
