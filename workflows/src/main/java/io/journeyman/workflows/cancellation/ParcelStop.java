package io.journeyman.workflows.cancellation;

import static io.journeyman.workflows.WorkflowTime.now;

import io.journeyman.activities.cancellation.CancellationActivities;
import io.journeyman.activities.cancellation.RecordedCancellation;
import io.journeyman.activities.cancellation.RecordedCancellation.Recorded;
import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.fulfillment.FulfillmentActivities;
import io.journeyman.activities.fulfillment.WithdrawalOutcome;
import io.journeyman.activities.fulfillment.WithdrawalOutcome.Withdrawn;
import io.journeyman.activities.inventory.InventoryActivities;
import io.journeyman.activities.loyalty.LoyaltyActivities;
import io.journeyman.activities.payment.PaymentActivities;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.RefundId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.JourneyAttributes;
import io.journeyman.workflows.PromptJourney;
import io.journeyman.workflows.Uncancelled;
import io.journeyman.workflows.Undo;
import io.journeyman.workflows.delivery.Delivery;
import io.journeyman.workflows.returns.Refund;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Record the cancellation, take its pieces out of their parcels; then record, stock, money, points and record again. The fulfillment agent
 * decides whether the pieces or their carrier came first: before its word anything that stops the journey frees the pieces again, after it
 * the journey only goes forward. An order of which all pieces are taken at once is undone as its checkout would have undone it.
 */
public final class ParcelStop extends PromptJourney implements Cancellation {
    private final Request request;
    private final CancellationId id;
    private final Undo undo = new Undo(pauses);

    private final CancellationActivities cancellations =
            Calls.quickAgent(CancellationActivities.class, "Record of the cancellation");
    private final FulfillmentActivities parcels = Calls.quickAgent(FulfillmentActivities.class, "Parcels of the order");
    private final InventoryActivities stock = Calls.quickAgent(InventoryActivities.class, "Stock of the cancellation");
    private final LoyaltyActivities loyalty = Calls.agent(LoyaltyActivities.class, "Points of the cancellation");
    private final PaymentActivities gateway = Calls.gateway(PaymentActivities.class, "Money of the cancellation");

    private Optional<Refund> refund = Optional.empty();

    @WorkflowInit
    public ParcelStop(Request request) {
        super(
                request.conversationId(),
                Cancellation.workflowId(request.cancellationId()),
                "Cancellation",
                "cancellation_stuck");
        this.request = request;
        this.id = request.cancellationId();
        facts.put("cancellationId", id.value());
        facts.put("amountMinor", String.valueOf(request.refund().minor()));
        request.uncollected().ifPresent(over -> {
            facts.put("orderId", over.order().value());
            facts.put("uncollected", over.order().value());
            facts.put("because", over.because().name());
        });
    }

    /** Who cancels the workflow in Temporal's UI is not heard: it is over within moments, or has money to give back. */
    @Override
    public JourneyStatus cancelPieces(Request same) {
        return Uncancelled.run(this::run);
    }

    private JourneyStatus run() {
        undo.with("close the cancellation", () -> cancellations.closeCancellation(id));
        return switch (forward.atLast(this::recorded)) {
            case Recorded done -> stop(done);
            case RecordedCancellation.Refused refused -> undone(refused.code());
        };
    }

    /**
     * Not given up while its agent is away: the pieces may have been taken out of their parcels already, by a task that was lost with its
     * worker, and then the money has to go back.
     */
    private RecordedCancellation recorded() {
        try {
            return cancellations.recordCancellation(id, request.quoteId());
        } catch (ActivityFailure failure) {
            if (Workflow.getVersion("record-at-last", Workflow.DEFAULT_VERSION, 1) >= 1) {
                throw failure;
            }
            return new RecordedCancellation.Refused("agent_unavailable");
        }
    }

    private JourneyStatus stop(Recorded recorded) {
        facts.put("orderId", recorded.order().value());
        Workflow.upsertTypedSearchAttributes(
                JourneyAttributes.ORDER_ID.valueSet(recorded.order().value()));
        return switch (forward.atLast(() -> parcels.withdrawPieces(id, request.quoteId(), recorded.trackingId()))) {
            case Withdrawn stays -> goForward(recorded, stays);
            case WithdrawalOutcome.TooLate left ->
                undone(left.code().equals("kept_longer") ? left.code() : "cancellation_too_late");
        };
    }

    private JourneyStatus goForward(Recorded recorded, Withdrawn stays) {
        var due = accept(recorded);
        tellDelivery(recorded);
        if (recorded.whole()) {
            forward.atLast(() -> stock.releaseHold(new HoldId(stays.shipment().value())));
        } else if (Workflow.getVersion("give-back-by-hold", Workflow.DEFAULT_VERSION, 1) >= 1) {
            forward.atLast(
                    () -> stock.giveBackPieces(new HoldId(stays.shipment().value()), id, stays.lines()));
        } else {
            forward.atLast(() -> stock.takeBackCancelled(id, stays.lines()));
        }
        var settlement = payBack(recorded, due);
        givePointsBack(recorded, stays);
        forward.atLast(() -> cancellations.settleCancellation(
                id, settlement, refund.map(Refund::reference).orElse("")));
        story.ends(JourneyStatus.completed, told(settlement), Map.copyOf(facts));
        return JourneyStatus.completed;
    }

    /** @return what goes back; of a cancellation from before the record said so, what was recorded */
    private Money accept(Recorded recorded) {
        var due = Optional.ofNullable(forward.atLast(() -> cancellations.acceptCancellation(id)))
                .orElse(recorded.refund());
        facts.put("amountMinor", String.valueOf(due.minor()));
        return due;
    }

    /** It looks at once, and ends where nothing is left to be delivered. One that has not begun yet will see for itself. */
    private void tellDelivery(Recorded recorded) {
        if (!Delivery.hurry(recorded.order())) {
            Workflow.getLogger(ParcelStop.class).info("Nothing of {} is being delivered", recorded.order());
        }
    }

    /** Cash that was to be paid on delivery was not paid yet: there is nothing to give back, and of a whole order nothing is due any more. */
    private Settlement payBack(Recorded recorded, Money due) {
        var money = new Refund(new RefundId(id.value()), List.of(recorded.order()), due, story, pauses, forward, facts);
        refund = Optional.of(money);
        var settlement = money.payUndelivered();
        if (settlement == Settlement.nothing_due && isLast(recorded)) {
            var attempts = forward.atLast(() -> gateway.attempts(recorded.order()));
            if (Refund.isCash(attempts) && attempts.secured() > 0) {
                forward.atLast(() -> gateway.voidAttempt(recorded.order(), attempts.secured()));
            }
        }
        return settlement;
    }

    /** Whether nothing of the order is left: it had all of its pieces, or the last ones. */
    private boolean isLast(Recorded recorded) {
        return recorded.whole()
                || (Workflow.getVersion("emptied-order-is-not-due", Workflow.DEFAULT_VERSION, 1) >= 1
                        && forward.atLast(() -> cancellations.isOrderCancelled(recorded.order())));
    }

    private void givePointsBack(Recorded recorded, Withdrawn stays) {
        if (recorded.whole()) {
            forward.atLast(() -> loyalty.releaseBenefits(stays.shipment()));
        } else {
            long fewer = forward.atLast(() -> loyalty.returnBenefits(
                    recorded.order(), new ReturnId(id.value()), recorded.value(), recorded.orderValue()));
            facts.put("pointsFewer", String.valueOf(fewer));
        }
    }

    private static String told(Settlement settlement) {
        return switch (settlement) {
            case original_method, store_credit -> "cancellation_refunded";
            case by_hand -> "cancellation_paid_out";
            case nothing_due -> "cancellation_nothing_due";
        };
    }

    /** The pieces are free again, also when nobody knows whether the cancellation was recorded. */
    private JourneyStatus undone(String code) {
        boolean undone = undo.all(step -> story.waits(
                JourneyStatus.needs_staff,
                "compensation_stuck",
                "staff",
                now().plus(Duration.ofHours(Undo.MOST_ROUNDS)),
                Map.of("cancellationId", id.value(), "step", step)));
        if (!undone) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "cancellation " + id + " could not be closed", "compensation_failed");
        }
        story.ends(JourneyStatus.failed, code, Map.copyOf(facts));
        return JourneyStatus.failed;
    }

    @Override
    public String paidOut(String reference) {
        return refund.filter(money -> money.paidOut(reference)).isPresent() ? "paid_out" : "not_waiting";
    }
}
