package io.journeyman.loyalty.offer;

import io.journeyman.loyalty.offer.Saving.Amount;
import io.journeyman.loyalty.offer.Saving.FreeDelivery;
import io.journeyman.loyalty.offer.Saving.OffPieces;
import io.journeyman.loyalty.offer.Saving.Percentage;

/** When an offer is applied, in this order. Of each stage an order takes one offer; of pieces those that share no product. */
enum Stage {
    pieces,
    /** The tier's own percentage, which belongs to every order. */
    tier,
    percentage,
    amount,
    first_order,
    coupon,
    delivery;

    static Stage of(OfferRule rule) {
        return switch (rule.saving()) {
            case OffPieces _ -> pieces;
            case FreeDelivery _ -> delivery;
            case Percentage _ -> ofGoods(rule, percentage);
            case Amount _ -> ofGoods(rule, amount);
        };
    }

    private static Stage ofGoods(OfferRule rule, Stage otherwise) {
        if (rule.offer().coupon().isPresent()) {
            return coupon;
        }
        return rule.offer().firstOrder() ? first_order : otherwise;
    }
}
