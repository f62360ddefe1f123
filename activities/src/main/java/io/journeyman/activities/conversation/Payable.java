package io.journeyman.activities.conversation;

import io.journeyman.contracts.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * An order that a customer may mean who says how they pay: between their yes and their order's payment there is a moment in which it
 * waits for nothing, and what they say then counts like what they say later.
 */
record Payable(String workflowId, String journeyId) {
    private static final int MOST = 5;

    /** Whoever says so much later, and has something else in mind by then, does not mean the order before. */
    private static final Duration JUST_NOW = Duration.ofMinutes(2);

    /**
     * Those that wait for their payment, also where their customer was to confirm it at their bank and would rather pay another way, or are being
     * placed.
     *
     * @param named the id, in capitals; empty when none is named
     */
    static List<Payable> unpaid(Handle handle, ConversationId conversation, String named) {
        return handle.createQuery("""
                        SELECT workflow_id, journey_id FROM journey
                        WHERE conversation_id = :id AND kind = 'Checkout' AND (:named = '' OR upper(journey_id) = :named)
                          AND (waiting_for IN ('payment_method', 'payment_confirmation') OR (status = 'running' AND waiting_for = ''))
                        ORDER BY started_at DESC LIMIT :most""")
                .bind("id", conversation)
                .bind("named", named)
                .bind("most", MOST)
                .map((row, context) -> new Payable(row.getString(1), row.getString(2)))
                .list();
    }

    /** The one that is named, or the latest, as long as nothing was put into the cart or proposed since. */
    static Optional<Payable> justConfirmed(Handle handle, ConversationId conversation, String named, Instant now) {
        if (named.isEmpty()
                && (!Carts.lines(handle, conversation).isEmpty()
                        || Proposals.open(handle, conversation, now).isPresent())) {
            return Optional.empty();
        }
        return handle.createQuery("""
                        SELECT workflow_id, journey_id FROM journey
                        WHERE conversation_id = :id AND kind = 'Checkout' AND status = 'completed'
                          AND (upper(journey_id) = :named OR (:named = '' AND updated_at > :since))
                        ORDER BY started_at DESC LIMIT 1""")
                .bind("id", conversation)
                .bind("named", named)
                .bind("since", now.minus(JUST_NOW))
                .map((row, context) -> new Payable(row.getString(1), row.getString(2)))
                .findOne();
    }
}
