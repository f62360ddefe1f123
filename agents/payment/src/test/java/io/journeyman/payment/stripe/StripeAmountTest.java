package io.journeyman.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Money;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeAmountTest {
    @ParameterizedTest
    @CsvSource({
        "INR, 149900, 149900",
        "EUR, 1999, 1999",
        "JPY, 5000, 5000",
        "KWD, 1230, 1230",
        "ISK, 900, 90000",
        "MGA, 120000, 1200"
    })
    void isWhatStripeCounts(String currency, long minor, long counted) {
        var amount = new Money(minor, currency);

        assertThat(StripeAmount.of(amount)).hasValue(counted);
        assertThat(StripeAmount.money(counted, currency.toLowerCase(Locale.ROOT)))
                .isEqualTo(amount);
    }

    @ParameterizedTest
    @CsvSource({"KWD, 1234", "MGA, 1999"})
    void isNothingWhereStripeCannotCountIt(String currency, long minor) {
        assertThat(StripeAmount.of(new Money(minor, currency))).isEmpty();
    }
}
