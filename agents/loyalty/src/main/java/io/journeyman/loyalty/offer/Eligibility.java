package io.journeyman.loyalty.offer;

import io.journeyman.contracts.Loyalty.NotApplied;
import io.journeyman.contracts.Loyalty.WhyNot;
import io.journeyman.contracts.Money;
import io.journeyman.loyalty.offer.Saving.FreeDelivery;
import io.journeyman.loyalty.offer.Saving.OffGoods;
import io.journeyman.loyalty.offer.Saving.OffPieces;
import io.journeyman.loyalty.points.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a customer may not use an offer now, in words for the customer. The first reason is told, those of time before others. */
final class Eligibility {
    private final Standing customer;
    private final Instant now;
    private final boolean firstOrderTaken;

    /** @param rules the shop's offers */
    Eligibility(Standing customer, List<OfferRule> rules, Instant now) {
        this.customer = customer;
        this.now = now;
        this.firstOrderTaken = customer.orders() > 0
                || rules.stream().anyMatch(rule -> rule.offer().firstOrder() && customer.uses(rule.id()) > 0);
    }

    /** Whatever is in the basket; empty when they may. */
    Optional<NotApplied> refusal(OfferRule rule) {
        var offer = rule.offer();
        String it = rule.isCoupon() ? "That coupon" : "That offer";
        if (!rule.hasBegun(now)) {
            return refused(rule, WhyNot.not_valid_yet, it + " is not valid yet.");
        }
        if (rule.isOver(now)) {
            return refused(rule, WhyNot.expired, it + " has expired.");
        }
        if (rule.usedUp()) {
            return refused(rule, WhyNot.used_up, it + " has been used up.");
        }
        if (offer.usesPerCustomer().isPresent()
                && customer.uses(rule.id()) >= offer.usesPerCustomer().get()) {
            return refused(rule, WhyNot.used_already, "You have used " + it.toLowerCase(Locale.ROOT) + " already.");
        }
        if (offer.leastTier().isPresent()
                && customer.tier().tier().compareTo(offer.leastTier().get()) < 0) {
            return refused(
                    rule,
                    WhyNot.tier_only,
                    it + " is for members from " + offer.leastTier().get() + " up.");
        }
        if (offer.firstOrder() && firstOrderTaken) {
            return refused(rule, WhyNot.first_order_only, it + " is for the first order only.");
        }
        return Optional.empty();
    }

    /** As {@link #refusal(OfferRule)}, and whether the basket has what the offer is about. */
    Optional<NotApplied> refusal(OfferRule rule, Basket basket) {
        return refusal(rule).or(() -> refusalOf(rule, basket));
    }

    private static Optional<NotApplied> refusalOf(OfferRule rule, Basket basket) {
        Money threshold = rule.offer().threshold();
        if (basket.goods().minor() < threshold.minor()) {
            String it = rule.isCoupon() ? "That coupon" : "That offer";
            return refused(rule, WhyNot.below_threshold, it + " needs goods for " + threshold.shown() + " or more.");
        }
        return switch (rule.saving()) {
            case OffPieces off ->
                off.takesOff(basket) > 0
                        ? Optional.empty()
                        : refused(rule, WhyNot.items_missing, "Not enough of the products it is for are in the cart.");
            case FreeDelivery _ ->
                basket.fee() > 0
                        ? Optional.empty()
                        : refused(
                                rule,
                                WhyNot.no_delivery_fee,
                                basket.deliveryFee().isPresent()
                                        ? "There is no delivery fee to take off here."
                                        : "It is taken off at checkout, when it is known what delivery costs.");
            case OffGoods _ -> Optional.empty();
        };
    }

    /** Why an offer that the customer may use is not part of the best combination. */
    static NotApplied outdone(OfferRule rule, Combination best) {
        Optional<OfferRule> alone =
                best.rules().filter(other -> other.offer().alone()).findFirst();
        if (alone.isPresent()) {
            return because(
                    rule,
                    WhyNot.better_offer,
                    alone.get().offer().title() + " saves you more and cannot be combined with other offers.");
        }
        if (rule.offer().alone() && best.rules().findAny().isPresent()) {
            return because(
                    rule,
                    WhyNot.better_offer,
                    "It cannot be combined with other offers, and those save you as much or more.");
        }
        return best.rules()
                .filter(other -> Stage.of(other) == Stage.of(rule))
                .filter(other -> Stage.of(rule) != Stage.pieces || Combination.share(other, rule))
                .findFirst()
                .map(other -> because(
                        rule,
                        WhyNot.better_offer,
                        other.offer().title() + " saves you as much or more, and only one of the two can be used."))
                .orElseGet(() -> Stage.of(rule) == Stage.pieces
                        ? because(rule, WhyNot.better_offer, "Other offers save you as much or more.")
                        : because(rule, WhyNot.nothing_left, "There is nothing left that it could take off."));
    }

    private static Optional<NotApplied> refused(OfferRule rule, WhyNot reason, String detail) {
        return Optional.of(because(rule, reason, detail));
    }

    private static NotApplied because(OfferRule rule, WhyNot reason, String detail) {
        return new NotApplied(Optional.of(rule.id()), rule.offer().title(), reason, detail);
    }
}
