package io.journeyman.activities.cancellation;

import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.QuoteId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The cancellation's record in postPurchase. Every call is keyed by the cancellation's id; its lines come from the stored quote. */
@ActivityInterface
public interface CancellationActivities {
    /** Records what the customer confirmed; its pieces are spoken for. */
    @ActivityMethod(name = "postPurchase.recordCancellation")
    RecordedCancellation recordCancellation(CancellationId cancellation, QuoteId quote);

    /**
     * Its pieces stay in the shop; with the last of them the order is cancelled.
     *
     * @return what goes back for it: more than was recorded where others that were under way had all the other pieces
     */
    @ActivityMethod(name = "postPurchase.acceptCancellation")
    Money acceptCancellation(CancellationId cancellation);

    /** Whether nothing of the order is left, of which one cancellation had the last pieces. */
    @ActivityMethod(name = "postPurchase.isOrderCancelled")
    boolean isOrderCancelled(OrderId order);

    /** Undo of recordCancellation, valid before it too: its pieces go to the customer after all. */
    @ActivityMethod(name = "postPurchase.closeCancellation")
    void closeCancellation(CancellationId cancellation);

    /** @param reference of what was paid out by hand; empty when nothing was */
    @ActivityMethod(name = "postPurchase.settleCancellation")
    void settleCancellation(CancellationId cancellation, Settlement by, String reference);
}
