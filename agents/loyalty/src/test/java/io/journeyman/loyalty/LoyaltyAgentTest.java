package io.journeyman.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.Benefits;
import io.journeyman.contracts.Loyalty.BenefitsStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An order's benefits and the sample shop's offers, over real HTTP. */
class LoyaltyAgentTest {
    private static final CustomerId ASHA = new CustomerId("cust-demo");

    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = TestShop.sample();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(shop.brokenAccounts()).isEmpty();
    }

    @Test
    void appliesTierAmountOffAndCouponAndTheyAddUp() {
        var offers = shop.offers(ASHA, 400_000, Optional.of("welcome10"));

        assertThat(offers.tier()).isEqualTo("silver");
        assertThat(offers.applied())
                .extracting(AppliedOffer::offerId)
                .containsExactly("TIER-SILVER", "SAVE300", "WELCOME10");
        assertThat(offers.applied().stream()
                        .mapToLong(applied -> applied.amount().minor())
                        .sum())
                .isEqualTo(offers.discount().minor());
    }

    @Test
    void saysWhyACouponDoesNotApply() {
        assertThat(shop.offers(ASHA, 400_000, Optional.of("SUMMER15")).couponProblem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("expired"));
        assertThat(shop.offers(ASHA, 400_000, Optional.of("NONSENSE")).couponProblem())
                .isPresent();
    }

    @Test
    void spendsReservedPointsOnceAndAccruesForWhatWasPaid() {
        var customer = shop.customer(500);
        var order = TestShop.order();

        assertThat(shop.reserve(order, customer, 200, List.of())
                        .as(Benefits.class)
                        .status())
                .isEqualTo(BenefitsStatus.reserved);
        assertThat(shop.reserve(order, customer, 200, List.of())
                        .as(Benefits.class)
                        .status())
                .isEqualTo(BenefitsStatus.reserved);
        assertThat(shop.spendable(customer)).isEqualTo(300);

        var committed = shop.commit(order, 200_000).as(Benefits.class);
        assertThat(committed.status()).isEqualTo(BenefitsStatus.committed);
        assertThat(committed.earned()).isEqualTo(25);
        assertThat(shop.commit(order, 200_000).as(Benefits.class)).isEqualTo(committed);
        assertThat(shop.spendable(customer)).isEqualTo(325);
    }

    @Test
    void givesBackWhatWasReservedOnce() {
        var customer = shop.customer(500);
        var order = TestShop.order();
        shop.reserve(order, customer, 200, List.of("WELCOME10"));

        shop.release(order);
        shop.release(order);

        assertThat(shop.offers(customer, 100_000, Optional.of("WELCOME10")).couponProblem())
                .isEmpty();
        assertThat(shop.spendable(customer)).isEqualTo(500);
        assertThat(shop.reserve(order, customer, 200, List.of()).problem().code())
                .isEqualTo("benefits_gone");
    }

    @Test
    void reservesNothingForAReservationThatComesAfterItsRelease() {
        var customer = shop.customer(500);
        var order = TestShop.order();

        assertThat(shop.release(order).as(Benefits.class).status()).isEqualTo(BenefitsStatus.released);
        assertThat(shop.reserve(order, customer, 200, List.of()).problem().code())
                .isEqualTo("benefits_gone");
        assertThat(shop.spendable(customer)).isEqualTo(500);
    }

    @Test
    void reservesAllOrNothing() {
        var customer = shop.customer(100);

        assertThat(shop.reserve(TestShop.order(), customer, 50, List.of("NO-SUCH-OFFER"))
                        .problem()
                        .code())
                .isEqualTo("benefits_gone");
        assertThat(shop.spendable(customer)).isEqualTo(100);
        assertThat(shop.reserve(TestShop.order(), customer, 101, List.of())
                        .problem()
                        .code())
                .isEqualTo("benefits_gone");
    }
}
