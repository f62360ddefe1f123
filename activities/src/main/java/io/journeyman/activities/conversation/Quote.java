package io.journeyman.activities.conversation;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.KeptCard;
import io.journeyman.contracts.PostPurchase.CancellationReason;
import io.journeyman.contracts.PostPurchase.LineWarranty;
import io.journeyman.contracts.PostPurchase.ReturnLine;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReservationId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Frozen lines, offers, delivery, tax and total, valid until an instant. What runs after a confirmation is exactly this.
 *
 * @param goods the lines' sum before offers
 * @param offers with amounts that add up to {@code discount}; one of free delivery takes its amount off the delivery fee
 * @param pointsToSpend points whose worth {@code discount} contains
 * @param delivery where and how it is sent, or in which store it is collected; empty for a reservation
 * @param store where it is kept unpaid, for a reservation
 * @param reservation the reservation whose pieces it takes over; empty for what is bought from the cart
 * @param returned what a return sends back; then lines, offers and total are what is refunded, not what is paid
 * @param exchanged what goes back for it, and pays a part of it or all; empty for what is paid with money alone
 * @param cancelled what a cancellation does not send; then lines, discount and total are what goes back
 * @param moved an order that goes elsewhere; then nothing is to pay, and the lines are those that go there
 * @param forgotten the kept cards that shall be forgotten; then there are no lines, and nothing is to pay
 * @param taxIncluded the GST that {@code total} contains
 * @param total goods - discount + delivery fee, less what pays for it in exchange; of a return goods - discount - its fee; of a cancellation
 *     with the delivery fee that goes back
 * @param credit the store credit that pays the total, or a part of it
 * @param warranties of the lines for which the shop answers, and how long
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
        Optional<Returned> returned,
        Optional<Exchanged> exchanged,
        Optional<Cancelled> cancelled,
        Optional<Moved> moved,
        Optional<Forgotten> forgotten,
        Money taxIncluded,
        Money total,
        Optional<Money> credit,
        Instant validUntil,
        List<LineWarranty> warranties) {
    public Quote {
        lines = List.copyOf(lines);
        offers = List.copyOf(offers);
        warranties = List.copyOf(warranties);
        if (lines.isEmpty() != forgotten.isPresent()) {
            throw new IllegalArgumentException("a quote has lines, unless it is about kept cards");
        }
        if (Stream.of(delivery, store, returned, cancelled, moved, forgotten)
                        .filter(Optional::isPresent)
                        .count()
                != 1) {
            throw new IllegalArgumentException(
                    "a quote is delivered, collected, returned, cancelled, moved or about kept cards, one of the six");
        }
        Money expected = goods.minus(discount);
        if (delivery.isPresent()) {
            expected = expected.plus(delivery.get().fee());
        }
        if (returned.isPresent()) {
            expected = expected.minus(returned.get().fee());
        }
        if (cancelled.isPresent()) {
            expected = expected.plus(cancelled.get().deliveryFee());
        }
        if (exchanged.isPresent()) {
            expected = expected.minus(exchanged.get().credit());
        }
        if (exchanged.isPresent() && delivery.isEmpty()) {
            throw new IllegalArgumentException("what comes in exchange is delivered");
        }
        if (!expected.equals(total) || total.minor() < 0) {
            throw new IllegalArgumentException(
                    "a quote's total is goods - discount + delivery fee - return fee - credit");
        }
        if (credit.isPresent()
                && (credit.get().minor() <= 0 || total.minus(credit.get()).minor() < 0)) {
            throw new IllegalArgumentException("store credit pays something, and the total at most");
        }
    }

    /** What is left to be paid, by card or in cash. */
    public Money due() {
        return credit.map(total::minus).orElse(total);
    }

    /** The store whose pieces these are: it keeps them, unpaid or paid. Empty for what may come from anywhere. */
    public Optional<LocationId> inStore() {
        return store.map(Pickup::storeId)
                .or(() -> delivery.flatMap(Delivery::collect).map(Collect::storeId));
    }

    /** @throws ApplicationFailure quote_without_cancellation: it is a quote of something else */
    public Cancelled toCancel() {
        return cancelled.orElseThrow(() ->
                ApplicationFailure.newNonRetryableFailure("the quote cancels nothing", "quote_without_cancellation"));
    }

    /** @throws ApplicationFailure quote_without_address: it is a quote of something else */
    public Moved toMove() {
        return moved.orElseThrow(
                () -> ApplicationFailure.newNonRetryableFailure("the quote moves nothing", "quote_without_address"));
    }

    /** @throws ApplicationFailure quote_without_cards: it is a quote of something else */
    public Forgotten toForget() {
        return forgotten.orElseThrow(
                () -> ApplicationFailure.newNonRetryableFailure("the quote forgets no card", "quote_without_cards"));
    }

    /**
     * @param address where it goes; of what is collected the store's
     * @param optionId standard, express or collect; {@code fee} includes GST
     * @param feeOff the part of the quote's discount that is off the fee; empty where nothing is
     * @param promisedDate by when what is in the shop comes, or is ready to be collected, or, where nothing is, the last of the others
     * @param collect where its customer collects it
     * @param ahead lines that are still to come to the shop
     */
    public record Delivery(
            Address address,
            String optionId,
            String label,
            Money fee,
            Optional<Money> feeOff,
            LocalDate promisedDate,
            Optional<Collect> collect,
            List<Ahead> ahead) {
        public Delivery {
            ahead = List.copyOf(ahead);
        }

        /** Of what is in the shop. */
        Delivery(
                Address address,
                String optionId,
                String label,
                Money fee,
                Optional<Money> feeOff,
                LocalDate promisedDate,
                Optional<Collect> collect) {
            this(address, optionId, label, fee, feeOff, promisedDate, collect, List.of());
        }

        /** @param off the part of the quote's discount that is off the fee */
        Delivery with(Optional<Money> off) {
            return new Delivery(address, optionId, label, fee, off, promisedDate, collect, ahead);
        }

        /** Of what waits for the parcel of what goes back. */
        Delivery inExchange(Money costs, Period later) {
            return new Delivery(
                    address, optionId, label, costs, Optional.empty(), promisedDate.plus(later), collect, ahead);
        }
    }

    /**
     * A line that is sold before it is in the shop, as a whole; it comes in a parcel of its own.
     *
     * @param dueOn the day on which it is expected in the shop
     * @param promisedDate by when it comes to the customer
     */
    public record Ahead(Sku sku, LocalDate dueOn, LocalDate promisedDate) {}

    /** @param keepUntil until when the store keeps it, as its customer was told; what comes in exchange is kept as long once it is ready */
    public record Collect(LocationId storeId, String name, Instant keepUntil) {}

    public record Pickup(LocationId storeId, String name, String city) {}

    /**
     * What comes back of an order.
     *
     * @param lines as the return is recorded
     * @param fee what the return costs, less on the refund
     * @param byHand whether the shop pays out by hand what was paid in cash: all of the refund, or a part
     * @param asCredit whether the customer wants the refund as store credit
     */
    public record Returned(
            OrderId orderId,
            ReturnReason reason,
            List<ReturnLine> lines,
            Money fee,
            boolean byHand,
            boolean asCredit) {}

    /**
     * What is not sent of an order.
     *
     * @param lines as the cancellation is recorded
     * @param deliveryFee what goes back of it
     * @param unpaid whether nothing was paid yet, because cash was to be paid when it is handed over
     * @param reason why, unless its customer wants it
     * @param keptUntil of what nobody collected: until when its store kept it
     */
    public record Cancelled(
            OrderId orderId,
            List<Line> lines,
            Money deliveryFee,
            boolean unpaid,
            Optional<CancellationReason> reason,
            Optional<Instant> keptUntil) {
        /** What its customer does not want. */
        Cancelled(OrderId orderId, List<Line> lines, Money deliveryFee, boolean unpaid) {
            this(orderId, lines, deliveryFee, unpaid, Optional.empty(), Optional.empty());
        }

        /** The same, because nobody came for it, if its store kept it no longer than that. */
        Cancelled because(CancellationReason why, Optional<Instant> until) {
            return new Cancelled(orderId, lines, deliveryFee, unpaid, Optional.of(why), until);
        }
    }

    /**
     * An order that is sent elsewhere.
     *
     * @param trackingId of its shipment
     * @param promisedDate by when all of it comes there that the quote's lines name
     * @param staying what of it has left already, and comes to the address before; empty where nothing has
     */
    public record Moved(
            OrderId orderId,
            String trackingId,
            Address address,
            LocalDate promisedDate,
            Optional<List<PricedLine>> staying) {
        /** Of a whole order. */
        public Moved(OrderId orderId, String trackingId, Address address, LocalDate promisedDate) {
            this(orderId, trackingId, address, promisedDate, Optional.empty());
        }
    }

    /** Kept cards, as the payment agent showed them. */
    public record Forgotten(List<KeptCard> cards) {
        public Forgotten {
            cards = List.copyOf(cards);
            if (cards.isEmpty()) {
                throw new IllegalArgumentException("there are cards to forget");
            }
        }

        /** The orders that are being paid with one of them: they go on with it. */
        public List<OrderId> payingFor() {
            return cards.stream()
                    .flatMap(card -> card.payingFor().stream())
                    .distinct()
                    .toList();
        }
    }

    /**
     * What goes back for an order that is an exchange: {@code value} = its fee + {@code credit} + {@code refund}.
     *
     * @param orderId the order's
     * @param returnId the return's, of what goes back
     * @param lines what goes back, at the prices at which it was bought
     * @param value what these pieces cost in the end
     * @param credit what of it pays for the order
     * @param refund what of it is paid back in money, where they are worth more
     */
    public record Exchanged(
            OrderId orderId,
            ReturnId returnId,
            Returned returned,
            List<PricedLine> lines,
            Money value,
            Money credit,
            Money refund) {
        public Exchanged {
            lines = List.copyOf(lines);
            if (!returned.fee().plus(credit).plus(refund).equals(value) || credit.minor() <= 0 || refund.minor() < 0) {
                throw new IllegalArgumentException("what goes back is worth its fee, its credit and its refund");
            }
        }
    }
}
