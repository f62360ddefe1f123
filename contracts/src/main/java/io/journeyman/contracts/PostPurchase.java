package io.journeyman.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The records of {@code postPurchase.json}: orders, their transitions, what comes back of them, for money or for other pieces, and what customers think of the rest. */
public interface PostPurchase {
    /** @param exchange what of it is paid with pieces that come back; {@code total} is the rest */
    record RecordOrder(
            OrderId orderId,
            CustomerId customerId,
            ConversationId conversationId,
            QuoteId quoteId,
            String channel,
            List<PricedLine> lines,
            Money discount,
            Money deliveryFee,
            Money taxIncluded,
            Money total,
            Address address,
            String deliveryOption,
            LocalDate promisedDate,
            Optional<PaidByReturn> exchange,
            Optional<List<LineWarranty>> warranties) {
        /** An order of what the shop does not answer for. */
        public RecordOrder(
                OrderId orderId,
                CustomerId customerId,
                ConversationId conversationId,
                QuoteId quoteId,
                String channel,
                List<PricedLine> lines,
                Money discount,
                Money deliveryFee,
                Money taxIncluded,
                Money total,
                Address address,
                String deliveryOption,
                LocalDate promisedDate,
                Optional<PaidByReturn> exchange) {
            this(
                    orderId,
                    customerId,
                    conversationId,
                    quoteId,
                    channel,
                    lines,
                    discount,
                    deliveryFee,
                    taxIncluded,
                    total,
                    address,
                    deliveryOption,
                    promisedDate,
                    exchange,
                    Optional.empty());
        }
    }

    /** For how many months after its delivery the shop answers for a line. */
    record LineWarranty(Sku sku, int months) {}

    /** The tool get_warranty: of one order of the session's customer, or of their latest. */
    record GetWarranties(Optional<OrderId> orderId, CustomerId customerId) {}

    /** @param covers what a warranty is about */
    record Warranties(String covers, List<WarrantedLine> pieces) {}

    /**
     * A line of which the customer keeps something.
     *
     * @param months as it was sold, 0 for none
     * @param ends empty without a warranty, and before its delivery
     */
    record WarrantedLine(
            OrderId orderId,
            Sku sku,
            ProductId productId,
            String name,
            String size,
            String color,
            int pieces,
            int months,
            Optional<Instant> ends,
            WarrantyState state) {}

    enum WarrantyState {
        none,
        begins_with_delivery,
        running,
        over
    }

    /** How much of an order is paid with the pieces of a return. */
    record PaidByReturn(ReturnId returnId, Money credit) {}

    /** A transition: {@code to} with the reason's code. The same transition again changes nothing. */
    record TransitionOrder(OrderStatus to, Optional<String> reason, Optional<String> trackingId) {}

    /** Where an order goes instead. The same change again changes nothing. */
    record RecordAddress(AddressChangeId changeId, Address address) {}

    /** @param exchange what of it is paid with pieces that come back; {@code total} is the rest */
    record Order(
            OrderId orderId,
            CustomerId customerId,
            OrderStatus status,
            List<PricedLine> lines,
            Money discount,
            Money deliveryFee,
            Money taxIncluded,
            Money total,
            LocalDate promisedDate,
            Optional<String> trackingId,
            Instant placedAt,
            List<Transition> transitions,
            List<OrderReturn> returns,
            Optional<PaidByReturn> exchange,
            List<OrderCancellation> cancellations) {}

    /**
     * A return as the order's record tells it.
     *
     * @param refund what is, or would be, refunded for it
     * @param exchangedFor the order of what comes instead, unless that was called off
     * @param spokenFor the pieces that cannot come back a second time, nor be cancelled; empty where nobody says so
     */
    record OrderReturn(
            ReturnId returnId,
            ReturnStatus status,
            List<Line> lines,
            Money refund,
            Optional<OrderId> exchangedFor,
            Optional<List<Line>> spokenFor) {}

    /** A cancellation as the order's record tells it. @param refund what goes back for it */
    record OrderCancellation(
            CancellationId cancellationId, CancellationStatus status, List<Line> lines, Money refund) {}

    /** Where an order stands; all there is to say of one that was cancelled before it was recorded. */
    record OrderState(OrderId orderId, OrderStatus status, List<Transition> transitions) {}

    record Transition(OrderStatus to, Optional<String> reason, Instant at) {}

    /** cancelled before pending is a tombstone: a late record of that order answers cancelled. */
    enum OrderStatus {
        pending,
        confirmed,
        payment_failed,
        cancelled,
        shipped,
        delivered
    }

    /** The tool get_order_status: one order of the session's customer, or their latest five. */
    record GetOrderStatus(Optional<OrderId> orderId, CustomerId customerId) {}

    record Orders(List<Order> orders) {}

    /** @param dryRun only answers what would become of each */
    record ImportOrders(boolean dryRun, List<PastOrderLine> rows) {}

    /**
     * A line of an order that was placed elsewhere; what is said of the order stands in each of its lines.
     *
     * @param productId the sku when not given
     * @param discount of the whole order; what is left out, as {@code deliveryFee} and {@code taxIncluded}, stays as it is
     */
    record PastOrderLine(
            OrderId orderId,
            CustomerId customerId,
            Instant placedAt,
            PastStatus status,
            Sku sku,
            Optional<ProductId> productId,
            String name,
            Optional<String> size,
            Optional<String> color,
            int quantity,
            Money unitPrice,
            Optional<Money> discount,
            Optional<Money> deliveryFee,
            Optional<Money> taxIncluded,
            Optional<String> trackingId,
            Optional<LocalDate> promisedDate) {}

    enum PastStatus {
        confirmed,
        shipped,
        delivered,
        cancelled
    }

    /**
     * Why pieces come back. For the last four the shop is at fault, and takes no fee. warranty: they failed after the time for returns,
     * and within that for which the shop answers.
     */
    enum ReturnReason {
        changed_mind,
        does_not_fit,
        damaged,
        wrong_item,
        not_as_described,
        warranty
    }

    /**
     * requested: nothing has come yet. inspected: it came, and something of it is taken. refunded: and its money is back. replaced,
     * repaired: and another piece, or the same one, is on its way to the customer. refused: it came, and nothing of it is taken.
     * not_received: nothing came in time. cancelled: before anything came, also before the return itself did.
     */
    enum ReturnStatus {
        requested,
        inspected,
        refunded,
        refused,
        replaced,
        repaired,
        not_received,
        cancelled
    }

    /** What the customer of a claim under a warranty gets. replace: another piece of the same variant. repair: their own again. */
    enum Remedy {
        refund,
        replace,
        repair
    }

    /** Why the inspection does not take a piece. */
    enum ReturnRefusal {
        worn,
        damaged_by_customer,
        incomplete,
        other_item,
        not_in_the_parcel
    }

    /** By what a return was settled. store_credit: as its customer chose. nothing_due: the fee, or the piece that came instead, was worth as much. */
    enum Settlement {
        original_method,
        by_hand,
        nothing_due,
        store_credit
    }

    /** @param category the catalogue's, by which the rule is found; without one that of {@code *} counts */
    record ReturnLine(Sku sku, int quantity, Optional<String> category) {}

    /** @param exchange whether another piece comes for it: then it costs what an exchange costs */
    record QuoteReturn(
            CustomerId customerId,
            OrderId orderId,
            ReturnReason reason,
            List<ReturnLine> lines,
            Optional<Boolean> exchange) {}

    /**
     * What would be refunded: {@code goods - discount - fee}.
     *
     * @param goods the pieces at the prices at which they were bought
     * @param discount their share of the order's discount, points included
     * @param returnBy the last moment at which it can be asked for
     * @param paidBy the orders whose payments paid for its pieces, as {@link Return#paidBy}
     */
    record ReturnQuote(
            OrderId orderId,
            List<ReturnedLine> lines,
            Money goods,
            Money discount,
            Money fee,
            Money refund,
            Instant returnBy,
            Optional<List<OrderId>> paidBy) {}

    /**
     * A return as its customer confirmed it. One that would be refunded with another amount meanwhile is refused.
     *
     * @param refund what is paid back; of an exchange what is left of it once the other piece is paid
     */
    record RecordReturn(
            ReturnId returnId,
            OrderId orderId,
            CustomerId customerId,
            QuoteId quoteId,
            ReturnReason reason,
            List<ReturnLine> lines,
            Money fee,
            Money refund,
            Optional<ExchangeWanted> exchange) {}

    /**
     * What comes instead of money.
     *
     * @param orderId its order, which is recorded before
     * @param credit what of the returned pieces' worth pays for it
     */
    record ExchangeWanted(OrderId orderId, Money credit) {}

    record Exchange(OrderId orderId, Money credit, ExchangeState state) {}

    /**
     * open: until the parcel was looked at. agreed: all of it is taken, and the other piece is sent. off: it became a return for money,
     * or nothing came.
     */
    enum ExchangeState {
        open,
        agreed,
        off
    }

    /** @param agreed whether the other piece is sent; otherwise what was taken is refunded in money */
    record SettleExchange(boolean agreed) {}

    /**
     * @param refund for all its pieces, and once it was inspected for those that are taken, less the fee, and less what pays for the
     *     other piece while that is to come
     * @param value what its pieces cost in the end, before the fee; once it was inspected, those that are taken
     * @param orderValue what all pieces of the order cost in the end
     * @param paidBy the orders whose payments paid for its pieces: its own, then the one for whose pieces that one came in exchange…
     * @param label what the customer writes on the parcel
     * @param inspectedBy the member of the staff
     * @param reference of what was paid out by hand
     * @param remedy of a claim that was inspected
     * @param trackingId of what went back to the customer
     */
    record Return(
            ReturnId returnId,
            OrderId orderId,
            CustomerId customerId,
            QuoteId quoteId,
            ReturnStatus status,
            ReturnReason reason,
            List<ReturnedLine> lines,
            Money fee,
            Money refund,
            Money value,
            Money orderValue,
            List<OrderId> paidBy,
            String label,
            Optional<String> inspectedBy,
            Optional<Settlement> settledBy,
            Optional<String> reference,
            Optional<Exchange> exchange,
            Optional<Remedy> remedy,
            Optional<String> trackingId,
            Instant recordedAt) {}

    /**
     * @param refund for all its pieces, before the fee
     * @param accepted pieces that the inspection took, {@code refused} those that it did not
     */
    record ReturnedLine(
            Sku sku,
            ProductId productId,
            String name,
            String size,
            String color,
            int quantity,
            Money unitPrice,
            Money refund,
            int accepted,
            int refused,
            Optional<ReturnRefusal> refusal) {}

    /** @param remedy of a claim; a refund where it is not said */
    record InspectReturn(String inspectedBy, List<InspectedLine> lines, Optional<Remedy> remedy) {
        /** One that a journey was given before there were remedies has none. */
        public InspectReturn {
            remedy = remedy == null ? Optional.empty() : remedy;
        }

        public InspectReturn(String inspectedBy, List<InspectedLine> lines) {
            this(inspectedBy, lines, Optional.empty());
        }
    }

    /** @param insteadOf what was chosen before @param chosenBy the member of the staff */
    record ChooseRemedy(Remedy remedy, Remedy insteadOf, String chosenBy) {}

    record RecordSentBack(String trackingId) {}

    /** @param refusal needed where pieces are refused */
    record InspectedLine(Sku sku, int accepted, int refused, Optional<ReturnRefusal> refusal) {}

    /** @param to not_received or cancelled */
    record CloseReturn(Closing to) {}

    /** How a return ends of which nothing came. */
    enum Closing {
        not_received,
        cancelled
    }

    /** Where a return stands; all there is to say of one that was closed before it was recorded. */
    record ReturnState(ReturnId returnId, ReturnStatus status) {}

    record SettleReturn(Settlement by, Optional<String> reference) {}

    /**
     * @param category the catalogue's, in small letters; {@code *} for all others
     * @param days after the delivery, or after the order where no delivery is known
     * @param finalSale whether it never comes back, unless the shop is at fault
     * @param fee of a return for the customer's own reasons; the highest of its lines is taken, once
     * @param exchangeFee the same of an exchange; nothing when it is not said
     */
    record ReturnRule(String category, int days, boolean finalSale, Money fee, Optional<Money> exchangeFee) {}

    record ReturnRules(List<ReturnRule> rules) {}

    /**
     * requested: the customer wants it. accepted: its pieces stay in the shop. settled: and what was paid for them is back. closed: its
     * pieces go to the customer after all.
     */
    enum CancellationStatus {
        requested,
        accepted,
        settled,
        closed
    }

    record QuoteCancellation(CustomerId customerId, OrderId orderId, List<Line> lines) {}

    /**
     * What would go back: {@code goods - discount + deliveryFee}.
     *
     * @param goods the pieces at the prices at which they were bought
     * @param discount their share of the order's discount, points included
     * @param deliveryFee what goes back of it: all with the last pieces, when nothing of the order is delivered; else nothing
     */
    record CancellationQuote(
            OrderId orderId, List<CancelledLine> lines, Money goods, Money discount, Money deliveryFee, Money refund) {}

    /** @param refund for all its pieces */
    record CancelledLine(
            Sku sku,
            ProductId productId,
            String name,
            String size,
            String color,
            int quantity,
            Money unitPrice,
            Money refund) {}

    /**
     * A cancellation as its customer confirmed it, or of what they did not collect. One for which another amount would go back meanwhile is
     * refused.
     */
    record RecordCancellation(
            CancellationId cancellationId,
            OrderId orderId,
            CustomerId customerId,
            QuoteId quoteId,
            List<Line> lines,
            Money refund,
            Optional<CancellationReason> reason) {}

    /** never_ready: the store in which it was to be collected did not set it aside. */
    enum CancellationReason {
        cancelled_by_customer,
        not_collected,
        never_ready
    }

    /**
     * @param value what its pieces cost in the end, {@code orderValue} what all pieces of the order did
     * @param refund its value, and the delivery fee where nothing of the order is delivered
     * @param whole whether it has all pieces of the order
     * @param trackingId the shipment that its pieces are in
     * @param reference of what was paid out by hand
     */
    record Cancellation(
            CancellationId cancellationId,
            OrderId orderId,
            CustomerId customerId,
            QuoteId quoteId,
            CancellationStatus status,
            List<CancelledLine> lines,
            Money value,
            Money orderValue,
            Money refund,
            boolean whole,
            Optional<String> trackingId,
            Optional<Settlement> settledBy,
            Optional<String> reference,
            Instant recordedAt) {}

    /** Where a cancellation stands; all there is to say of one that was closed before it was recorded. */
    record CancellationState(CancellationId cancellationId, CancellationStatus status) {}

    /** @param by nothing_due: nothing had been paid yet, or nothing was to pay */
    record SettleCancellation(Settlement by, Optional<String> reference) {}

    /** An order has arrived as a whole, some days ago: its customer is to be asked what they think of what they keep, once. */
    record RequestReviews(OrderId orderId, CustomerId customerId) {}

    /** @param lines of which a review is wanted; none unless they are asked */
    record ReviewRequest(OrderId orderId, ReviewOutcome outcome, List<ReviewableLine> lines) {}

    /** not_wanted: the customer does not want to be asked. nothing_kept: nothing stays with them, or all of it has its review. */
    enum ReviewOutcome {
        asked,
        not_wanted,
        nothing_kept
    }

    record ReviewableLine(Sku sku, ProductId productId, String name, String size, String color) {}

    /**
     * One review for each line of an order, which its customer may change.
     *
     * @param rating 1 to 5
     * @param words those from before stay where none are given, and go where they are empty
     */
    record WriteReview(Sku sku, OrderId orderId, CustomerId customerId, int rating, Optional<String> words) {}

    /** @param hidden by whom of the staff, and why; empty while everybody may see it */
    record Review(
            ReviewId reviewId,
            OrderId orderId,
            Sku sku,
            ProductId productId,
            CustomerId customerId,
            int rating,
            Optional<String> words,
            Instant writtenAt,
            Instant changedAt,
            Optional<ReviewHidden> hidden) {}

    record ReviewHidden(String by, String reason, Instant at) {}

    /** @param by the member of the staff */
    record SetReviewVisibility(boolean hidden, String by, String reason) {}

    record GetCustomerReviews(CustomerId customerId) {}

    /** What the customer was asked about and keeps, or has reviewed; the latest request first. */
    record CustomerReviews(List<AskedLine> lines) {}

    record AskedLine(OrderId orderId, ReviewableLine line, Instant askedAt, Optional<Review> review) {}

    /**
     * @param product a product's or a variant's id, or a part of its name
     * @param before where the page before ended
     */
    record FindReviews(
            Optional<String> product,
            Optional<Integer> rating,
            Optional<ReviewState> state,
            Optional<Instant> before,
            Optional<Integer> limit) {}

    /** unanswered: asked for, and not written. */
    enum ReviewState {
        shown,
        hidden,
        unanswered
    }

    record FoundReviews(List<FoundReview> reviews) {}

    /** @param at when it was changed last, or asked for */
    record FoundReview(
            OrderId orderId, CustomerId customerId, ReviewableLine line, Instant at, Optional<Review> review) {}

    record RateProducts(List<ProductId> productIds) {}

    /** Of the products that anybody has reviewed; what staff have hidden does not count. */
    record ProductRatings(List<ProductRating> ratings) {}

    /** @param meanTenths 46 for 4.6 of 5 */
    record ProductRating(ProductId productId, int meanTenths, int count) {}

    /** Whether the customer wants to be asked for reviews. */
    record ReviewWish(CustomerId customerId, boolean wanted) {}

    /** @param askAfterSeconds after the whole order has arrived */
    record ReviewRule(boolean asks, int askAfterSeconds) {}
}
