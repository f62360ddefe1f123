package io.journeyman.workflows.reservation;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import io.journeyman.workflows.ProposedJourney;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/**
 * {@code reservation-<id>}: one store's stock, held for a customer until a deadline; the stock comes back exactly once.
 *
 * <p>Extended, the store keeps it until then: it may answer stock_gone too, or agent_unavailable, when nothing has changed for the customer.
 */
@WorkflowInterface
public interface Reservation extends ProposedJourney {
    /** How long a store keeps it, when nothing else is said (design §6). */
    Duration KEEP = Duration.ofDays(2);

    static String workflowId(ReservationId id) {
        return "reservation-" + id.value();
    }

    @WorkflowMethod(name = "Reservation")
    JourneyStatus reserve(Request request);

    /** The store has set it aside, and the customer hears of it; staff say so. Answers a code: ready, not_waiting, agent_unavailable. */
    @UpdateMethod(name = "ready")
    String ready();

    /** The customer paid and took it along; staff say so. Answers a code: collected, not_waiting. */
    @UpdateMethod(name = "collected")
    String collected();

    /** A checkout has taken over what was held: the pieces are its own from now on. */
    @SignalMethod(name = "ordered")
    void ordered();

    record Request(
            ReservationId reservationId,
            QuoteId quoteId,
            ConversationId conversationId,
            CustomerId customerId,
            String channel,
            Money total,
            Duration keep) {}
}
