package io.journeyman.workflows.returns;

import static io.journeyman.workflows.WorkflowTime.now;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.activities.payment.CreditActivities;
import io.journeyman.activities.payment.PaymentActivities;
import io.journeyman.activities.payment.PaymentActivities.AttemptsSoFar;
import io.journeyman.activities.payment.PaymentActivities.PartRefund;
import io.journeyman.activities.payment.PaymentMethod;
import io.journeyman.activities.payment.RefundOutcome;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.RefundId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.workflows.Calls;
import io.journeyman.workflows.Forward;
import io.journeyman.workflows.Pauses;
import io.journeyman.workflows.Story;
import io.journeyman.workflows.Undo;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The money of one return or cancellation, until the customer has it: from the payment of its order, and where that was an exchange, the rest from the
 * payment of what had gone back for it. What nobody knows the result of is asked about under its own id; only a refund that has failed for
 * good is tried again, as another one. What was paid in cash, staff pay out by hand; what store credit had paid is credit again.
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
    private final List<OrderId> paidBy;
    private final Money amount;
    private final Story story;
    private final Pauses pauses;
    private final Forward forward;
    private final Map<String, String> facts;
    private final PaymentActivities gateway = Calls.gateway(PaymentActivities.class, "Refund");

    private final CreditActivities credit = Calls.agent(CreditActivities.class, "Store credit");

    private boolean delivered = true;

    /** What did not go back yet. */
    private Money rest;

    /** What of it became store credit again. */
    private Money credited;

    private boolean waitsForPayout;
    private String reference = "";

    /** @param id of the first part and its first try @param paidBy the orders whose payments paid for the pieces, their own first */
    public Refund(
            RefundId id,
            List<OrderId> paidBy,
            Money amount,
            Story story,
            Pauses pauses,
            Forward forward,
            Map<String, String> facts) {
        this.id = id;
        this.paidBy = paidBy;
        this.amount = amount;
        this.rest = amount;
        this.credited = new Money(0, amount.currency());
        this.story = story;
        this.pauses = pauses;
        this.forward = forward;
        this.facts = facts;
    }

    /** As store credit, which the customer wanted; back the way it was paid where they have as much credit as there may be. */
    Settlement grant(ReturnId back, CustomerId customer) {
        if (amount.minor() > 0 && forward.atLast(() -> credit.grantCredit(back, customer, paidBy.getFirst(), amount))) {
            return Settlement.store_credit;
        }
        return pay();
    }

    /** Ends once the customer has the money, or when none is due. */
    public Settlement pay() {
        if (amount.minor() == 0) {
            return Settlement.nothing_due;
        }
        var settlement = Settlement.original_method;
        int place = 0;
        for (var order : paidBy) {
            var attempts = forward.atLast(() -> gateway.attempts(order));
            boolean last = order.equals(paidBy.getLast());
            Optional<Money> afterCredit = Optional.empty();
            if (attempts.credit().isPresent()) {
                afterCredit = last ? giveCreditBack(order) : giveCreditOfPartBack(order);
                if (rest.minor() == 0) {
                    return settlement;
                }
            }
            if (isCash(attempts)) {
                return delivered ? byHand("refund_by_hand") : Settlement.nothing_due;
            }
            var most = afterCredit.orElse(rest);
            var part = last ? most : least(most, attempts.left().orElse(new Money(0, amount.currency())));
            if (part.minor() == 0) {
                continue;
            }
            if (attempts.secured() == 0) {
                return byHand("refund_failed");
            }
            place++;
            var source = new Source(order, attempts.secured(), place);
            var begun = last || !goesAsFarAsItGoes()
                    ? new PartRefund(part, refund(source, 1, part))
                    : asFarAsItGoes(source, most);
            if (begun.amount().minor() == 0) {
                continue;
            }
            var paid = pay(source, begun);
            settlement = paid == Settlement.by_hand ? paid : settlement;
            rest = rest.minus(begun.amount());
            if (rest.minor() == 0) {
                break;
            }
        }
        return settlement;
    }

    private static Money least(Money one, Money other) {
        return one.minor() < other.minor() ? one : other;
    }

    /** {@link #pay()} for what was not delivered: cash was not paid for it. */
    public Settlement payUndelivered() {
        delivered = false;
        return pay();
    }

    /** A payment that gives some of it back. @param place among those that do, from 1 */
    private record Source(OrderId order, int attempt, int place) {
        /** The first part has the refund's own name. */
        RefundId refund(RefundId id, int tried) {
            var name = place == 1 ? id.value() : id.value() + ".part" + place;
            return new RefundId(tried == 1 ? name : name + "." + tried);
        }
    }

    private RefundOutcome refund(Source source, int tried, Money part) {
        return forward.atLast(() -> gateway.refund(source.order(), source.attempt(), source.refund(id, tried), part));
    }

    /** Somebody else may want the same part of it at the same moment: the payment agent decides how far it goes. */
    private PartRefund asFarAsItGoes(Source source, Money most) {
        return forward.atLast(
                () -> gateway.refundAsFarAsItGoes(source.order(), source.attempt(), source.refund(id, 1), most));
    }

    /** Refunds that were begun before ask for what they had read to be left. */
    private static boolean goesAsFarAsItGoes() {
        return Workflow.getVersion("refund-as-far-as-it-goes", Workflow.DEFAULT_VERSION, 1) >= 1;
    }

    private Settlement pay(Source source, PartRefund begun) {
        for (int tried = 1; tried <= MOST_TRIES; tried++) {
            var failed = settled(
                    source.refund(id, tried), tried == 1 ? begun.outcome() : refund(source, tried, begun.amount()));
            if (failed.isEmpty()) {
                return Settlement.original_method;
            }
            if (waitForStaff("refund_failed", failed)) {
                return Settlement.by_hand;
            }
        }
        return byHand("refund_failed");
    }

    /** What store credit had paid is store credit again. @return what of the order goes back another way */
    private Optional<Money> giveCreditBack(OrderId order) {
        var before = rest;
        rest = forward.atLast(() -> credit.refundCredit(order, id, before));
        tellCredited(before.minus(rest));
        return Optional.of(rest);
    }

    /** Of an exchange, whose order had paid the difference only. */
    private Optional<Money> giveCreditOfPartBack(OrderId order) {
        var before = rest;
        var name = new RefundId(id.value() + "." + order.value());
        var part = forward.atLast(() -> credit.refundCreditOfPart(order, name, before));
        rest = rest.minus(part.credited());
        tellCredited(part.credited());
        return Optional.of(part.other());
    }

    private void tellCredited(Money more) {
        credited = credited.plus(more);
        facts.put("creditMinor", String.valueOf(credited.minor()));
        facts.put("restMinor", String.valueOf(amount.minus(credited).minor()));
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
        if (!rest.equals(amount)) {
            facts.put("restMinor", String.valueOf(rest.minor()));
        }
        var last = now().plus(REMINDER.multipliedBy(MOST_REMINDERS));
        while (now().isBefore(last)) {
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
