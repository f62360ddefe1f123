package io.journeyman.activities.conversation;

import io.journeyman.contracts.ProposalId;
import java.time.Instant;

/**
 * A stored action with its quote, which only the customer's confirmation can start.
 *
 * @param kind the journey it starts: Checkout, Reservation, Return, Cancellation, AddressChange or CardRemoval
 * @param status open, confirmed, declined, void (the cart changed, or a newer one came) or expired
 * @param journeyId the order's, reservation's, return's, cancellation's, change's or removal's id that a confirmation starts
 */
public record Proposal(
        ProposalId proposalId,
        String kind,
        Status status,
        String journeyId,
        int turn,
        String channel,
        Quote quote,
        Instant expiresAt) {
    public enum Status {
        open,
        confirmed,
        declined,
        // "void" is a word of Java; JSON and SQL say void
        @com.fasterxml.jackson.annotation.JsonProperty("void")
        voided,
        expired;

        static Status of(String column) {
            return column.equals("void") ? voided : valueOf(column);
        }
    }
}
