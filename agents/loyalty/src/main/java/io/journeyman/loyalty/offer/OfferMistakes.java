package io.journeyman.loyalty.offer;

import io.journeyman.contracts.Loyalty.NewOffer;
import io.journeyman.contracts.ShopCurrency;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an offer lacks, or has too much, to be one. */
final class OfferMistakes {
    private final NewOffer offer;
    private final List<String> mistakes = new ArrayList<>();

    private OfferMistakes(NewOffer offer) {
        this.offer = offer;
    }

    /** Every mistake, in words for staff; empty when it can be made. */
    static List<String> of(NewOffer offer) {
        var check = new OfferMistakes(offer);
        check.ofItsSaving();
        check.ofTheRest();
        return check.mistakes;
    }

    private void ofItsSaving() {
        switch (offer.saving()) {
            case percentage -> {
                needs("percent", offer.percent());
                refuses("amount", offer.amount());
                isNotOfProducts();
            }
            case amount -> {
                needs("amount", offer.amount());
                refuses("percent", offer.percent());
                refuses("most", offer.most());
                isNotOfProducts();
            }
            case buy_x_get_y -> {
                needs("buy", offer.buy());
                needs("get", offer.get());
                needs("percent", offer.percent());
                refuses("amount", offer.amount());
                refuses("most", offer.most());
                expect(!offer.productIds().isEmpty(), "buy_x_get_y needs at least one product.");
            }
            case bundle -> {
                needs("amount", offer.amount());
                refuses("percent", offer.percent());
                refuses("most", offer.most());
                refuses("buy", offer.buy());
                refuses("get", offer.get());
                expect(offer.productIds().size() > 1, "bundle needs at least two products.");
            }
            case free_delivery -> {
                refuses("percent", offer.percent());
                refuses("amount", offer.amount());
                isNotOfProducts();
            }
        }
    }

    private void ofTheRest() {
        expect(
                !OfferEngine.isUnlimited(offer.offerId()),
                offer.offerId() + " is the id of a tier's own offer or of points.");
        expect(offer.validUntil().isAfter(offer.validFrom()), "validUntil must be after validFrom.");
        expect(
                Stream.of(offer.validFrom(), offer.validUntil())
                        .allMatch(at -> at.equals(at.truncatedTo(ChronoUnit.SECONDS))),
                "Times are given to the second.");
        expect(new HashSet<>(offer.productIds()).size() == offer.productIds().size(), "A product is named twice.");
        expect(
                !offer.firstOrder() || offer.usesPerCustomer().equals(Optional.of(1)),
                "An offer for the first order has usesPerCustomer 1.");
        expect(
                Stream.concat(
                                Stream.of(offer.threshold()),
                                Stream.concat(offer.amount().stream(), offer.most().stream()))
                        .allMatch(ShopCurrency.here()::isOf),
                "Amounts must be in " + ShopCurrency.here().code() + ".");
        expect(offer.threshold().minor() >= 0, "threshold must not be below zero.");
        expect(offer.amount().stream().allMatch(amount -> amount.minor() > 0), "amount must be above zero.");
        expect(offer.most().stream().allMatch(most -> most.minor() > 0), "most must be above zero.");
    }

    private void isNotOfProducts() {
        refuses("buy", offer.buy());
        refuses("get", offer.get());
        expect(offer.productIds().isEmpty(), offer.saving() + " takes no products.");
    }

    private void needs(String member, Optional<?> value) {
        expect(value.isPresent(), offer.saving() + " needs " + member + ".");
    }

    private void refuses(String member, Optional<?> value) {
        expect(value.isEmpty(), offer.saving() + " takes no " + member + ".");
    }

    private void expect(boolean right, String mistake) {
        if (!right) {
            mistakes.add(mistake);
        }
    }
}
