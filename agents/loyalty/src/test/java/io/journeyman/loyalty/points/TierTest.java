package io.journeyman.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TierTest {
    @ParameterizedTest
    @CsvSource({"-5, bronze", "0, bronze", "299, bronze", "300, silver", "1499, silver", "1500, gold", "99999, gold"})
    void followsFromThePointsEarned(long earned, Tier tier) {
        assertThat(Tier.of(earned)).isEqualTo(tier);
    }

    @ParameterizedTest
    @CsvSource({
        "bronze, 9999, 0",
        "bronze, 10000, 1",
        "bronze, 123456, 12",
        "silver, 123456, 15",
        "gold, 123456, 18",
        "gold, 0, 0"
    })
    void earnsAPointForEachFull100RupeesTimesItsFactor(Tier tier, long paidMinor, long points) {
        assertThat(tier.pointsFor(Money.inr(paidMinor))).isEqualTo(points);
    }
}
