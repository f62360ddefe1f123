package io.journeyman.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopCurrencyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INR | en-IN |  12345605 | ₹1,23,456.05
            INR | en-IN |     -5050 | -₹50.50
            INR | en-IN | 149900    | ₹1,499
            EUR | de-DE |  12345605 | 123.456,05 €
            EUR | en-IE |      1999 | €19.99
            EUR | en-IN |      2000 | €20
            JPY | ja-JP |      5000 | ￥5,000
            KWD | en-US |   1234567 | KWD1,234.567""")
    void showsAnAmountAsItsPeopleWriteIt(String currency, String locale, long minor, String shown) {
        var shop = shop(currency, locale);

        assertThat(shop.shown(shop.minor(minor)).replace('\u00a0', ' ')).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "INR, en-IN, 129900, 1299 rupees",
        "EUR, de-DE, 1990, 19.90 Euro",
        "JPY, ja-JP, 2480, 2480 Japanese Yen",
        "KWD, en-US, 1000, 1 Kuwaiti Dinar"
    })
    void saysAnAmountWithoutSigns(String currency, String locale, long minor, String spoken) {
        var shop = shop(currency, locale);

        assertThat(shop.spoken(shop.minor(minor))).isEqualTo(spoken);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INR | en-IN | under ₹1,29,900       | under ₹129900
            INR | en-IN | 3,000 to 4,500.50     | 3000 to 4500.50
            INR | en-IN | order 12, sent 3.5.26 | order 12, sent 3.5.26
            EUR | de-DE | unter 1.299,50 €      | unter 1299.50 €
            EUR | de-DE | 25,5 to 30 euros      | 25.5 to 30 euros
            EUR | de-DE | 12.50 euros           | 12.50 euros
            JPY | ja-JP | 12,480 yen            | 12480 yen""")
    void readsNumbersAsItsPeopleTypeThem(String currency, String locale, String typed, String plain) {
        assertThat(shop(currency, locale).plainNumbers(typed)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource({
        "INR, en-IN, under ₹500, under #500",
        "EUR, de-DE, 25€ lamps, 25# lamps",
        "RON, ro-RO, an iron for 25ron, an iron for 25#"
    })
    void findsWhatPeopleTypeBesideAnAmountAndNoPartOfAWord(
            String currency, String locale, String typed, String marked) {
        assertThat(shop(currency, locale).signs().matcher(typed).replaceAll("#"))
                .isEqualTo(marked);
    }

    @Test
    void takesWhatIsNearestToWhatIsSaid() {
        assertThat(shop("JPY", "ja-JP").nearest(new BigDecimal("19.5"))).isEqualTo(new Money(20, "JPY"));
        assertThat(shop("EUR", "de-DE").nearest(new BigDecimal("19.994"))).isEqualTo(new Money(1_999, "EUR"));
    }

    @Test
    void knowsHowManySmallestUnitsMakeAWholeOne() {
        assertThat(shop("EUR", "de-DE").whole(19)).isEqualTo(new Money(1_900, "EUR"));
        assertThat(shop("JPY", "ja-JP").whole(19)).isEqualTo(new Money(19, "JPY"));
        assertThat(shop("KWD", "en-US").whole(19)).isEqualTo(new Money(19_000, "KWD"));
        assertThat(shop("EUR", "de-DE").decimal(new BigDecimal("19.99"))).isEqualTo(new Money(1_999, "EUR"));
        assertThatThrownBy(() -> shop("JPY", "ja-JP").decimal(new BigDecimal("19.99")))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void isIndiasUnlessItIsSaid() {
        assertThat(ShopCurrency.of(Map.of())).isEqualTo(shop("INR", "en-IN"));
        assertThat(ShopCurrency.of(Map.of("JOURNEYMAN_CURRENCY", " "))).isEqualTo(shop("INR", "en-IN"));
    }

    @Test
    void namesEveryMistakeAtOnce() {
        assertThatThrownBy(() -> shop("euro", "german"))
                .hasMessage("JOURNEYMAN_CURRENCY must be a currency of ISO 4217 such as INR or EUR;"
                        + " JOURNEYMAN_LOCALE must be a language with its country, such as en-IN or de-DE");
        assertThatThrownBy(() -> shop("XXX", "de"))
                .hasMessageContaining("ISO 4217")
                .hasMessageContaining("country");
    }

    private static ShopCurrency shop(String currency, String locale) {
        return ShopCurrency.of(Map.of("JOURNEYMAN_CURRENCY", currency, "JOURNEYMAN_LOCALE", locale));
    }
}
