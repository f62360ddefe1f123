package io.journeyman.workflows.checkout;

import static io.journeyman.workflows.WorkflowTime.now;
import static io.journeyman.workflows.WorkflowTime.until;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.CaptureOutcome;
import io.journeyman.activities.payment.PaymentActivities;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.payment.SecureOutcome;
import io.journeyman.activities.replay.ReplayOutcome;
import io.journeyman.activities.replay.ReplayResult;
import io.journeyman.contracts.OrderId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Deadline;
import io.journeyman.workflows.JourneyAttributes;
import io.journeyman.workflows.LostSteps;
import io.journeyman.workflows.Pauses;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.Undo;
import io.journeyman.workflows.payment.PaymentRetry;
import io.journeyman.workflows.payment.PersistentPaymentRetry;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * The money of one checkout: a first attempt; when that is not secured at once, the retry, its child, until it is paid or given
 * up; then the capture.
 */
final class OrderPayment {
    /** While a payment is unresolved past its deadline the stock is kept by so much more each time. */
    static final Duration RENEWAL = Duration.ofHours(6);

    /** A renewal that the inventory does not answer is tried again soon, while the hold still stands. */
    private static final Duration RENEWAL_AGAIN = Duration.ofMinutes(5);

    /** A capture that the gateway does not answer is tried each hour for so many hours, then refunded. */
    private static final int MOST_CAPTURE_ROUNDS = 7 * 24;

    /** The attempt of an order of which nothing is to be paid, or that store credit pays all of: there is none. */
    private static final int NO_ATTEMPT = 0;

    private final Checkout.Order order;
    private final OrderId id;
    private final Story story;
    private final Undo undo;
    private final Cancellation cancellation;
    private final Deadline deadline;
    private final Pauses pauses;
    private final KeptStock stock;
    private final PaymentActivities gateway = Calls.gateway(PaymentActivities.class, "Money of the order");

    private Optional<PaymentMethod> method;
    private Optional<PaymentRetry> retry = Optional.empty();

    /** Where the payment retry stands, and the customer has not heard of yet. */
    private final Deque<PaymentRetry.Standing> heard = new ArrayDeque<>();

    private boolean retryWantsMethod;
    private boolean retryWaitsForTheBank;
    private boolean askingForMethod;

    /** The first attempt is being made. */
    private boolean attempting;

    /** The one that the customer has heard of. */
    private Instant toldDeadline;

    /** The method tried last, for staff who have it tried once more. */
    private Optional<PaymentMethod> last = Optional.empty();

    /** How often it came to a wait, and what for: in the words of who has the payment tried again. */
    private int waits;

    private Optional<ReplayOutcome> waitsFor = Optional.empty();
    private boolean wasPaidBefore;

    /** What is held for the order while it waits for its money. */
    interface KeptStock {
        /** False when the inventory does not answer; when the stock is gone the allocation will say so. */
        boolean keepLonger();
    }

    OrderPayment(
            Checkout.Order order,
            Story story,
            Undo undo,
            Cancellation cancellation,
            Deadline deadline,
            Pauses pauses,
            KeptStock stock) {
        this.order = order;
        this.id = order.orderId();
        this.story = story;
        this.undo = undo;
        this.cancellation = cancellation;
        this.deadline = deadline;
        this.toldDeadline = deadline.until();
        this.pauses = pauses;
        this.stock = stock;
        this.method = order.method();
    }

    /** @return the attempt that is secured, 0 when there is nothing to pay */
    int pay() {
        return order.owesNothing() ? NO_ATTEMPT : pay(1);
    }

    /** The difference of an exchange, secured and taken: nothing secures it for as long as a parcel may take. */
    void payAtOnce() {
        capture(order.total().minor() == 0 ? NO_ATTEMPT : pay());
    }

    /** The order's payment failed before and is tried again: what the earlier attempts came to is asked first. */
    int payAgain() {
        if (order.owesNothing()) {
            return NO_ATTEMPT;
        }
        var before = gateway.attempts(id);
        if (method.isEmpty()) {
            method = before.last();
        }
        if (before.secured() > 0) {
            wasPaidBefore = true;
            undo.with("void payment", () -> gateway.voidAttempt(id, before.secured()));
            return before.secured();
        }
        return before.unknown() > 0
                ? retryUntilPaidOrGivenUp(before.unknown(), new SecureOutcome.Unknown())
                : pay(before.count() + 1);
    }

    private int pay(int attempt) {
        var by = method.orElseGet(this::askForMethod);
        last = Optional.of(by);
        cancellation.stopIfWished();
        undo.with("void payment", () -> gateway.voidAttempt(id, attempt));
        attempting = true;
        var outcome = secure(attempt, by);
        attempting = false;
        if (outcome instanceof SecureOutcome.Declined) {
            cancellation.stopIfWished();
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
        story.waits(
                JourneyStatus.waiting_for_customer,
                "payment_method_needed",
                "payment_method",
                deadline.until(),
                order.facts());
        waitsFor(ReplayResult.needs_customer, "no_method");
        askingForMethod = true;
        while (method.isEmpty() && !cancellation.isWished() && !deadline.isOver()) {
            Workflow.await(deadline.left(), () -> method.isPresent() || cancellation.isWished() || isPutOff());
            tellThatItIsPutOff();
        }
        askingForMethod = false;
        cancellation.stopIfWished();
        if (method.isEmpty()) {
            throw Stopped.unpaid("payment_not_made");
        }
        waitsFor = Optional.empty();
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
        var ended = Async.function(
                child::secure, new PaymentRetry.Open(id, order.quoteId(), attempt, outcome, deadline.until()));
        try {
            Workflow.getWorkflowExecution(child).get();
            retry = Optional.of(child);
            return switch (accompany(child, ended)) {
                case PaymentRetry.Ended.Paid paid -> {
                    undo.with("void payment", () -> gateway.voidAttempt(id, paid.attempt()));
                    cancellation.stopIfWished();
                    story.goesOn(
                            "paid",
                            JourneyAttributes.PAYMENT_FAILURE.valueUnset(),
                            JourneyAttributes.PAYMENT_FAILED_AT.valueUnset());
                    yield paid.attempt();
                }
                case PaymentRetry.Ended.Failed failed -> {
                    cancellation.stopIfWished();
                    throw Stopped.unpaid(failed.code());
                }
                case PaymentRetry.Ended.Cancelled given -> throw Stopped.cancelled(given.reason());
            };
        } catch (ChildWorkflowFailure broken) {
            cancellation.stopIfWished();
            throw broken.getCause() instanceof CanceledFailure
                    ? Stopped.cancelled("cancelled_on_request")
                    : Stopped.unpaid("unresolved");
        } finally {
            retry = Optional.empty();
        }
    }

    /**
     * Tells where the retry stands, passes a cancellation on to it (it settles or voids its attempt first), and keeps the stock:
     * an unresolved payment may outlast the deadline.
     */
    private PaymentRetry.Ended accompany(PaymentRetry child, Promise<PaymentRetry.Ended> ended) {
        var renewAt = deadline.until();
        var gaveUp = false;
        while (true) {
            var canStop = !gaveUp;
            Workflow.await(
                    until(renewAt),
                    () -> ended.isCompleted()
                            || !heard.isEmpty()
                            || (canStop && cancellation.isWished())
                            || isPutOff());
            while (!heard.isEmpty()) {
                tell(heard.remove());
            }
            if (ended.isCompleted()) {
                return ended.get();
            }
            tellThatItIsPutOff();
            if (renewAt.isBefore(deadline.until())) {
                renewAt = deadline.until();
            }
            if (cancellation.isWished() && !gaveUp) {
                gaveUp = true;
                giveUp(child);
            }
            if (!now().isBefore(renewAt)) {
                renewAt = now().plus(stock.keepLonger() ? RENEWAL : RENEWAL_AGAIN);
            }
        }
    }

    private void giveUp(PaymentRetry child) {
        if (!Calls.reaches(() -> child.giveUp(cancellation.reason()))) {
            Workflow.getLogger(OrderPayment.class).info("The payment of {} was settled before it was given up", id);
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
                        deadline.until(),
                        facts,
                        paymentFailed(standing.reason()));
            case the_customer ->
                story.waits(
                        JourneyStatus.waiting_for_customer,
                        "payment_confirmation_needed",
                        "payment_confirmation",
                        deadline.until(),
                        facts);
            case an_answer ->
                story.waits(
                        JourneyStatus.waiting_for_agent,
                        "waiting_for_the_bank",
                        "payment_gateway",
                        deadline.until(),
                        facts);
            case the_gateway ->
                story.waits(
                        JourneyStatus.needs_staff,
                        "payment_unresolved",
                        "payment_gateway",
                        deadline.until().plus(PersistentPaymentRetry.MOST_PATIENCE),
                        facts,
                        paymentFailed(standing.reason()));
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

    void capture(int attempt) {
        cancellation.stopIfWished();
        cancellation.close();
        if (attempt == NO_ATTEMPT) {
            LostSteps.endHere();
            return;
        }
        for (int round = 0; round < MOST_CAPTURE_ROUNDS; round++) {
            try {
                if (gateway.capture(id, attempt, order.due()) == CaptureOutcome.refused) {
                    throw Stopped.unpaid("capture_refused");
                }
                return;
            } catch (ActivityFailure unanswered) {
                if (round == 0) {
                    story.waits(
                            JourneyStatus.needs_staff,
                            "capture_unanswered",
                            "payment_gateway",
                            now().plus(Duration.ofHours(MOST_CAPTURE_ROUNDS)),
                            order.facts());
                }
                pauses.pause(Duration.ofHours(1));
            }
        }
        throw Stopped.unpaid("capture_unanswered");
    }

    /** The customer gives a method: before the first attempt the last word counts. Answers a code as {@link Checkout#pay} does. */
    String give(PaymentMethod given) {
        if (order.due().minor() == 0 || cancellation.isClosed() || cancellation.isWished() || deadline.isOver()) {
            return "not_waiting";
        }
        if (retry.isPresent()) {
            return retryWantsMethod || mayLeaveTheBank() ? payAnotherWay(retry.get(), given) : "payment_unresolved";
        }
        if (last.isPresent() || wasPaidBefore) {
            return attempting ? "payment_unresolved" : "not_waiting";
        }
        method = Optional.of(given);
        return "accepted";
    }

    /** Whoever is to confirm at their bank may pay another way instead; one that was refused that by older code was refused it. */
    private boolean mayLeaveTheBank() {
        return retryWaitsForTheBank
                && Workflow.getVersion("another-way-than-the-bank", Workflow.DEFAULT_VERSION, 1) >= 1;
    }

    /**
     * One method for each attempt that was declined, or waits for its customer at their bank: while an attempt is made or unsettled,
     * another one is refused.
     */
    private String payAnotherWay(PaymentRetry child, PaymentMethod given) {
        retryWantsMethod = false;
        retryWaitsForTheBank = false;
        waitsFor = Optional.empty();
        last = Optional.of(given);
        return Calls.reaches(() -> child.method(given)) ? "accepted" : "not_waiting";
    }

    void stands(PaymentRetry.Standing standing) {
        retryWantsMethod = standing.waitsFor() == PaymentRetry.WaitsFor.another_method;
        retryWaitsForTheBank = standing.waitsFor() == PaymentRetry.WaitsFor.the_customer;
        heard.add(standing);
        switch (standing.waitsFor()) {
            case another_method -> waitsFor(ReplayResult.declined_again, standing.reason());
            case the_customer -> waitsFor(ReplayResult.needs_customer, standing.reason());
            case an_answer -> waitsFor = Optional.empty();
            case the_gateway -> waitsFor(ReplayResult.unresolved, standing.reason());
        }
    }

    private void waitsFor(ReplayResult what, String code) {
        waits++;
        waitsFor = Optional.of(new ReplayOutcome(what, code));
    }

    int waits() {
        return waits;
    }

    /** What it waits for now; empty while something is being done. */
    Optional<ReplayOutcome> waitsFor() {
        if (waitsFor.isPresent() && retry.isEmpty() && !askingForMethod && knowsWhenItIsOver()) {
            waitsFor = Optional.empty();
        }
        return waitsFor;
    }

    /** Replays that were answered before, by what a retry that had ended once waited for, keep that answer. */
    private static boolean knowsWhenItIsOver() {
        return Workflow.getVersion("nothing-waits-after-the-retry", Workflow.DEFAULT_VERSION, 1) >= 1;
    }

    /** Whether an earlier run had paid it: nothing was charged by this one. */
    boolean wasPaidBefore() {
        return wasPaidBefore;
    }

    /** Tries the last method once more, if it waits for one; false when that cannot be done now. */
    boolean tryAgain() {
        return retry.isPresent()
                && retryWantsMethod
                && last.isPresent()
                && !cancellation.isWished()
                && !deadline.isOver()
                && payAnotherWay(retry.get(), last.get()).equals("accepted");
    }

    static SearchAttributeUpdate<?>[] paymentFailed(String reason) {
        return new SearchAttributeUpdate<?>[] {
            JourneyAttributes.PAYMENT_FAILURE.valueSet(reason),
            JourneyAttributes.PAYMENT_FAILED_AT.valueSet(now().atOffset(ZoneOffset.UTC))
        };
    }

    /** Whether the customer is to give a method, or to confirm at their bank, and still may. */
    boolean waitsForTheCustomer() {
        boolean waits = askingForMethod || (retry.isPresent() && (retryWantsMethod || retryWaitsForTheBank));
        return waits && !cancellation.isClosed() && !cancellation.isWished() && !deadline.isOver();
    }

    /** The customer gets more time; answers a code as {@link Checkout#extend} does. */
    String extend(Instant later) {
        if (!waitsForTheCustomer()) {
            return "too_late";
        }
        if (retry.isPresent()) {
            var child = retry.get();
            if (!Calls.reaches(() -> child.extend(later))) {
                return "too_late";
            }
        }
        deadline.putOff(later);
        return "extended";
    }

    private boolean isPutOff() {
        return deadline.until().isAfter(toldDeadline);
    }

    private void tellThatItIsPutOff() {
        if (isPutOff()) {
            toldDeadline = deadline.until();
            if (waitsForTheCustomer()) {
                story.waitsUntil(toldDeadline, order.facts());
            }
        }
    }

    /** Whether the retry pauses before it asks again what became of an attempt. */
    boolean asksAgain() {
        return retry.isPresent() && !retryWantsMethod;
    }

    /** Has it asked now; false when nothing is being asked. */
    boolean askNow() {
        if (!asksAgain()) {
            return false;
        }
        var child = retry.get();
        return Calls.reaches(child::retryNow);
    }
}
