package io.journeyman.loyalty.offer;

import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.NotApplied;
import io.journeyman.contracts.Loyalty.Offer;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Loyalty.Tier;
import io.journeyman.contracts.Loyalty.WhyNot;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.loyalty.offer.Combination.Taken;
import io.journeyman.loyalty.points.Standing;
import io.journeyman.loyalty.points.Tiers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which offers a customer gets, and how they stack. Always in this order, each counted on what the ones before it left:
 *
 * <ol>
 *   <li>offers on pieces (buy x get y, bundle), at the pieces' own prices; several of them when they share no product;
 *   <li>the tier's percentage;
 *   <li>one percentage; one amount; one first-order offer; the one coupon that the customer gave;
 *   <li>free delivery, off the delivery fee;
 *   <li>points, when the customer wants to spend them: whole ones, each worth one rupee (euro, yen), for at most half of what is left of the
 *       goods.
 * </ol>
 *
 * Of all that may be taken together the customer gets what leaves least to pay, see {@link Combination}. An offer that stands
 * alone is taken instead of all others (but for the tier's and points) when that is less. Each offer that is not taken is named
 * with its reason. Thresholds look at the goods before any discount. Amounts are rounded down to the smallest unit; no offer takes off more
 * than is left, and one that takes off nothing is not applied. The same question at the same instant has the same answer.
 */
public final class OfferEngine {
    static final String POINTS_OFFER = "POINTS";
    private static final long POINT_MINOR = ShopCurrency.here().unit();

    private final Standing customer;
    private final List<OfferRule> rules;
    private final Instant now;
    private final Eligibility eligibility;

    /** @param rules the shop's offers, those that ended lately too */
    public OfferEngine(Standing customer, List<OfferRule> rules, Instant now) {
        this.customer = customer;
        this.rules = rules.stream().sorted(Comparator.comparing(OfferRule::id)).toList();
        this.now = now;
        this.eligibility = new Eligibility(customer, this.rules, now);
    }

    Offers offers(Basket basket, Optional<String> coupon, boolean usePoints) {
        Optional<OfferRule> asked = coupon.flatMap(this::byCode);
        List<OfferRule> asking = Stream.concat(
                        rules.stream().filter(rule -> !rule.isCoupon() && rule.hasBegun(now) && !rule.isOver(now)),
                        asked.stream())
                .sorted(Comparator.comparing(OfferRule::id))
                .toList();
        List<OfferRule> allowed = asking.stream()
                .filter(rule -> eligibility.refusal(rule, basket).isEmpty())
                .toList();
        Combination best = Combination.best(basket, customer.tier().percentOff(), allowed);

        var applied = new ArrayList<AppliedOffer>();
        best.taken().forEach(taken -> applied.add(shown(taken)));
        long points = usePoints ? Math.min(customer.spendable(), best.goodsLeft() / 2 / POINT_MINOR) : 0;
        if (points > 0) {
            applied.add(new AppliedOffer(
                    POINTS_OFFER, points + " points", ShopCurrency.here().minor(points * POINT_MINOR)));
        }
        long offDelivery = basket.fee() - best.feeLeft();
        long offGoods = basket.goods().minor() - best.goodsLeft() + points * POINT_MINOR;
        List<NotApplied> notApplied = notApplied(basket, coupon, asked, asking, best);
        return new Offers(
                customer.tier().tier().name(),
                customer.spendable(),
                available(),
                List.copyOf(applied),
                ShopCurrency.here().minor(offGoods + offDelivery),
                points,
                couponProblem(basket, coupon, asked, notApplied),
                basket.deliveryFee().map(fee -> ShopCurrency.here().minor(offDelivery)),
                Optional.of(notApplied));
    }

    /** Whether an applied offer follows from the customer's tier or points, and so has no uses to count. */
    public static boolean isUnlimited(String offerId) {
        return offerId.equals(POINTS_OFFER)
                || Arrays.stream(Tier.values()).map(Tiers::offerId).anyMatch(offerId::equals);
    }

    /** The coupon with that code; where the code was given out again, the one that has not ended. */
    private Optional<OfferRule> byCode(String code) {
        String typed = code.strip().toUpperCase(Locale.ROOT);
        return rules.stream()
                .filter(rule -> rule.offer().coupon().equals(Optional.of(typed)))
                .min(Comparator.comparing(rule -> rule.isOver(now)));
    }

    private List<NotApplied> notApplied(
            Basket basket,
            Optional<String> coupon,
            Optional<OfferRule> asked,
            List<OfferRule> asking,
            Combination best) {
        var not = new ArrayList<NotApplied>();
        if (coupon.isPresent() && asked.isEmpty()) {
            not.add(new NotApplied(
                    Optional.empty(),
                    "Coupon",
                    WhyNot.unknown_coupon,
                    "We do not know that coupon. Please check its spelling."));
        }
        for (OfferRule rule : asking) {
            if (!best.takes(rule)) {
                not.add(eligibility.refusal(rule, basket).orElseGet(() -> Eligibility.outdone(rule, best)));
            }
        }
        return List.copyOf(not);
    }

    /** That nobody has said yet what delivery costs is no problem of a coupon that takes it off. */
    private static Optional<String> couponProblem(
            Basket basket, Optional<String> coupon, Optional<OfferRule> asked, List<NotApplied> notApplied) {
        return coupon.flatMap(code -> notApplied.stream()
                .filter(not -> not.offerId().equals(asked.map(OfferRule::id)))
                .filter(not -> not.reason() != WhyNot.no_delivery_fee
                        || basket.deliveryFee().isPresent())
                .map(NotApplied::detail)
                .findFirst());
    }

    /** What this customer could use now, if the goods reach its threshold, in the order of application. */
    private List<Offer> available() {
        var available = new ArrayList<Offer>();
        if (customer.tier().percentOff() > 0) {
            available.add(tierOffer());
        }
        rules.stream()
                .filter(rule -> eligibility.refusal(rule).isEmpty())
                .sorted(Comparator.comparing(Stage::of).thenComparing(OfferRule::id))
                .map(OfferRule::offer)
                .map(offer -> new Offer(offer.offerId(), offer.title(), offer.terms(), offer.coupon()))
                .forEach(available::add);
        return List.copyOf(available);
    }

    private AppliedOffer shown(Taken taken) {
        Offer tier = tierOffer();
        return new AppliedOffer(
                taken.rule().map(OfferRule::id).orElse(tier.offerId()),
                taken.rule().map(rule -> rule.offer().title()).orElse(tier.title()),
                ShopCurrency.here().minor(taken.amount()));
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
}
