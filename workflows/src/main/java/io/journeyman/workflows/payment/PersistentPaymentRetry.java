package io.journeyman.workflows.payment;

import static io.journeyman.workflows.WorkflowTime.now;

import io.journeyman.activities.payment.PaymentActivities;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.payment.SecureOutcome;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Deadline;
import io.journeyman.workflows.Pauses;
import io.journeyman.workflows.checkout.Checkout;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Settles every attempt before it makes another one. What is unknown or pending is asked of the gateway under its own key, more
 * and more slowly; what is declined is told to the customer, who may pay another way until the deadline.
 */
public final class PersistentPaymentRetry implements PaymentRetry {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    /** While the customer is at their bank, the answer should not come much later than they do: never later by more than that part of their time. */
    static final Duration SHORT_PAUSE_FOR_THE_CUSTOMER = Duration.ofMinutes(1);

    private static final int PART_OF_THE_CUSTOMERS_TIME = 60;

    /** An attempt that nobody can settle is kept for so long after the deadline, then voided by its key. */
    public static final Duration MOST_PATIENCE = Duration.ofDays(14);

    private final Open open;
    private final Checkout checkout;
    private final PaymentActivities gateway = Calls.gateway(PaymentActivities.class, "Money of the order");
    private final Deadline deadline;
    private final Pauses pauses = new Pauses();
    private Optional<PaymentMethod> next = Optional.empty();
    private String givenUp = "";

    @WorkflowInit
    public PersistentPaymentRetry(Open open) {
        this.open = open;
        this.deadline = new Deadline(open.deadline());
        this.checkout = Workflow.newExternalWorkflowStub(Checkout.class, Checkout.workflowId(open.orderId()));
    }

    @Override
    public Ended secure(Open same) {
        // Staff who cancel it in Temporal's UI ask for the same orderly end as a customer who gives up.
        CancellationScope.current().getCancellationRequest().thenApply(reason -> givenUp = "cancelled_on_request");
        var ended = new Ended[1];
        Workflow.newDetachedCancellationScope(() -> ended[0] = untilPaidOrGivenUp())
                .run();
        return ended[0];
    }

    private Ended untilPaidOrGivenUp() {
        int attempt = open.attempt();
        var outcome = open.outcome();
        while (true) {
            switch (outcome) {
                case SecureOutcome.Secured secured -> {
                    return new Ended.Paid(attempt, secured.as());
                }
                case SecureOutcome.Unknown unknown -> outcome = settle(attempt);
                case SecureOutcome.Pending pending -> outcome = settle(attempt);
                case SecureOutcome.NeedsCustomer customer -> outcome = waitForTheCustomer(attempt, customer);
                case SecureOutcome.Declined declined -> {
                    var other = anotherMethod(attempt, declined);
                    if (other.isEmpty()) {
                        return isGivenUp() ? new Ended.Cancelled(givenUp) : new Ended.Failed(declined.code());
                    }
                    attempt++;
                    outcome = secure(attempt, other.get());
                }
            }
        }
    }

    private SecureOutcome secure(int attempt, PaymentMethod by) {
        try {
            return gateway.secure(open.orderId(), attempt, open.quoteId(), by);
        } catch (ActivityFailure lost) {
            return new SecureOutcome.Unknown();
        }
    }

    /**
     * Asks until the gateway knows; past the deadline staff are told. Who gives up, or pays another way, has the attempt voided by its key
     * first.
     */
    private SecureOutcome settle(int attempt) {
        stands("asking the gateway about attempt " + attempt);
        var pause = FIRST_PAUSE;
        var told = Optional.<WaitsFor>empty();
        boolean triedToVoid = false;
        while (now().isBefore(deadline.until().plus(MOST_PATIENCE))) {
            var outcome = inquire(attempt);
            switch (outcome) {
                case SecureOutcome.Unknown unknown -> {}
                case SecureOutcome.Pending pending -> {}
                case SecureOutcome.Secured settled -> {
                    return settled;
                }
                case SecureOutcome.Declined settled -> {
                    return settled;
                }
                case SecureOutcome.NeedsCustomer known -> {
                    return known;
                }
            }
            if (isNotWanted() && !triedToVoid) {
                if (voided(attempt)) {
                    return new SecureOutcome.Declined("cancelled", List.of());
                }
                triedToVoid = true;
            }
            var waitsFor = deadline.isOver() ? WaitsFor.the_gateway : WaitsFor.an_answer;
            if (!told.equals(Optional.of(waitsFor)) && (deadline.isOver() || tellsThatItAsks())) {
                told = Optional.of(waitsFor);
                tellCheckout(new Standing(waitsFor, attempt, "unresolved"));
            }
            var stopNow = !triedToVoid;
            pauses.pause(pause, () -> stopNow && isNotWanted());
            pause = doubled(pause, LONGEST_PAUSE);
        }
        gateway.voidAttempt(open.orderId(), attempt);
        return new SecureOutcome.Declined("unresolved", List.of());
    }

    /** Who has given up, or pays another way, waits for the end only; payments that were looked up before there was such news go on without it. */
    private boolean tellsThatItAsks() {
        return !isNotWanted() && Workflow.getVersion("tell-that-it-asks", Workflow.DEFAULT_VERSION, 1) >= 1;
    }

    /** The customer confirms at their bank until the deadline; then, or when they give up or pay another way, the attempt is voided by its key. */
    private SecureOutcome waitForTheCustomer(int attempt, SecureOutcome.NeedsCustomer needed) {
        if (!isNotWanted() && !deadline.isOver()) {
            tellCheckout(new Standing(WaitsFor.the_customer, attempt, needed.code()));
        }
        var since = now();
        var pause = FIRST_PAUSE;
        while (!isNotWanted() && !deadline.isOver()) {
            pauses.pause(shorter(pause, deadline.left()), this::isNotWanted);
            var outcome = inquire(attempt);
            if (outcome instanceof SecureOutcome.Secured || outcome instanceof SecureOutcome.Declined) {
                return outcome;
            }
            var longest = Duration.between(since, now()).dividedBy(PART_OF_THE_CUSTOMERS_TIME);
            pause = doubled(pause, longer(SHORT_PAUSE_FOR_THE_CUSTOMER, shorter(longest, LONGEST_PAUSE)));
        }
        return voided(attempt) ? new SecureOutcome.Declined("not_confirmed", List.of()) : new SecureOutcome.Unknown();
    }

    private SecureOutcome inquire(int attempt) {
        try {
            return gateway.inquire(open.orderId(), attempt);
        } catch (ActivityFailure lost) {
            return new SecureOutcome.Unknown();
        }
    }

    private boolean voided(int attempt) {
        try {
            gateway.voidAttempt(open.orderId(), attempt);
            return true;
        } catch (ActivityFailure unanswered) {
            return false;
        }
    }

    /** @return the customer's other method, or nothing when the deadline passed or the order was given up */
    private Optional<PaymentMethod> anotherMethod(int attempt, SecureOutcome.Declined declined) {
        if (isGivenUp() || deadline.isOver()) {
            return Optional.empty();
        }
        if (next.isEmpty()) {
            tellCheckout(new Standing(WaitsFor.another_method, attempt, declined.code()));
        }
        while (next.isEmpty() && !isGivenUp() && !deadline.isOver()) {
            Workflow.await(deadline.left(), () -> next.isPresent() || isGivenUp());
        }
        var chosen = isGivenUp() ? Optional.<PaymentMethod>empty() : next;
        next = Optional.empty();
        return chosen;
    }

    private void tellCheckout(Standing standing) {
        stands("waiting for " + standing.waitsFor().name().replace('_', ' ') + ": " + standing.reason());
        if (!Calls.reaches(() -> checkout.paymentStands(standing))) {
            Workflow.getLogger(PersistentPaymentRetry.class).warn("The checkout of {} is gone", open.orderId());
        }
    }

    private static void stands(String at) {
        Workflow.setCurrentDetails("**" + at + "**");
    }

    @Override
    public void method(PaymentMethod method) {
        next = Optional.of(method);
    }

    @Override
    public void extend(Instant later) {
        deadline.putOff(later);
    }

    @Override
    public void retryNow() {
        pauses.end();
    }

    @Override
    public void giveUp(String reason) {
        givenUp = reason;
    }

    /** Whether the attempt that is not settled is to be voided: the order is given up, or another way to pay it was given. */
    private boolean isNotWanted() {
        return isGivenUp() || next.isPresent();
    }

    private boolean isGivenUp() {
        return !givenUp.isEmpty();
    }

    private static Duration doubled(Duration pause, Duration longest) {
        return shorter(pause.multipliedBy(2), longest);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
