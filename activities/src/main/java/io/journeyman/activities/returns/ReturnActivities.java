package io.journeyman.activities.returns;

import io.journeyman.contracts.PostPurchase.ChooseRemedy;
import io.journeyman.contracts.PostPurchase.Closing;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReturnId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The return's record in postPurchase. Every call is keyed by the return's id; its lines come from the stored quote. */
@ActivityInterface
public interface ReturnActivities {
    /** Records what the customer confirmed; its pieces are spoken for. */
    @ActivityMethod(name = "postPurchase.recordReturn")
    RecordedReturn recordReturn(ReturnId returnId, QuoteId quote);

    /**
     * Writes down what came back, once.
     *
     * @throws io.temporal.failure.ApplicationFailure inspection_incomplete, inspection_differs, return_closed, no_claim; not retried
     */
    @ActivityMethod(name = "postPurchase.inspectReturn")
    InspectedReturn inspectReturn(ReturnId returnId, InspectReturn inspection);

    /**
     * A claim's customer gets something else than was chosen before, as long as nothing of that was done. Answers what is due then.
     *
     * @throws io.temporal.failure.ApplicationFailure remedy_differs, remedy_done; not retried
     */
    @ActivityMethod(name = "postPurchase.chooseRemedy")
    InspectedReturn chooseRemedy(ReturnId returnId, ChooseRemedy choice);

    /** Something goes back to the customer in that parcel; a claim that was replaced or repaired ends with it. */
    @ActivityMethod(name = "postPurchase.recordSentBack")
    void recordSentBack(ReturnId returnId, String trackingId);

    /**
     * Decides, once, whether the other piece is sent: when it is not, what was taken is refunded in money. Answers what is due then.
     */
    @ActivityMethod(name = "postPurchase.settleExchange")
    InspectedReturn settleExchange(ReturnId returnId, boolean agreed);

    /** Whether the other piece of that return may be sent. */
    @ActivityMethod(name = "postPurchase.exchangeStands")
    ExchangeStands exchangeStands(ReturnId returnId);

    /** Ends a return of which nothing came, also before it was recorded. Answers where it stands: inspected, when something came after all. */
    @ActivityMethod(name = "postPurchase.closeReturn")
    ReturnStatus closeReturn(ReturnId returnId, Closing to);

    /** @param reference of what was paid out by hand; empty when nothing was */
    @ActivityMethod(name = "postPurchase.settleReturn")
    void settleReturn(ReturnId returnId, Settlement by, String reference);
}
