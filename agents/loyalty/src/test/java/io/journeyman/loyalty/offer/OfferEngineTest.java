package io.journeyman.loyalty.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.NotApplied;
import io.journeyman.contracts.Loyalty.Offer;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Loyalty.Tier;
import io.journeyman.contracts.Loyalty.TierRule;
import io.journeyman.contracts.Loyalty.WhyNot;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.loyalty.TestShop;
import io.journeyman.loyalty.points.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferEngineTest {
    private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");
    private static final Optional<String> NO_COUPON = Optional.empty();

    private final List<OfferRule> shop = List.of(
            AnOffer.amount("SAVE300", 300_00).from(2_999_00).rule(),
            AnOffer.amount("SAVE800", 800_00).from(5_999_00).rule(),
            AnOffer.percentage("FIRST10", 10).atMost(400_00).forTheFirstOrder().rule(),
            AnOffer.percentage("WELCOME10", 10)
                    .atMost(500_00)
                    .withCoupon("WELCOME10")
                    .times(1)
                    .rule());

    @Test
    void stacksEachOfferOnWhatTheOnesBeforeItLeft() {
        var newSilver = new Standing(tier(Tier.silver), 320, 0, Map.of());

        Offers offers = engine(newSilver).offers(goods(6_000_00), Optional.of("welcome10"), true);

        assertThat(offers.applied())
                .extracting(AppliedOffer::offerId, applied -> applied.amount().minor())
                .containsExactly(
                        tuple("TIER-SILVER", 300_00L), // 5 % of 6,000
                        tuple("SAVE800", 800_00L),
                        tuple("FIRST10", 400_00L), // 10 % of 4,900, at most 400
                        tuple("WELCOME10", 450_00L), // 10 % of 4,500
                        tuple("POINTS", 320_00L));
        assertThat(offers.discount()).isEqualTo(Money.inr(2_270_00));
        assertThat(offers.pointsToSpend()).isEqualTo(320);
        assertThat(offers.couponProblem()).isEmpty();
    }

    @Test
    void appliesEveryKindInItsFixedOrder() {
        var engine = engine(
                buyer(Tier.silver, 0),
                AnOffer.freeDelivery("A-DELIVERY"),
                AnOffer.percentage("B-COUPON", 10).withCoupon("TEN"),
                AnOffer.percentage("C-FIRST", 10).forTheFirstOrder(),
                AnOffer.amount("D-AMOUNT", 100_00),
                AnOffer.percentage("E-PERCENT", 10),
                AnOffer.bundle("F-BUNDLE", 1_500_00, "A", "B"),
                AnOffer.buyGet("G-GET", 1, 1, 100, "C"));
        var basket =
                Basket.of(List.of(line("A", 1, 1_000_00), line("B", 1, 1_000_00), line("C", 2, 500_00)), fee(79_00));

        Offers offers = engine.offers(basket, Optional.of("TEN"), false);

        assertThat(offers.applied())
                .extracting(AppliedOffer::offerId, applied -> applied.amount().minor())
                .containsExactly(
                        tuple("F-BUNDLE", 500_00L),
                        tuple("G-GET", 500_00L),
                        tuple("TIER-SILVER", 100_00L),
                        tuple("E-PERCENT", 190_00L),
                        tuple("D-AMOUNT", 100_00L),
                        tuple("C-FIRST", 161_00L),
                        tuple("B-COUPON", 144_90L),
                        tuple("A-DELIVERY", 79_00L));
        assertThat(offers.deliveryDiscount()).hasValue(Money.inr(79_00));
        assertThat(offers.discount()).isEqualTo(Money.inr(1_774_90));
    }

    @Test
    void pointsPayAtMostHalfOfWhatIsLeftOfTheGoods() {
        var rich = new Standing(tier(Tier.bronze), 10_000, 5, Map.of());

        Offers offers = engine(rich).offers(Basket.of(List.of(line("A", 1, 999_00)), fee(500_00)), NO_COUPON, true);

        assertThat(offers.pointsToSpend()).isEqualTo(499);
        assertThat(offers.discount()).isEqualTo(Money.inr(499_00));
        assertThat(offers.points()).isEqualTo(10_000);
    }

    @Test
    void spendsNoPointsUnasked() {
        var customer = new Standing(tier(Tier.bronze), 500, 5, Map.of());

        Offers offers = engine(customer).offers(goods(999_00), NO_COUPON, false);

        assertThat(offers.applied()).isEmpty();
        assertThat(offers.discount()).isEqualTo(Money.inr(0));
    }

    @ParameterizedTest
    @CsvSource({"299899, ''", "299900, SAVE300", "599899, SAVE300", "599900, SAVE800"})
    void takesTheBestAmountOffWhoseThresholdTheGoodsReach(long goods, String offerId) {
        Offers offers = engine(buyer(Tier.bronze, 1)).offers(goods(goods), NO_COUPON, false);

        assertThat(offers.applied())
                .extracting(AppliedOffer::offerId)
                .isEqualTo(offerId.isEmpty() ? List.of() : List.of(offerId));
    }

    @Test
    void theFirstOrderIsTheFirstOnlyOnce() {
        var another = AnOffer.amount("FIRST50", 50_00).forTheFirstOrder();
        Offers first = engine(buyer(Tier.bronze, 0)).offers(goods(1_000_00), NO_COUPON, false);
        var waiting = new Standing(tier(Tier.bronze), 0, 0, Map.of("FIRST10", 1));
        var rules = new ArrayList<>(shop);
        rules.add(another.rule());
        Offers meanwhile = new OfferEngine(waiting, rules, NOW).offers(goods(1_000_00), NO_COUPON, false);
        Offers second = engine(buyer(Tier.bronze, 1)).offers(goods(1_000_00), NO_COUPON, false);

        assertThat(first.applied()).extracting(AppliedOffer::offerId).containsExactly("FIRST10");
        assertThat(meanwhile.applied()).isEmpty();
        assertThat(reasons(meanwhile))
                .containsEntry("FIRST10", WhyNot.used_already)
                .containsEntry("FIRST50", WhyNot.first_order_only);
        assertThat(second.applied()).isEmpty();
        assertThat(second.available()).extracting(Offer::offerId).doesNotContain("FIRST10");
    }

    @Test
    void anOfferForATierIsForThatTierAndThoseAbove() {
        var forGold = AnOffer.percentage("GOLD20", 20).onlyFrom(Tier.gold);

        assertThat(reasons(engine(buyer(Tier.silver, 1), forGold).offers(goods(1_000_00), NO_COUPON, false)))
                .containsEntry("GOLD20", WhyNot.tier_only);
        assertThat(applied(engine(buyer(Tier.gold, 1), forGold).offers(goods(1_000_00), NO_COUPON, false)))
                .containsExactly("TIER-GOLD", "GOLD20");
        assertThat(applied(engine(
                                buyer(Tier.gold, 1),
                                AnOffer.percentage("SILVER5", 5).onlyFrom(Tier.silver))
                        .offers(goods(1_000_00), NO_COUPON, false)))
                .containsExactly("TIER-GOLD", "SILVER5");
    }

    @Test
    void anOfferThatStandsAloneIsTakenWhenItSavesMoreAndSaysWhyNotOtherwise() {
        var alone = AnOffer.percentage("ALONE40", 40).alone();
        var ten = AnOffer.percentage("TEN", 10);
        var coupon = AnOffer.amount("HUNDRED", 100_00).withCoupon("HUNDRED");

        Offers better = engine(buyer(Tier.silver, 1), alone, ten, coupon)
                .offers(goods(1_000_00), Optional.of("HUNDRED"), false);
        Offers worse = engine(
                        buyer(Tier.silver, 1), AnOffer.percentage("ALONE11", 11).alone(), ten, coupon)
                .offers(goods(1_000_00), Optional.of("HUNDRED"), false);

        assertThat(applied(better)).containsExactly("TIER-SILVER", "ALONE40");
        assertThat(reasons(better))
                .containsEntry("TEN", WhyNot.better_offer)
                .containsEntry("HUNDRED", WhyNot.better_offer);
        assertThat(better.couponProblem())
                .hasValue("Offer ALONE40 saves you more and cannot be combined with other offers.");
        assertThat(applied(worse)).containsExactly("TIER-SILVER", "TEN", "HUNDRED");
        assertThat(reasons(worse)).containsEntry("ALONE11", WhyNot.better_offer);
    }

    @Test
    void ofOffersOnTheSamePiecesTheBestSetIsTaken() {
        var engine = engine(
                buyer(Tier.bronze, 1),
                AnOffer.bundle("AB", 1_000_00, "A", "B"), // saves 1,000
                AnOffer.bundle("BC", 900_00, "B", "C"), // saves 1,100, and keeps both others away
                AnOffer.bundle("CD", 1_200_00, "C", "D")); // saves 800
        var basket = Basket.of(
                List.of(line("A", 1, 1_000_00), line("B", 1, 1_000_00), line("C", 1, 1_000_00), line("D", 1, 1_000_00)),
                Optional.empty());

        Offers offers = engine.offers(basket, NO_COUPON, false);

        assertThat(applied(offers)).containsExactly("AB", "CD");
        assertThat(reasons(offers)).containsEntry("BC", WhyNot.better_offer);
    }

    @Test
    void freeDeliveryNeedsAFee() {
        var engine = engine(buyer(Tier.bronze, 1), AnOffer.freeDelivery("SHIP"));

        assertThat(reasons(engine.offers(goods(1_000_00), NO_COUPON, false)))
                .containsEntry("SHIP", WhyNot.no_delivery_fee);
        assertThat(engine.offers(goods(1_000_00), NO_COUPON, false).deliveryDiscount())
                .isEmpty();
        assertThat(engine.offers(goods(1_000_00), NO_COUPON, false).available())
                .extracting(Offer::offerId)
                .containsExactly("SHIP");
    }

    @Test
    void saysWhyACouponDoesNotApply() {
        var customer = new Standing(tier(Tier.bronze), 0, 1, Map.of("WELCOME10", 1));
        var rules = new ArrayList<>(shop);
        rules.add(AnOffer.amount("BIG", 100_00).from(4_999_00).withCoupon("BIG").rule());
        rules.add(AnOffer.amount("SOON", 100_00)
                .withCoupon("SOON")
                .valid(NOW.plusSeconds(1), NOW.plusSeconds(9))
                .rule());
        rules.add(AnOffer.amount("OLD", 100_00)
                .withCoupon("OLD")
                .valid(NOW.minusSeconds(9), NOW)
                .rule());
        rules.add(new OfferRule(
                AnOffer.amount("ENDED", 100_00).withCoupon("ENDED").offer(), 0, Optional.of(NOW.minusSeconds(1))));
        rules.add(AnOffer.amount("SPENT", 100_00)
                .withCoupon("SPENT")
                .timesInAll(3)
                .usedSoOften(3));
        rules.add(AnOffer.amount("SHINY", 100_00)
                .withCoupon("SHINY")
                .onlyFrom(Tier.gold)
                .rule());
        var engine = new OfferEngine(customer, rules, NOW);

        assertThat(problem(engine, "NOSUCH")).contains("do not know");
        assertThat(problem(engine, "WELCOME10")).contains("already");
        assertThat(problem(engine, "BIG")).contains("₹4,999");
        assertThat(problem(engine, "SOON")).contains("not valid yet");
        assertThat(problem(engine, "OLD")).contains("expired");
        assertThat(problem(engine, "ENDED")).contains("expired");
        assertThat(problem(engine, "SPENT")).contains("used up");
        assertThat(problem(engine, "SHINY")).contains("gold");
        assertThat(problem(engine, "SAVE300")).contains("do not know");
    }

    @Test
    void aCodeThatWasGivenOutAgainIsTheNewOffers() {
        var ended = new OfferRule(
                AnOffer.amount("A-LAST-YEAR", 900_00).withCoupon("DIWALI").offer(),
                0,
                Optional.of(NOW.minusSeconds(1)));
        var current = AnOffer.amount("B-NOW", 100_00).withCoupon("DIWALI").rule();
        var engine = new OfferEngine(buyer(Tier.bronze, 1), List.of(ended, current), NOW);

        assertThat(applied(engine.offers(goods(1_000_00), Optional.of("diwali"), false)))
                .containsExactly("B-NOW");
    }

    @Test
    void listsWhatTheCustomerCouldUseAndNothingElse() {
        var rules = new ArrayList<>(shop);
        rules.add(AnOffer.amount("OLD", 100_00)
                .withCoupon("OLD")
                .valid(NOW.minusSeconds(9), NOW)
                .rule());

        Offers offers = new OfferEngine(new Standing(tier(Tier.gold), 0, 4, Map.of("WELCOME10", 1)), rules, NOW)
                .offers(goods(0), NO_COUPON, true);

        assertThat(offers.available()).extracting(Offer::offerId).containsExactly("TIER-GOLD", "SAVE300", "SAVE800");
        assertThat(offers.applied()).isEmpty();
        assertThat(offers.discount()).isEqualTo(Money.inr(0));
    }

    private OfferEngine engine(Standing customer) {
        return new OfferEngine(customer, shop, NOW);
    }

    private static OfferEngine engine(Standing customer, AnOffer... offers) {
        return new OfferEngine(
                customer, Arrays.stream(offers).map(AnOffer::rule).toList(), NOW);
    }

    private static Standing buyer(Tier tier, int orders) {
        return new Standing(tier(tier), 0, orders, Map.of());
    }

    /** bronze 0 %, silver 5 %, gold 10 % off. */
    static TierRule tier(Tier tier) {
        int percentOff = switch (tier) {
            case bronze -> 0;
            case silver -> 5;
            case gold -> 10;
        };
        return new TierRule(tier, 0, Money.inr(0), percentOff, 100);
    }

    private static Basket goods(long paise) {
        return Basket.of(List.of(line("P-1001", 1, paise)), Optional.empty());
    }

    private static PricedLine line(String product, int quantity, long unitPrice) {
        return TestShop.line(product, quantity, unitPrice);
    }

    private static Optional<Money> fee(long paise) {
        return Optional.of(Money.inr(paise));
    }

    private static List<String> applied(Offers offers) {
        return offers.applied().stream().map(AppliedOffer::offerId).toList();
    }

    private static Map<String, WhyNot> reasons(Offers offers) {
        return offers.notApplied().orElseThrow().stream()
                .collect(Collectors.toMap(not -> not.offerId().orElse("?"), NotApplied::reason));
    }

    private static String problem(OfferEngine engine, String code) {
        Offers offers = engine.offers(goods(1_000_00), Optional.of(code), false);
        assertThat(offers.applied()).isEmpty();
        return offers.couponProblem().orElseThrow();
    }
}
