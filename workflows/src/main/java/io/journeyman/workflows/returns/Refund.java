package io.journeyman.workflows.returns;

import static io.journeyman.workflows.WorkflowTime.now;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.PaymentActivities;
import io.journeyman.activities.payment.PaymentActivities.AttemptsSoFar;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.payment.RefundOutcome;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.RefundId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Pauses;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.Undo;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The money of one return or cancellation, until the customer has it. What nobody knows the result of is asked about under its own id; only a refund that
 * has failed for good is tried again, as another one. What was paid in cash, staff pay out by hand.
 */
public final class Refund {
    /** Tries that failed for good, each begun by staff. */
    static final int MOST_TRIES = 20;

    /** How often staff are told again, every two weeks, that somebody waits for their money. */
    static final int MOST_REMINDERS = 26;

    static final Duration REMINDER = Duration.ofDays(14);
    private static final Duration FIRST_INQUIRY = Duration.ofMinutes(1);
    private static final Duration BETWEEN_INQUIRIES = Duration.ofHours(1);

    private final RefundId id;
    private final OrderId order;
    private final Money amount;
    private final Story story;
    private final Pauses pauses;
    private final Forward forward;
    private final Map<String, String> facts;
    private final PaymentActivities gateway = Calls.gateway(PaymentActivities.class, "Refund");

    private boolean waitsForPayout;
    private String reference = "";

    /** @param id of the first try; a later one has it, a point and its number */
    public Refund(
            RefundId id,
            OrderId order,
            Money amount,
            Story story,
            Pauses pauses,
            Forward forward,
            Map<String, String> facts) {
        this.id = id;
        this.order = order;
        this.amount = amount;
        this.story = story;
        this.pauses = pauses;
        this.forward = forward;
        this.facts = facts;
    }

    /** Ends once the customer has the money, or when none is due. */
    Settlement pay() {
        return amount.minor() == 0 ? Settlement.nothing_due : pay(forward.atLast(() -> gateway.attempts(order)));
    }

    /** {@link #pay()} where it is known already how the order was paid. */
    public Settlement pay(AttemptsSoFar attempts) {
        if (amount.minor() == 0) {
            return Settlement.nothing_due;
        }
        if (isCash(attempts)) {
            return byHand("refund_by_hand");
        }
        if (attempts.secured() == 0) {
            return byHand("refund_failed");
        }
        for (int attempt = 1; attempt <= MOST_TRIES; attempt++) {
            var refund = attempt == 1 ? id : new RefundId(id.value() + "." + attempt);
            var outcome =
                    settled(refund, forward.atLast(() -> gateway.refund(order, attempts.secured(), refund, amount)));
            if (outcome.isEmpty()) {
                return Settlement.original_method;
            }
            if (waitForStaff("refund_failed", outcome)) {
                return Settlement.by_hand;
            }
        }
        return byHand("refund_failed");
    }

    /** Of what was paid out by hand; empty otherwise. */
    public String reference() {
        return reference;
    }

    /** False when nobody waits for it. */
    public boolean paidOut(String given) {
        if (!waitsForPayout) {
            return false;
        }
        waitsForPayout = false;
        reference = given;
        return true;
    }

    public static boolean isCash(AttemptsSoFar attempts) {
        return attempts.last().map(PaymentMethod::kind).equals(Optional.of(MethodKind.cash_on_delivery));
    }

    /** Why it failed for good; empty when the money is on its way. */
    private Optional<String> settled(RefundId refund, RefundOutcome first) {
        var outcome = first;
        var pause = FIRST_INQUIRY;
        for (int round = 0; round < 2 * Undo.MOST_ROUNDS; round++) {
            switch (outcome) {
                case RefundOutcome.Refunded done -> {
                    return Optional.empty();
                }
                case RefundOutcome.Failed failed -> {
                    return Optional.of(failed.code());
                }
                case RefundOutcome.Pending pending -> tellOfPending(round);
            }
            pauses.pause(pause);
            pause = pause.multipliedBy(4).compareTo(BETWEEN_INQUIRIES) < 0 ? pause.multipliedBy(4) : BETWEEN_INQUIRIES;
            outcome = forward.atLast(() -> gateway.inquireRefund(refund));
        }
        throw ApplicationFailure.newNonRetryableFailure(
                "nobody knows what became of refund " + refund, "refund_unresolved");
    }

    /** The bank is waited for; after two weeks staff have to ask it. */
    private void tellOfPending(int round) {
        var until = now().plus(Duration.ofHours(Undo.MOST_ROUNDS));
        if (round == 0) {
            story.waits(JourneyStatus.waiting_for_agent, "refund_pending", "payment_gateway", until, Map.copyOf(facts));
        } else if (round == Undo.MOST_ROUNDS) {
            story.waits(JourneyStatus.needs_staff, "refund_pending", "payment_gateway", until, Map.copyOf(facts));
        }
    }

    private Settlement byHand(String code) {
        for (int reminder = 0; reminder < MOST_REMINDERS; reminder++) {
            if (waitForStaff(code, Optional.empty())) {
                return Settlement.by_hand;
            }
        }
        throw ApplicationFailure.newNonRetryableFailure(
                "the refund " + id + " was never paid out", "refund_not_paid_out");
    }

    /** True when staff have paid it out; false when they want it tried again, or said nothing for two weeks. */
    private boolean waitForStaff(String code, Optional<String> reason) {
        waitsForPayout = true;
        var told = new HashMap<>(facts);
        reason.ifPresent(why -> told.put("reason", why));
        story.waits(JourneyStatus.needs_staff, code, "payout", now().plus(REMINDER), told);
        pauses.pause(REMINDER, () -> !waitsForPayout);
        boolean paid = !waitsForPayout;
        waitsForPayout = false;
        return paid;
    }
}
