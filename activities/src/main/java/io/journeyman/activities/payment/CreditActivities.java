package io.journeyman.activities.payment;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.RefundId;
import io.journeyman.contracts.ReturnId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Store credit that pays an order, or a part of it. {@code use} is the key of everything; each run of a checkout has one of its own. */
@ActivityInterface
public interface CreditActivities {
    /** Sets aside the store credit that the quote says; {@code credit_gone} when it is not there any more. */
    @ActivityMethod(name = "payment.reserveCredit")
    CreditOutcome reserveCredit(OrderId use, OrderId order, QuoteId quote);

    /** Undo, valid before it too; also of what was spent. */
    @ActivityMethod(name = "payment.releaseCredit")
    void releaseCredit(OrderId use);

    /** The order is paid: what was set aside is spent. */
    @ActivityMethod(name = "payment.spendCredit")
    void spendCredit(OrderId use);

    /**
     * Gives back as credit that part of a refund which credit had paid; once for the refund.
     *
     * @return what has to go back another way
     */
    @ActivityMethod(name = "payment.refundCredit")
    Money refundCredit(OrderId order, RefundId refund, Money amount);

    /**
     * Of an order that paid only a part of what goes back, such as the difference of an exchange: gives back as much as is left of it, and
     * of that the part as credit which credit had paid; once for the refund.
     */
    @ActivityMethod(name = "payment.refundCreditOfPart")
    RefundedPart refundCreditOfPart(OrderId order, RefundId refund, Money atMost);

    /** @param credited what is credit again; {@code other} what of the order has to go back another way */
    record RefundedPart(Money credited, Money other) {}

    /**
     * Gives a return's refund as store credit, once for the return.
     *
     * @return false when the customer has as much credit as there may be: it has to go back the way it was paid
     */
    @ActivityMethod(name = "payment.grantCredit")
    boolean grantCredit(ReturnId returnId, CustomerId customer, OrderId order, Money amount);

    enum CreditOutcome {
        reserved,
        credit_gone
    }
}
