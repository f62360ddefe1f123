package io.journeyman.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.Expiring;
import io.journeyman.contracts.Loyalty.NextTier;
import io.journeyman.contracts.Loyalty.PointsStatement;
import io.journeyman.contracts.Loyalty.Tier;
import io.journeyman.contracts.Loyalty.TierRule;
import io.journeyman.contracts.Loyalty.TierRules;
import io.journeyman.contracts.Money;
import io.journeyman.loyalty.TestShop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiersTest {
    private static final List<TierRule> RULES = List.of(
            new TierRule(Tier.bronze, 0, Money.inr(0), 0, 100),
            new TierRule(Tier.silver, 300, Money.inr(30_000_00), 5, 125),
            new TierRule(Tier.gold, 1_500, Money.inr(150_000_00), 10, 150));

    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = TestShop.empty();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 0, bronze",
        "299, 2999999, bronze",
        "300, 0, silver",
        "0, 3000000, silver",
        "1499, 14999999, silver",
        "1500, 0, gold",
        "0, 15000000, gold",
        "300, 15000000, gold"
    })
    void aTierIsReachedByPointsOrByWhatWasPaid(long earned, long paid, Tier tier) {
        assertThat(new Tiers(RULES).of(earned, Money.inr(paid)).tier()).isEqualTo(tier);
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
    void earnsAPointForEachFull100RupeesTimesItsPercentage(Tier tier, long paidMinor, long points) {
        assertThat(Tiers.pointsFor(rule(tier), Money.inr(paidMinor))).isEqualTo(points);
    }

    @Test
    void whatWasPaidCountsForAYear() {
        var customer = shop.customer(0);
        shop.bought(customer, 0, 31_000_00);
        assertThat(points(customer).tier().tier()).isEqualTo(Tier.silver);

        shop.pass(Tiers.YEAR);

        assertThat(points(customer).tier().tier()).isEqualTo(Tier.bronze);
    }

    @Test
    void anUndoneOrderCountsForNothing() {
        var customer = shop.customer(0);
        var order = shop.bought(customer, 0, 31_000_00);

        shop.release(order);

        assertThat(points(customer).tier().tier()).isEqualTo(Tier.bronze);
        assertThat(points(customer).paidInAYear()).isEqualTo(Money.inr(0));
    }

    @Test
    void tellsWhatACustomerHasAndWhatIsMissingAndWhenItEnds() {
        var customer = shop.customer(40);
        var first = shop.now().plus(PointsLedger.VALID);
        shop.pass(Duration.ofDays(30));
        shop.bought(customer, 0, 10_000_00);
        shop.reserve(TestShop.order(), customer, 25, List.of());

        var points = points(customer);

        assertThat(points.tier().tier()).isEqualTo(Tier.bronze);
        assertThat(points.spendable()).isEqualTo(115);
        assertThat(points.reserved()).isEqualTo(25);
        assertThat(points.nextTier()).hasValue(new NextTier(Tier.silver, 160, Money.inr(20_000_00)));
        assertThat(points.expiring())
                .containsExactly(
                        new Expiring(15, first), new Expiring(100, shop.now().plus(PointsLedger.VALID)));
    }

    @Test
    void aStrangerIsBronzeWithoutPoints() {
        var points = points(new CustomerId("nobody-yet"));

        assertThat(points.tier()).isEqualTo(RULES.getFirst());
        assertThat(points.spendable()).isZero();
        assertThat(points.expiring()).isEmpty();
    }

    @Test
    void staffChangeWhatATierAsksForAndGives() {
        var before = shop.client().get("/tiers").as(TierRules.class);
        var easier = List.of(RULES.get(0), new TierRule(Tier.silver, 10, Money.inr(1_000_00), 7, 200), RULES.get(2));
        var customer = shop.customer(10);
        var put = shop.client().withKey("easier-tiers");
        assertThat(put.put("/tiers", new TierRules(easier)).as(TierRules.class).tiers())
                .isEqualTo(easier);
        assertThat(put.put("/tiers", new TierRules(easier)).as(TierRules.class).tiers())
                .isEqualTo(easier);

        assertThat(points(customer).tier()).isEqualTo(easier.get(1));

        shop.client().put("/tiers", before);
        assertThat(points(customer).tier().tier()).isEqualTo(Tier.bronze);
    }

    @Test
    void refusesTiersThatMakeNoSense() {
        var mixedUp = List.of(
                new TierRule(Tier.bronze, 5, Money.inr(0), 0, 100),
                new TierRule(Tier.silver, 300, Money.inr(30_000_00), 5, 125),
                new TierRule(Tier.gold, 200, Money.inr(150_000_00), 10, 150));

        assertThat(shop.client().put("/tiers", new TierRules(mixedUp)).problem().detail())
                .contains("Bronze is everybody's", "gold must not ask for less than silver");
        var inEuros = List.of(
                RULES.get(0), RULES.get(1), new TierRule(Tier.gold, 1_500, new Money(150_000_00, "EUR"), 10, 150));
        assertThat(shop.client().put("/tiers", new TierRules(inEuros)).problem().code())
                .isEqualTo("currency_unsupported");
        assertThat(shop.client()
                        .put("/tiers", new TierRules(RULES.subList(1, 3)))
                        .problem()
                        .code())
                .isEqualTo("tiers_unusable");
    }

    @Test
    void asksForTheSameNumbersInWhateverTheShopCountsIn() {
        var before = shop.client().get("/tiers").as(TierRules.class);
        shop.jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE tier SET spend_from_minor = spend_from_minor / 100, currency = 'JPY'"));

        TierResource.begin(shop.jdbi());

        assertThat(shop.client().get("/tiers").as(TierRules.class)).isEqualTo(before);
    }

    private static TierRule rule(Tier tier) {
        return RULES.stream().filter(rule -> rule.tier() == tier).findFirst().orElseThrow();
    }

    private static PointsStatement points(CustomerId customer) {
        return shop.client().get("/customers/" + customer + "/points").as(PointsStatement.class);
    }
}
