package io.journeyman.loyalty.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.Benefits;
import io.journeyman.contracts.Loyalty.BenefitsStatus;
import io.journeyman.contracts.Loyalty.GetApplicableOffers;
import io.journeyman.contracts.Loyalty.NewOffer;
import io.journeyman.contracts.Loyalty.NotApplied;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Loyalty.ShopOffer;
import io.journeyman.contracts.Loyalty.ShopOffers;
import io.journeyman.contracts.Loyalty.Tier;
import io.journeyman.contracts.Money;
import io.journeyman.loyalty.TestShop;
import io.journeyman.testing.ContractClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Offers that staff make and end, and their limits, over real HTTP. */
@Timeout(180)
class OfferBookTest {
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = TestShop.empty();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void anOfferOfEachKindIsMadeAndKeptAsItWasGiven() {
        var offers = List.of(
                AnOffer.amount("AMOUNT", 300_00).from(2_999_00).timesInAll(9).offer(),
                AnOffer.bundle("BUNDLE", 1_500_00, "A", "B").alone().offer(),
                AnOffer.freeDelivery("DELIVERY")
                        .atMost(79_00)
                        .onlyFrom(Tier.gold)
                        .offer(),
                AnOffer.buyGet("GET", 2, 1, 50, "C").offer(),
                AnOffer.percentage("PERCENT", 10)
                        .atMost(500_00)
                        .forTheFirstOrder()
                        .withCoupon("HELLO")
                        .offer());

        assertThat(offers)
                .allSatisfy(offer -> assertThat(made(offer)).isEqualTo(new ShopOffer(offer, 0, Optional.empty())));

        assertThat(shop.client().get("/offers").as(ShopOffers.class).offers())
                .extracting(ShopOffer::offer)
                .isEqualTo(offers);
    }

    @Test
    void makingTheSameOfferAgainChangesNothingAndOtherTermsAreRefused() {
        var offer = AnOffer.amount("SAVE", 300_00).offer();
        made(offer);
        shop.reserve(TestShop.order(), shop.customer(0), 0, List.of("SAVE"));

        assertThat(made(offer).used()).isEqualTo(1);
        assertThat(make(AnOffer.amount("SAVE", 400_00).offer()).problem().code())
                .isEqualTo("offer_differs");
    }

    @Test
    void aCouponsCodeIsFreeAgainOnceItsOfferWasEnded() {
        made(AnOffer.amount("OLD", 100_00).withCoupon("DIWALI").offer());
        var another = AnOffer.amount("NEW", 200_00).withCoupon("DIWALI").offer();
        assertThat(make(another).problem().code()).isEqualTo("coupon_taken");
        assertThat(make(another).problem().detail()).contains("OLD");

        end("OLD");

        made(another);
        var offers = shop.offers(shop.customer(0), 1_000_00, Optional.of("DIWALI"));
        assertThat(offers.applied()).extracting(AppliedOffer::offerId).containsExactly("NEW");
    }

    @Test
    void isNotAppliedAnyMoreWhenTheShopCountsInAnotherCurrency() {
        made(AnOffer.amount("SAVE", 300_00).offer());
        shop.jdbi().useHandle(handle -> handle.execute("UPDATE offer SET currency = 'EUR'"));

        assertThat(shop.offers(shop.customer(0), 1_000_00, Optional.empty()).applied())
                .isEmpty();
    }

    @Test
    void anOfferEndsOnceAndForNewQuotesOnly() {
        made(AnOffer.amount("SAVE", 300_00).offer());
        var quoted = shop.customer(0);
        assertThat(shop.offers(quoted, 1_000_00, Optional.empty()).applied()).hasSize(1);

        var ended = end("SAVE").as(ShopOffer.class);
        shop.pass(Duration.ofMinutes(5));

        assertThat(end("SAVE").as(ShopOffer.class)).isEqualTo(ended);
        assertThat(ended.endedAt()).isPresent();
        assertThat(shop.offers(quoted, 1_000_00, Optional.empty()).applied()).isEmpty();
        assertThat(shop.reserve(TestShop.order(), quoted, 0, List.of("SAVE"))
                        .as(Benefits.class)
                        .status())
                .isEqualTo(BenefitsStatus.reserved);
        assertThat(end("NEVER-WAS").problem().code()).isEqualTo("unknown_offer");
    }

    @Test
    void aCustomerIsToldForAYearThatACouponIsOver() {
        made(AnOffer.amount("OLD", 100_00).withCoupon("DIWALI").offer());
        var customer = shop.customer(0);
        end("OLD");

        shop.pass(Duration.ofDays(364));
        assertThat(shop.offers(customer, 1_000_00, Optional.of("DIWALI")).couponProblem())
                .hasValue("That coupon has expired.");
        shop.pass(Duration.ofDays(1));
        assertThat(shop.offers(customer, 1_000_00, Optional.of("DIWALI")).couponProblem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("do not know"));
    }

    @Test
    void namesEveryMistakeOfAnOffer() {
        var now = shop.now();
        var wrong = AnOffer.bundle("TIER-GOLD", 100_00, "A")
                .atMost(100_00)
                .forTheFirstOrder()
                .times(2)
                .valid(now, now.minusNanos(1_000))
                .offer();

        var problem = make(wrong).problem();

        assertThat(problem.code()).isEqualTo("offer_unusable");
        assertThat(problem.detail())
                .contains(
                        "bundle needs at least two products",
                        "bundle takes no most",
                        "is the id of a tier's own offer",
                        "usesPerCustomer 1",
                        "validUntil must be after validFrom",
                        "to the second");
    }

    @Test
    void deliveryIsFreeForWhomItIsMeant() {
        made(AnOffer.freeDelivery("SHIP").onlyFrom(Tier.silver).offer());
        var silver = shop.customer(300);

        var offers = shop.client()
                .post(
                        "/offers/applicable",
                        new GetApplicableOffers(
                                silver,
                                List.of(TestShop.line("A", 1, 1_000_00)),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Money.inr(79_00))))
                .as(Offers.class);

        assertThat(offers.deliveryDiscount()).hasValue(Money.inr(79_00));
        assertThat(offers.discount()).isEqualTo(Money.inr(129_00));
    }

    @Test
    void isNeverUsedMoreThanAllowedThoughTwoHundredComeAtOnce() throws Exception {
        made(AnOffer.amount("RUSH", 100_00).withCoupon("RUSH").timesInAll(50).offer());

        List<Answer> answers = TestShop.atOnce(IntStream.range(0, 200)
                .mapToObj(i -> reserving(new CustomerId("rush-" + i), "RUSH"))
                .toList());

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(50);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .extracting(answer -> answer.problem().code())
                .containsOnly("benefits_gone");
        assertThat(used("RUSH")).isEqualTo(50);
    }

    @Test
    void noCustomerUsesItMoreThanTheyMayThoughTheyComeTwoHundredTimesAtOnce() throws Exception {
        made(AnOffer.amount("THRICE", 100_00)
                .withCoupon("THRICE")
                .times(3)
                .timesInAll(1_000)
                .offer());
        var one = shop.customer(0);
        var other = shop.customer(0);
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(reserving(one, "THRICE"));
            calls.add(reserving(other, "THRICE"));
        }

        List<Answer> answers = TestShop.atOnce(calls);

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(6);
        assertThat(used("THRICE")).isEqualTo(6);
        assertThat(usesOf(one)).isEqualTo(3);
        assertThat(usesOf(other)).isEqualTo(3);
    }

    @Test
    void aCustomerHasOneFirstOrderWhateverOffersThereAreForIt() throws Exception {
        var ids = IntStream.range(0, 8).mapToObj(i -> "FIRST-" + i).toList();
        ids.forEach(id -> made(AnOffer.amount(id, 100_00).forTheFirstOrder().offer()));
        var newcomer = new CustomerId("cust-new");

        var answers = TestShop.atOnce(ids.stream()
                .<Callable<Answer>>map(id -> () -> shop.reserve(TestShop.order(), newcomer, 0, List.of(id)))
                .toList());

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .extracting(answer -> answer.problem().code())
                .containsOnly("benefits_gone");
    }

    @Test
    void theOfferForTheFirstOrderIsFreeAgainWhenThatOrderIsUndone() {
        made(AnOffer.amount("FIRST-A", 100_00).forTheFirstOrder().offer());
        made(AnOffer.amount("FIRST-B", 100_00)
                .forTheFirstOrder()
                .withCoupon("HELLO")
                .offer());
        var newcomer = new CustomerId("cust-undone");
        var undone = TestShop.order();

        shop.reserve(undone, newcomer, 0, List.of("FIRST-A", "FIRST-B")).as(Benefits.class);
        shop.release(undone);

        assertThat(shop.reserve(TestShop.order(), newcomer, 0, List.of("FIRST-B"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void whatIsTakenOffDeliveryIsToldToComeWhileItsFeeIsNotKnown() {
        made(AnOffer.freeDelivery("SHIP").withCoupon("SHIPFREE").offer());

        var offers = shop.offers(shop.customer(0), 1_000_00, Optional.of("SHIPFREE"));

        assertThat(offers.couponProblem()).isEmpty();
        assertThat(offers.notApplied().orElseThrow())
                .extracting(NotApplied::detail)
                .containsExactly("It is taken off at checkout, when it is known what delivery costs.");
    }

    @Test
    void whatIsGivenBackCanBeUsedAgainWhileTwoHundredReserveAndRelease() throws Exception {
        made(AnOffer.amount("FEW", 100_00)
                .withCoupon("FEW")
                .times(2)
                .timesInAll(5)
                .offer());
        var customers = IntStream.range(0, 4).mapToObj(i -> shop.customer(0)).toList();

        TestShop.atOnce(IntStream.range(0, 200)
                .<Callable<Integer>>mapToObj(i -> () -> {
                    var order = TestShop.order();
                    int status = shop.reserve(order, customers.get(i % 4), 0, List.of("FEW"))
                            .status();
                    shop.release(order);
                    return status;
                })
                .toList());

        assertThat(used("FEW")).isZero();
        assertThat(shop.reserve(TestShop.order(), customers.getFirst(), 0, List.of("FEW"))
                        .status())
                .isEqualTo(201);
    }

    private Callable<Answer> reserving(CustomerId customer, String offer) {
        return () -> shop.reserve(TestShop.order(), customer, 0, List.of(offer));
    }

    private ShopOffer made(NewOffer offer) {
        return make(offer).as(ShopOffer.class);
    }

    private Answer make(NewOffer offer) {
        return shop.client().post("/offers", offer);
    }

    private Answer end(String offerId) {
        return shop.client().post("/offers/" + offerId + "/end");
    }

    private int used(String offerId) {
        return shop.client().get("/offers").as(ShopOffers.class).offers().stream()
                .filter(offer -> offer.offer().offerId().equals(offerId))
                .mapToInt(ShopOffer::used)
                .sum();
    }

    private int usesOf(CustomerId customer) {
        return shop.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM offer_use WHERE customer_id = :customer AND NOT given_back")
                        .bind("customer", customer)
                        .mapTo(Integer.class)
                        .one());
    }
}
