package io.journeyman.workflows.conversation;

import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.conversation.ConversationActivities;
import io.journeyman.activities.conversation.Decision;
import io.journeyman.activities.conversation.Decision.ToolCallRef;
import io.journeyman.activities.conversation.TurnRef;
import io.journeyman.activities.payment.PaymentActivities;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ProposalId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.cancellation.Cancellation;
import io.journeyman.workflows.cards.CardRemoval;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.move.AddressMove;
import io.journeyman.workflows.reservation.Reservation;
import io.journeyman.workflows.returns.Return;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Turns run one after another, in the order of their numbers. Nothing is remembered here that Postgres does not know. */
public final class TurnByTurnConversation implements Conversation {
    /** Model rounds of one turn before it is ended with an honest reply. */
    static final int MOST_ROUNDS = 6;

    /** Turns that may wait behind the one that runs. */
    static final int MOST_WAITING = 8;

    static final Duration IDLE = Duration.ofMinutes(10);

    /** The shop's own agents answer in milliseconds, so that their part of a turn is a quick step; a registered one is not known. */
    private static final Set<String> OURS =
            Set.of("recommendation", "inventory", "fulfillment", "payment", "postPurchase", "loyalty");

    private static final String LIGHT_TURNS = "light-turns";

    /** Since then a turn is 18 events instead of 24: quick steps for what is quick, one timer for many turns, no children. */
    private static final int QUICK_READS = 1;

    /** Since then it is 8 with a model that answers soon. */
    private static final int QUICK_MODEL = 2;

    /** Since then an order answers who says how they pay. */
    private static final int ANSWERED_PAYMENTS = 3;

    /** Since then a journey answers who wants it stopped. */
    private static final int ANSWERED_CANCELLATIONS = 4;

    /** A fresh run is cheap, a long history is not: some hundred turns. */
    private static final long LONG_HISTORY = 2_000;

    /** Who never lets it rest between two turns is told to come again, so that a run's history stays bounded. */
    private static final long LONGEST_HISTORY = 2 * LONG_HISTORY;

    private final ConversationId id;
    private final int version;
    private final NavigableSet<Integer> waiting = new TreeSet<>();
    private int running;
    private int confirming;
    private final ConversationActivities quickModel = Calls.once(ConversationActivities.class, "Ask the model");
    private final ConversationActivities model = Calls.model(ConversationActivities.class, "Wait for the model");
    private final ConversationActivities memory = Calls.quick(ConversationActivities.class, "Remember");
    private final ConversationActivities proposals = Calls.quickRead(ConversationActivities.class, "Quote and propose");
    private final ConversationActivities heavyProposals = Calls.read(ConversationActivities.class, "Quote and propose");
    private final JourneyStart journeys = Calls.quick(JourneyStart.class, "Start the journey");
    private final OrderToPay orders = Calls.quickAgent(OrderToPay.class, "How the order is paid");
    private final JourneyToStop stopping = Calls.quickAgent(JourneyToStop.class, "Whether it can be stopped");
    private final PaymentActivities payments = Calls.quickRead(PaymentActivities.class, "How the order was paid");

    @WorkflowInit
    public TurnByTurnConversation(ConversationId id) {
        this.id = id;
        this.version = Workflow.getVersion(LIGHT_TURNS, Workflow.DEFAULT_VERSION, ANSWERED_CANCELLATIONS);
    }

    @Override
    public void converse(ConversationId same) {
        var silence = light() ? Optional.of(new Silence(IDLE)) : Optional.<Silence>empty();
        BooleanSupplier spoken = () -> !waiting.isEmpty();
        while (true) {
            if (!silence.map(one -> one.isBroken(spoken)).orElseGet(() -> Workflow.await(IDLE, spoken::getAsBoolean))) {
                if (waiting.isEmpty() && Workflow.isEveryHandlerFinished()) {
                    return;
                }
                continue;
            }
            while (!waiting.isEmpty()) {
                running = waiting.pollFirst();
                run(new TurnRef(id, running));
                running = 0;
                silence.ifPresent(Silence::begins);
            }
            Workflow.await(() -> !waiting.isEmpty() || Workflow.isEveryHandlerFinished());
            if (waiting.isEmpty() && isLong()) {
                Workflow.continueAsNew(id);
            }
        }
    }

    @Override
    public void checkMessage(int turn) {
        if (turn < 1) {
            throw new IllegalArgumentException("turns count from 1");
        }
        if (running == turn || waiting.contains(turn)) {
            return;
        }
        if (Workflow.getInfo().getHistoryLength() > LONGEST_HISTORY) {
            throw new IllegalStateException("this run of the conversation ends first: send it again");
        }
        if (waiting.size() >= MOST_WAITING) {
            throw new IllegalStateException("too many turns wait for their reply: send it again later");
        }
    }

    @Override
    public void message(int turn) {
        if (running != turn) {
            waiting.add(turn);
        }
        Workflow.await(() -> running != turn && !waiting.contains(turn));
    }

    @Override
    public Confirmation confirm(ProposalId proposal, Optional<PaymentMethod> method) {
        confirming++;
        try {
            var confirmation = memory.confirm(id, proposal);
            if (confirmation instanceof Confirmation.Confirmed confirmed && !confirmed.hasBegun()) {
                start(confirmed, method);
            }
            return confirmation;
        } finally {
            confirming--;
        }
    }

    @Override
    public String decline(ProposalId proposal) {
        return memory.decline(id, proposal);
    }

    private void run(TurnRef turn) {
        try {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                switch (decide(turn, round)) {
                    case Decision.Replied replied -> {
                        return;
                    }
                    case Decision.CallTools tools -> call(turn, tools.calls());
                    case Decision.Confirm confirm -> {
                        memory.answer(turn, confirmed(turn, confirm));
                        return;
                    }
                    case Decision.Pay pay -> {
                        memory.answer(
                                turn,
                                version >= ANSWERED_PAYMENTS
                                        ? paid(turn, pay.workflowId(), pay.method())
                                        : payUnanswered(pay));
                        return;
                    }
                    case Decision.CancelJourney cancel -> {
                        memory.answer(
                                turn,
                                version >= ANSWERED_CANCELLATIONS
                                        ? stopped(turn, cancel.workflowId())
                                        : stopUnanswered(cancel.workflowId()));
                        return;
                    }
                }
            }
            memory.answer(turn, "too_many_rounds");
        } catch (CanceledFailure stopped) {
            throw stopped;
        } catch (TemporalFailure failure) {
            answerHonestly(turn, codeOf(failure));
        }
    }

    /** It may be about to start: by the button, beside this turn. */
    private String stopped(TurnRef turn, String workflowId) {
        Workflow.await(() -> confirming == 0);
        return switch (stopping.cancel(turn, workflowId)) {
            case "cancelling" -> "cancelling";
            case "ended" -> "too_late";
            default -> "goes_on";
        };
    }

    private static String stopUnanswered(String workflowId) {
        var journey = Workflow.newUntypedExternalWorkflowStub(workflowId);
        boolean runs = Calls.reaches(() -> journey.signal("cancelRequest", "cancelled_by_customer"));
        return runs ? "cancelling" : "too_late";
    }

    private String confirmed(TurnRef turn, Decision.Confirm yes) {
        if (yes.method().isEmpty()) {
            var code = code(confirm(yes.proposal(), Optional.empty()));
            return code.equals("order_started") ? yes.lacks().orElse(code) : code;
        }
        var confirmation = memory.confirm(id, yes.proposal());
        if (!(confirmation instanceof Confirmation.Confirmed confirmed)) {
            return code(confirmation);
        }
        var method = yes.method().get();
        boolean first = !confirmed.hasBegun() && journeys.startPaid(id, confirmed, method);
        if (confirmed.owesNothing()) {
            return code(confirmation);
        }
        return first ? paying(method) : paid(turn, Checkout.workflowId(new OrderId(confirmed.journeyId())), method);
    }

    /** Its journey may be about to start: by the button, beside this turn. */
    private String paid(TurnRef turn, String workflowId, PaymentMethod method) {
        Workflow.await(() -> confirming == 0);
        var answer = orders.pay(turn, workflowId, method);
        return answer.equals("accepted") ? paying(method) : paidOtherwise(answer, Checkout.order(workflowId));
    }

    /** The order does not take it: its customer hears how it is paid. */
    private String paidOtherwise(String answer, OrderId order) {
        var attempts = payments.attempts(order);
        if (attempts.secured() > 0 && attempts.last().isPresent()) {
            return switch (attempts.last().get().kind()) {
                case upi -> "paid_by_upi";
                case card -> "paid_by_card";
                case cash_on_delivery -> "pays_in_cash";
            };
        }
        return attempts.unknown() > 0 || answer.equals("payment_unresolved") ? "payment_under_way" : "paid_too_late";
    }

    private static String payUnanswered(Decision.Pay pay) {
        var checkout = Workflow.newUntypedExternalWorkflowStub(pay.workflowId());
        boolean runs = Calls.reaches(() -> checkout.signal("payRequest", pay.method()));
        return runs ? paying(pay.method()) : "paid_too_late";
    }

    /**
     * A model that answers soon is a quick step, one event. One that takes its time, or fails, is an activity: it holds nobody up, staff
     * see it, and it is tried again.
     */
    private Decision decide(TurnRef turn, int round) {
        if (version >= QUICK_MODEL) {
            try {
                var soon = quickModel.decideSoon(turn, round).decision();
                if (soon.isPresent()) {
                    return soon.get();
                }
            } catch (ActivityFailure failure) {
                if (!Calls.mayPass(failure)) {
                    throw failure;
                }
            }
        }
        return model.decide(turn, round);
    }

    /** When not even that can be stored, the message stays unanswered, and is handed over again once the memory is back. */
    private void answerHonestly(TurnRef turn, String code) {
        try {
            memory.answer(turn, code);
        } catch (ActivityFailure lost) {
            Workflow.getLogger(TurnByTurnConversation.class).warn("Turn {} of {} has no reply", turn.turn(), id);
        }
    }

    /** Reads run side by side; the cart's changes and proposals run in the order in which the model named them. */
    private void call(TurnRef turn, List<ToolCallRef> calls) {
        var reads = new ArrayList<Promise<?>>();
        for (var call : calls) {
            if (!call.proposes() && !changesCart(call)) {
                reads.add(ask(turn, call));
            }
        }
        for (var call : calls) {
            if (call.proposes()) {
                (light() ? proposals : heavyProposals).propose(turn, call.callId());
            } else if (changesCart(call)) {
                change(turn, call);
            }
        }
        for (var read : reads) {
            try {
                read.get();
            } catch (ActivityFailure unavailable) {
                // The call has no stored result, and the model is told so in the next round.
                Workflow.getLogger(TurnByTurnConversation.class)
                        .warn(
                                "A tool did not answer in turn {} of {}: {}",
                                turn.turn(),
                                id,
                                unavailable.getActivityType());
            }
        }
    }

    private Promise<Void> ask(TurnRef turn, ToolCallRef call) {
        return light() && OURS.contains(agentOf(call))
                ? Workflow.newUntypedLocalActivityStub(Calls.quickReadOptions("Ask an agent"))
                        .executeAsync(call.operation(), Void.class, turn, call.callId())
                : Workflow.newUntypedActivityStub(Calls.readOptions("Ask an agent"))
                        .executeAsync(call.operation(), Void.class, turn, call.callId());
    }

    private void change(TurnRef turn, ToolCallRef call) {
        if (light()) {
            Workflow.newUntypedLocalActivityStub(Calls.quickReadOptions("Change the cart"))
                    .execute(call.operation(), Void.class, turn, call.callId());
        } else {
            Workflow.newUntypedActivityStub(Calls.readOptions("Change the cart"))
                    .execute(call.operation(), Void.class, turn, call.callId());
        }
    }

    private static boolean changesCart(ToolCallRef call) {
        return agentOf(call).equals("conversation");
    }

    private static String agentOf(ToolCallRef call) {
        return call.operation().replaceFirst("\\..*", "");
    }

    private void start(Confirmation.Confirmed confirmed, Optional<PaymentMethod> method) {
        if (light()) {
            journeys.start(id, confirmed, method);
        } else {
            startAsChild(new ConfirmedJourney(id, confirmed, method));
        }
    }

    private static void startAsChild(ConfirmedJourney journey) {
        switch (journey.start()) {
            case ConfirmedJourney.Start.OfCheckout start -> {
                var checkout = Workflow.newChildWorkflowStub(Checkout.class, abandoned(start, journey));
                started(checkout, Async.function(checkout::checkout, start.order()));
            }
            case ConfirmedJourney.Start.OfReservation start -> {
                var store = Workflow.newChildWorkflowStub(Reservation.class, abandoned(start, journey));
                started(store, Async.function(store::reserve, start.request()));
            }
            case ConfirmedJourney.Start.OfReturn start -> {
                var back = Workflow.newChildWorkflowStub(Return.class, abandoned(start, journey));
                started(back, Async.function(back::sendBack, start.request()));
            }
            case ConfirmedJourney.Start.OfCancellation start -> {
                var stop = Workflow.newChildWorkflowStub(Cancellation.class, abandoned(start, journey));
                started(stop, Async.function(stop::cancelPieces, start.request()));
            }
            case ConfirmedJourney.Start.OfMove start -> {
                var move = Workflow.newChildWorkflowStub(AddressMove.class, abandoned(start, journey));
                started(move, Async.function(move::move, start.request()));
            }
            case ConfirmedJourney.Start.OfCardRemoval start -> {
                var removal = Workflow.newChildWorkflowStub(CardRemoval.class, abandoned(start, journey));
                started(removal, Async.function(removal::forget, start.request()));
            }
        }
    }

    /** The journey outlives the conversation's run; one that has started before is the same journey. */
    private static void started(Object journey, Promise<?> result) {
        try {
            Workflow.getWorkflowExecution(journey).get();
        } catch (ChildWorkflowFailure failure) {
            if (!(failure.getCause() instanceof WorkflowExecutionAlreadyStarted)) {
                throw failure;
            }
        } catch (WorkflowExecutionAlreadyStarted same) {
            Workflow.getLogger(TurnByTurnConversation.class).info("Confirmed again: {}", same.getExecution());
        }
        result.exceptionally(ended -> null);
    }

    private static ChildWorkflowOptions abandoned(ConfirmedJourney.Start start, ConfirmedJourney journey) {
        return Calls.child(start.workflowId())
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setTypedSearchAttributes(journey.attributes())
                .setMemo(journey.memo())
                .setStaticSummary(journey.confirmed().kind())
                .build();
    }

    private boolean light() {
        return version >= QUICK_READS;
    }

    private static boolean isLong() {
        var info = Workflow.getInfo();
        return info.isContinueAsNewSuggested() || info.getHistoryLength() > LONG_HISTORY;
    }

    private static String code(Confirmation confirmation) {
        return switch (confirmation) {
            case Confirmation.Confirmed confirmed ->
                switch (confirmed.kind()) {
                    case "Checkout" ->
                        !confirmed.owesNothing()
                                ? "order_started"
                                : confirmed.exchange().isPresent() ? "exchange_started" : "order_covered";
                    case "Return" -> "return_started";
                    case "Cancellation" -> "cancellation_started";
                    case "AddressChange" -> "address_change_started";
                    case "CardRemoval" -> "card_removal_started";
                    default -> "reservation_started";
                };
            case Confirmation.Refused refused -> refused.code();
        };
    }

    private static String paying(PaymentMethod method) {
        return switch (method.kind()) {
            case upi -> "paying_by_upi";
            case card -> "paying_by_card";
            case cash_on_delivery -> "paying_in_cash";
        };
    }

    private static String codeOf(Exception failure) {
        var cause = failure instanceof ApplicationFailure ? failure : failure.getCause();
        return cause instanceof ApplicationFailure application
                        && application.getType() != null
                        && application.getType().matches("[a-z_]{3,40}")
                ? application.getType()
                : "model_unavailable";
    }
}
