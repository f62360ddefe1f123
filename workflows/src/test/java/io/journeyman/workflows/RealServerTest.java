package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.OTHER_CARD;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.conversation.Decision;
import io.journeyman.activities.conversation.Decision.ToolCallRef;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ProposalId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.testing.TemporalServer;
import io.journeyman.workflows.World.Gateway;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.conversation.Conversation;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** What only a real Temporal server shows: visibility, de-duplication, continue-as-new, the size of histories. */
@Timeout(180)
class RealServerTest {
    private static Optional<TemporalServer> server = Optional.empty();
    private static WorkflowServiceStubs stubs;
    private static WorkflowClient client;

    private final World world = new World(Instant::now);
    private final AtomicInteger sentAgain = new AtomicInteger();
    private JourneymanWorker worker;
    private ConversationId conversation;
    private String order;

    @BeforeAll
    static void startServer() {
        server = TemporalServer.startWhereInstalled(searchAttributes());
        assumeTrue(server.isPresent(), "no Temporal CLI here");
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.get().address())
                .validateAndBuildWithDefaults());
        client = WorkflowClient.newInstance(stubs);
    }

    static Map<String, String> searchAttributes() {
        return JourneyAttributes.ALL.stream()
                .collect(Collectors.toMap(key -> key.getName(), key -> typeName(key.getValueType())));
    }

    @AfterAll
    static void stopServer() {
        if (stubs != null) {
            stubs.shutdownNow();
        }
        server.ifPresent(TemporalServer::close);
    }

    @BeforeEach
    void startWorker(TestInfo test) {
        conversation = new ConversationId(test.getTestMethod().orElseThrow().getName());
        order = "o-" + conversation.value();
        worker = JourneymanWorker.start(client, world.activities());
    }

    @AfterEach
    void stopWorker() {
        worker.close();
    }

    @Test
    void confirmsAnOrderInAtMost30EventsThatTellTheirStory() {
        var checkout = checkout(order);
        checkout.checkout(order(Optional.of(CARD)));

        var events = history("checkout-" + order);
        System.out.printf("a confirmed checkout has %d events%n", events.size());
        assertThat(events).hasSizeLessThanOrEqualTo(30);
        assertThat(events.stream()
                        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
                        .map(event -> event.getActivityTaskScheduledEventAttributes()
                                .getActivityType()
                                .getName()))
                .containsExactly("payment.secure", "payment.capture");
        assertThat(events.stream().filter(RealServerTest::isStep))
                .hasSizeGreaterThanOrEqualTo(10)
                .allSatisfy(event ->
                        assertThat(event.getUserMetadata().hasSummary()).isTrue());
        assertThat(details("checkout-" + order)).contains("order confirmed");
    }

    private static boolean isStep(HistoryEvent event) {
        return event.hasActivityTaskScheduledEventAttributes()
                || event.getMarkerRecordedEventAttributes().getMarkerName().equals("LocalActivity");
    }

    @Test
    void startsAWorkerThoughTheEngineDoesNotAnswerAtOnce() {
        var refusals = new AtomicInteger(2);
        ClientInterceptor away = new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions how, Channel next) {
                boolean refused =
                        method.getBareMethodName().equals("DescribeNamespace") && refusals.getAndDecrement() > 0;
                return next.newCall(method, refused ? how.withDeadlineAfter(Duration.ofNanos(1)) : how);
            }
        };
        var late = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.orElseThrow().address())
                .setGrpcClientInterceptors(List.of(away))
                .build());
        try {
            JourneymanWorker.start(WorkflowClient.newInstance(late), world.activities())
                    .close();

            assertThat(refusals.get()).isNegative();
        } finally {
            late.shutdownNow();
        }
    }

    @Test
    void isFoundByWhatItWaitsForAndWhyItsPaymentFailedUntilItSucceeds() {
        world.gateway.add(Gateway.declines_expired_card);
        var checkout = checkout(order);
        WorkflowClient.start(checkout::checkout, order(Optional.of(CARD)));
        var mine = "JourneyKind = \"Checkout\" AND OrderId = \"" + order + "\"";

        found(mine + " AND JourneyStatus = \"waiting_for_customer\" AND WaitingFor = \"payment_method\""
                + " AND PaymentFailure = \"expired_card\" AND PaymentFailedAt > \"2025-01-01T00:00:00Z\"");
        assertThat(details("checkout-" + order)).contains("payment declined", "until");
        assertThat(details("payment-" + order)).contains("another method", "expired_card");
        assertThat(checkout.pay(OTHER_CARD)).isEqualTo("accepted");

        found(mine + " AND JourneyStatus = \"completed\" AND PaymentFailure IS NULL AND WaitingFor IS NULL");
        found("CustomerId = \"cust-1\" AND " + mine + " AND Channel = \"web\" AND AmountMinor = " + Shop.TOTAL.minor());
        assertThat(WorkflowStub.fromTyped(checkout)
                        .getResult(Checkout.OrderResult.class)
                        .code())
                .isEqualTo("confirmed");
    }

    @Test
    void undoesEverythingWhenStaffTerminateThePaymentRetry() {
        world.gateway.add(Gateway.declines_insufficient_funds);
        var checkout = checkout(order);
        WorkflowClient.start(checkout::checkout, order(Optional.of(CARD)));
        waitUntil(() -> world.told().contains("payment_declined"));
        client.newUntypedWorkflowStub("payment-" + order).terminate("by staff");

        assertThat(WorkflowStub.fromTyped(checkout)
                        .getResult(Checkout.OrderResult.class)
                        .code())
                .isEqualTo("payment_failed");
        assertThat(world.told()).containsExactly("payment_declined", "payment_failed");
        assertThat(world.available).isEqualTo(10);
        found("OrderId = \"" + order + "\" AND JourneyStatus = \"failed\" AND PaymentFailure = \"unresolved\"");
    }

    @Test
    void spendsAsManyEventsOnTurn100AsOnTurn3() {
        for (int turn = 1; turn <= 101; turn++) {
            world.decisions.put(
                    turn,
                    new ArrayDeque<>(List.of(
                            new Decision.CallTools(
                                    List.of(new ToolCallRef("c" + turn, "inventory.checkInventory", false))),
                            new Decision.Replied())));
            message(turn);
        }

        waitUntil(() -> turnsIn(runs().flatMap(List::stream).toList()).size() == 101);
        var events = runs().flatMap(List::stream).toList();
        var starts = turnsIn(events);
        int third = starts.get(3) - starts.get(2);
        int hundredth = starts.get(100) - starts.get(99);
        System.out.printf("turn 3 has %d events, turn 100 has %d%n", third, hundredth);
        assertThat(hundredth).isEqualTo(third);
        assertThat(bytes(events, starts.get(99), starts.get(100)))
                .isBetween(
                        bytes(events, starts.get(2), starts.get(3)) * 9 / 10,
                        bytes(events, starts.get(2), starts.get(3)) * 11 / 10);
    }

    @Test
    void answersEachMessageOnceThroughSeveralRunsUnderLoad() throws Exception {
        sayAtOnce(800);

        assertThat(runs().map(List::size).toList())
                .hasSizeGreaterThan(1)
                .allSatisfy(length -> assertThat(length).isLessThan(5_000));
    }

    @Test
    void answersEachMessageOnceThroughDozensOfRunsUnderLoad() throws Exception {
        worker.close();
        try (var changed = ChangedCode.withRunsOf(60);
                var _ = changed.startPlain(client, world.activities())) {
            sayAtOnce(500);

            waitUntil(() -> executions().count() > 24);
        }
    }

    @Test
    void hasNoOpenWorkflowOnceItIsIdleAndIsThereAgainForTheNextMessage() throws Exception {
        var open = "WorkflowId = \"" + Conversation.workflowId(conversation) + "\" AND ExecutionStatus = \"Running\"";
        worker.close();
        try (var changed = ChangedCode.withIdleSeconds(2);
                var _ = changed.startPlain(client, world.activities())) {
            message(1);
            found(open);
            waitUntil(() -> client.listExecutions(open).findAny().isEmpty());

            message(2);
            message(1);

            assertThat(world.asked).containsExactly("1.0", "2.0");
        }
    }

    /** Six customers' windows talk at once, and send again what was not taken, as the API does. */
    private void sayAtOnce(int most) throws Exception {
        var next = new AtomicInteger(1);
        try (var customers = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < 6; i++) {
                done.add(customers.submit(() -> {
                    for (int turn = next.getAndIncrement(); turn <= most; turn = next.getAndIncrement()) {
                        while (!world.answered.contains(turn)) {
                            try {
                                message(turn);
                            } catch (WorkflowServiceException | WorkflowUpdateException again) {
                                sentAgain.incrementAndGet();
                            }
                        }
                    }
                }));
            }
            for (var customer : done) {
                customer.get();
            }
        }
        System.out.printf(
                "%d turns in %d runs, %d sent again%n", most, executions().count(), sentAgain.get());
        assertThat(world.answered).hasSize(most);
        assertThat(world.asked).hasSize(most).doesNotHaveDuplicates();
    }

    @Test
    void answersAResentMessageAndConfirmationOnceInALaterRunToo() {
        propose();
        message(1);
        assertThat(confirm("p1")).isInstanceOf(Confirmation.Confirmed.class);
        assertThat(memo("checkout-" + order))
                .containsOnly(
                        Map.entry("conversation", conversation.value()),
                        Map.entry("quote", "quote-1"),
                        Map.entry("total", Shop.TOTAL.shown()));
        client.newUntypedWorkflowStub("checkout-" + order).getResult(Checkout.OrderResult.class);
        int turn = 2;
        for (; executions().count() < 2; turn++) {
            message(turn);
        }

        message(1);
        message(turn - 1);
        assertThat(confirm("p1")).isInstanceOf(Confirmation.Confirmed.class);

        assertThat(world.asked).doesNotHaveDuplicates();
        assertThat(world.charges).isEqualTo(1);
        assertThat(client.listExecutions("WorkflowId = \"checkout-" + order + "\""))
                .hasSize(1);
    }

    @Test
    void keepsHowAnOrderIsPaidThoughItsWorkerEndsBeforeThePayment() {
        propose();
        world.down.put("placeHold", 5);
        world.decisions.put(1, new ArrayDeque<>(List.of(new Decision.Confirm(new ProposalId("p1")))));
        world.decisions.put(2, new ArrayDeque<>(List.of(new Decision.Pay("checkout-" + order, Shop.CASH))));
        message(1);

        message(2);
        worker.close();
        worker = JourneymanWorker.start(client, world.activities());

        assertThat(client.newUntypedWorkflowStub("checkout-" + order)
                        .getResult(Checkout.OrderResult.class)
                        .code())
                .isEqualTo("confirmed");
        assertThat(world.endedWith).containsEntry(2, "paying_in_cash");
        assertThat(world.methods).containsEntry(order, Shop.CASH);
        assertThat(world.charges).isEqualTo(1);
    }

    private void propose() {
        world.proposals.put(
                "p1",
                new Confirmation.Confirmed(
                        "Checkout",
                        order,
                        new QuoteId("quote-1"),
                        new CustomerId("cust-1"),
                        "web",
                        Shop.TOTAL,
                        Instant.now().plus(Duration.ofMinutes(30)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void refusesMoreTurnsThanItCanAnswerSoon() {
        world.close("decide");
        var accepted = new ArrayList<WorkflowUpdateHandle<Void>>();
        for (int turn = 1; turn <= 9; turn++) {
            accepted.add(send(turn));
            waitUntil(() -> world.waitsAt("decide"));
        }

        assertThatThrownBy(() -> message(10)).hasStackTraceContaining("too many turns wait");
        world.open("decide");
        accepted.forEach(WorkflowUpdateHandle::getResult);

        assertThat(world.asked).containsExactly("1.0", "2.0", "3.0", "4.0", "5.0", "6.0", "7.0", "8.0", "9.0");
    }

    @Test
    void isStartedAgainByTheNextMessageAfterItsRunEnded() {
        message(1);
        client.newUntypedWorkflowStub(Conversation.workflowId(conversation)).cancel();
        waitUntil(() -> client.newUntypedWorkflowStub(Conversation.workflowId(conversation))
                .describe()
                .getStatus()
                .name()
                .endsWith("CANCELED"));

        message(2);
        message(1);
        message(3);

        assertThat(world.asked).containsExactly("1.0", "2.0", "3.0");
    }

    private Checkout checkout(String id) {
        return client.newWorkflowStub(
                Checkout.class,
                WorkflowOptions.newBuilder()
                        .setTaskQueue(Conversation.TASK_QUEUE)
                        .setWorkflowId(Checkout.workflowId(new OrderId(id)))
                        .setTypedSearchAttributes(
                                JourneyAttributes.atStart("Checkout", id, new CustomerId("cust-1"), "web", Shop.TOTAL))
                        .build());
    }

    /** What is in the clear beside the search attributes. */
    private Map<String, String> memo(String workflowId) {
        var memo = new HashMap<String, String>();
        history(workflowId)
                .getFirst()
                .getWorkflowExecutionStartedEventAttributes()
                .getMemo()
                .getFieldsMap()
                .forEach((name, value) -> memo.put(
                        name, DefaultDataConverter.STANDARD_INSTANCE.fromPayload(value, String.class, String.class)));
        return memo;
    }

    private Checkout.Order order(Optional<PaymentMethod> method) {
        return new Checkout.Order(
                new OrderId(order),
                new QuoteId("quote-1"),
                conversation,
                new CustomerId("cust-1"),
                "web",
                Shop.TOTAL,
                Instant.now().plus(Duration.ofMinutes(30)),
                method,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Conversation conversation() {
        return client.newWorkflowStub(
                Conversation.class,
                WorkflowOptions.newBuilder()
                        .setTaskQueue(Conversation.TASK_QUEUE)
                        .setWorkflowId(Conversation.workflowId(conversation))
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .build());
    }

    private void message(int turn) {
        var stub = conversation();
        WorkflowClient.executeUpdateWithStart(
                stub::message,
                turn,
                UpdateOptions.newBuilder(Void.class)
                        .setUpdateId("turn-" + turn)
                        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                        .build(),
                new WithStartWorkflowOperation<>(stub::converse, conversation));
    }

    private WorkflowUpdateHandle<Void> send(int turn) {
        var stub = conversation();
        return WorkflowClient.startUpdateWithStart(
                stub::message,
                turn,
                UpdateOptions.newBuilder(Void.class)
                        .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                        .build(),
                new WithStartWorkflowOperation<>(stub::converse, conversation));
    }

    private Confirmation confirm(String proposal) {
        var stub = conversation();
        return WorkflowClient.executeUpdateWithStart(
                stub::confirm,
                new ProposalId(proposal),
                Optional.of(CARD),
                Shop.untilDone(Confirmation.class),
                new WithStartWorkflowOperation<>(stub::converse, conversation));
    }

    private static List<HistoryEvent> history(String workflowId) {
        return client.fetchHistory(workflowId).getEvents();
    }

    /** The histories of the conversation's runs that visibility knows of, the first one first. */
    private Stream<List<HistoryEvent>> runs() {
        return executions()
                .sorted(Comparator.comparing(WorkflowExecutionMetadata::getStartTime))
                .map(run -> client.fetchHistory(
                                run.getExecution().getWorkflowId(),
                                run.getExecution().getRunId())
                        .getEvents());
    }

    private Stream<WorkflowExecutionMetadata> executions() {
        return client.listExecutions("WorkflowId = \"" + Conversation.workflowId(conversation) + "\"");
    }

    private static void found(String query) {
        waitUntil(() -> client.listExecutions(query).count() == 1);
    }

    private static String details(String workflowId) {
        return client.newUntypedWorkflowStub(workflowId)
                .query("__temporal_workflow_metadata", WorkflowMetadata.class)
                .getCurrentDetails();
    }

    /** Where each turn begins. */
    private static List<Integer> turnsIn(List<HistoryEvent> events) {
        return IntStream.range(0, events.size())
                .filter(i -> events.get(i).getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
                .boxed()
                .toList();
    }

    private static int bytes(List<HistoryEvent> events, int from, int to) {
        return events.subList(from, to).stream()
                .mapToInt(HistoryEvent::getSerializedSize)
                .sum();
    }

    private static String typeName(IndexedValueType type) {
        return switch (type) {
            case INDEXED_VALUE_TYPE_INT -> "Int";
            case INDEXED_VALUE_TYPE_DATETIME -> "Datetime";
            default -> "Keyword";
        };
    }
}
