package io.journeyman.activities.cancellation;

import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.CancellationReason;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import java.util.Optional;

/** What becomes of an order that nobody collected: no customer confirms its cancellation, so that its quote is made here. */
@ActivityInterface
public interface UncollectedActivities {
    /**
     * Quotes all that is left of the order. The same cancellation again has the same quote.
     *
     * @param keptUntil until when its store kept it: kept longer, nothing of it will be undone
     */
    @ActivityMethod(name = "conversation.quoteUncollected")
    UncollectedQuote quoteUncollected(
            CancellationId cancellation,
            OrderId order,
            ConversationId conversation,
            CustomerId customer,
            String channel,
            CancellationReason because,
            Optional<Instant> keptUntil);
}
