package io.journeyman.activities.orders;

import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.QuoteId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The order's record in postPurchase. */
@ActivityInterface
public interface OrderActivities {
    /**
     * Records the order as pending with its frozen quote; answers the status it has (an order cancelled before stays cancelled).
     *
     * @param run the journey's run, so that a later one hears where the order stands now
     */
    @ActivityMethod(name = "postPurchase.recordOrder")
    OrderStatus recordOrder(OrderId order, String run, QuoteId quote);

    /**
     * @param run the journey's run, so that the same transition in a later run is another one
     * @param reason a code such as insufficient_funds, or the tracking id's prefix-free reference; empty when there is none
     */
    @ActivityMethod(name = "postPurchase.transitionOrder")
    OrderStatus transitionOrder(OrderId order, String run, OrderStatus to, String reason, String trackingId);

    /** It goes to the quote's address from now on. */
    @ActivityMethod(name = "postPurchase.recordAddress")
    void recordAddress(AddressChangeId change, QuoteId quote);
}
