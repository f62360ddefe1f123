package io.journeyman.activities.loyalty;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReturnId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Points and coupons of an order. */
@ActivityInterface
public interface LoyaltyActivities {
    /** Sets aside the points and coupons that the quote uses; {@code benefits_gone} when they are not there any more. */
    @ActivityMethod(name = "loyalty.reserveBenefits")
    BenefitsOutcome reserveBenefits(OrderId order, QuoteId quote);

    /** Undo, valid before it too. */
    @ActivityMethod(name = "loyalty.releaseBenefits")
    void releaseBenefits(OrderId order);

    /** Spends what was reserved and accrues points for the quote's total; answers the points earned. */
    @ActivityMethod(name = "loyalty.commitBenefits")
    long commitBenefits(OrderId order, QuoteId quote);

    /**
     * Something of the order came back, or was not sent: takes that part of the points it earned back, and gives that part of those it spent; once for
     * the return or the cancellation, whose ids are never the same. Answers by how many points the customer has fewer for it, below zero when they have more.
     */
    @ActivityMethod(name = "loyalty.returnBenefits")
    long returnBenefits(OrderId order, ReturnId returnId, Money value, Money orderValue);

    enum BenefitsOutcome {
        reserved,
        benefits_gone
    }
}
