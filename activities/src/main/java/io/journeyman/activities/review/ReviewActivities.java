package io.journeyman.activities.review;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.ReviewRule;
import io.journeyman.contracts.Sku;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Asking customers what they think of what they keep, as postPurchase records it. */
@ActivityInterface
public interface ReviewActivities {
    /** Whether, and how long after the delivery, the shop asks. */
    @ActivityMethod(name = "postPurchase.getReviewRule")
    ReviewRule reviewRule();

    /**
     * Records that the customer is asked, once for the order. Answers about what: nothing where they do not want to be asked, or keep
     * nothing of it.
     */
    @ActivityMethod(name = "postPurchase.requestReviews")
    List<Sku> requestReviews(OrderId order, CustomerId customer);
}
