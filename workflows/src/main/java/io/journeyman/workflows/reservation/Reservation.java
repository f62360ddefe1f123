package io.journeyman.workflows.reservation;

import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import io.journeyman.workflows.StaffMay;
import io.journeyman.workflows.checkout.Checkout;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;

/** {@code reservation-<id>}: one store's stock, held for a customer until a deadline; the stock comes back exactly once. */
@WorkflowInterface
public interface Reservation {
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

    /** Answers a code: cancelling, too_late. */
    @UpdateMethod(name = "cancel")
    String cancel(String reason);

    /** {@link #cancel} for another workflow, which can send no update. */
    @SignalMethod(name = "cancelRequest")
    void cancelRequested(String reason);

    /** What pauses before it is tried again is tried at once. Answers a code: retrying, or nothing_to_retry. */
    @UpdateMethod(name = "retryNow")
    String retryNow();

    /**
     * The store keeps it until then. Answers a code: extended, not_waiting, too_late, not_later, too_far (see {@link
     * io.journeyman.workflows.Deadline#MOST}), stock_gone, or agent_unavailable: nothing has changed for the customer.
     */
    @UpdateMethod(name = "extend")
    String extend(Instant until);

    /** A checkout has taken over what was held: the pieces are its own from now on. */
    @SignalMethod(name = "ordered")
    void ordered();

    @QueryMethod(name = "progress")
    Checkout.Progress progress();

    @QueryMethod(name = "staffMay")
    StaffMay staffMay();

    record Request(
            ReservationId reservationId,
            QuoteId quoteId,
            ConversationId conversationId,
            CustomerId customerId,
            String channel,
            Money total,
            Duration keep) {}
}
