package io.journeyman.workflows.conversation;

import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.conversation.TurnRef;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.ConversationId;
import io.journeyman.workflows.JourneyAttributes;
import io.journeyman.workflows.cancellation.Cancellation;
import io.journeyman.workflows.cancellation.CancellationStart;
import io.journeyman.workflows.cards.CardRemoval;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.delivery.Delivery;
import io.journeyman.workflows.delivery.DeliveryStart;
import io.journeyman.workflows.feedback.Feedback;
import io.journeyman.workflows.feedback.FeedbackStart;
import io.journeyman.workflows.move.AddressMove;
import io.journeyman.workflows.reminder.Reminders;
import io.journeyman.workflows.reservation.Reservation;
import io.journeyman.workflows.returns.Return;
import io.journeyman.workflows.returns.ReturnStart;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateStage;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts journeys as any client of the engine does, on the worker's own task queue. */
public final class ClientJourneyStart
        implements JourneyStart,
                OrderToPay,
                JourneyToStop,
                DeliveryStart,
                ReturnStart,
                FeedbackStart,
                CancellationStart {
    private static final Logger log = LoggerFactory.getLogger(ClientJourneyStart.class);

    private final WorkflowClient client;
    private final String taskQueue;

    public ClientJourneyStart(WorkflowClient client, String taskQueue) {
        this.client = client;
        this.taskQueue = taskQueue;
    }

    @Override
    public void start(ConversationId conversation, Confirmation.Confirmed confirmed, Optional<PaymentMethod> method) {
        started(new ConfirmedJourney(conversation, confirmed, method));
    }

    @Override
    public boolean startPaid(ConversationId conversation, Confirmation.Confirmed confirmed, PaymentMethod method) {
        return started(new ConfirmedJourney(conversation, confirmed, Optional.of(method)));
    }

    @Override
    public String pay(TurnRef turn, String workflowId, PaymentMethod method) {
        return tell(turn, workflowId, "pay", method);
    }

    @Override
    public String cancel(TurnRef turn, String workflowId) {
        return tell(turn, workflowId, "cancel", "cancelled_by_customer");
    }

    /** Once for each turn; its code, or ended when the journey runs no more. */
    private String tell(TurnRef turn, String workflowId, String update, Object argument) {
        try {
            return client.newUntypedWorkflowStub(workflowId)
                    .startUpdate(
                            UpdateOptions.<String>newBuilder()
                                    .setUpdateName(update)
                                    .setUpdateId(update + "-" + turn.conversation() + "-" + turn.turn())
                                    .setResultClass(String.class)
                                    .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                                    .build(),
                            argument)
                    .getResult();
        } catch (WorkflowNotFoundException ended) {
            return "ended";
        }
    }

    /** False when it had started before. */
    private boolean started(ConfirmedJourney journey) {
        var start = journey.start();
        var options = once(start.workflowId())
                .setTypedSearchAttributes(journey.attributes())
                .setMemo(journey.memo())
                .setStaticSummary(journey.confirmed().kind())
                .build();
        try {
            switch (start) {
                case ConfirmedJourney.Start.OfCheckout checkout ->
                    WorkflowClient.start(client.newWorkflowStub(Checkout.class, options)::checkout, checkout.order());
                case ConfirmedJourney.Start.OfReservation reservation ->
                    WorkflowClient.start(
                            client.newWorkflowStub(Reservation.class, options)::reserve, reservation.request());
                case ConfirmedJourney.Start.OfReturn back ->
                    WorkflowClient.start(client.newWorkflowStub(Return.class, options)::sendBack, back.request());
                case ConfirmedJourney.Start.OfCancellation stop ->
                    WorkflowClient.start(
                            client.newWorkflowStub(Cancellation.class, options)::cancelPieces, stop.request());
                case ConfirmedJourney.Start.OfMove move ->
                    WorkflowClient.start(client.newWorkflowStub(AddressMove.class, options)::move, move.request());
                case ConfirmedJourney.Start.OfCardRemoval removal ->
                    WorkflowClient.start(client.newWorkflowStub(CardRemoval.class, options)::forget, removal.request());
            }
            return true;
        } catch (WorkflowExecutionAlreadyStarted same) {
            log.info("Confirmed again: {}", start.workflowId());
            return false;
        }
    }

    @Override
    public void start(Delivery.Request request) {
        var options = once(request.workflowId())
                .setTypedSearchAttributes(JourneyAttributes.atStart(
                        "Delivery",
                        request.orderId().value(),
                        request.customerId(),
                        request.channel(),
                        request.total()))
                .setMemo(Map.of("conversation", request.conversationId().value()))
                .setStaticSummary("Delivery")
                .build();
        try {
            WorkflowClient.start(client.newWorkflowStub(Delivery.class, options)::deliver, request);
        } catch (WorkflowExecutionAlreadyStarted same) {
            log.info("On its way already: {}", request.workflowId());
        }
    }

    @Override
    public void start(Cancellation.Request request) {
        var options = once(Cancellation.workflowId(request.cancellationId()))
                .setTypedSearchAttributes(JourneyAttributes.atStart(
                        "Cancellation",
                        request.cancellationId().value(),
                        request.customerId(),
                        request.channel(),
                        request.refund()))
                .setMemo(Map.of("conversation", request.conversationId().value()))
                .setStaticSummary("Cancellation of what nobody collected")
                .build();
        try {
            WorkflowClient.start(client.newWorkflowStub(Cancellation.class, options)::cancelPieces, request);
        } catch (WorkflowExecutionAlreadyStarted same) {
            log.info("Being cancelled already: {}", request.cancellationId());
        }
    }

    @Override
    public void start(Return.Request request) {
        var options = once(Return.workflowId(request.returnId()))
                .setTypedSearchAttributes(JourneyAttributes.atStart(
                        "Return",
                        request.returnId().value(),
                        request.customerId(),
                        request.channel(),
                        request.refund()))
                .setMemo(Map.of("conversation", request.conversationId().value()))
                .setStaticSummary("Return of an exchange")
                .build();
        try {
            WorkflowClient.start(client.newWorkflowStub(Return.class, options)::sendBack, request);
        } catch (WorkflowExecutionAlreadyStarted same) {
            log.info("Sent back already: {}", request.returnId());
        }
    }

    /** It has no status until it ends: whoever lists the journeys that go on is not told of questions that wait. */
    @Override
    public void start(Feedback.Request request) {
        var options = once(Feedback.workflowId(request.orderId()))
                .setTypedSearchAttributes(JourneyAttributes.ofChild(
                        "Feedback",
                        request.orderId().value(),
                        request.customerId(),
                        request.channel(),
                        request.total()))
                .setMemo(Map.of("conversation", request.conversationId().value()))
                .setStaticSummary("Question about a delivered order")
                .build();
        try {
            WorkflowClient.start(client.newWorkflowStub(Feedback.class, options)::ask, request);
        } catch (WorkflowExecutionAlreadyStarted same) {
            log.info("Asked already: {}", request.orderId());
        }
    }

    /** Sees to it that customers are reminded, now and from now on; the shop's one that goes on already is only told to look. */
    public void startReminders() {
        var reminders = client.newWorkflowStub(
                Reminders.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(Reminders.WORKFLOW_ID)
                        .setTaskQueue(taskQueue)
                        .setStaticSummary("Reminders of what will end")
                        .build());
        var both = client.newSignalWithStartRequest();
        both.add(reminders::remind);
        both.add(reminders::lookNow);
        client.signalWithStart(both);
    }

    private WorkflowOptions.Builder once(String workflowId) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(taskQueue)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE);
    }
}
