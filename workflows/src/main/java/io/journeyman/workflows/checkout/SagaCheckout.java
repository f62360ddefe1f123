package io.journeyman.workflows.checkout;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.fulfillment.FulfillmentActivities;
import io.journeyman.activities.fulfillment.FulfillmentOutcome;
import io.journeyman.activities.inventory.HoldOutcome;
import io.journeyman.activities.inventory.InventoryActivities;
import io.journeyman.activities.loyalty.LoyaltyActivities;
import io.journeyman.activities.loyalty.LoyaltyActivities.BenefitsOutcome;
import io.journeyman.activities.orders.OrderActivities;
import io.journeyman.activities.payment.CaptureOutcome;
import io.journeyman.activities.payment.PaymentActivities;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.payment.SecureOutcome;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.ReservationId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.JourneyAttributes;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.payment.PaymentRetry;
import io.journeyman.workflows.payment.PersistentPaymentRetry;
import io.journeyman.workflows.reservation.Reservation;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Record the order, hold stock and benefits, secure the payment, allocate and ship, capture, complete. Every step registers its
 * compensation before it is called; until the capture anything that stops the journey undoes all of it, after it the journey
 * only goes forward, or refunds.
 */
public final class SagaCheckout implements Checkout {
    /** Stock stays held this much longer than the customer may take to pay. */
    static final Duration MARGIN = Duration.ofMinutes(15);

    /** While a payment is unresolved past its deadline the hold is renewed by so much. */
    static final Duration RENEWAL = Duration.ofHours(6);

    /** A renewal that the inventory does not answer is tried again soon, while the hold still stands. */
    static final Duration RENEWAL_AGAIN = Duration.ofMinutes(5);

    /** A capture that the gateway does not answer is tried each hour for so many hours, then refunded. */
    static final int MOST_CAPTURE_ROUNDS = 7 * 24;

    /** News of a journey are numbered; later runs count on from the seconds since then, past every number used before. */
    private static final Instant NEWS_OF_LATER_RUNS = Instant.parse("2025-01-01T00:00:00Z");

    private final Order order;
    private final OrderId id;
    private final Undo undo = new Undo();
    private final Story story;

    private final InventoryActivities stock = Calls.agent(InventoryActivities.class, "Stock of the order");
    private final InventoryActivities renewal =
            Calls.read(InventoryActivities.class, "Stock of the order, kept longer");
    private final InventoryActivities shelf = Calls.quick(InventoryActivities.class, "Stock of the order");
    private final FulfillmentActivities parcels = Calls.agent(FulfillmentActivities.class, "Parcel of the order");
    private final PaymentActivities gateway = Calls.gateway(PaymentActivities.class, "Money of the order");
    private final OrderActivities orders = Calls.quick(OrderActivities.class, "Record of the order");
    private final LoyaltyActivities loyalty = Calls.quick(LoyaltyActivities.class, "Points and coupon");

    private Optional<PaymentMethod> method;
    private Optional<PaymentRetry> retry = Optional.empty();

    /** Where the payment retry stands, and the customer has not heard of yet. */
    private final Deque<PaymentRetry.Standing> heard = new ArrayDeque<>();

    private boolean retryWantsMethod;
    private String cancelled = "";

    /** Under which hold, benefits and parcel are kept: a later run would meet the tombstones of the run before. */
    private OrderId key;

    private boolean pastCancelling;

    @WorkflowInit
    public SagaCheckout(Order order) {
        this.order = order;
        this.id = order.orderId();
        this.key = id;
        this.method = order.method();
        this.story = new Story(order.conversationId(), Checkout.workflowId(id), "Checkout");
    }

    @Override
    public OrderResult checkout(Order same) {
        // Staff who cancel the workflow in Temporal's UI ask for the same orderly end as a customer who cancels.
        CancellationScope.current().getCancellationRequest().thenApply(reason -> cancelled = "cancelled_on_request");
        var outcome = new OrderResult[1];
        Workflow.newDetachedCancellationScope(() -> outcome[0] = journey()).run();
        return outcome[0];
    }

    private OrderResult journey() {
        String tracking;
        try {
            var status = orders.recordOrder(id, order.quoteId());
            if (status == OrderStatus.cancelled) {
                throw new Stopped(JourneyStatus.cancelled, OrderStatus.cancelled, "cancelled");
            }
            if (status == OrderStatus.confirmed || status == OrderStatus.shipped || status == OrderStatus.delivered) {
                story.stands(JourneyStatus.completed, "confirmed");
                return new OrderResult(id, JourneyStatus.completed, "confirmed");
            }
            if (status == OrderStatus.payment_failed) {
                startAgain();
            }
            holdStockAndBenefits();
            var paid = status == OrderStatus.payment_failed ? payAgain() : pay(1);
            tracking = allocateAndShip();
            capture(paid);
        } catch (Stopped stopped) {
            return undoAll(stopped);
        } catch (ActivityFailure failure) {
            return undoAll(new Stopped(JourneyStatus.failed, OrderStatus.cancelled, "agent_unavailable"));
        }
        return complete(tracking);
    }

    /** The order's payment failed in an earlier run: its record opens again, and what is told and held now is told and held anew. */
    private void startAgain() {
        key = new OrderId(id.value() + "." + run());
        story.continueAfter((int) (now().getEpochSecond() - NEWS_OF_LATER_RUNS.getEpochSecond()));
        orders.transitionOrder(id, run(), OrderStatus.pending, "payment_again", "");
    }

    private String run() {
        return Workflow.getInfo().getFirstExecutionRunId().substring(0, 8);
    }

    private HoldId hold() {
        return new HoldId(key.value());
    }

    private void holdStockAndBenefits() {
        stopIfCancelled();
        if (Workflow.currentTimeMillis() >= order.quoteValidUntil().toEpochMilli()) {
            throw new Stopped(JourneyStatus.cancelled, OrderStatus.cancelled, "quote_expired");
        }
        undo.with("release stock", () -> stock.releaseHold(hold()));
        undo.with("release benefits", () -> loyalty.releaseBenefits(key));
        var held = Async.function(
                stock::placeHold, hold(), order.quoteId(), deadline().plus(MARGIN));
        var benefits = Async.function(loyalty::reserveBenefits, key, order.quoteId());
        Promise.allOf(settled(held), settled(benefits)).get();
        switch (held.get()) {
            case HoldOutcome.Held ours -> order.reservation().ifPresent(this::tellReservation);
            case HoldOutcome.OutOfStock gone ->
                throw new Stopped(JourneyStatus.cancelled, OrderStatus.cancelled, "out_of_stock");
            case HoldOutcome.Gone gone ->
                throw new Stopped(
                        JourneyStatus.cancelled,
                        OrderStatus.cancelled,
                        order.reservation().isPresent() ? "collected_already" : "out_of_stock");
        }
        if (benefits.get() == BenefitsOutcome.benefits_gone) {
            throw new Stopped(JourneyStatus.cancelled, OrderStatus.cancelled, "benefits_gone");
        }
        stopIfCancelled();
    }

    /** Its pieces are this order's now: the store need not keep them any longer. */
    private void tellReservation(ReservationId reservation) {
        var store = Workflow.newExternalWorkflowStub(Reservation.class, Reservation.workflowId(reservation));
        if (!Calls.reaches(store::ordered)) {
            Workflow.getLogger(SagaCheckout.class).info("Reservation {} had ended before its order", reservation);
        }
    }

    /** The order's payment failed before and is tried again: what the earlier attempts came to is asked first. */
    private int payAgain() {
        var before = gateway.attempts(id);
        if (before.secured() > 0) {
            undo.with("void payment", () -> gateway.voidAttempt(id, before.secured()));
            return before.secured();
        }
        return before.unknown() > 0
                ? retryUntilPaidOrGivenUp(before.unknown(), new SecureOutcome.Unknown())
                : pay(before.count() + 1);
    }

    /** @return the attempt that is secured */
    private int pay(int attempt) {
        var by = method.orElseGet(this::askForMethod);
        stopIfCancelled();
        undo.with("void payment", () -> gateway.voidAttempt(id, attempt));
        var outcome = secure(attempt, by);
        if (outcome instanceof SecureOutcome.Declined) {
            stopIfCancelled();
        }
        return outcome instanceof SecureOutcome.Secured ? attempt : retryUntilPaidOrGivenUp(attempt, outcome);
    }

    private SecureOutcome secure(int attempt, PaymentMethod by) {
        try {
            return gateway.secure(id, attempt, order.quoteId(), by);
        } catch (ActivityFailure lost) {
            return new SecureOutcome.Unknown();
        }
    }

    private PaymentMethod askForMethod() {
        story.waits(JourneyStatus.waiting_for_customer, "payment_method_needed", "payment_method", deadline(), facts());
        Workflow.await(until(deadline()), () -> method.isPresent() || isCancelled());
        stopIfCancelled();
        if (method.isEmpty()) {
            throw new Stopped(JourneyStatus.failed, OrderStatus.payment_failed, "payment_not_made");
        }
        story.goesOn("paying");
        return method.get();
    }

    private int retryUntilPaidOrGivenUp(int attempt, SecureOutcome outcome) {
        undo.with("void live payment", this::voidLivePayment);
        var reason = outcome instanceof SecureOutcome.Declined declined ? declined.code() : "unresolved";
        story.goesOn("payment_retry", paymentFailed(reason));
        var child = Workflow.newChildWorkflowStub(
                PaymentRetry.class,
                Calls.child(PaymentRetry.workflowId(id))
                        .setTypedSearchAttributes(JourneyAttributes.ofChild(
                                "PaymentRetry", id.value(), order.customerId(), order.channel(), order.total()))
                        .setStaticSummary("Payment until paid or given up")
                        .build());
        var ended =
                Async.function(child::secure, new PaymentRetry.Open(id, order.quoteId(), attempt, outcome, deadline()));
        try {
            Workflow.getWorkflowExecution(child).get();
            retry = Optional.of(child);
            return switch (accompany(child, ended)) {
                case PaymentRetry.Ended.Paid paid -> {
                    undo.with("void payment", () -> gateway.voidAttempt(id, paid.attempt()));
                    stopIfCancelled();
                    story.goesOn(
                            "paid",
                            JourneyAttributes.PAYMENT_FAILURE.valueUnset(),
                            JourneyAttributes.PAYMENT_FAILED_AT.valueUnset());
                    yield paid.attempt();
                }
                case PaymentRetry.Ended.Failed failed -> {
                    stopIfCancelled();
                    throw new Stopped(JourneyStatus.failed, OrderStatus.payment_failed, failed.code());
                }
                case PaymentRetry.Ended.Cancelled given ->
                    throw new Stopped(JourneyStatus.cancelled, OrderStatus.cancelled, given.reason());
            };
        } catch (ChildWorkflowFailure broken) {
            stopIfCancelled();
            throw broken.getCause() instanceof CanceledFailure
                    ? new Stopped(JourneyStatus.cancelled, OrderStatus.cancelled, "cancelled_on_request")
                    : new Stopped(JourneyStatus.failed, OrderStatus.payment_failed, "unresolved");
        } finally {
            retry = Optional.empty();
        }
    }

    /**
     * Tells where the retry stands, passes a cancellation on to it (it settles or voids its attempt first), and keeps the stock:
     * an unresolved payment may outlast the deadline.
     */
    private PaymentRetry.Ended accompany(PaymentRetry child, Promise<PaymentRetry.Ended> ended) {
        var renewAt = deadline();
        var gaveUp = false;
        while (true) {
            var canStop = !gaveUp;
            Workflow.await(until(renewAt), () -> ended.isCompleted() || !heard.isEmpty() || (canStop && isCancelled()));
            while (!heard.isEmpty()) {
                tell(heard.remove());
            }
            if (ended.isCompleted()) {
                return ended.get();
            }
            if (isCancelled() && !gaveUp) {
                gaveUp = true;
                giveUp(child);
            }
            if (!now().isBefore(renewAt)) {
                renewAt = now().plus(renewHold() ? RENEWAL : RENEWAL_AGAIN);
            }
        }
    }

    private void giveUp(PaymentRetry child) {
        if (!Calls.reaches(() -> child.giveUp(cancelled))) {
            Workflow.getLogger(SagaCheckout.class).info("The payment of {} was settled before it was given up", id);
        }
    }

    private void tell(PaymentRetry.Standing standing) {
        var facts = Map.of(
                "orderId", id.value(), "attempt", String.valueOf(standing.attempt()), "reason", standing.reason());
        switch (standing.waitsFor()) {
            case another_method ->
                story.waits(
                        JourneyStatus.waiting_for_customer,
                        "payment_declined",
                        "payment_method",
                        deadline(),
                        facts,
                        paymentFailed(standing.reason()));
            case the_customer ->
                story.waits(
                        JourneyStatus.waiting_for_customer,
                        "payment_confirmation_needed",
                        "payment_confirmation",
                        deadline(),
                        facts);
            case the_gateway ->
                story.waits(
                        JourneyStatus.needs_staff,
                        "payment_unresolved",
                        "payment_gateway",
                        deadline().plus(PersistentPaymentRetry.MOST_PATIENCE),
                        facts,
                        paymentFailed(standing.reason()));
        }
    }

    /** When the stock is gone the allocation will say so; the payment has to be settled first all the same. */
    private boolean renewHold() {
        try {
            renewal.renewHold(hold(), order.quoteId(), now().plus(RENEWAL).plus(MARGIN));
            return true;
        } catch (ActivityFailure later) {
            return false;
        }
    }

    private void voidLivePayment() {
        var attempts = gateway.attempts(id);
        if (attempts.unknown() > 0) {
            gateway.voidAttempt(id, attempts.unknown());
        }
        if (attempts.secured() > 0) {
            gateway.voidAttempt(id, attempts.secured());
        }
    }

    /** @return the parcel's tracking id */
    private String allocateAndShip() {
        stopIfCancelled();
        if (!now().isBefore(deadline())) {
            renewHold(); // the payment took its time, and the hold may be about to end
        }
        undo.with("cancel shipment", () -> parcels.cancelShipment(key));
        var shipment = Async.function(parcels::createShipment, key, order.quoteId());
        var allocated = Async.function(shelf::allocateHold, hold());
        Promise.allOf(settled(allocated), settled(shipment)).get();
        switch (allocated.get()) {
            case HoldOutcome.Held ours -> {}
            case HoldOutcome.OutOfStock gone ->
                throw new Stopped(JourneyStatus.cancelled, OrderStatus.cancelled, "out_of_stock");
            case HoldOutcome.Gone gone ->
                throw new Stopped(JourneyStatus.cancelled, OrderStatus.cancelled, "out_of_stock");
        }
        return switch (shipment.get()) {
            case FulfillmentOutcome.Created created -> created.reference();
            case FulfillmentOutcome.Refused refused ->
                throw new Stopped(JourneyStatus.cancelled, OrderStatus.cancelled, refused.code());
        };
    }

    private void capture(int attempt) {
        stopIfCancelled();
        pastCancelling = true;
        for (int round = 0; round < MOST_CAPTURE_ROUNDS; round++) {
            try {
                if (gateway.capture(id, attempt, order.total()) == CaptureOutcome.refused) {
                    throw new Stopped(JourneyStatus.failed, OrderStatus.payment_failed, "capture_refused");
                }
                return;
            } catch (ActivityFailure unanswered) {
                if (round == 0) {
                    story.waits(
                            JourneyStatus.needs_staff,
                            "capture_unanswered",
                            "payment_gateway",
                            now().plus(Duration.ofHours(MOST_CAPTURE_ROUNDS)),
                            facts());
                }
                Workflow.sleep(Duration.ofHours(1));
            }
        }
        throw new Stopped(JourneyStatus.failed, OrderStatus.payment_failed, "capture_unanswered");
    }

    /** Paid and on its way: from here on the journey only goes forward, however long the agents stay away. */
    private OrderResult complete(String tracking) {
        var confirmed = Async.function(orders::transitionOrder, id, run(), OrderStatus.confirmed, "", tracking);
        var earned = Async.function(loyalty::commitBenefits, key, order.quoteId());
        Promise.allOf(settled(confirmed), settled(earned)).get();
        if (confirmed.getFailure() != null) {
            story.waits(
                    JourneyStatus.needs_staff,
                    "completion_stuck",
                    "staff",
                    now().plus(Duration.ofHours(Undo.MOST_ROUNDS)),
                    facts());
            atLast(() -> orders.transitionOrder(id, run(), OrderStatus.confirmed, "", tracking));
        }
        var told = new HashMap<>(Map.of("orderId", id.value(), "trackingId", tracking));
        if (earned.getFailure() == null) {
            told.put("pointsEarned", String.valueOf(earned.get()));
        }
        story.ends(JourneyStatus.completed, "order_confirmed", told);
        if (earned.getFailure() != null) {
            story.stands(JourneyStatus.needs_staff, "points_not_added");
            atLast(() -> loyalty.commitBenefits(key, order.quoteId()));
            story.stands(JourneyStatus.completed, "order_confirmed");
        }
        return new OrderResult(id, JourneyStatus.completed, "confirmed");
    }

    /** Tries each hour, for two weeks. */
    private void atLast(Runnable step) {
        for (int round = 0; round < Undo.MOST_ROUNDS; round++) {
            Workflow.sleep(Duration.ofHours(1));
            try {
                step.run();
                return;
            } catch (ActivityFailure later) {
                Workflow.getLogger(SagaCheckout.class).warn("Order {} is paid but could not be completed yet", id);
            }
        }
        throw ApplicationFailure.newNonRetryableFailure("order " + id + " could not be completed", "completion_failed");
    }

    /** What was done is undone, and then the order's record says so. */
    private OrderResult undoAll(Stopped why) {
        pastCancelling = true;
        boolean undone = undo.all(this::needStaff);
        if (undone) {
            undo.with("record the end", () -> orders.transitionOrder(id, run(), why.order, why.code, ""));
            undone = undo.all(this::needStaff);
        }
        if (!undone) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "order " + id + " could not be undone", "compensation_failed");
        }
        boolean unpaid = why.order == OrderStatus.payment_failed;
        story.ends(
                why.status,
                unpaid ? "payment_failed" : "order_cancelled",
                Map.of("orderId", id.value(), "reason", why.code),
                unpaid ? paymentFailed(why.code) : new SearchAttributeUpdate<?>[0]);
        return new OrderResult(id, why.status, unpaid ? "payment_failed" : why.code);
    }

    private void needStaff(String step) {
        story.waits(
                JourneyStatus.needs_staff,
                "compensation_stuck",
                "staff",
                now().plus(Duration.ofHours(Undo.MOST_ROUNDS)),
                Map.of("orderId", id.value(), "step", step));
    }

    @Override
    public String pay(PaymentMethod given) {
        if (pastCancelling || isCancelled() || !now().isBefore(deadline())) {
            return "not_waiting";
        }
        if (retry.isPresent()) {
            return payAnotherWay(retry.get(), given);
        }
        if (method.isPresent()) {
            return "not_waiting";
        }
        method = Optional.of(given);
        return "accepted";
    }

    /** One method for each declined attempt: while an attempt is made or unsettled, another one is refused. */
    private String payAnotherWay(PaymentRetry child, PaymentMethod given) {
        if (!retryWantsMethod) {
            return "payment_unresolved";
        }
        retryWantsMethod = false;
        return Calls.reaches(() -> child.method(given)) ? "accepted" : "not_waiting";
    }

    @Override
    public void paymentStands(PaymentRetry.Standing standing) {
        retryWantsMethod = standing.waitsFor() == PaymentRetry.WaitsFor.another_method;
        heard.add(standing);
    }

    @Override
    public String cancel(String reason) {
        if (pastCancelling) {
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
    public Progress progress() {
        return story.progress();
    }

    private SearchAttributeUpdate<?>[] paymentFailed(String reason) {
        return new SearchAttributeUpdate<?>[] {
            JourneyAttributes.PAYMENT_FAILURE.valueSet(reason),
            JourneyAttributes.PAYMENT_FAILED_AT.valueSet(now().atOffset(ZoneOffset.UTC))
        };
    }

    private boolean isCancelled() {
        return !cancelled.isEmpty();
    }

    private void stopIfCancelled() {
        if (isCancelled()) {
            throw new Stopped(JourneyStatus.cancelled, OrderStatus.cancelled, cancelled);
        }
    }

    private Instant deadline() {
        return order.quoteValidUntil();
    }

    private static Duration until(Instant then) {
        var left = Duration.between(now(), then);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Map<String, String> facts() {
        return Map.of(
                "orderId",
                id.value(),
                "amountMinor",
                String.valueOf(order.total().minor()));
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    private static Promise<Object> settled(Promise<?> promise) {
        return promise.<Object>thenApply(value -> "done").exceptionally(failure -> "failed");
    }

    /** The journey goes no further: what it ends as, and why. */
    private static final class Stopped extends RuntimeException {
        private final JourneyStatus status;
        private final OrderStatus order;
        private final String code;

        Stopped(JourneyStatus status, OrderStatus order, String code) {
            super(code, null, false, false);
            this.status = status;
            this.order = order;
            this.code = code;
        }
    }
}
