package io.journeyman.activities.conversation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.journeyman.activities.returns.ExchangedReturn;
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
     * @param kind Checkout, Reservation, Return, Cancellation, AddressChange or CardRemoval: the tool's x-journey
     * @param journeyId the order's, reservation's, return's, cancellation's, change's or removal's id, derived from the proposal's
     * @param reservation the reservation that a checkout takes over
     * @param exchange what goes back for a checkout that is an exchange
     * @param credit the store credit that pays the total, or a part of it
     * @param begun true where its journey is known to have been started before
     */
    record Confirmed(
            String kind,
            String journeyId,
            QuoteId quote,
            CustomerId customer,
            String channel,
            Money total,
            Instant quoteValidUntil,
            Optional<ReservationId> reservation,
            Optional<ExchangedReturn> exchange,
            Optional<Money> credit,
            Optional<Boolean> begun)
            implements Confirmation {
        public Confirmed(
                String kind,
                String journeyId,
                QuoteId quote,
                CustomerId customer,
                String channel,
                Money total,
                Instant quoteValidUntil,
                Optional<ReservationId> reservation,
                Optional<ExchangedReturn> exchange,
                Optional<Money> credit) {
            this(
                    kind,
                    journeyId,
                    quote,
                    customer,
                    channel,
                    total,
                    quoteValidUntil,
                    reservation,
                    exchange,
                    credit,
                    Optional.empty());
        }

        /** Whether it need not be started any more. */
        public boolean hasBegun() {
            return begun.orElse(false);
        }

        /** Whether nothing is left to be paid: store credit pays all of it, or what goes back does. */
        public boolean owesNothing() {
            return (total.minor() == 0 && exchange.isPresent()) || credit.equals(Optional.of(total));
        }
    }

    /** proposal_unknown, proposal_expired, proposal_void, proposal_declined, price_changed (then the proposal is void). */
    record Refused(String code) implements Confirmation {}
}
