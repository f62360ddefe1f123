package io.journeyman.loyalty.offer;

import io.journeyman.loyalty.offer.Saving.FreeDelivery;
import io.journeyman.loyalty.offer.Saving.OffGoods;
import io.journeyman.loyalty.offer.Saving.OffPieces;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Offers taken together, in the order of their application, and what that leaves of the goods and of the delivery fee.
 *
 * <p>What may be taken together: the tier's percentage always; beside it either one offer that stands alone, or of each {@link
 * Stage} one that does not, and of the pieces' stage those that share no product. The best is the one that leaves least to pay.
 * In the stages after the pieces' the largest saving is the best one, since an offer leaves less where less was left (see {@link
 * OffGoods}); among equals it is the first by id.
 */
record Combination(List<Taken> taken, long goodsLeft, long feeLeft) {
    /** So many offers on pieces are compared with each other, those that take off most: 2¹⁰ choices at the most. */
    private static final int MOST_ON_PIECES = 10;

    /** @param rule empty for the tier's own percentage */
    record Taken(Optional<OfferRule> rule, long amount) {}

    /** @param allowed offers that the customer may use on this basket, in the order of their ids */
    static Combination best(Basket basket, int tierPercent, List<OfferRule> allowed) {
        List<OfferRule> stackable =
                allowed.stream().filter(rule -> !rule.offer().alone()).toList();
        Combination stacked = of(basket, tierPercent, stackable);
        return allowed.stream()
                .filter(rule -> rule.offer().alone())
                .map(rule -> of(basket, tierPercent, List.of(rule)))
                .reduce(stacked, (a, b) -> b.left() < a.left() ? b : a);
    }

    boolean takes(OfferRule rule) {
        return taken.stream().anyMatch(one -> one.rule().equals(Optional.of(rule)));
    }

    Stream<OfferRule> rules() {
        return taken.stream().flatMap(one -> one.rule().stream());
    }

    private long left() {
        return goodsLeft + feeLeft;
    }

    private static Combination of(Basket basket, int tierPercent, List<OfferRule> choices) {
        var pile = new Pile(basket);
        for (Stage stage : Stage.values()) {
            List<OfferRule> here =
                    choices.stream().filter(rule -> Stage.of(rule) == stage).toList();
            switch (stage) {
                case pieces ->
                    sharingNothing(here.stream()
                                    .map(rule -> new OnPieces(rule, pile.takenBy(rule)))
                                    .toList())
                            .forEach(pile::take);
                case tier -> pile.takeForTier(tierPercent);
                case percentage, amount, first_order, coupon, delivery ->
                    here.stream()
                            .max(Comparator.comparingLong(pile::takenBy)
                                    .thenComparing(
                                            Comparator.comparing(OfferRule::id).reversed()))
                            .ifPresent(pile::take);
            }
        }
        return new Combination(List.copyOf(pile.taken), pile.goods, pile.fee);
    }

    /** Of the offers on pieces those that share no product and together take off most, in the order of their ids. */
    private static List<OfferRule> sharingNothing(List<OnPieces> offers) {
        List<OnPieces> most = offers.stream()
                .sorted(Comparator.comparingLong(OnPieces::amount).reversed())
                .limit(MOST_ON_PIECES)
                .toList();
        return choose(most, List.of()).stream()
                .map(OnPieces::rule)
                .sorted(Comparator.comparing(OfferRule::id))
                .toList();
    }

    private static List<OnPieces> choose(List<OnPieces> open, List<OnPieces> chosen) {
        if (open.isEmpty()) {
            return chosen;
        }
        OnPieces next = open.getFirst();
        List<OnPieces> rest = open.subList(1, open.size());
        List<OnPieces> without = choose(rest, chosen);
        if (chosen.stream().anyMatch(other -> share(other.rule(), next.rule()))) {
            return without;
        }
        var longer = new ArrayList<>(chosen);
        longer.add(next);
        List<OnPieces> with = choose(rest, longer);
        return sum(without) > sum(with) ? without : with;
    }

    static boolean share(OfferRule one, OfferRule other) {
        return !Collections.disjoint(one.offer().productIds(), other.offer().productIds());
    }

    private static long sum(List<OnPieces> offers) {
        return offers.stream().mapToLong(OnPieces::amount).sum();
    }

    private record OnPieces(OfferRule rule, long amount) {}

    /** What is left of goods and delivery fee while offers take off theirs. */
    private static final class Pile {
        private final Basket basket;
        private final List<Taken> taken = new ArrayList<>();
        private long goods;
        private long fee;

        Pile(Basket basket) {
            this.basket = basket;
            this.goods = basket.goods().minor();
            this.fee = basket.fee();
        }

        /** What the offer would take off now. */
        long takenBy(OfferRule rule) {
            return switch (rule.saving()) {
                case OffPieces off -> off.takesOff(basket);
                case OffGoods off -> off.takesOff(goods);
                case FreeDelivery free -> free.takesOff(fee);
            };
        }

        void take(OfferRule rule) {
            long amount = takenBy(rule);
            if (amount > 0) {
                taken.add(new Taken(Optional.of(rule), amount));
                if (Stage.of(rule) == Stage.delivery) {
                    fee -= amount;
                } else {
                    goods -= amount;
                }
            }
        }

        void takeForTier(int percent) {
            long amount = Saving.percentOf(goods, percent);
            if (amount > 0) {
                taken.add(new Taken(Optional.empty(), amount));
                goods -= amount;
            }
        }
    }
}
