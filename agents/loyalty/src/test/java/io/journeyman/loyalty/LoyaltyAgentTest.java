package io.journeyman.loyalty;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.AppliedOffer;
import io.journeyman.contracts.Loyalty.Benefits;
import io.journeyman.contracts.Loyalty.BenefitsStatus;
import io.journeyman.contracts.Loyalty.CommitBenefits;
import io.journeyman.contracts.Loyalty.GetApplicableOffers;
import io.journeyman.contracts.Loyalty.Offers;
import io.journeyman.contracts.Loyalty.ReserveBenefits;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoyaltyAgentTest {
    private static final CustomerId ASHA = new CustomerId("cust-demo");

    private static AgentService service;
    private static ContractClient client;
    private static Database database;

    @BeforeAll
    static void start() {
        String url = TestPostgres.freshDatabase();
        service = AgentService.start(
                new LoyaltyAgent(),
                AgentConfig.local(url, ServiceTokens.SECRET)
                        .withSampleShop(true)
                        .withClock(() -> Instant.parse("2026-11-24T05:00:00Z")));
        client = new ContractClient(service.uri(), Contract.load("loyalty"));
        database = Database.open(url, new Owner("loyalty"), 1);
    }

    @AfterAll
    static void stop() {
        database.close();
        service.close();
    }

    @Test
    void appliesTierAmountOffAndCouponAndTheyAddUp() {
        var offers = offers(ASHA, 400_000, Optional.of("welcome10"));

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
        assertThat(offers(ASHA, 400_000, Optional.of("SUMMER15")).couponProblem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("expired"));
        assertThat(offers(ASHA, 400_000, Optional.of("NONSENSE")).couponProblem())
                .isPresent();
    }

    @Test
    void spendsReservedPointsOnceAndAccruesForWhatWasPaid() {
        var customer = newCustomer(500);
        var order = order();

        assertThat(reserve(order, customer, 200, List.of()).as(Benefits.class).status())
                .isEqualTo(BenefitsStatus.reserved);
        assertThat(reserve(order, customer, 200, List.of()).as(Benefits.class).status())
                .isEqualTo(BenefitsStatus.reserved);
        assertThat(offers(customer, 100, Optional.empty()).points()).isEqualTo(300);

        var committed = commit(order, 200_000).as(Benefits.class);
        assertThat(committed.status()).isEqualTo(BenefitsStatus.committed);
        assertThat(committed.earned()).isEqualTo(25);
        assertThat(commit(order, 200_000).as(Benefits.class)).isEqualTo(committed);
        assertThat(offers(customer, 100, Optional.empty()).points()).isEqualTo(325);
    }

    @Test
    void givesBackWhatWasReservedOnce() {
        var customer = newCustomer(500);
        var order = order();
        reserve(order, customer, 200, List.of("WELCOME10"));

        release(order);
        release(order);

        assertThat(offers(customer, 100_000, Optional.of("WELCOME10")).couponProblem())
                .isEmpty();
        assertThat(offers(customer, 100, Optional.empty()).points()).isEqualTo(500);
        assertThat(reserve(order, customer, 200, List.of()).problem().code()).isEqualTo("benefits_gone");
    }

    @Test
    void reservesNothingForAReservationThatComesAfterItsRelease() {
        var customer = newCustomer(500);
        var order = order();

        assertThat(release(order).as(Benefits.class).status()).isEqualTo(BenefitsStatus.released);
        assertThat(reserve(order, customer, 200, List.of()).problem().code()).isEqualTo("benefits_gone");
        assertThat(offers(customer, 100, Optional.empty()).points()).isEqualTo(500);
    }

    @Test
    void reservesAllOrNothing() {
        var customer = newCustomer(100);

        assertThat(reserve(order(), customer, 50, List.of("NO-SUCH-OFFER"))
                        .problem()
                        .code())
                .isEqualTo("benefits_gone");
        assertThat(offers(customer, 100, Optional.empty()).points()).isEqualTo(100);
        assertThat(reserve(order(), customer, 101, List.of()).problem().code()).isEqualTo("benefits_gone");
    }

    @Test
    void neverUsesACouponBeyondItsLimitWhenTwoHundredComeAtOnce() throws Exception {
        database.jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO offer (offer_id, kind, title, terms, coupon, amount_minor, once_each, use_limit, valid_from, valid_until)
                VALUES ('RUSH', 'coupon', 'Rush', 'First 50.', 'RUSH', 100, false, 50, '2026-01-01', '2030-01-01')"""));
        List<Callable<Answer>> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            var customer = new CustomerId("rush-" + i);
            tasks.add(() -> reserveAtLast(order(), customer, "RUSH"));
        }

        List<Answer> answers = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(32)) {
            for (var answer : pool.invokeAll(tasks)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(50);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .extracting(answer -> answer.problem().code())
                .containsOnly("benefits_gone");
    }

    private static Offers offers(CustomerId customer, long goods, Optional<String> coupon) {
        return client.post(
                        "/offers/applicable",
                        new GetApplicableOffers(
                                customer,
                                List.of(new PricedLine(
                                        new Sku("P-1001-S-BLUE"),
                                        new ProductId("P-1001"),
                                        "Kurta",
                                        "S",
                                        "blue",
                                        1,
                                        Money.inr(goods))),
                                coupon,
                                Optional.empty()))
                .as(Offers.class);
    }

    private static Answer reserve(OrderId order, CustomerId customer, long points, List<String> offers) {
        return client.withKey(UUID.randomUUID().toString())
                .post("/benefits", new ReserveBenefits(order, customer, points, offers));
    }

    /** As callers do who are told to try again, when the database is too busy for so many at once. */
    private static Answer reserveAtLast(OrderId order, CustomerId customer, String coupon) {
        var answer = reserve(order, customer, 0, List.of(coupon));
        for (int tries = 1; tries < 10 && answer.status() == 503; tries++) {
            assertThat(answer.problem().code()).isEqualTo("try_again");
            answer = reserve(order, customer, 0, List.of(coupon));
        }
        return answer;
    }

    private static Answer commit(OrderId order, long paid) {
        return client.withKey(UUID.randomUUID().toString())
                .post("/benefits/" + order + "/commit", new CommitBenefits(Money.inr(paid)));
    }

    private static Answer release(OrderId order) {
        return client.withKey(UUID.randomUUID().toString()).post("/benefits/" + order + "/release");
    }

    private static OrderId order() {
        return new OrderId("ord-" + UUID.randomUUID());
    }

    /** Points earned long ago count for no tier; these are fresh, so that 300 and more make a silver customer. */
    private static CustomerId newCustomer(long points) {
        var customer = new CustomerId("cust-" + UUID.randomUUID());
        database.jdbi()
                .useExtension(
                        io.journeyman.loyalty.points.PointsLedger.class,
                        ledger -> ledger.open(customer, points, 1, Instant.parse("2026-11-01T00:00:00Z")));
        return customer;
    }
}
