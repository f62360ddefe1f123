package io.journeyman.loyalty.offer;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.kit.ProblemException;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a customer wants to buy, in the shop's currency, before any offer.
 *
 * @param goods the lines' sum
 * @param deliveryFee empty while nobody knows it
 */
record Basket(List<PricedLine> lines, Money goods, Optional<Money> deliveryFee) {
    /** @throws ProblemException amounts_unusable, when the lines have no sum that an offer could be counted on */
    static Basket of(List<PricedLine> lines, Optional<Money> deliveryFee) {
        boolean usable = lines.stream().map(PricedLine::unitPrice).allMatch(Basket::isUsable)
                && deliveryFee.stream().allMatch(Basket::isUsable);
        if (!usable) {
            throw unusable();
        }
        try {
            Money goods = lines.stream()
                    .map(PricedLine::amount)
                    .reduce(ShopCurrency.here().zero(), Money::plus);
            goods.plus(deliveryFee.orElse(ShopCurrency.here().zero()));
            return new Basket(List.copyOf(lines), goods, deliveryFee);
        } catch (ArithmeticException e) {
            throw unusable();
        }
    }

    /** The unit prices of the pieces of these products, the dearest first. */
    List<Long> prices(Set<ProductId> products) {
        return lines.stream()
                .filter(line -> products.contains(line.productId()))
                .flatMap(line ->
                        Collections.nCopies(line.quantity(), line.unitPrice().minor()).stream())
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    long fee() {
        return deliveryFee.map(Money::minor).orElse(0L);
    }

    private static boolean isUsable(Money amount) {
        return ShopCurrency.here().isOf(amount) && amount.minor() >= 0;
    }

    private static ProblemException unusable() {
        return new ProblemException(Problem.of(
                422,
                "amounts_unusable",
                "Amounts must be in " + ShopCurrency.here().code()
                        + " and not below zero, and their sum must be an amount that exists."));
    }
}
