package io.journeyman.activities.replay;

import io.journeyman.activities.staff.Position;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import java.time.Instant;
import java.util.Optional;

/**
 * An order whose payment failed, as our own record has it: enough to try it again when Temporal has forgotten it.
 *
 * @param failure insufficient_funds, expired_card, network_error, unresolved, payment_not_made…
 * @param live whether its checkout still waits: for a method, or for the gateway
 * @param quoteValidUntil how long the quoted price is honoured
 * @param reservation the reservation whose pieces it was to take over
 * @param credit the store credit that was to pay a part of it
 */
public record FailedPayment(
        OrderId orderId,
        QuoteId quoteId,
        ConversationId conversationId,
        CustomerId customerId,
        String channel,
        Money total,
        String failure,
        Instant failedAt,
        boolean live,
        Instant quoteValidUntil,
        Optional<ReservationId> reservation,
        Optional<Money> credit) {
    /** What is left to be charged. */
    public Money due() {
        return credit.map(total::minus).orElse(total);
    }

    /** How long its price is honoured. @param priceUntil what staff say, where that is longer than the quote itself says */
    public Instant honouredUntil(Optional<Instant> priceUntil) {
        return priceUntil.filter(longer -> longer.isAfter(quoteValidUntil)).orElse(quoteValidUntil);
    }

    /** Whether it may still be tried: one that waits has a deadline of its own, one that has ended starts again at its quoted price. */
    public boolean isHonoured(Optional<Instant> priceUntil, Instant now) {
        return live || honouredUntil(priceUntil).isAfter(now);
    }

    /** Where a page that ends with this one ended. */
    public Position position() {
        return new Position(failedAt, orderId.value());
    }
}
