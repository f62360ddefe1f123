package io.journeyman.loyalty.offer;

import io.journeyman.contracts.Loyalty.NewOffer;
import io.journeyman.contracts.Loyalty.ShopOffer;
import io.journeyman.contracts.Money;
import io.journeyman.loyalty.offer.Saving.Amount;
import io.journeyman.loyalty.offer.Saving.Bundle;
import io.journeyman.loyalty.offer.Saving.BuyXGetY;
import io.journeyman.loyalty.offer.Saving.FreeDelivery;
import io.journeyman.loyalty.offer.Saving.Percentage;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.mapper.Nested;

/**
 * One offer of the shop, as it stands.
 *
 * @param used by orders that have reserved or used it
 * @param endedAt when staff ended it before its time
 */
public record OfferRule(@Nested NewOffer offer, int used, Optional<Instant> endedAt) {
    Saving saving() {
        return switch (offer.saving()) {
            case percentage -> new Percentage(offer.percent().orElseThrow(), minor(offer.most()));
            case amount -> new Amount(offer.amount().orElseThrow().minor());
            case buy_x_get_y ->
                new BuyXGetY(
                        Set.copyOf(offer.productIds()),
                        offer.buy().orElseThrow(),
                        offer.get().orElseThrow(),
                        offer.percent().orElseThrow());
            case bundle ->
                new Bundle(
                        Set.copyOf(offer.productIds()),
                        offer.amount().orElseThrow().minor());
            case free_delivery -> new FreeDelivery(minor(offer.most()));
        };
    }

    String id() {
        return offer.offerId();
    }

    boolean isCoupon() {
        return offer.coupon().isPresent();
    }

    boolean hasBegun(Instant now) {
        return !now.isBefore(offer.validFrom());
    }

    boolean isOver(Instant now) {
        return endedAt.isPresent() || !now.isBefore(offer.validUntil());
    }

    boolean usedUp() {
        return offer.usesInAll().isPresent() && used >= offer.usesInAll().get();
    }

    ShopOffer shown() {
        return new ShopOffer(offer, used, endedAt);
    }

    private static Optional<Long> minor(Optional<Money> amount) {
        return amount.map(Money::minor);
    }
}
