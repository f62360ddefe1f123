package io.journeyman.workflows.returns;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.ChooseRemedy;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.workflows.Deadline;
import io.journeyman.workflows.ProposedJourney;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code return-<returnId>}: bought pieces come back, are looked at, and their money goes back; stock and points follow.
 *
 * <p>Cancelled, the customer keeps everything. Extended, the parcel may take until then.
 */
@WorkflowInterface
public interface Return extends ProposedJourney {
    /** How long the parcel may take. */
    Duration SEND_WITHIN = Duration.ofDays(14);

    /** By then it has ended, however often its parcel was put off and staff had to be reminded of it. */
    Duration LONGEST =
            SEND_WITHIN.plus(Deadline.MOST).plus(ParcelReturn.LOOK_WITHIN.multipliedBy(ParcelReturn.MOST_REMINDERS));

    static String workflowId(ReturnId id) {
        return "return-" + id.value();
    }

    @WorkflowMethod(name = "Return")
    JourneyStatus sendBack(Request request);

    /** The parcel is there; staff say so, and it waits for its inspection. Answers a code: arrived, or too_late. */
    @UpdateMethod(name = "arrived")
    String arrived();

    /**
     * What staff found in the parcel. From then on the return only goes forward. Answers a code: inspected; replacement_gone: it is kept, and
     * there is no other piece for what failed; or inspection_incomplete, inspection_differs, no_claim, return_closed, too_late, or
     * agent_unavailable: say it again.
     */
    @UpdateMethod(name = "inspect")
    String inspect(InspectReturn inspection);

    /**
     * Staff choose something else for a claim that waits for another piece. Answers a code: chosen, or not_waiting. Choosing the other piece
     * again is waiting for it.
     */
    @UpdateMethod(name = "chooseRemedy")
    String chooseRemedy(ChooseRemedy choice);

    /**
     * Staff have paid the refund out by hand. Answers a code: paid_out, or not_waiting.
     *
     * @param reference by which it is found again
     */
    @UpdateMethod(name = "paidOut")
    String paidOut(String reference);

    /** What a checkout that waits for the return has to know. */
    enum Standing {
        /** The parcel is there, so that the exchange is not cancelled any more. */
        arrived,
        /** Its record says whether the other piece is sent. */
        decided
    }

    /**
     * @param refund what the customer confirmed, for all its pieces
     * @param exchangedFor the order of what comes instead; empty where nothing does
     */
    record Request(
            ReturnId returnId,
            QuoteId quoteId,
            ConversationId conversationId,
            CustomerId customerId,
            String channel,
            Money refund,
            Optional<OrderId> exchangedFor) {}
}
