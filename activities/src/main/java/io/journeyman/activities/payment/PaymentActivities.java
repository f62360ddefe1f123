package io.journeyman.activities.payment;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.RefundId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.Optional;

/** The order's money. (order, attempt) is the key of everything: the same call again never charges again. */
@ActivityInterface
public interface PaymentActivities {
    /** Attempts counted so far for the order, so that a journey that starts again goes on with the next number. */
    @ActivityMethod(name = "payment.attempts")
    AttemptsSoFar attempts(OrderId order);

    /** Secures what the quote leaves to be paid. The customer comes from the quote. */
    @ActivityMethod(name = "payment.secure")
    SecureOutcome secure(OrderId order, int attempt, QuoteId quote, PaymentMethod method);

    /** Asks the gateway about that attempt by its key; never charges. */
    @ActivityMethod(name = "payment.inquire")
    SecureOutcome inquire(OrderId order, int attempt);

    /** Takes the money of a secured attempt, as its kind asks: what is captured already or due on delivery stays as it is. */
    @ActivityMethod(name = "payment.capture")
    CaptureOutcome capture(OrderId order, int attempt, Money amount);

    /** Undo of secure: voids an authorisation, refunds a capture, and leaves a tombstone where no attempt came yet. */
    @ActivityMethod(name = "payment.void")
    void voidAttempt(OrderId order, int attempt);

    /** Gives part of what that attempt took back to where it came from; the same refund again gives nothing back twice. */
    @ActivityMethod(name = "payment.refund")
    RefundOutcome refund(OrderId order, int attempt, RefundId refund, Money amount);

    /**
     * {@link #refund} of what is left of that attempt, up to {@code most}: whoever else wants a part of it at the same moment, each gets
     * what the ones before left.
     */
    @ActivityMethod(name = "payment.refundAsFarAsItGoes")
    PartRefund refundAsFarAsItGoes(OrderId order, int attempt, RefundId refund, Money most);

    /** Asks the gateway about that refund. */
    @ActivityMethod(name = "payment.inquireRefund")
    RefundOutcome inquireRefund(RefundId refund);

    /** @param amount what goes back, or would have; nothing where nothing is left */
    record PartRefund(Money amount, RefundOutcome outcome) {}

    /**
     * @param secured the attempt that is secured, 0 when none
     * @param unknown the attempt that is not settled, 0 when none
     * @param last by which method the last attempt was made
     * @param left what of the attempt that is captured did not go back yet
     * @param credit the store credit that pays the order, or a part of it
     */
    record AttemptsSoFar(
            int count,
            int secured,
            int unknown,
            Optional<PaymentMethod> last,
            Optional<Money> left,
            Optional<Money> credit) {}
}
