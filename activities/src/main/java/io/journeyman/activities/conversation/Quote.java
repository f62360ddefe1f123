package io.journeyman.activities.conversation;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Frozen lines, offers, delivery, tax and total, valid until an instant. What runs after a confirmation is exactly this.
 *
 * @param goods the lines' sum before offers
 * @param offers with amounts that add up to {@code discount}; one of free delivery takes its amount off the delivery fee
 * @param pointsToSpend points whose worth {@code discount} contains
 * @param delivery where and how it is sent; empty for a reservation
 * @param store where it is kept; empty for a delivery
 * @param reservation the reservation whose pieces it takes over; empty for what is bought from the cart
 * @param taxIncluded the GST that {@code total} contains
 * @param total goods - discount + delivery fee
 */
public record Quote(
        QuoteId quoteId,
        ConversationId conversationId,
        CustomerId customerId,
        String channel,
        List<PricedLine> lines,
        Money goods,
        List<AppliedOffer> offers,
        Money discount,
        long pointsToSpend,
        Optional<Delivery> delivery,
        Optional<Pickup> store,
        Optional<ReservationId> reservation,
        Money taxIncluded,
        Money total,
        Instant validUntil) {
    public Quote {
        lines = List.copyOf(lines);
        offers = List.copyOf(offers);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a quote has lines");
        }
        if (delivery.isPresent() == store.isPresent()) {
            throw new IllegalArgumentException("a quote is delivered or collected, one of the two");
        }
        Money expected = goods.minus(discount);
        if (delivery.isPresent()) {
            expected = expected.plus(delivery.get().fee());
        }
        if (!expected.equals(total) || total.minor() < 0) {
            throw new IllegalArgumentException("a quote's total is goods - discount + delivery fee");
        }
    }

    /** @param optionId standard or express; {@code fee} includes GST */
    public record Delivery(Address address, String optionId, String label, Money fee, LocalDate promisedDate) {}

    public record Pickup(LocationId storeId, String name, String city) {}
}
