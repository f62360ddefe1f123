package io.journeyman.activities.loyalty;

import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
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

    enum BenefitsOutcome {
        reserved,
        benefits_gone
    }
}
