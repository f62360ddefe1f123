package io.journeyman.activities.conversation;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopPlace;
import java.math.BigInteger;
import java.util.List;

/**
 * The GST that prices contain. Clothing and shoes: 5 % where a piece costs under 1,000 rupees after its share of the discount,
 * else 12 %; delivery: 18 %. A shop that counts in another currency, or is elsewhere, owes none,
 * and what it owes there is not known here. Shares of a discount are by amount and add up exactly.
 */
final class Gst {
    private static final long THOUSAND_RUPEES = 100_000;

    private Gst() {}

    /** @param discount off the goods @param deliveryFee what is left of it after offers */
    static Money included(List<PricedLine> lines, Money discount, Money deliveryFee) {
        if (!ShopCurrency.here().isRupee() || !ShopPlace.here().isIndia()) {
            return ShopCurrency.here().zero();
        }
        long goods = lines.stream().mapToLong(line -> line.amount().minor()).sum();
        long tax = part(deliveryFee.minor(), 18);
        long goodsLeft = goods;
        long discountLeft = discount.minor();
        for (PricedLine line : lines) {
            long amount = line.amount().minor();
            long share = goodsLeft == 0 ? 0 : rounded(discountLeft, amount, goodsLeft);
            goodsLeft -= amount;
            discountLeft -= share;
            long net = amount - share;
            tax += part(net, net < THOUSAND_RUPEES * line.quantity() ? 5 : 12);
        }
        return new Money(tax, deliveryFee.currency());
    }

    private static long part(long amount, int percent) {
        return rounded(amount, percent, 100L + percent);
    }

    private static long rounded(long amount, long times, long by) {
        BigInteger twice = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(2 * times));
        return twice.add(BigInteger.valueOf(by))
                .divide(BigInteger.valueOf(2 * by))
                .longValueExact();
    }
}
