package io.journeyman.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The records of {@code loyalty.json}: tiers, points, offers, coupons. A point is worth one rupee (100 paise). */
public interface Loyalty {
    /** The tool get_applicable_offers, and the pricing of a quote: which offers apply to these lines for this customer. */
    record GetApplicableOffers(
            CustomerId customerId, List<PricedLine> lines, Optional<String> coupon, Optional<Boolean> usePoints) {}

    /**
     * @param applied what the quote takes, in the order of application; their amounts add up to {@code discount}
     * @param pointsToSpend points that {@code discount} already contains
     * @param couponProblem why the asked coupon does not apply, for the customer
     */
    record Offers(
            String tier,
            long points,
            List<Offer> available,
            List<AppliedOffer> applied,
            Money discount,
            long pointsToSpend,
            Optional<String> couponProblem) {}

    record Offer(String offerId, String title, String terms, Optional<String> coupon) {}

    record AppliedOffer(String offerId, String title, Money amount) {}

    /** Sets points and a coupon use aside for an order, both or neither. */
    record ReserveBenefits(OrderId orderId, CustomerId customerId, long points, List<String> offerIds) {}

    record Benefits(OrderId orderId, BenefitsStatus status, long points, long earned) {}

    enum BenefitsStatus {
        reserved,
        committed,
        released
    }

    enum Tier {
        bronze,
        silver,
        gold
    }

    /**
     * What a tier asks for within 365 days, points earned or money paid, and what it gives.
     *
     * @param percentOff taken off the goods of every order
     * @param pointsPercent 100: one point for each full 100 rupees paid
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

    /** Spends what was reserved and accrues points for what was paid. */
    record CommitBenefits(Money paid) {}
}
