package io.journeyman.loyalty.offer;

import io.journeyman.contracts.ProductId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an offer takes off, in minor units, rounded down: never below zero and never more than there is. */
sealed interface Saving {
    /** Off whatever earlier offers left of the goods. The more they took, the less it leaves, so that more off is never worse. */
    sealed interface OffGoods extends Saving {
        long takesOff(long left);
    }

    /** Off the pieces of some products, counted at their own prices, whatever other offers do. */
    sealed interface OffPieces extends Saving {
        Set<ProductId> products();

        long takesOff(Basket basket);
    }

    record Percentage(int percent, Optional<Long> most) implements OffGoods {
        @Override
        public long takesOff(long left) {
            long part = percentOf(left, percent);
            return most.map(limit -> Math.min(limit, part)).orElse(part);
        }
    }

    record Amount(long minor) implements OffGoods {
        @Override
        public long takesOff(long left) {
            return Math.min(left, minor);
        }
    }

    /**
     * Of each {@code buy + get} pieces, the {@code get} cheapest cost {@code percent} less (100: nothing). The pieces are
     * grouped from the dearest down, which is best for the customer.
     */
    record BuyXGetY(Set<ProductId> products, int buy, int get, int percent) implements OffPieces {
        @Override
        public long takesOff(Basket basket) {
            List<Long> prices = basket.prices(products);
            long off = 0;
            for (int i = 0; i < prices.size() / (buy + get) * (buy + get); i++) {
                if (i % (buy + get) >= buy) {
                    off += percentOf(prices.get(i), percent);
                }
            }
            return off;
        }
    }

    /** One piece of each product together for {@code price}, as often as there are so many; the dearest pieces go in first. */
    record Bundle(Set<ProductId> products, long price) implements OffPieces {
        @Override
        public long takesOff(Basket basket) {
            List<List<Long>> prices = products.stream()
                    .map(product -> basket.prices(Set.of(product)))
                    .toList();
            int sets = prices.stream().mapToInt(List::size).min().orElse(0);
            long off = 0;
            for (int i = 0; i < sets; i++) {
                int set = i;
                long apart = prices.stream().mapToLong(of -> of.get(set)).sum();
                off += Math.max(0, apart - price);
            }
            return off;
        }
    }

    record FreeDelivery(Optional<Long> most) implements Saving {
        long takesOff(long fee) {
            return most.map(limit -> Math.min(limit, fee)).orElse(fee);
        }
    }

    /** Rounded down, for any amount that is not negative. */
    static long percentOf(long amount, int percent) {
        return amount / 100 * percent + amount % 100 * percent / 100;
    }
}
