package io.journeyman.workflows.checkout;

import static io.journeyman.workflows.WorkflowTime.now;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.fulfillment.FulfillmentActivities;
import io.journeyman.activities.fulfillment.FulfillmentOutcome;
import io.journeyman.activities.inventory.HoldOutcome;
import io.journeyman.activities.inventory.InventoryActivities;
import io.journeyman.activities.loyalty.LoyaltyActivities;
import io.journeyman.activities.loyalty.LoyaltyActivities.BenefitsOutcome;
import io.journeyman.activities.orders.OrderActivities;
import io.journeyman.activities.payment.CreditActivities;
import io.journeyman.activities.payment.CreditActivities.CreditOutcome;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.replay.ReplayOutcome;
import io.journeyman.activities.replay.ReplayResult;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.ReservationId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Deadline;
import io.journeyman.workflows.LostSteps;
import io.journeyman.workflows.Pauses;
import io.journeyman.workflows.StaffMay;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.Uncancelled;
import io.journeyman.workflows.Undo;
import io.journeyman.workflows.delivery.Delivery;
import io.journeyman.workflows.delivery.DeliveryStart;
import io.journeyman.workflows.payment.PaymentRetry;
import io.journeyman.workflows.reservation.Reservation;
import io.journeyman.workflows.returns.Return;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Record the order, hold stock, benefits and store credit, secure the payment, allocate and ship, capture, complete. Every step
 * registers its compensation before it is called; until the capture anything that stops the journey undoes all of it, after it the
 * journey only goes forward, or refunds. An exchange is paid first, and undone until what goes back was taken.
 */
public final class SagaCheckout implements Checkout {
    /** Stock stays held this much longer than the customer may take to pay. */
    static final Duration MARGIN = Duration.ofMinutes(15);

    /** Who has a payment tried again hears so long at most; the order goes on in any case. */
    private static final Duration LONGEST_REPLAY = Duration.ofMinutes(2);

    /** News of a journey are numbered; later runs count on from the seconds since then, past every number used before. */
    private static final Instant NEWS_OF_LATER_RUNS = Instant.parse("2025-01-01T00:00:00Z");

    private final Order order;
    private final OrderId id;
    private final Pauses pauses = new Pauses();
    private final Undo undo = new Undo(pauses);
    private final Cancellation cancellation = new Cancellation();
    private final Deadline deadline;
    private final Story story;
    private final OrderPayment payment;

    /**
     * Since 1 an order is 27 events instead of 36: the first try of all that moves no money is a quick step. Since 2 its delivery is
     * started, with one event more: it has no mark of its own, because that would be two.
     */
    private final int version = Workflow.getVersion("quick-first", Workflow.DEFAULT_VERSION, 2);

    private final boolean quickFirst = version >= 1;

    private final InventoryActivities stock = quickFirst
            ? Calls.quickAgent(InventoryActivities.class, "Stock of the order")
            : Calls.agent(InventoryActivities.class, "Stock of the order");
    private final InventoryActivities renewal =
            Calls.read(InventoryActivities.class, "Stock of the order, kept longer");
    private final InventoryActivities shelf =
            quickFirst ? stock : Calls.quick(InventoryActivities.class, "Stock of the order");
    private final FulfillmentActivities parcels = quickFirst
            ? Calls.quickAgent(FulfillmentActivities.class, "Parcel of the order")
            : Calls.agent(FulfillmentActivities.class, "Parcel of the order");
    private final OrderActivities orders = quickFirst
            ? Calls.quickAgent(OrderActivities.class, "Record of the order")
            : Calls.quick(OrderActivities.class, "Record of the order");
    private final LoyaltyActivities loyalty = quickFirst
            ? Calls.quickAgent(LoyaltyActivities.class, "Points and coupon")
            : Calls.quick(LoyaltyActivities.class, "Points and coupon");

    private final CreditActivities credit = Calls.quickAgent(CreditActivities.class, "Store credit of the order");

    private final DeliveryStart deliveries = Calls.quickAgent(DeliveryStart.class, "The parcels may leave");

    private final Optional<SwappedPieces> exchange;

    /** Under which hold, benefits, store credit and parcel are kept: a later run would meet the tombstones of the run before. */
    private OrderId key;

    /** Its payment had failed, and this run tries it again: unless it is paid, that is what the order goes back to. */
    private boolean again;

    /** Whether it came to where stock, benefits and credit are held, and to where it is allocated and packed; see {@link LostSteps}. */
    private boolean holds;

    private boolean ships;

    /** Its record has said how the order stands, which an earlier run may have left paid, or to be paid again. */
    private boolean heard;

    private OrderStatus stands = OrderStatus.pending;

    private boolean paidBefore;
    private Optional<OrderResult> ended = Optional.empty();
    private String endedBecause = "";

    @WorkflowInit
    public SagaCheckout(Order order) {
        this.order = order;
        this.id = order.orderId();
        this.key = id;
        this.deadline = new Deadline(order.quoteValidUntil());
        this.story = new Story(order.conversationId(), Checkout.workflowId(id), "Checkout", pauses);
        this.payment = new OrderPayment(order, story, undo, cancellation, deadline, pauses, this::keepStockLonger);
        this.exchange = order.exchange()
                .map(back ->
                        new SwappedPieces(order, back, story, undo, () -> keepStock(now().plus(SwappedPieces.KEPT))));
    }

    @Override
    public OrderResult checkout(Order same) {
        // Staff who cancel the workflow in Temporal's UI ask for the same orderly end as a customer who cancels.
        CancellationScope.current().getCancellationRequest().thenApply(reason -> cancel("cancelled_on_request"));
        return Uncancelled.run(() -> {
            ended = Optional.of(journey());
            return ended.get();
        });
    }

    private OrderResult journey() {
        String tracking;
        try {
            stands = orders.recordOrder(id, run(), order.quoteId());
            heard = true;
            if (stands == OrderStatus.cancelled) {
                throw Stopped.cancelled("cancelled");
            }
            if (wasPaidBefore()) {
                return leaveAsItIs();
            }
            if (stands == OrderStatus.payment_failed) {
                if (deadline.isOver()) {
                    endedBecause = "quote_expired";
                    story.stands(JourneyStatus.failed, "payment_failed");
                    return new OrderResult(id, JourneyStatus.failed, "payment_failed");
                }
                startAgain();
            }
            exchange.ifPresent(SwappedPieces::speakFor);
            holdStockBenefitsAndCredit();
            if (exchange.isPresent()) {
                payment.payAtOnce();
                exchange.get().awaitTaken();
                tracking = "";
            } else {
                var paid = again ? payment.payAgain() : payment.pay();
                tracking = allocateAndShip();
                payment.capture(paid);
            }
        } catch (Stopped stopped) {
            return undoAll(stopped);
        } catch (ActivityFailure failure) {
            return heard || !asksForTheRecord(failure) ? undoAll(Stopped.unanswered()) : endOnceItIsHeard();
        }
        return complete(exchange.isPresent() ? sendWhatWasAgreed() : tracking);
    }

    private boolean wasPaidBefore() {
        return stands == OrderStatus.confirmed || stands == OrderStatus.shipped || stands == OrderStatus.delivered;
    }

    private OrderResult leaveAsItIs() {
        paidBefore = true;
        story.stands(JourneyStatus.completed, "confirmed");
        return new OrderResult(id, JourneyStatus.completed, "confirmed");
    }

    /** An order that its agent refused to record was never recorded; and runs that ended unheard under older code end so. */
    private static boolean asksForTheRecord(ActivityFailure failure) {
        return Calls.mayPass(failure) && Workflow.getVersion("ask-for-the-record", Workflow.DEFAULT_VERSION, 1) >= 1;
    }

    /** The record was away for too long: it goes no further, but nothing is undone before it is known what is this run's. */
    private OrderResult endOnceItIsHeard() {
        cancellation.close();
        undo.with("ask for the record", this::askForTheRecord);
        if (!undo.all(this::needStaffUnheard)) {
            throw notUndone();
        }
        if (wasPaidBefore()) {
            return leaveAsItIs();
        }
        if (stands == OrderStatus.payment_failed) {
            beALaterRun();
        }
        return undoAll(Stopped.unanswered());
    }

    private void askForTheRecord() {
        try {
            stands = orders.recordOrder(id, run(), order.quoteId());
        } catch (ActivityFailure failure) {
            if (Calls.mayPass(failure)) {
                throw failure;
            }
        }
    }

    /** The return has taken what went back, and the order's stock for it: from here on the journey only goes forward. */
    private String sendWhatWasAgreed() {
        for (int round = 0; round < Undo.MOST_ROUNDS; round++) {
            try {
                if (parcels.createShipment(key, order.quoteId()) instanceof FulfillmentOutcome.Created created) {
                    return created.reference();
                }
            } catch (ActivityFailure later) {
                Workflow.getLogger(SagaCheckout.class).warn("Exchange {} is agreed but could not be sent yet", id);
            }
            if (round == 0) {
                story.waits(
                        JourneyStatus.needs_staff,
                        "exchange_stuck",
                        "staff",
                        now().plus(Duration.ofHours(Undo.MOST_ROUNDS)),
                        order.facts());
            }
            pauses.pause(Duration.ofHours(1));
        }
        throw ApplicationFailure.newNonRetryableFailure("exchange " + id + " could not be sent", "exchange_stuck");
    }

    /** The order's payment failed in an earlier run: its record opens again. */
    private void startAgain() {
        beALaterRun();
        orders.transitionOrder(id, run(), OrderStatus.pending, "payment_again", "");
    }

    /** What is told and held now is told and held anew. */
    private void beALaterRun() {
        again = true;
        boolean wholeMark = Workflow.getVersion("mark-of-a-run", Workflow.DEFAULT_VERSION, 1) >= 1;
        key = new OrderId(id.value() + "." + (wholeMark ? run() : runId().substring(0, 8)));
        story.continueAfter((int) (now().getEpochSecond() - NEWS_OF_LATER_RUNS.getEpochSecond()));
    }

    /** What is by chance in the run's id: it begins with the minute, which a run shares with the one before (RFC 9562, version 7). */
    private static String run() {
        return runId().substring(runId().lastIndexOf('-') + 1);
    }

    private static String runId() {
        return Workflow.getInfo().getFirstExecutionRunId();
    }

    private HoldId hold() {
        return new HoldId(key.value());
    }

    private void holdStockBenefitsAndCredit() {
        cancellation.stopIfWished();
        if (deadline.isOver()) {
            if (LostSteps.mayHaveBeenDone()) {
                releaseAtTheEnd();
            }
            if (LostSteps.mayAllHaveBeenDone()) {
                cancelShipmentAtTheEnd();
            }
            throw Stopped.cancelled("quote_expired");
        }
        releaseAtTheEnd();
        var held = Async.function(
                stock::placeHold, hold(), order.quoteId(), deadline.until().plus(MARGIN));
        var benefits = Async.function(loyalty::reserveBenefits, key, order.quoteId());
        var pays = order.credit().isPresent()
                ? Async.function(credit::reserveCredit, key, id, order.quoteId())
                : Workflow.newPromise(CreditOutcome.reserved);
        Promise.allOf(settled(held), settled(benefits), settled(pays)).get();
        switch (held.get()) {
            case HoldOutcome.Held ours -> order.reservation().ifPresent(this::tellReservation);
            case HoldOutcome.OutOfStock gone -> throw Stopped.cancelled("out_of_stock");
            case HoldOutcome.Gone gone ->
                throw Stopped.cancelled(order.reservation().isPresent() ? "collected_already" : "out_of_stock");
        }
        if (benefits.get() == BenefitsOutcome.benefits_gone) {
            throw Stopped.cancelled("benefits_gone");
        }
        if (pays.get() == CreditOutcome.credit_gone) {
            throw Stopped.cancelled("credit_gone");
        }
        cancellation.stopIfWished();
    }

    private void releaseAtTheEnd() {
        holds = true;
        undo.with("release stock", () -> stock.releaseHold(hold()));
        undo.with("release benefits", () -> loyalty.releaseBenefits(key));
        if (order.credit().isPresent()) {
            undo.with("release store credit", () -> credit.releaseCredit(key));
        }
    }

    private void cancelShipmentAtTheEnd() {
        ships = true;
        undo.with("cancel shipment", () -> parcels.cancelShipment(key));
    }

    /** Its pieces are this order's now: the store need not keep them any longer. */
    private void tellReservation(ReservationId reservation) {
        var store = Workflow.newExternalWorkflowStub(Reservation.class, Reservation.workflowId(reservation));
        if (!Calls.reaches(store::ordered)) {
            Workflow.getLogger(SagaCheckout.class).info("Reservation {} had ended before its order", reservation);
        }
    }

    /** When the stock is gone the allocation will say so; the payment has to be settled first all the same. */
    private boolean keepStockLonger() {
        return keepStock(now().plus(OrderPayment.RENEWAL).plus(MARGIN));
    }

    private boolean keepStock(Instant until) {
        try {
            renewal.renewHold(hold(), order.quoteId(), until);
            return true;
        } catch (ActivityFailure later) {
            return false;
        }
    }

    /** @return the parcel's tracking id */
    private String allocateAndShip() {
        cancellation.stopIfWished();
        if (deadline.isOver()) {
            keepStockLonger(); // the payment took its time, and the hold may be about to end
        }
        cancelShipmentAtTheEnd();
        var shipment = Async.function(parcels::createShipment, key, order.quoteId());
        var allocated = Async.function(shelf::allocateHold, hold());
        Promise.allOf(settled(allocated), settled(shipment)).get();
        switch (allocated.get()) {
            case HoldOutcome.Held ours -> {}
            case HoldOutcome.OutOfStock gone -> throw Stopped.cancelled("out_of_stock");
            case HoldOutcome.Gone gone -> throw Stopped.cancelled("out_of_stock");
        }
        return switch (shipment.get()) {
            case FulfillmentOutcome.Created created -> created.reference();
            case FulfillmentOutcome.Refused refused -> throw Stopped.cancelled(refused.code());
        };
    }

    /** Paid and on its way: from here on the journey only goes forward, however long the agents stay away. */
    private OrderResult complete(String tracking) {
        var confirmed = Async.function(orders::transitionOrder, id, run(), OrderStatus.confirmed, "", tracking);
        var earned = Async.function(loyalty::commitBenefits, key, order.quoteId());
        var sent = version >= 2 ? Async.procedure(deliveries::start, delivery()) : Workflow.newPromise((Void) null);
        var spent = order.credit().isPresent()
                ? Async.procedure(credit::spendCredit, key)
                : Workflow.newPromise((Void) null);
        Promise.allOf(settled(confirmed), settled(earned), settled(sent), settled(spent))
                .get();
        if (confirmed.getFailure() != null) {
            story.waits(
                    JourneyStatus.needs_staff,
                    "completion_stuck",
                    "staff",
                    now().plus(Duration.ofHours(Undo.MOST_ROUNDS)),
                    order.facts());
            atLast(() -> orders.transitionOrder(id, run(), OrderStatus.confirmed, "", tracking));
        }
        var told = new HashMap<>(Map.of("orderId", id.value(), "trackingId", tracking));
        if (earned.getFailure() == null) {
            told.put("pointsEarned", String.valueOf(earned.get()));
        }
        story.ends(JourneyStatus.completed, done(), told);
        if (spent.getFailure() != null) {
            story.stands(JourneyStatus.needs_staff, "credit_not_spent");
            atLast(() -> credit.spendCredit(key));
            story.stands(JourneyStatus.completed, done());
        }
        if (earned.getFailure() != null) {
            story.stands(JourneyStatus.needs_staff, "points_not_added");
            atLast(() -> loyalty.commitBenefits(key, order.quoteId()));
            story.stands(JourneyStatus.completed, done());
        }
        if (sent.getFailure() != null) {
            story.stands(JourneyStatus.needs_staff, "parcels_not_sent");
            atLast(() -> deliveries.start(delivery()));
            story.stands(JourneyStatus.completed, done());
        }
        return new OrderResult(id, JourneyStatus.completed, "confirmed");
    }

    private String done() {
        return exchange.isPresent() ? "exchange_sent" : "order_confirmed";
    }

    private Delivery.Request delivery() {
        return new Delivery.Request(
                id, key, order.conversationId(), order.customerId(), order.channel(), order.total());
    }

    /** Tries each hour, for two weeks. */
    private void atLast(Runnable step) {
        for (int round = 0; round < Undo.MOST_ROUNDS; round++) {
            pauses.pause(Duration.ofHours(1));
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
    private OrderResult undoAll(Stopped reason) {
        var why = unpaidAgain(reason);
        endedBecause = why.code();
        cancellation.close();
        boolean stoppedOnTheWay = cancellation.isWished() || reason.isUnanswered();
        if (stoppedOnTheWay && !ships && LostSteps.mayHaveBeenDone()) {
            if (!holds) {
                releaseAtTheEnd();
            }
            cancelShipmentAtTheEnd();
            if (LostSteps.mayAllHaveBeenDone()) {
                exchange.ifPresent(SwappedPieces::closeAtTheEnd);
            }
        }
        boolean undone = undo.all(this::needStaff);
        if (undone) {
            undo.with("record the end", () -> orders.transitionOrder(id, run(), why.order(), why.code(), ""));
            undone = undo.all(this::needStaff);
        }
        if (!undone) {
            throw notUndone();
        }
        boolean unpaid = why.isUnpaid();
        story.ends(
                why.status(),
                unpaid ? "payment_failed" : "order_cancelled",
                Map.of("orderId", id.value(), "reason", why.code()),
                unpaid ? OrderPayment.paymentFailed(why.code()) : new SearchAttributeUpdate<?>[0]);
        return new OrderResult(id, why.status(), unpaid ? "payment_failed" : why.code());
    }

    private ApplicationFailure notUndone() {
        return ApplicationFailure.newNonRetryableFailure("order " + id + " could not be undone", "compensation_failed");
    }

    /** What goes back for an exchange is not spoken for any more, so that its payment cannot be tried again later. */
    private Stopped unpaidAgain(Stopped reason) {
        if (exchange.isPresent()) {
            return reason.isUnpaid() ? Stopped.cancelled(reason.code()) : reason;
        }
        return again && !cancellation.isWished() ? Stopped.unpaid(reason.code()) : reason;
    }

    private void needStaff(String step) {
        story.waits(
                JourneyStatus.needs_staff,
                "compensation_stuck",
                "staff",
                now().plus(Duration.ofHours(Undo.MOST_ROUNDS)),
                Map.of("orderId", id.value(), "step", step));
    }

    /** Its customer may have paid long ago, or have heard long ago that it is not paid. */
    private void needStaffUnheard(String step) {
        story.waitsUnheard(
                JourneyStatus.needs_staff,
                "compensation_stuck",
                "staff",
                now().plus(Duration.ofHours(Undo.MOST_ROUNDS)),
                Map.of("orderId", id.value(), "step", step));
    }

    @Override
    public String pay(PaymentMethod given) {
        return payment.give(given);
    }

    @Override
    public void payRequested(PaymentMethod given) {
        pay(given);
    }

    @Override
    public ReplayOutcome replayPayment(String replay) {
        boolean tooLate = cancellation.isClosed();
        int waits = payment.waits();
        if (!payment.tryAgain() && payment.waitsFor().isPresent()) {
            return payment.waitsFor().get();
        }
        boolean known = Workflow.await(LONGEST_REPLAY, () -> ended.isPresent() || payment.waits() > waits);
        if (!known) {
            return new ReplayOutcome(ReplayResult.unresolved, "takes_long");
        }
        return ended.isPresent()
                ? cameTo(ended.get(), tooLate || paidBefore || payment.wasPaidBefore())
                : payment.waitsFor().orElse(new ReplayOutcome(ReplayResult.unresolved, "takes_long"));
    }

    private ReplayOutcome cameTo(OrderResult result, boolean before) {
        if (result.status() == JourneyStatus.completed) {
            return new ReplayOutcome(before ? ReplayResult.already_paid : ReplayResult.replayed_paid, "");
        }
        return switch (endedBecause) {
            case "out_of_stock" -> new ReplayOutcome(ReplayResult.stock_gone, endedBecause);
            case "quote_expired" -> new ReplayOutcome(ReplayResult.price_honoured_until_passed, endedBecause);
            case "payment_not_made", "not_confirmed" -> new ReplayOutcome(ReplayResult.needs_customer, endedBecause);
            case "insufficient_funds", "expired_card", "network_error", "capture_refused" ->
                new ReplayOutcome(ReplayResult.declined_again, endedBecause);
            default -> new ReplayOutcome(ReplayResult.skipped, endedBecause);
        };
    }

    @Override
    public void paymentStands(PaymentRetry.Standing standing) {
        payment.stands(standing);
    }

    @Override
    public void returnStands(Return.Standing standing) {
        exchange.ifPresent(pieces -> pieces.returnStands(standing));
    }

    @Override
    public String cancel(String reason) {
        var waiting = exchange.filter(SwappedPieces::waits);
        return waiting.isPresent()
                ? waiting.get().cancel()
                : cancellation.wish(reason.isBlank() ? "cancelled_by_customer" : reason);
    }

    @Override
    public void cancelRequested(String reason) {
        cancel(reason);
    }

    @Override
    public String retryNow() {
        boolean pausing = pauses.end();
        return payment.askNow() || pausing ? "retrying" : "nothing_to_retry";
    }

    /** The stock first: an order that waits longer than its stock is kept would only disappoint later. */
    @Override
    public String extend(Instant until) {
        if (!payment.waitsForTheCustomer()) {
            return cancellation.isClosed() || ended.isPresent() ? "too_late" : "not_waiting";
        }
        var refused = deadline.refuses(until);
        if (refused.isPresent()) {
            return refused.get();
        }
        try {
            if (!(renewal.renewHold(hold(), order.quoteId(), until.plus(MARGIN)) instanceof HoldOutcome.Held)) {
                return payment.waitsForTheCustomer() ? "stock_gone" : "too_late";
            }
        } catch (ActivityFailure away) {
            return "agent_unavailable";
        }
        return payment.extend(until);
    }

    @Override
    public StaffMay staffMay() {
        return new StaffMay(
                pauses.isPausing() || payment.asksAgain(),
                payment.waitsForTheCustomer() ? Optional.of(deadline.latest()) : Optional.empty());
    }

    @Override
    public Progress progress() {
        return story.progress();
    }

    private static Promise<Object> settled(Promise<?> promise) {
        return promise.<Object>thenApply(value -> "done").exceptionally(failure -> "failed");
    }
}
