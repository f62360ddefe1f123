package io.journeyman.loyalty.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.NotApplied;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Loyalty.SavingKind;
import io.journeyman.contracts.Loyalty.Tier;
import io.journeyman.contracts.Loyalty.WhyNot;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.loyalty.TestShop;
import io.journeyman.loyalty.offer.Saving.FreeDelivery;
import io.journeyman.loyalty.offer.Saving.OffGoods;
import io.journeyman.loyalty.offer.Saving.OffPieces;
import io.journeyman.loyalty.points.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rules of stacking, on shops, customers and baskets drawn at random. What is the best is found a second way: by trying every
 * set of offers that may be taken together. A failure names its seed, which draws the same again.
 */
class StackingPropertiesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");
    private static final int DRAWN = 3_000;
    private static final List<Tier> TIERS = List.of(Tier.bronze, Tier.silver, Tier.gold);
    private static final List<String> PRODUCTS = List.of("A", "B", "C", "D");

    @Test
    void whatIsTakenOffIsNeverNegativeAndNeverMoreThanThereIsAndAddsUp() {
        forAll(drawn -> {
            Offers offers = drawn.offers();
            long fee = drawn.basket.fee();

            assertThat(offers.discount().minor())
                    .isBetween(0L, drawn.basket.goods().minor() + fee);
            assertThat(offers.applied()).allMatch(applied -> applied.amount().minor() > 0);
            assertThat(offers.applied().stream()
                            .mapToLong(applied -> applied.amount().minor())
                            .sum())
                    .isEqualTo(offers.discount().minor());
            assertThat(offers.deliveryDiscount().map(Money::minor).orElse(0L)).isBetween(0L, fee);
            assertThat(offers.pointsToSpend()).isBetween(0L, drawn.customer.spendable());
        });
    }

    @Test
    void theOrderOfApplicationIsFixedWhateverTheOrderOfTheOffers() {
        forAll(drawn -> {
            Offers offers = drawn.offers();
            List<Integer> ranks = offers.applied().stream()
                    .map(AppliedOffer::offerId)
                    .map(drawn::rank)
                    .toList();
            assertThat(ranks).isSorted();

            var shuffled = new ArrayList<>(drawn.rules);
            Collections.shuffle(shuffled, new Random(drawn.seed()));
            assertThat(new OfferEngine(drawn.customer, shuffled, NOW)
                            .offers(drawn.basket, drawn.coupon, drawn.usePoints))
                    .isEqualTo(offers);
        });
    }

    @Test
    void theCustomerGetsTheBestOfAllThatMayBeTakenTogether() {
        forAll(drawn -> {
            Offers offers = drawn.offers();
            long withoutPoints = offers.discount().minor() - offers.pointsToSpend() * 100;

            assertThat(withoutPoints).isEqualTo(drawn.bestByTryingAll());
            assertThat(drawn.mayBeTogether(drawn.taken(offers))).isTrue();
            assertThat(drawn.taken(offers)).allMatch(drawn::mayUse);
        });
    }

    @Test
    void eachOfferIsAppliedOrTheCustomerIsToldWhyNot() {
        forAll(drawn -> {
            Offers offers = drawn.offers();
            List<String> told = Stream.concat(
                            drawn.taken(offers).stream().map(OfferRule::id),
                            offers.notApplied().orElseThrow().stream().flatMap(not -> not.offerId().stream()))
                    .toList();

            assertThat(told)
                    .containsExactlyInAnyOrderElementsOf(
                            drawn.asking().map(OfferRule::id).toList());
            assertThat(offers.notApplied().orElseThrow())
                    .extracting(NotApplied::detail)
                    .allSatisfy(detail -> assertThat(detail).isNotBlank().hasSizeLessThanOrEqualTo(200));
            boolean taken = drawn.taken(offers).stream()
                    .anyMatch(rule -> rule.offer().coupon().equals(drawn.coupon));
            assertThat(offers.couponProblem().isPresent())
                    .isEqualTo(drawn.coupon.isPresent() && !taken && !drawn.couponWaitsForTheFee(offers));
        });
    }

    @Test
    void oneOfferMoreNeverCostsTheCustomerAnything() {
        forAll(drawn -> {
            if (drawn.rules.isEmpty()) {
                return;
            }
            var fewer = new OfferEngine(drawn.customer, drawn.rules.subList(1, drawn.rules.size()), NOW);

            assertThat(drawn.engine()
                            .offers(drawn.basket, drawn.coupon, false)
                            .discount()
                            .minor())
                    .isGreaterThanOrEqualTo(fewer.offers(drawn.basket, drawn.coupon, false)
                            .discount()
                            .minor());
        });
    }

    private static void forAll(Consumer<Drawn> property) {
        for (long seed = 0; seed < DRAWN; seed++) {
            var drawn = Drawn.of(seed);
            try {
                property.accept(drawn);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + drawn, e);
            }
        }
    }

    private record Drawn(
            long seed,
            Standing customer,
            List<OfferRule> rules,
            Basket basket,
            Optional<String> coupon,
            boolean usePoints) {
        /** A coupon that takes delivery off is no problem while nobody has said what delivery costs. */
        boolean couponWaitsForTheFee(Offers offers) {
            return basket.deliveryFee().isEmpty()
                    && offers.notApplied().orElseThrow().stream()
                            .filter(not -> not.reason() == WhyNot.no_delivery_fee)
                            .flatMap(not -> not.offerId().stream())
                            .anyMatch(id -> rules.stream()
                                    .anyMatch(rule -> rule.id().equals(id)
                                            && rule.offer().coupon().equals(coupon)));
        }

        static Drawn of(long seed) {
            var random = new Random(seed);
            var customer = new Standing(
                    OfferEngineTest.tier(TIERS.get(random.nextInt(3))),
                    random.nextInt(5_000),
                    random.nextInt(2),
                    Map.of());
            List<PricedLine> lines = IntStream.range(0, random.nextInt(5))
                    .mapToObj(i -> TestShop.line(
                            PRODUCTS.get(random.nextInt(4)), 1 + random.nextInt(4), random.nextInt(3_000_00)))
                    .toList();
            var basket = Basket.of(
                    lines, random.nextBoolean() ? Optional.of(Money.inr(random.nextInt(150_00))) : Optional.empty());
            List<OfferRule> rules = IntStream.range(0, random.nextInt(9))
                    .mapToObj(i -> offer("O" + i, random).rule())
                    .toList();
            var coupon = rules.stream()
                    .flatMap(rule -> rule.offer().coupon().stream())
                    .filter(code -> random.nextBoolean())
                    .findFirst();
            return new Drawn(seed, customer, rules, basket, coupon, random.nextBoolean());
        }

        private static AnOffer offer(String id, Random random) {
            var offer = switch (random.nextInt(6)) {
                case 0, 1 -> AnOffer.percentage(id, 1 + random.nextInt(100));
                case 2 -> AnOffer.amount(id, 1 + random.nextInt(2_000_00));
                case 3 ->
                    AnOffer.buyGet(
                            id, 1 + random.nextInt(3), 1 + random.nextInt(2), 1 + random.nextInt(100), some(random, 1));
                case 4 -> AnOffer.bundle(id, 1 + random.nextInt(4_000_00), some(random, 2));
                default -> AnOffer.freeDelivery(id);
            };
            if (random.nextInt(3) == 0 && offer.offer().saving() == SavingKind.percentage) {
                offer.atMost(1 + random.nextInt(500_00));
            }
            if (random.nextInt(3) == 0) {
                offer.from(random.nextInt(6_000_00));
            }
            if (random.nextInt(4) == 0) {
                offer.onlyFrom(TIERS.get(random.nextInt(3)));
            }
            if (random.nextInt(5) == 0) {
                offer.forTheFirstOrder();
            }
            if (random.nextInt(4) == 0) {
                offer.withCoupon("CODE-" + id);
            }
            if (random.nextInt(5) == 0) {
                offer.alone();
            }
            return offer;
        }

        private static String[] some(Random random, int least) {
            var products = new ArrayList<>(PRODUCTS);
            Collections.shuffle(products, random);
            return products.subList(0, least + random.nextInt(2)).toArray(String[]::new);
        }

        OfferEngine engine() {
            return new OfferEngine(customer, rules, NOW);
        }

        Offers offers() {
            return engine().offers(basket, coupon, usePoints);
        }

        /** The offers that apply by themselves, and the coupon that was given. */
        Stream<OfferRule> asking() {
            return rules.stream()
                    .filter(rule -> rule.offer().coupon().isEmpty()
                            || rule.offer().coupon().equals(coupon));
        }

        boolean mayUse(OfferRule rule) {
            var offer = rule.offer();
            return basket.goods().minor() >= offer.threshold().minor()
                    && offer.leastTier().stream()
                            .allMatch(tier -> tier.compareTo(customer.tier().tier()) <= 0)
                    && (!offer.firstOrder() || customer.orders() == 0);
        }

        boolean mayBeTogether(List<OfferRule> offers) {
            if (offers.size() > 1
                    && offers.stream().anyMatch(rule -> rule.offer().alone())) {
                return false;
            }
            var seen = new HashSet<String>();
            for (OfferRule rule : offers) {
                if (rank(rule.id()) == 0) {
                    for (var product : rule.offer().productIds()) {
                        if (!seen.add("product " + product)) {
                            return false;
                        }
                    }
                } else if (!seen.add("stage " + rank(rule.id()))) {
                    return false;
                }
            }
            return true;
        }

        long bestByTryingAll() {
            List<OfferRule> usable = asking().filter(this::mayUse).toList();
            long best = 0;
            for (int choice = 0; choice < 1 << usable.size(); choice++) {
                int chosen = choice;
                List<OfferRule> some = IntStream.range(0, usable.size())
                        .filter(i -> (chosen >> i & 1) == 1)
                        .mapToObj(usable::get)
                        .sorted(Comparator.comparing(rule -> rank(rule.id())))
                        .toList();
                if (mayBeTogether(some)) {
                    best = Math.max(best, takenOffBy(some));
                }
            }
            return best;
        }

        private long takenOffBy(List<OfferRule> offers) {
            long left = basket.goods().minor();
            long fee = basket.fee();
            boolean tier = false;
            for (OfferRule rule : offers) {
                if (!tier && rank(rule.id()) > 0) {
                    left -= left * customer.tier().percentOff() / 100;
                    tier = true;
                }
                switch (rule.saving()) {
                    case OffPieces off -> left -= off.takesOff(basket);
                    case OffGoods off -> left -= off.takesOff(left);
                    case FreeDelivery free -> fee -= free.takesOff(fee);
                }
            }
            if (!tier) {
                left -= left * customer.tier().percentOff() / 100;
            }
            return basket.goods().minor() + basket.fee() - left - fee;
        }

        /** Pieces, tier, percentage, amount, first order, coupon, delivery, points: as the contract says it. */
        int rank(String offerId) {
            if (offerId.startsWith("TIER-")) {
                return 1;
            }
            if (offerId.equals("POINTS")) {
                return 7;
            }
            var offer = rules.stream()
                    .filter(rule -> rule.id().equals(offerId))
                    .findFirst()
                    .orElseThrow()
                    .offer();
            return switch (offer.saving()) {
                case buy_x_get_y, bundle -> 0;
                case free_delivery -> 6;
                case percentage -> offer.coupon().isPresent() ? 5 : offer.firstOrder() ? 4 : 2;
                case amount -> offer.coupon().isPresent() ? 5 : offer.firstOrder() ? 4 : 3;
            };
        }

        List<OfferRule> taken(Offers offers) {
            return offers.applied().stream()
                    .flatMap(applied -> rules.stream().filter(rule -> rule.id().equals(applied.offerId())))
                    .toList();
        }
    }
}
