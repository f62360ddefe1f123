package io.journeyman.loyalty.offer;

import io.journeyman.contracts.Loyalty.NewOffer;
import io.journeyman.contracts.Loyalty.ShopOffer;
import io.journeyman.contracts.Problem;
import io.journeyman.kit.ProblemException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The offers that staff make and end. An offer is never changed, since customers have been told its terms: it is ended, and another
 * one is made. What was promised in a quote before the end stays promised. Each method runs in the caller's transaction.
 */
final class OfferBook {
    private final InstantSource clock;

    OfferBook(InstantSource clock) {
        this.clock = clock;
    }

    List<ShopOffer> all(Handle handle) {
        return handle.attach(OfferTable.class).all().stream()
                .sorted(Comparator.comparing(OfferRule::id))
                .map(OfferRule::shown)
                .toList();
    }

    /**
     * The same offer again stays as it stands.
     *
     * @throws ProblemException offer_unusable, offer_differs, coupon_taken
     */
    ShopOffer create(Handle handle, NewOffer offer) {
        List<String> mistakes = OfferMistakes.of(offer);
        if (!mistakes.isEmpty()) {
            throw new ProblemException(Problem.of(422, "offer_unusable", String.join(" ", mistakes)));
        }
        var table = handle.attach(OfferTable.class);
        table.add(List.of(offer));
        OfferRule stands = table.find(offer.offerId()).orElseThrow(() -> couponTaken(table, offer));
        if (!stands.offer().equals(offer)) {
            throw new ProblemException(Problem.of(
                    409,
                    "offer_differs",
                    "An offer with that id stands with other terms.",
                    "End it, and make another one with a new id."));
        }
        return stands.shown();
    }

    /**
     * No new quote takes it from now on. Ending it again changes nothing.
     *
     * @throws ProblemException unknown_offer
     */
    ShopOffer end(Handle handle, String offerId) {
        var table = handle.attach(OfferTable.class);
        table.end(offerId, clock.instant());
        return table.find(offerId)
                .orElseThrow(
                        () -> new ProblemException(Problem.of(404, "unknown_offer", "There is no offer with that id.")))
                .shown();
    }

    private static ProblemException couponTaken(OfferTable table, NewOffer offer) {
        return new ProblemException(Problem.of(
                409,
                "coupon_taken",
                "That coupon belongs to "
                        + offer.coupon()
                                .flatMap(table::withCoupon)
                                .map(OfferRule::id)
                                .orElse("another offer")
                        + ", which has not been ended.",
                "End that offer, or choose another code."));
    }
}
