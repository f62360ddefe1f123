package io.journeyman.loyalty.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.Offer;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Loyalty.Tier;
import io.journeyman.contracts.Loyalty.TierRule;
import io.journeyman.contracts.Money;
import io.journeyman.loyalty.points.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferEngineTest {
    private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");
    private static final Optional<String> NO_COUPON = Optional.empty();

    private final List<OfferRule> shop = List.of(
            amountOff("SAVE300", 300_00, 2_999_00),
            amountOff("SAVE800", 800_00, 5_999_00),
            percent("FIRST10", OfferRule.Kind.first_order, Optional.empty(), 10, 400_00),
            percent("WELCOME10", OfferRule.Kind.coupon, Optional.of("WELCOME10"), 10, 500_00));

    @Test
    void stacksEachOfferOnWhatTheOnesBeforeItLeft() {
        var newSilver = new Standing(tier(Tier.silver), 320, 0, Set.of());

        Offers offers = engine(newSilver).offers(Money.inr(6_000_00), Optional.of("welcome10"), true);

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
    void pointsPayAtMostHalfOfWhatIsLeft() {
        var rich = new Standing(tier(Tier.bronze), 10_000, 5, Set.of());

        Offers offers = engine(rich).offers(Money.inr(999_00), NO_COUPON, true);

        assertThat(offers.pointsToSpend()).isEqualTo(499);
        assertThat(offers.discount()).isEqualTo(Money.inr(499_00));
        assertThat(offers.points()).isEqualTo(10_000);
    }

    @Test
    void spendsNoPointsUnasked() {
        Offers offers =
                engine(new Standing(tier(Tier.bronze), 500, 5, Set.of())).offers(Money.inr(999_00), NO_COUPON, false);

        assertThat(offers.applied()).isEmpty();
        assertThat(offers.discount()).isEqualTo(Money.inr(0));
    }

    @ParameterizedTest
    @CsvSource({"299899, ''", "299900, SAVE300", "599899, SAVE300", "599900, SAVE800"})
    void takesTheBestAmountOffWhoseThresholdTheGoodsReach(long goods, String offerId) {
        Offers offers =
                engine(new Standing(tier(Tier.bronze), 0, 1, Set.of())).offers(Money.inr(goods), NO_COUPON, false);

        assertThat(offers.applied())
                .extracting(AppliedOffer::offerId)
                .isEqualTo(offerId.isEmpty() ? List.of() : List.of(offerId));
    }

    @Test
    void theFirstOrderIsTheFirstOnlyOnce() {
        Offers first =
                engine(new Standing(tier(Tier.bronze), 0, 0, Set.of())).offers(Money.inr(1_000_00), NO_COUPON, false);
        Offers running = engine(new Standing(tier(Tier.bronze), 0, 0, Set.of("FIRST10")))
                .offers(Money.inr(1_000_00), NO_COUPON, false);
        Offers second =
                engine(new Standing(tier(Tier.bronze), 0, 1, Set.of())).offers(Money.inr(1_000_00), NO_COUPON, false);

        assertThat(first.applied()).extracting(AppliedOffer::offerId).containsExactly("FIRST10");
        assertThat(running.applied()).isEmpty();
        assertThat(second.applied()).isEmpty();
        assertThat(second.available()).extracting(Offer::offerId).doesNotContain("FIRST10");
    }

    @Test
    void saysWhyACouponDoesNotApply() {
        var customer = new Standing(tier(Tier.bronze), 0, 1, Set.of("WELCOME10"));
        var rules = new ArrayList<>(shop);
        rules.add(coupon("BIG", 100_00, 4_999_00, Optional.empty(), 0, NOW.minusSeconds(9), NOW.plusSeconds(9)));
        rules.add(coupon("SOON", 100_00, 0, Optional.empty(), 0, NOW.plusSeconds(1), NOW.plusSeconds(9)));
        rules.add(coupon("OLD", 100_00, 0, Optional.empty(), 0, NOW.minusSeconds(9), NOW));
        rules.add(coupon("SPENT", 100_00, 0, Optional.of(3), 3, NOW.minusSeconds(9), NOW.plusSeconds(9)));
        var engine = new OfferEngine(customer, rules, NOW);

        assertThat(problem(engine, "NOSUCH")).contains("do not know");
        assertThat(problem(engine, "WELCOME10")).contains("already");
        assertThat(problem(engine, "BIG")).contains("₹4,999");
        assertThat(problem(engine, "SOON")).contains("not valid yet");
        assertThat(problem(engine, "OLD")).contains("expired");
        assertThat(problem(engine, "SPENT")).contains("used up");
        assertThat(problem(engine, "SAVE300")).contains("do not know");
    }

    @Test
    void listsWhatTheCustomerCouldUseAndNothingElse() {
        var rules = new ArrayList<>(shop);
        rules.add(coupon("OLD", 100_00, 0, Optional.empty(), 0, NOW.minusSeconds(9), NOW));

        Offers offers = new OfferEngine(new Standing(tier(Tier.gold), 0, 4, Set.of("WELCOME10")), rules, NOW)
                .offers(Money.inr(0), NO_COUPON, true);

        assertThat(offers.available()).extracting(Offer::offerId).containsExactly("TIER-GOLD", "SAVE300", "SAVE800");
        assertThat(offers.applied()).isEmpty();
        assertThat(offers.discount()).isEqualTo(Money.inr(0));
    }

    @Test
    void neverTakesOffMoreThanTheGoodsAndAlwaysAddsUpAndDoesNotDependOnTheRulesOrder() {
        var random = new Random(42);
        for (int i = 0; i < 5_000; i++) {
            List<OfferRule> rules = randomRules(random);
            var customer = new Standing(
                    tier(List.of(Tier.bronze, Tier.silver, Tier.gold).get(random.nextInt(3))),
                    random.nextInt(5_000),
                    random.nextInt(2),
                    Set.of());
            Money goods = Money.inr(random.nextInt(10_000_00));
            Optional<String> coupon = random.nextBoolean() ? Optional.of("C" + random.nextInt(4)) : NO_COUPON;
            boolean usePoints = random.nextBoolean();

            Offers offers = new OfferEngine(customer, rules, NOW).offers(goods, coupon, usePoints);

            assertThat(offers.discount().minor()).isBetween(0L, goods.minor());
            assertThat(offers.applied().stream()
                            .mapToLong(a -> a.amount().minor())
                            .sum())
                    .isEqualTo(offers.discount().minor());
            assertThat(offers.applied()).allMatch(applied -> applied.amount().minor() > 0);
            assertThat(offers.pointsToSpend()).isBetween(0L, customer.spendable());
            var shuffled = new ArrayList<>(rules);
            Collections.shuffle(shuffled, random);
            assertThat(new OfferEngine(customer, shuffled, NOW).offers(goods, coupon, usePoints))
                    .isEqualTo(offers);
        }
    }

    private OfferEngine engine(Standing customer) {
        return new OfferEngine(customer, shop, NOW);
    }

    private static TierRule tier(Tier tier) {
        int percentOff = switch (tier) {
            case bronze -> 0;
            case silver -> 5;
            case gold -> 10;
        };
        return new TierRule(tier, 0, Money.inr(0), percentOff, 100);
    }

    private static String problem(OfferEngine engine, String code) {
        Offers offers = engine.offers(Money.inr(1_000_00), Optional.of(code), false);
        assertThat(offers.applied()).isEmpty();
        return offers.couponProblem().orElseThrow();
    }

    private static List<OfferRule> randomRules(Random random) {
        var rules = new ArrayList<OfferRule>();
        for (int i = 0; i < 4; i++) {
            rules.add(amountOff("A" + i, 1 + random.nextInt(3_000_00), random.nextInt(5_000_00)));
            rules.add(percent(
                    "F" + i,
                    OfferRule.Kind.first_order,
                    Optional.empty(),
                    1 + random.nextInt(100),
                    1 + random.nextInt(9_000_00)));
            rules.add(coupon(
                    "C" + i,
                    1 + random.nextInt(9_000_00),
                    random.nextInt(5_000_00),
                    Optional.empty(),
                    0,
                    NOW.minusSeconds(1),
                    NOW.plusSeconds(1)));
        }
        return rules;
    }

    private static OfferRule amountOff(String id, long amount, long threshold) {
        return new OfferRule(
                id,
                OfferRule.Kind.amount_off,
                id,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.of(amount),
                Optional.empty(),
                threshold,
                false,
                Optional.empty(),
                0,
                NOW.minusSeconds(9),
                NOW.plusSeconds(9));
    }

    private static OfferRule percent(String id, OfferRule.Kind kind, Optional<String> coupon, int percent, long most) {
        return new OfferRule(
                id,
                kind,
                id,
                "",
                coupon,
                Optional.of(percent),
                Optional.empty(),
                Optional.of(most),
                0,
                true,
                Optional.empty(),
                0,
                NOW.minusSeconds(9),
                NOW.plusSeconds(9));
    }

    private static OfferRule coupon(
            String code, long amount, long threshold, Optional<Integer> limit, int used, Instant from, Instant until) {
        return new OfferRule(
                code,
                OfferRule.Kind.coupon,
                code,
                "",
                Optional.of(code),
                Optional.empty(),
                Optional.of(amount),
                Optional.empty(),
                threshold,
                false,
                limit,
                used,
                from,
                until);
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }
}
