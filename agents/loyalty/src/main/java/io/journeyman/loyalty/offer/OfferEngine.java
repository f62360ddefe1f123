package io.journeyman.loyalty.offer;

import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.Offer;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Loyalty.Tier;
import io.journeyman.contracts.Money;
import io.journeyman.loyalty.points.Standing;
import io.journeyman.loyalty.points.Tiers;
import java.text.NumberFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which offers a customer gets, and how they stack. Always in this order, each counted on what the ones before it left:
 *
 * <ol>
 *   <li>the tier's percentage;
 *   <li>the one amount-off whose threshold the goods reach that takes off most (the first by id among equals);
 *   <li>the first-order offers, by id, for a customer without an order;
 *   <li>the one coupon that the customer gave;
 *   <li>points, when the customer wants to spend them: whole ones, each worth one rupee, for at most half of what is left.
 * </ol>
 *
 * Thresholds look at the goods before any discount. Amounts are rounded down to a paisa. An offer takes off at most what is
 * left, so that the discount is never more than the goods; one that takes off nothing is not applied. The same question at
 * the same instant has the same answer.
 */
public final class OfferEngine {
    static final String POINTS_OFFER = "POINTS";
    private static final long POINT_MINOR = 100;

    private final Standing customer;
    private final List<OfferRule> rules;
    private final Instant now;

    /** @param rules every offer of the shop */
    public OfferEngine(Standing customer, List<OfferRule> rules, Instant now) {
        this.customer = customer;
        this.rules =
                rules.stream().sorted(Comparator.comparing(OfferRule::offerId)).toList();
        this.now = now;
    }

    /** @param goods the lines' amount before any discount, not negative */
    public Offers offers(Money goods, Optional<String> coupon, boolean usePoints) {
        var pile = new Pile(goods);
        pile.take(tierOffer(), goods.minor() * customer.tier().percentOff() / 100);
        bestAmountOff(goods).ifPresent(pile::take);
        usable(OfferRule.Kind.first_order).stream()
                .filter(rule -> reaches(rule, goods))
                .forEach(pile::take);
        Optional<OfferRule> asked = coupon.flatMap(this::byCode);
        Optional<String> problem = coupon.flatMap(code -> couponProblem(asked, goods));
        if (problem.isEmpty()) {
            asked.ifPresent(pile::take);
        }
        long points = usePoints ? Math.min(customer.spendable(), pile.left / 2 / POINT_MINOR) : 0;
        pile.take(new Offer(POINTS_OFFER, points + " points", "", Optional.empty()), points * POINT_MINOR);
        return new Offers(
                customer.tier().tier().name(),
                customer.spendable(),
                available(),
                List.copyOf(pile.applied),
                goods.minus(new Money(pile.left, goods.currency())),
                points,
                problem);
    }

    /** Whether an applied offer follows from the customer's tier or points, and so has no uses to count. */
    public static boolean isUnlimited(String offerId) {
        return offerId.equals(POINTS_OFFER)
                || Arrays.stream(Tier.values()).map(Tiers::offerId).anyMatch(offerId::equals);
    }

    private Optional<OfferRule> bestAmountOff(Money goods) {
        return usable(OfferRule.Kind.amount_off).stream()
                .filter(rule -> reaches(rule, goods))
                .reduce((a, b) -> b.takesOff(goods.minor()) > a.takesOff(goods.minor()) ? b : a);
    }

    private Optional<OfferRule> byCode(String code) {
        String typed = code.strip().toUpperCase(Locale.ROOT);
        return rules.stream()
                .filter(rule -> rule.coupon().equals(Optional.of(typed)))
                .findFirst();
    }

    private Optional<String> couponProblem(Optional<OfferRule> asked, Money goods) {
        if (asked.isEmpty()) {
            return Optional.of("We do not know that coupon. Please check its spelling.");
        }
        OfferRule rule = asked.get();
        if (now.isBefore(rule.validFrom())) {
            return Optional.of("That coupon is not valid yet.");
        }
        if (!rule.validAt(now)) {
            return Optional.of("That coupon has expired.");
        }
        if (rule.usedUp()) {
            return Optional.of("That coupon has been used up.");
        }
        if (usedBefore(rule)) {
            return Optional.of("You have used that coupon already.");
        }
        if (!reaches(rule, goods)) {
            return Optional.of("That coupon needs goods for " + rupees(rule.thresholdMinor()) + " or more.");
        }
        return Optional.empty();
    }

    private List<Offer> available() {
        var available = new ArrayList<Offer>();
        if (customer.tier().percentOff() > 0) {
            available.add(tierOffer());
        }
        for (OfferRule.Kind kind : OfferRule.Kind.values()) {
            usable(kind).forEach(rule -> available.add(card(rule)));
        }
        return List.copyOf(available);
    }

    /** What this customer could use now, if the goods reach its threshold. */
    private List<OfferRule> usable(OfferRule.Kind kind) {
        return rules.stream()
                .filter(rule -> rule.kind() == kind)
                .filter(rule -> rule.validAt(now) && !rule.usedUp() && !usedBefore(rule))
                .filter(rule -> kind != OfferRule.Kind.first_order || customer.orders() == 0)
                .toList();
    }

    private boolean usedBefore(OfferRule rule) {
        return rule.onceEach() && customer.usedOffers().contains(rule.offerId());
    }

    private static boolean reaches(OfferRule rule, Money goods) {
        return goods.minor() >= rule.thresholdMinor();
    }

    private Offer tierOffer() {
        Tier tier = customer.tier().tier();
        String name = tier.name().substring(0, 1).toUpperCase(Locale.ROOT)
                + tier.name().substring(1);
        return new Offer(
                Tiers.offerId(tier),
                name + " member: " + customer.tier().percentOff() + "% off",
                "On everything, as long as you are " + tier.name() + ".",
                Optional.empty());
    }

    private static Offer card(OfferRule rule) {
        return new Offer(rule.offerId(), rule.title(), rule.terms(), rule.coupon());
    }

    private static String rupees(long minor) {
        return "₹" + NumberFormat.getIntegerInstance(Locale.of("en", "IN")).format(minor / 100);
    }

    /** The goods' amount that is left while offers take off theirs. */
    private static final class Pile {
        private final String currency;
        private final List<AppliedOffer> applied = new ArrayList<>();
        private long left;

        Pile(Money goods) {
            this.currency = goods.currency();
            this.left = goods.minor();
        }

        void take(OfferRule rule) {
            take(card(rule), rule.takesOff(left));
        }

        void take(Offer offer, long amount) {
            if (amount > 0) {
                applied.add(new AppliedOffer(offer.offerId(), offer.title(), new Money(amount, currency)));
                left -= amount;
            }
        }
    }
}
