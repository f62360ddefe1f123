package io.journeyman.workflows.returns;

import static io.journeyman.workflows.WorkflowTime.now;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.inventory.HoldOutcome;
import io.journeyman.activities.inventory.InventoryActivities;
import io.journeyman.activities.loyalty.LoyaltyActivities;
import io.journeyman.activities.returns.InspectedReturn;
import io.journeyman.activities.returns.RecordedReturn;
import io.journeyman.activities.returns.ReturnActivities;
import io.journeyman.contracts.Fulfillment.SentBackBecause;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.ChooseRemedy;
import io.journeyman.contracts.PostPurchase.Closing;
import io.journeyman.contracts.PostPurchase.ExchangeState;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.Remedy;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.RefundId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Deadline;
import io.journeyman.workflows.Forward;
import io.journeyman.workflows.Journey.Progress;
import io.journeyman.workflows.JourneyAttributes;
import io.journeyman.workflows.Pauses;
import io.journeyman.workflows.StaffMay;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.Uncancelled;
import io.journeyman.workflows.Undo;
import io.journeyman.workflows.checkout.Checkout;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Record the return, wait for its parcel, have it looked at; then stock, what comes in exchange, money, points and record, in this
 * order; of a claim another piece or the repaired one instead of the money. What is not taken goes back. Until it was looked at anything
 * that stops the journey closes the return, and its pieces may be returned anew; from then on it only goes forward.
 */
public final class ParcelReturn implements Return {
    /** Staff are told again so often that a parcel waits to be looked at. */
    static final Duration LOOK_WITHIN = Duration.ofDays(7);

    static final int MOST_REMINDERS = 26;

    /** Whether there is another piece for one that failed is looked at so often. */
    static final Duration STOCK_LOOK = Duration.ofHours(6);

    private static final int LOOKS_A_REMINDER = (int) LOOK_WITHIN.dividedBy(STOCK_LOOK);

    /** Whoever inspects hears so long at most whether there is another piece. */
    private static final Duration HEARS_WITHIN = Duration.ofSeconds(20);

    private final Request request;
    private final ReturnId id;
    private final Deadline deadline;
    private final Pauses pauses = new Pauses();
    private final Undo undo = new Undo(pauses);
    private final Story story;
    private final Map<String, String> facts = new HashMap<>();
    private final Forward forward;
    private final Forward closing;
    private final Forward sending;

    private final ReturnActivities returns = Calls.quickAgent(ReturnActivities.class, "Record of the return");
    private final ReturnActivities inspection = Calls.read(ReturnActivities.class, "Inspection of the return");
    private final InventoryActivities stock = Calls.quickAgent(InventoryActivities.class, "Stock of the return");
    private final LoyaltyActivities loyalty = Calls.agent(LoyaltyActivities.class, "Points of the return");

    /** The one that the customer has heard of. */
    private Instant toldDeadline;

    private boolean recorded;
    private boolean hasArrived;
    private int looking;
    private boolean over;
    private String cancelled = "";
    private Optional<InspectedReturn> looked = Optional.empty();
    private Optional<Refund> refund = Optional.empty();
    private boolean waitsForRemedy;
    private boolean remedied;
    private Optional<ChooseRemedy> choice = Optional.empty();

    @WorkflowInit
    public ParcelReturn(Request request) {
        this.request = request;
        this.id = request.returnId();
        this.deadline = new Deadline(now().plus(SEND_WITHIN));
        this.toldDeadline = deadline.until();
        this.story = new Story(request.conversationId(), Return.workflowId(id), "Return", pauses);
        this.forward = new Forward(story, pauses, facts, "return_stuck");
        this.closing = new Forward(story, pauses, facts, "compensation_stuck");
        this.sending = new Forward(story, pauses, facts, "send_back_stuck");
        facts.put("returnId", id.value());
        facts.put("amountMinor", String.valueOf(request.refund().minor()));
        request.exchangedFor().ifPresent(other -> facts.put("exchangedFor", other.value()));
    }

    @Override
    public JourneyStatus sendBack(Request same) {
        CancellationScope.current().getCancellationRequest().thenApply(reason -> cancel("cancelled_on_request"));
        return Uncancelled.run(() -> {
            var ended = run();
            tellCheckout(Standing.decided);
            return ended;
        });
    }

    private JourneyStatus run() {
        OrderId order;
        RecordedReturn.Recorded sent;
        undo.with("close the return", () -> returns.closeReturn(id, Closing.cancelled));
        try {
            switch (returns.recordReturn(id, request.quoteId())) {
                case RecordedReturn.Recorded done -> {
                    order = done.order();
                    sent = done;
                    facts.put("orderId", order.value());
                    facts.put("label", done.label());
                    if (done.underWarranty()) {
                        facts.put("claim", id.value());
                    }
                }
                case RecordedReturn.Refused refused -> {
                    return undone(JourneyStatus.failed, refused.code());
                }
            }
        } catch (ActivityFailure failure) {
            return undone(JourneyStatus.failed, "agent_unavailable");
        }
        Workflow.upsertTypedSearchAttributes(JourneyAttributes.ORDER_ID.valueSet(order.value()));
        if (!cancelled.isEmpty()) {
            return undone(JourneyStatus.cancelled, "return_cancelled");
        }
        recorded = true;
        story.waits(JourneyStatus.waiting_for_customer, label(sent), "parcel", deadline.until(), Map.copyOf(facts));
        while (looked.isEmpty()) {
            if (hasArrived) {
                tellCheckout(Standing.arrived);
                waitForInspection();
            } else if (waitForParcel()) {
                var closed = close(cancelled.isEmpty() ? Closing.not_received : Closing.cancelled);
                if (closed.isPresent()) {
                    return closed.get();
                }
            }
        }
        return goForward(sent, looked.get());
    }

    private String label(RecordedReturn.Recorded sent) {
        if (request.exchangedFor().isPresent()) {
            return "exchange_label";
        }
        return sent.underWarranty() ? "claim_label" : "return_label";
    }

    /** The checkout of what comes instead waits for it. */
    private void tellCheckout(Standing standing) {
        request.exchangedFor().ifPresent(other -> {
            var checkout = Workflow.newExternalWorkflowStub(Checkout.class, Checkout.workflowId(other));
            if (!Calls.reaches(() -> checkout.returnStands(standing))) {
                Workflow.getLogger(ParcelReturn.class).info("Checkout {} had ended before its return", other);
            }
        });
    }

    /** True when nothing came: the customer cancelled, or the time is over, and nobody is just looking at the parcel. */
    private boolean waitForParcel() {
        Workflow.await(deadline.left(), () -> isDecided() || isPutOff());
        if (isPutOff() && !isDecided()) {
            toldDeadline = deadline.until();
            story.waitsUntil(toldDeadline, Map.of("returnId", id.value(), "keepUntil", toldDeadline.toString()));
            return false;
        }
        Workflow.await(() -> looking == 0);
        return looked.isEmpty() && !hasArrived && (deadline.isOver() || !cancelled.isEmpty());
    }

    /** Empty when it was inspected after all, and whoever did it has not heard so: staff say it again, and nothing is cancelled. */
    private Optional<JourneyStatus> close(Closing to) {
        over = true;
        var stands = closing.atLast(() -> returns.closeReturn(id, to));
        if (stands == ReturnStatus.inspected) {
            over = false;
            hasArrived = true;
            if (Workflow.getVersion("inspected-is-not-cancelled", Workflow.DEFAULT_VERSION, 1) >= 1) {
                cancelled = "";
            }
            return Optional.empty();
        }
        String code = to == Closing.cancelled ? "return_cancelled" : "return_not_received";
        story.ends(JourneyStatus.cancelled, code, Map.copyOf(facts));
        return Optional.of(JourneyStatus.cancelled);
    }

    private void waitForInspection() {
        for (int reminder = 0; reminder < MOST_REMINDERS; reminder++) {
            story.waits(
                    JourneyStatus.needs_staff,
                    "return_arrived",
                    "inspection",
                    now().plus(LOOK_WITHIN),
                    Map.copyOf(facts));
            if (Workflow.await(LOOK_WITHIN, () -> looked.isPresent())) {
                return;
            }
        }
        throw ApplicationFailure.newNonRetryableFailure("nobody looked at return " + id, "return_not_inspected");
    }

    private JourneyStatus goForward(RecordedReturn.Recorded sent, InspectedReturn inspected) {
        var order = sent.order();
        if (!isOpen(inspected)) {
            tellCheckout(Standing.decided);
        }
        var back = new BackParcel(request, order, sending, facts, hold -> sells(hold, sending));
        if (inspected.taken().isEmpty()) {
            facts.put("comesBack", String.valueOf(!inspected.back().isEmpty()));
            giveBack(inspected, back);
            return ends(sent.underWarranty() ? "claim_refused" : "return_refused");
        }
        facts.put("amountMinor", String.valueOf(inspected.refund().minor()));
        story.goesOn("return_accepted");
        if (!inspected.back().isEmpty()) {
            facts.put("notTaken", id.value());
        }
        var settled = remedy(inspected, back);
        if (!sent.underWarranty()) {
            forward.atLast(() -> stock.takeBackReturn(id, settled.taken()));
        } else if (settled.remedied() != Remedy.repair) {
            writeOff(settled);
        }
        switch (settled.remedied()) {
            case replace -> {
                return ends("claim_replaced");
            }
            case repair -> {
                return ends("claim_repaired");
            }
            case refund -> {}
        }
        var found = request.exchangedFor()
                .filter(other -> isOpen(settled))
                .map(this::exchange)
                .orElse(settled);
        var money = new Refund(new RefundId(id.value()), sent.paidBy(), found.refund(), story, pauses, forward, facts);
        refund = Optional.of(money);
        var settlement = sent.asCredit() ? money.grant(id, request.customerId()) : money.pay();
        long fewer = forward.atLast(() -> loyalty.returnBenefits(order, id, found.value(), found.orderValue()));
        facts.put("pointsFewer", String.valueOf(fewer));
        forward.atLast(() -> returns.settleReturn(id, settlement, money.reference()));
        giveBack(settled, back);
        boolean exchanged = found.exchange().equals(Optional.of(ExchangeState.agreed));
        return ends(exchanged && settlement == Settlement.nothing_due ? "return_exchanged" : told(settlement));
    }

    /** What the shop does not take. */
    private void giveBack(InspectedReturn found, BackParcel back) {
        if (!found.back().isEmpty()) {
            back.give(SentBackBecause.refused, found.back());
        }
    }

    /** What failed is nobody's to sell: it comes in and is written off. Claims from before did without. */
    private void writeOff(InspectedReturn found) {
        if (Workflow.getVersion("write-off-claims", Workflow.DEFAULT_VERSION, 1) >= 1) {
            sending.atLast(() -> stock.writeOffReturn(id, found.taken()));
        }
    }

    /** Until what was chosen for a claim is on its way to its customer, or their money is chosen instead. */
    private InspectedReturn remedy(InspectedReturn inspected, BackParcel back) {
        var chosen = inspected;
        for (int look = 0; look < MOST_REMINDERS * LOOKS_A_REMINDER || choice.isPresent(); look++) {
            boolean done = switch (chosen.remedied()) {
                case refund -> true;
                case repair -> {
                    back.give(SentBackBecause.repaired, concat(chosen.taken(), chosen.back()));
                    yield true;
                }
                case replace -> back.replace(chosen.taken(), chosen.back());
            };
            if (done) {
                remedied = true;
                return chosen;
            }
            waitForAnotherPiece(look);
            if (choice.isPresent()) {
                chosen = forward.atLast(() -> returns.chooseRemedy(id, choice.get()));
                facts.put("amountMinor", String.valueOf(chosen.refund().minor()));
                story.goesOn("remedy_chosen");
            }
        }
        throw ApplicationFailure.newNonRetryableFailure(
                "there never was another piece for return " + id, "claim_not_replaced");
    }

    /** Or until staff choose something else. The customer hears of it once, staff are reminded. */
    private void waitForAnotherPiece(int look) {
        if (look % LOOKS_A_REMINDER == 0) {
            var until = now().plus(LOOK_WITHIN);
            if (look == 0) {
                story.waits(JourneyStatus.needs_staff, "replacement_gone", "remedy", until, Map.copyOf(facts));
            } else {
                story.waitsUnheard(JourneyStatus.needs_staff, "replacement_gone", "remedy", until, Map.copyOf(facts));
            }
        }
        waitsForRemedy = true;
        pauses.pause(STOCK_LOOK, () -> choice.isPresent());
        waitsForRemedy = false;
    }

    private static List<StockLine> concat(List<StockLine> some, List<StockLine> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private static boolean isOpen(InspectedReturn found) {
        return found.exchange().equals(Optional.of(ExchangeState.open));
    }

    /** All of it is taken: what comes instead is sold for it, if it is still there; otherwise what was taken is refunded. */
    private InspectedReturn exchange(OrderId other) {
        var hold = new HoldId(other.value());
        boolean there = sells(hold, forward);
        var decided = forward.atLast(() -> returns.settleExchange(id, there));
        facts.put("amountMinor", String.valueOf(decided.refund().minor()));
        tellCheckout(Standing.decided);
        return decided;
    }

    /** A hold that is over is held anew, if its pieces are still there. */
    private boolean sells(HoldId hold, Forward stuck) {
        return stuck.atLast(() -> isKept(stock.allocateHold(hold))
                || (isKept(stock.renewHold(hold, request.quoteId(), now().plus(Duration.ofHours(1))))
                        && isKept(stock.allocateHold(hold))));
    }

    private static boolean isKept(HoldOutcome hold) {
        return hold instanceof HoldOutcome.Held;
    }

    private static String told(Settlement settlement) {
        return switch (settlement) {
            case original_method -> "return_refunded";
            case by_hand -> "return_paid_out";
            case store_credit -> "return_to_credit";
            case nothing_due -> "return_nothing_due";
        };
    }

    private JourneyStatus ends(String code) {
        story.ends(JourneyStatus.completed, code, Map.copyOf(facts));
        return JourneyStatus.completed;
    }

    /** Before anything came: the return is closed, also when nobody knows whether it was recorded. */
    private JourneyStatus undone(JourneyStatus status, String code) {
        over = true;
        boolean undone = undo.all(step -> story.waits(
                JourneyStatus.needs_staff,
                "compensation_stuck",
                "staff",
                now().plus(Duration.ofHours(Undo.MOST_ROUNDS)),
                Map.of("returnId", id.value(), "step", step)));
        if (!undone) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "return " + id + " could not be closed", "compensation_failed");
        }
        story.ends(status, code, Map.copyOf(facts));
        return status;
    }

    private boolean isDecided() {
        return looked.isPresent() || hasArrived || !cancelled.isEmpty();
    }

    private boolean isPutOff() {
        return deadline.until().isAfter(toldDeadline);
    }

    private boolean waitsForParcel() {
        return recorded && !isDecided() && !over && looking == 0;
    }

    @Override
    public String arrived() {
        if (hasArrived) {
            return "arrived";
        }
        if (!waitsForParcel()) {
            return "too_late";
        }
        hasArrived = true;
        return "arrived";
    }

    @Override
    public String inspect(InspectReturn found) {
        if (!recorded || over || !cancelled.isEmpty()) {
            return "too_late";
        }
        looking++;
        try {
            looked = Optional.of(inspection.inspectReturn(id, found));
        } catch (ActivityFailure failure) {
            return failure.getCause() instanceof ApplicationFailure refused && refused.isNonRetryable()
                    ? refused.getType()
                    : "agent_unavailable";
        } finally {
            looking--;
        }
        return isReplacementGone() ? "replacement_gone" : "inspected";
    }

    private boolean isReplacementGone() {
        boolean wanted =
                looked.filter(found -> found.remedied() == Remedy.replace).isPresent();
        return wanted && Workflow.await(HEARS_WITHIN, () -> waitsForRemedy || remedied || isStuck()) && waitsForRemedy;
    }

    private boolean isStuck() {
        return story.progress().waitingFor().equals("staff");
    }

    @Override
    public String chooseRemedy(ChooseRemedy other) {
        if (!waitsForRemedy || choice.isPresent()) {
            return "not_waiting";
        }
        if (other.remedy() != Remedy.replace) {
            choice = Optional.of(other);
        }
        return "chosen";
    }

    @Override
    public String paidOut(String reference) {
        return refund.filter(money -> money.paidOut(reference)).isPresent() ? "paid_out" : "not_waiting";
    }

    @Override
    public String cancel(String reason) {
        if (hasArrived || looked.isPresent() || looking > 0 || over) {
            return "too_late";
        }
        cancelled = reason.isBlank() ? "cancelled_by_customer" : reason;
        return "cancelling";
    }

    @Override
    public void cancelRequested(String reason) {
        cancel(reason);
    }

    @Override
    public String retryNow() {
        return pauses.end() ? "retrying" : "nothing_to_retry";
    }

    @Override
    public String extend(Instant until) {
        if (!waitsForParcel()) {
            return over || isDecided() ? "too_late" : "not_waiting";
        }
        var refused = deadline.refuses(until);
        if (refused.isPresent()) {
            return refused.get();
        }
        deadline.putOff(until);
        return "extended";
    }

    @Override
    public StaffMay staffMay() {
        return new StaffMay(pauses.isPausing(), waitsForParcel() ? Optional.of(deadline.latest()) : Optional.empty());
    }

    @Override
    public Progress progress() {
        return story.progress();
    }
}
