package io.journeyman.activities.conversation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import java.time.Instant;
import java.util.Optional;

/** What became of a confirmation. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Confirmation.Confirmed.class, name = "confirmed"),
    @JsonSubTypes.Type(value = Confirmation.Refused.class, name = "refused")
})
public sealed interface Confirmation {
    /**
     * The stored proposal that now runs.
     *
     * @param kind Checkout, Reservation, Return, Cancellation or AddressChange: the tool's x-journey
     * @param journeyId the order's, reservation's, return's, cancellation's or change's id, derived from the proposal's
     * @param reservation the reservation that a checkout takes over
     */
    record Confirmed(
            String kind,
            String journeyId,
            QuoteId quote,
            CustomerId customer,
            String channel,
            Money total,
            Instant quoteValidUntil,
            Optional<ReservationId> reservation)
            implements Confirmation {}

    /** proposal_unknown, proposal_expired, proposal_void, proposal_declined, price_changed (then the proposal is void). */
    record Refused(String code) implements Confirmation {}
}
