package io.journeyman.loyalty.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.kit.ProblemException;
import io.journeyman.loyalty.TestShop;
import io.journeyman.loyalty.offer.Saving.Amount;
import io.journeyman.loyalty.offer.Saving.Bundle;
import io.journeyman.loyalty.offer.Saving.BuyXGetY;
import io.journeyman.loyalty.offer.Saving.FreeDelivery;
import io.journeyman.loyalty.offer.Saving.Percentage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SavingTest {
    @ParameterizedTest
    @CsvSource({"0, 10, 0", "99, 10, 9", "100000, 10, 10000", "1000000, 10, 50000", "9223372036854775807, 100, 50000"})
    void aPercentageIsRoundedDownAndTakesAtMostItsMost(long left, int percent, long off) {
        assertThat(new Percentage(percent, Optional.of(50_000L)).takesOff(left)).isEqualTo(off);
    }

    @Test
    void aPercentageOfTheLargestAmountIsCountedExactly() {
        assertThat(new Percentage(100, Optional.empty()).takesOff(Long.MAX_VALUE))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anAmountTakesNoMoreThanIsLeft() {
        assertThat(new Amount(300).takesOff(299)).isEqualTo(299);
        assertThat(new Amount(300).takesOff(301)).isEqualTo(300);
    }

    /** Prices of the pieces, buy + get at percent: what comes off. */
    @ParameterizedTest
    @CsvSource({
        "500 400 300, 2, 1, 100, 300",
        "500 400, 2, 1, 100, 0",
        "500 400 300 200, 2, 1, 100, 300",
        "600 500 400 300 200 100, 2, 1, 100, 500",
        "500 400, 1, 1, 50, 200",
        "501 401, 1, 1, 50, 200",
        "500 400 300 200, 2, 2, 100, 500"
    })
    void theCheapestOfEachGroupAreGotForLess(String prices, int buy, int get, int percent, long off) {
        assertThat(new BuyXGetY(Set.of(new ProductId("A")), buy, get, percent).takesOff(basket("A", prices)))
                .isEqualTo(off);
    }

    @Test
    void buyAndGetMayBeOfSeveralProducts() {
        var basket = Basket.of(
                List.of(TestShop.line("A", 2, 500), TestShop.line("B", 1, 300), TestShop.line("C", 5, 100)),
                Optional.empty());

        assertThat(new BuyXGetY(Set.of(new ProductId("A"), new ProductId("B")), 2, 1, 100).takesOff(basket))
                .isEqualTo(300);
    }

    @Test
    void aBundleIsCountedAsOftenAsItIsCompleteTheDearestPiecesFirst() {
        var basket = Basket.of(
                List.of(TestShop.line("A", 2, 1_000), TestShop.line("A", 1, 400), TestShop.line("B", 2, 600)),
                Optional.empty());

        assertThat(new Bundle(products("A", "B"), 1_200).takesOff(basket)).isEqualTo(2 * 400);
        assertThat(new Bundle(products("A", "C"), 1).takesOff(basket)).isZero();
        assertThat(new Bundle(products("A", "B"), 1_601).takesOff(basket)).isZero();
    }

    @Test
    void freeDeliveryTakesTheFeeUpToItsMost() {
        assertThat(new FreeDelivery(Optional.empty()).takesOff(79_00)).isEqualTo(79_00);
        assertThat(new FreeDelivery(Optional.of(50_00L)).takesOff(79_00)).isEqualTo(50_00);
        assertThat(new FreeDelivery(Optional.of(50_00L)).takesOff(0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE})
    void linesWithoutASumAreRefused(long unitPrice) {
        List<PricedLine> lines = List.of(TestShop.line("A", 2, unitPrice));

        assertThatThrownBy(() -> Basket.of(lines, Optional.empty()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("amounts_unusable"));
        assertThatThrownBy(() -> Basket.of(List.of(), Optional.of(new Money(100, "EUR"))))
                .isInstanceOf(ProblemException.class);
    }

    private static Basket basket(String product, String prices) {
        return Basket.of(
                Arrays.stream(prices.split(" "))
                        .map(price -> TestShop.line(product, 1, Long.parseLong(price)))
                        .toList(),
                Optional.empty());
    }

    private static Set<ProductId> products(String... ids) {
        return Arrays.stream(ids).map(ProductId::new).collect(Collectors.toSet());
    }
}
