package io.journeyman.loyalty.offer;

import io.journeyman.contracts.Loyalty.NewOffer;
import io.journeyman.contracts.Loyalty.SavingKind;
import io.journeyman.contracts.Loyalty.Tier;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An offer for a test: for everybody, without limits, valid in the second half of November 2026, unless said otherwise. */
public final class AnOffer {
    private final String id;
    private final SavingKind saving;
    private Optional<Integer> percent = Optional.empty();
    private Optional<Money> amount = Optional.empty();
    private Optional<Money> most = Optional.empty();
    private List<ProductId> products = List.of();
    private Optional<Integer> buy = Optional.empty();
    private Optional<Integer> get = Optional.empty();
    private Money threshold = Money.inr(0);
    private Optional<Tier> leastTier = Optional.empty();
    private boolean firstOrder;
    private Optional<String> coupon = Optional.empty();
    private boolean alone;
    private Optional<Integer> usesPerCustomer = Optional.empty();
    private Optional<Integer> usesInAll = Optional.empty();
    private Instant validFrom = Instant.parse("2026-11-15T00:00:00Z");
    private Instant validUntil = Instant.parse("2026-12-01T00:00:00Z");

    private AnOffer(String id, SavingKind saving) {
        this.id = id;
        this.saving = saving;
    }

    public static AnOffer percentage(String id, int percent) {
        var offer = new AnOffer(id, SavingKind.percentage);
        offer.percent = Optional.of(percent);
        return offer;
    }

    public static AnOffer amount(String id, long paise) {
        var offer = new AnOffer(id, SavingKind.amount);
        offer.amount = Optional.of(Money.inr(paise));
        return offer;
    }

    /** @param percent off each piece that is got; 100 for nothing */
    public static AnOffer buyGet(String id, int buy, int get, int percent, String... products) {
        var offer = new AnOffer(id, SavingKind.buy_x_get_y);
        offer.buy = Optional.of(buy);
        offer.get = Optional.of(get);
        offer.percent = Optional.of(percent);
        offer.products = ids(products);
        return offer;
    }

    public static AnOffer bundle(String id, long price, String... products) {
        var offer = new AnOffer(id, SavingKind.bundle);
        offer.amount = Optional.of(Money.inr(price));
        offer.products = ids(products);
        return offer;
    }

    public static AnOffer freeDelivery(String id) {
        return new AnOffer(id, SavingKind.free_delivery);
    }

    public AnOffer atMost(long paise) {
        most = Optional.of(Money.inr(paise));
        return this;
    }

    public AnOffer from(long goods) {
        threshold = Money.inr(goods);
        return this;
    }

    public AnOffer onlyFrom(Tier tier) {
        leastTier = Optional.of(tier);
        return this;
    }

    public AnOffer forTheFirstOrder() {
        firstOrder = true;
        return times(1);
    }

    public AnOffer withCoupon(String code) {
        coupon = Optional.of(code);
        return this;
    }

    public AnOffer alone() {
        alone = true;
        return this;
    }

    /** So often for each customer. */
    public AnOffer times(int uses) {
        usesPerCustomer = Optional.of(uses);
        return this;
    }

    public AnOffer timesInAll(int uses) {
        usesInAll = Optional.of(uses);
        return this;
    }

    public AnOffer valid(Instant from, Instant until) {
        validFrom = from;
        validUntil = until;
        return this;
    }

    public NewOffer offer() {
        return new NewOffer(
                id,
                "Offer " + id,
                "",
                saving,
                percent,
                amount,
                most,
                products,
                buy,
                get,
                threshold,
                leastTier,
                firstOrder,
                coupon,
                alone,
                usesPerCustomer,
                usesInAll,
                validFrom,
                validUntil);
    }

    public OfferRule rule() {
        return usedSoOften(0);
    }

    public OfferRule usedSoOften(int times) {
        return new OfferRule(offer(), times, Optional.empty());
    }

    private static List<ProductId> ids(String... products) {
        return Arrays.stream(products).map(ProductId::new).toList();
    }
}
