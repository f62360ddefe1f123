package io.journeyman.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void isShownAsTheShopsCountryReadsIt() {
        assertThat(Money.inr(149_900).shown()).isEqualTo("₹1,499");
        assertThat(Money.inr(12_345_605).shown()).isEqualTo("₹1,23,456.05");
        assertThat(Money.inr(0).shown()).isEqualTo("₹0");
        assertThat(Money.inr(-5_050).shown()).isEqualTo("-₹50.50");
    }

    @Test
    void neverMixesCurrenciesNorOverflows() {
        assertThatThrownBy(() -> Money.inr(1).plus(new Money(1, "EUR"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.inr(Long.MAX_VALUE).plus(Money.inr(1))).isInstanceOf(ArithmeticException.class);
    }
}
