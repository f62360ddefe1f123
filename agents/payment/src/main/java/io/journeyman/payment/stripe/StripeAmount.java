package io.journeyman.payment.stripe;

import io.journeyman.contracts.Money;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Amounts as Stripe counts them: in the currency's smallest unit, as we do, so that 500 yen are 500 and 5 euros are 500. Where it
 * counts otherwise than ISO 4217, its documentation says so (docs.stripe.com/currencies, "Zero-decimal", "Three-decimal", "Special cases").
 */
final class StripeAmount {
    /** They have no smaller unit, and are counted in hundredths all the same. */
    private static final Set<String> IN_HUNDREDTHS = Set.of("ISK", "UGX");
    /** They have hundredths, and are counted in whole ones. */
    private static final Set<String> IN_WHOLE_ONES = Set.of("MGA");
    /** They are counted in thousandths, of which the last digit must be 0. */
    private static final Set<String> IN_TENS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

    private StripeAmount() {}

    /** Empty when Stripe has no such amount: it is never rounded, since the customer confirmed this one. */
    static OptionalLong of(Money amount) {
        if (IN_HUNDREDTHS.contains(amount.currency())) {
            return OptionalLong.of(Math.multiplyExact(amount.minor(), 100L));
        }
        if (IN_WHOLE_ONES.contains(amount.currency())) {
            return amount.minor() % 100 == 0 ? OptionalLong.of(amount.minor() / 100) : OptionalLong.empty();
        }
        return IN_TENS.contains(amount.currency()) && amount.minor() % 10 != 0
                ? OptionalLong.empty()
                : OptionalLong.of(amount.minor());
    }

    /** @param currency in any letters */
    static Money money(long counted, String currency) {
        String code = currency.toUpperCase(Locale.ROOT);
        if (IN_HUNDREDTHS.contains(code)) {
            return new Money(counted / 100, code);
        }
        return new Money(IN_WHOLE_ONES.contains(code) ? Math.multiplyExact(counted, 100L) : counted, code);
    }
}
