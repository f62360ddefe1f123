package io.journeyman.activities.payment;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.RefundId;
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

    enum CreditOutcome {
        reserved,
        credit_gone
    }
}
