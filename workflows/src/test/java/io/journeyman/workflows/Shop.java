package io.journeyman.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.conversation.TurnRef;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.returns.ExchangedReturn;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.CardRemovalId;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.InspectedLine;
import io.journeyman.contracts.PostPurchase.Remedy;
import io.journeyman.contracts.PostPurchase.ReturnRefusal;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import io.journeyman.workflows.cancellation.Cancellation;
import io.journeyman.workflows.cancellation.CancellationStart;
import io.journeyman.workflows.cards.CardRemoval;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.conversation.ClientJourneyStart;
import io.journeyman.workflows.conversation.Conversation;
import io.journeyman.workflows.conversation.JourneyStart;
import io.journeyman.workflows.conversation.JourneyToStop;
import io.journeyman.workflows.conversation.OrderToPay;
import io.journeyman.workflows.delivery.Delivery;
import io.journeyman.workflows.delivery.DeliveryStart;
import io.journeyman.workflows.feedback.Feedback;
import io.journeyman.workflows.feedback.FeedbackStart;
import io.journeyman.workflows.move.AddressMove;
import io.journeyman.workflows.reservation.Reservation;
import io.journeyman.workflows.returns.Return;
import io.journeyman.workflows.returns.ReturnStart;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** All workflows on a time-skipping server, over a {@link World}. */
final class Shop implements AutoCloseable {
    static final ConversationId CONVERSATION = new ConversationId("conv-1");
    static final Money TOTAL = Money.inr(259_900);
    static final PaymentMethod CARD = new PaymentMethod(MethodKind.card, Optional.of(new PaymentToken("tok-1")));
    static final PaymentMethod UPI = new PaymentMethod(MethodKind.upi, Optional.of(new PaymentToken("tok-3")));
    static final PaymentMethod CASH = new PaymentMethod(MethodKind.cash_on_delivery, Optional.empty());
    static final PaymentMethod OTHER_CARD = new PaymentMethod(MethodKind.card, Optional.of(new PaymentToken("tok-2")));

    /** In the middle of a quick step a checkout hears of what has happened only when its task's time is nearly over. */
    private static final Duration HEARS_AGAIN_WITHIN = Duration.ofSeconds(4);

    final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
            .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                    .setWorkerInterceptors(new FailedTries())
                    .build())
            .build());
    final World world = new World(this::now);

    Shop() {
        for (var key : JourneyAttributes.ALL) {
            temporal.registerSearchAttribute(
                    key.getName(),
                    switch (key.getName()) {
                        case "AmountMinor" -> IndexedValueType.INDEXED_VALUE_TYPE_INT;
                        case "PaymentFailedAt" -> IndexedValueType.INDEXED_VALUE_TYPE_DATETIME;
                        default -> IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
                    });
        }
        Worker worker = temporal.newWorker(Conversation.TASK_QUEUE);
        worker.registerWorkflowImplementationTypes(JourneymanWorker.workflows());
        worker.registerActivitiesImplementations(world.activities().toArray());
        worker.registerActivitiesImplementations(
                new Starts(new ClientJourneyStart(temporal.getWorkflowClient(), Conversation.TASK_QUEUE), world));
        temporal.start();
    }

    /** Journeys start as they do in the shop; a delivery only when nothing of the world hinders it. */
    private record Starts(ClientJourneyStart client, World world)
            implements JourneyStart,
                    OrderToPay,
                    JourneyToStop,
                    DeliveryStart,
                    ReturnStart,
                    FeedbackStart,
                    CancellationStart {
        @Override
        public void start(
                ConversationId conversation, Confirmation.Confirmed confirmed, Optional<PaymentMethod> method) {
            client.start(conversation, confirmed, method);
        }

        @Override
        public boolean startPaid(ConversationId conversation, Confirmation.Confirmed confirmed, PaymentMethod method) {
            return client.startPaid(conversation, confirmed, method);
        }

        /** What the order answers may be lost. */
        @Override
        public String pay(TurnRef turn, String workflowId, PaymentMethod method) {
            var answer = client.pay(turn, workflowId, method);
            world.fault("pay");
            return answer;
        }

        @Override
        public String cancel(TurnRef turn, String workflowId) {
            return client.cancel(turn, workflowId);
        }

        @Override
        public void start(Delivery.Request request) {
            world.fault("startDelivery");
            client.start(request);
        }

        @Override
        public void start(Feedback.Request request) {
            world.fault("startFeedback");
            client.start(request);
        }

        @Override
        public void start(Return.Request request) {
            world.fault("startReturn");
            client.start(request);
        }

        @Override
        public void start(Cancellation.Request request) {
            client.start(request);
        }
    }

    Instant now() {
        return Instant.ofEpochMilli(temporal.currentTimeMillis());
    }

    Checkout.Order order(String id, Optional<PaymentMethod> method) {
        return new Checkout.Order(
                new OrderId(id),
                new QuoteId("quote-" + id),
                CONVERSATION,
                new CustomerId("cust-1"),
                "web",
                TOTAL,
                now().plus(Duration.ofMinutes(30)),
                method,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** An order of which store credit pays so much; the customer has that credit. */
    Checkout.Order order(String id, Optional<PaymentMethod> method, Money credit) {
        world.quotedCredit.put("quote-" + id, credit);
        world.spendableCredit = credit.minor();
        var order = order(id, method);
        return new Checkout.Order(
                order.orderId(),
                order.quoteId(),
                order.conversationId(),
                order.customerId(),
                order.channel(),
                order.total(),
                order.quoteValidUntil(),
                order.method(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(credit));
    }

    /** An order that takes over what a reservation keeps. */
    Checkout.Order order(String id, Optional<PaymentMethod> method, String reservation) {
        world.reserved.put("quote-" + id, new HoldId(reservation));
        var order = order(id, method);
        return new Checkout.Order(
                order.orderId(),
                order.quoteId(),
                order.conversationId(),
                order.customerId(),
                order.channel(),
                order.total(),
                order.quoteValidUntil(),
                order.method(),
                Optional.of(new ReservationId(reservation)),
                Optional.empty(),
                Optional.empty());
    }

    Checkout checkout(String id) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        Checkout.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(Conversation.TASK_QUEUE)
                                .setWorkflowId(Checkout.workflowId(new OrderId(id)))
                                .setWorkflowTaskTimeout(HEARS_AGAIN_WITHIN)
                                .build());
    }

    /** A journey that the test starts. */
    private <J> J unstarted(Class<J> kind, String workflowId) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        kind,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(Conversation.TASK_QUEUE)
                                .setWorkflowId(workflowId)
                                .build());
    }

    /** A checkout that somebody else has started. */
    Checkout startedCheckout(String id) {
        return temporal.getWorkflowClient().newWorkflowStub(Checkout.class, Checkout.workflowId(new OrderId(id)));
    }

    Reservation reservation(String id) {
        return unstarted(Reservation.class, Reservation.workflowId(new ReservationId(id)));
    }

    Reservation.Request request(String id) {
        return request(id, Reservation.KEEP);
    }

    Reservation.Request request(String id, Duration keep) {
        return new Reservation.Request(
                new ReservationId(id),
                new QuoteId("quote-" + id),
                CONVERSATION,
                new CustomerId("cust-1"),
                "web",
                TOTAL,
                keep);
    }

    /** A return of what order o1 was paid for with a card. */
    Return back(String id) {
        world.money.put("o1", new TreeMap<>(Map.of(1, "captured")));
        world.methods.put("o1", CARD);
        return unstarted(Return.class, Return.workflowId(new ReturnId(id)));
    }

    /** Order o1 was confirmed, and paid for with a card. */
    void isPaid() {
        world.money.put("o1", new TreeMap<>(Map.of(1, "captured")));
        world.methods.put("o1", CARD);
        world.holds.put("o1", "allocated");
        world.benefits.put("o1", "committed");
    }

    /** A cancellation of pieces of order o1, which was paid for with a card. */
    Cancellation stop(String id) {
        isPaid();
        return unstarted(Cancellation.class, Cancellation.workflowId(new CancellationId(id)));
    }

    static Cancellation.Request stopping(String id) {
        return new Cancellation.Request(
                new CancellationId(id),
                new QuoteId("quote-" + id),
                CONVERSATION,
                new CustomerId("cust-1"),
                "web",
                Money.inr(120_000),
                Optional.empty());
    }

    AddressMove move(String id) {
        return unstarted(AddressMove.class, AddressMove.workflowId(new AddressChangeId(id)));
    }

    CardRemoval removal(String id) {
        return unstarted(CardRemoval.class, CardRemoval.workflowId(new CardRemovalId(id)));
    }

    static CardRemoval.Request forgetting(String id) {
        return new CardRemoval.Request(
                new CardRemovalId(id),
                new QuoteId("quote-" + id),
                CONVERSATION,
                new CustomerId("cust-1"),
                "web",
                Money.inr(0));
    }

    static AddressMove.Request moving(String id) {
        return new AddressMove.Request(
                new AddressChangeId(id),
                new QuoteId("quote-" + id),
                CONVERSATION,
                new CustomerId("cust-1"),
                "web",
                Money.inr(0));
    }

    /** Order o1, in exchange for what return b1 brings back of order o0, which was paid for with a card. @param difference to be paid */
    Checkout.Order exchange(Money difference, Optional<PaymentMethod> method) {
        world.paidBy = List.of(new OrderId("o0"));
        world.money.put("o0", new TreeMap<>(Map.of(1, "captured")));
        world.methods.put("o0", CARD);
        return new Checkout.Order(
                new OrderId("o1"),
                new QuoteId("quote-o1"),
                CONVERSATION,
                new CustomerId("cust-1"),
                "web",
                difference,
                now().plus(Duration.ofMinutes(30)),
                method,
                Optional.empty(),
                Optional.of(new ExchangedReturn(new ReturnId("b1"), world.due.minus(world.credit))),
                Optional.empty());
    }

    /** {@link #exchange}, of whose difference store credit pays so much; the customer has that credit. */
    Checkout.Order exchange(Money difference, Optional<PaymentMethod> method, Money credit) {
        world.quotedCredit.put("quote-o1", credit);
        world.spendableCredit = credit.minor();
        var order = exchange(difference, method);
        return new Checkout.Order(
                order.orderId(),
                order.quoteId(),
                order.conversationId(),
                order.customerId(),
                order.channel(),
                order.total(),
                order.quoteValidUntil(),
                order.method(),
                Optional.empty(),
                order.exchange(),
                Optional.of(credit));
    }

    /** A return that an exchange has started. */
    Return startedReturn(String id) {
        return temporal.getWorkflowClient().newWorkflowStub(Return.class, Return.workflowId(new ReturnId(id)));
    }

    static Return.Request returning(String id) {
        return new Return.Request(
                new ReturnId(id),
                new QuoteId("quote-" + id),
                CONVERSATION,
                new CustomerId("cust-1"),
                "web",
                Money.inr(120_000),
                Optional.empty());
    }

    /** All of its pieces are in the parcel, and so many of them are taken. */
    static InspectReturn inspection(int taken) {
        return inspection(taken, ReturnRefusal.worn, Optional.empty());
    }

    /** Of a claim: so many of its two pieces are covered. */
    static InspectReturn inspection(int covered, Remedy remedy) {
        return inspection(covered, ReturnRefusal.damaged_by_customer, Optional.of(remedy));
    }

    static InspectReturn inspection(int taken, ReturnRefusal others, Optional<Remedy> remedy) {
        return new InspectReturn(
                "staff-ravi",
                List.of(new InspectedLine(
                        new Sku("P-1-M-BLUE"), taken, 2 - taken, taken == 2 ? Optional.empty() : Optional.of(others))),
                remedy);
    }

    Feedback feedback(String order) {
        return unstarted(Feedback.class, Feedback.workflowId(new OrderId(order)));
    }

    /** A question that a delivery has started. */
    Feedback startedFeedback(String order) {
        return temporal.getWorkflowClient().newWorkflowStub(Feedback.class, Feedback.workflowId(new OrderId(order)));
    }

    static Feedback.Request asking(String order) {
        return new Feedback.Request(new OrderId(order), CONVERSATION, new CustomerId("cust-1"), "web", TOTAL);
    }

    Delivery delivery(String order) {
        return unstarted(Delivery.class, Delivery.workflowId(new OrderId(order)));
    }

    Delivery.Request parcelsOf(String order) {
        return new Delivery.Request(
                new OrderId(order), new OrderId(order), CONVERSATION, new CustomerId("cust-1"), "web", TOTAL);
    }

    boolean exists(String workflowId) {
        try {
            return temporal.getWorkflowClient()
                            .fetchHistory(workflowId)
                            .getEvents()
                            .size()
                    > 0;
        } catch (StatusRuntimeException notFound) {
            return false;
        }
    }

    Conversation conversation() {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        Conversation.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(Conversation.TASK_QUEUE)
                                .setWorkflowId(Conversation.workflowId(CONVERSATION))
                                .setWorkflowIdConflictPolicy(
                                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                                .build());
    }

    /** A customer's message, until its reply is stored. */
    void message(int turn) {
        var stub = conversation();
        WorkflowClient.executeUpdateWithStart(
                stub::message,
                turn,
                untilDone(Void.class),
                new WithStartWorkflowOperation<>(stub::converse, CONVERSATION));
    }

    static <T> UpdateOptions<T> untilDone(Class<T> result) {
        return UpdateOptions.newBuilder(result)
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
    }

    /** Whether that has happened to the workflow. */
    boolean history(String workflowId, EventType event) {
        return temporal.getWorkflowClient().fetchHistory(workflowId).getEvents().stream()
                .anyMatch(happened -> happened.getEventType() == event);
    }

    /** Real time: the journey comes to where it waits without any time skipped. */
    static void waitUntil(BooleanSupplier there) {
        for (int i = 0; i < 6_000 && !there.getAsBoolean(); i++) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(there.getAsBoolean()).as("what the test waits for").isTrue();
    }

    /** Its pollers take half a second to end, which nobody has to wait for. */
    @Override
    public void close() {
        Thread.ofVirtual().name("close-temporal").start(temporal::close);
    }
}
