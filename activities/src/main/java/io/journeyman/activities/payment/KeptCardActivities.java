package io.journeyman.activities.payment;

import io.journeyman.contracts.CardRemovalId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** The cards that customers had kept. */
@ActivityInterface
public interface KeptCardActivities {
    /** Forgets the cards that the quote names, once for the removal. */
    @ActivityMethod(name = "payment.forgetCards")
    Forgotten forgetCards(CardRemovalId removal, QuoteId quote);

    /**
     * @param cards how many are forgotten
     * @param payingFor the orders that are being paid with one of them, which go on with it
     */
    record Forgotten(int cards, List<OrderId> payingFor) {}
}
