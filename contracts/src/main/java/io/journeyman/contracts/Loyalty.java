package io.journeyman.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The records of {@code loyalty.json}: tiers, points, offers, coupons. A point is worth one rupee, or one of whatever the shop counts in. */
public interface Loyalty {
    /**
     * The tool get_applicable_offers, and the pricing of a quote: which offers apply to these lines for this customer.
     *
     * @param deliveryFee what delivery costs before any offer; without it no offer takes any of it off
     */
    record GetApplicableOffers(
            CustomerId customerId,
            List<PricedLine> lines,
            Optional<String> coupon,
            Optional<Boolean> usePoints,
            Optional<Money> deliveryFee) {
        /** For those who ask before they know what delivery costs. */
        public GetApplicableOffers(
                CustomerId customerId, List<PricedLine> lines, Optional<String> coupon, Optional<Boolean> usePoints) {
            this(customerId, lines, coupon, usePoints, Optional.empty());
        }
    }

    /**
     * @param applied what the quote takes, in the order of application; their amounts add up to {@code discount}
     * @param pointsToSpend points that {@code discount} already contains
     * @param couponProblem why the asked coupon does not apply, for the customer
     * @param deliveryDiscount the part of {@code discount} that is taken off the delivery fee, where one was given
     * @param notApplied the asked coupon and the offers that apply by themselves, where they do not, each with its reason
     */
    record Offers(
            String tier,
            long points,
            List<Offer> available,
            List<AppliedOffer> applied,
            Money discount,
            long pointsToSpend,
            Optional<String> couponProblem,
            Optional<Money> deliveryDiscount,
            Optional<List<NotApplied>> notApplied) {
        /** For answers that say nothing of the delivery fee and of offers that do not apply. */
        public Offers(
                String tier,
                long points,
                List<Offer> available,
                List<AppliedOffer> applied,
                Money discount,
                long pointsToSpend,
                Optional<String> couponProblem) {
            this(
                    tier,
                    points,
                    available,
                    applied,
                    discount,
                    pointsToSpend,
                    couponProblem,
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** @param offerId empty for a coupon that nobody knows */
    record NotApplied(Optional<String> offerId, String title, WhyNot reason, String detail) {}

    enum WhyNot {
        unknown_coupon,
        not_valid_yet,
        expired,
        used_up,
        used_already,
        tier_only,
        first_order_only,
        below_threshold,
        items_missing,
        no_delivery_fee,
        better_offer,
        nothing_left
    }

    record Offer(String offerId, String title, String terms, Optional<String> coupon) {}

    record AppliedOffer(String offerId, String title, Money amount) {}

    /** Sets points and a coupon use aside for an order, both or neither. */
    record ReserveBenefits(OrderId orderId, CustomerId customerId, long points, List<String> offerIds) {}

    record Benefits(OrderId orderId, BenefitsStatus status, long points, long earned) {}

    /**
     * Part of an order came back.
     *
     * @param value what the returned pieces had cost in the end, {@code orderValue} what all pieces of the order had
     */
    record ReturnBenefits(ReturnId returnId, Money value, Money orderValue) {}

    /** @param takenBack points that the order had earned, {@code givenBack} points that it had spent */
    record ReturnedBenefits(OrderId orderId, ReturnId returnId, long takenBack, long givenBack) {}

    enum BenefitsStatus {
        reserved,
        committed,
        released
    }

    /**
     * An offer as staff make it. It is never changed: it is ended, and another one is made.
     *
     * @param percent of a percentage, and of the pieces that are got in a buy_x_get_y (100: for nothing)
     * @param amount of an amount; of a bundle the price of one piece of each product together
     * @param most the most that a percentage or a free delivery takes off
     * @param buy so many pieces are bought at their price, and {@code get} more for less
     * @param threshold what the goods must cost before any discount
     * @param leastTier only for members of this tier and those above
     * @param coupon the code to type, in capitals; without one the offer applies by itself
     * @param alone whether it is taken instead of all other offers, but for the tier's percentage and points
     */
    record NewOffer(
            String offerId,
            String title,
            String terms,
            SavingKind saving,
            Optional<Integer> percent,
            Optional<Money> amount,
            Optional<Money> most,
            List<ProductId> productIds,
            Optional<Integer> buy,
            Optional<Integer> get,
            Money threshold,
            Optional<Tier> leastTier,
            boolean firstOrder,
            Optional<String> coupon,
            boolean alone,
            Optional<Integer> usesPerCustomer,
            Optional<Integer> usesInAll,
            Instant validFrom,
            Instant validUntil) {}

    enum SavingKind {
        percentage,
        amount,
        buy_x_get_y,
        bundle,
        free_delivery
    }

    /**
     * @param used by orders that have reserved or used it
     * @param endedAt when staff ended it
     */
    record ShopOffer(NewOffer offer, int used, Optional<Instant> endedAt) {}

    record ShopOffers(List<ShopOffer> offers) {}

    enum Tier {
        bronze,
        silver,
        gold
    }

    /**
     * What a tier asks for within 365 days, points earned or money paid, and what it gives.
     *
     * @param percentOff taken off the goods of every order
     * @param pointsPercent 100: one point for each full 100 rupees (euros, yen) paid
     */
    record TierRule(Tier tier, long pointsFrom, Money spendFrom, int percentOff, int pointsPercent) {}

    record TierRules(List<TierRule> tiers) {}

    /**
     * What a customer has.
     *
     * @param spendable points that no order has set aside
     * @param reserved points that orders under way have set aside
     * @param earnedInAYear what counts for the tier, like {@code paidInAYear}
     * @param expiring when the spendable points end, the next first
     */
    record PointsStatement(
            CustomerId customerId,
            TierRule tier,
            long spendable,
            long reserved,
            long earnedInAYear,
            Money paidInAYear,
            Optional<NextTier> nextTier,
            List<Expiring> expiring) {}

    /** The tier above, and what is missing until it: so many points, or so much money. */
    record NextTier(Tier tier, long points, Money spend) {}

    record Expiring(long points, Instant at) {}

    /** @param told reminders whose customers know them */
    record AskReminders(List<ReminderId> told) {}

    record PointsReminders(List<PointsReminder> reminders) {}

    /** Points of which their customer does not know yet that they will end. @param endings the next first */
    record PointsReminder(ReminderId reminderId, CustomerId customerId, List<Expiring> endings) {}

    /** Spends what was reserved and accrues points for what was paid. */
    record CommitBenefits(Money paid) {}

    /** @param dryRun only answers what would become of each */
    record ImportPoints(boolean dryRun, List<PointsBalance> rows) {}

    /**
     * What a customer has elsewhere, brought in once for its {@code entryId}.
     *
     * @param entryId opening when not given
     * @param expiresOn the last day on which the points can be spent; a year from now when not given
     * @param orders that the customer had before
     * @param tier the customer has at least this one until {@code tierUntil}, its last day
     */
    record PointsBalance(
            CustomerId customerId,
            long points,
            Optional<String> entryId,
            Optional<LocalDate> expiresOn,
            Optional<Integer> orders,
            Optional<Tier> tier,
            Optional<LocalDate> tierUntil) {}
}
