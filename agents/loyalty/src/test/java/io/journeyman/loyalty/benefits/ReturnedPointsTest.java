package io.journeyman.loyalty.benefits;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Loyalty.Benefits;
import io.journeyman.contracts.Loyalty.ReturnBenefits;
import io.journeyman.contracts.Loyalty.ReturnedBenefits;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.loyalty.TestShop;
import io.journeyman.testing.ContractClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReturnedPointsTest {
    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = TestShop.empty();
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
    void takesEarnedPointsAndGivesSpentOnesInProportionOnce() {
        var customer = shop.customer(100);
        var order = shop.bought(customer, 40, 1_000_00);
        long before = shop.spendable(customer);
        var id = id();

        var half = giveBack(order, id, 500_00, 1_000_00).as(ReturnedBenefits.class);
        giveBack(order, id, 500_00, 1_000_00);
        var other = giveBack(order, id, 400_00, 1_000_00);

        assertThat(half.takenBack()).isEqualTo(5);
        assertThat(half.givenBack()).isEqualTo(20);
        assertThat(other.problem().code()).isEqualTo("return_differs");
        assertThat(shop.spendable(customer)).isEqualTo(before + 15);
    }

    @Test
    void comesToTheSameInManySmallReturnsAsInOne() {
        var random = new Random(7);
        for (int i = 0; i < 10; i++) {
            var customer = shop.customer(100);
            long whole = 1_000_00L + random.nextInt(500_00);
            var order = shop.bought(customer, random.nextInt(60), whole);
            long left = whole;
            while (left > 0) {
                long part = Math.min(left, 1L + random.nextInt(400_00));
                giveBack(order, id(), part, whole).as(ReturnedBenefits.class);
                left -= part;
            }

            assertThat(shop.entries(customer, "taken_back")).isEqualTo(shop.entries(customer, "earned"));
            assertThat(shop.entries(customer, "given_back")).isEqualTo(shop.entries(customer, "spent"));
            assertThat(shop.spendable(customer)).isEqualTo(100);
        }
    }

    @Test
    void neverTakesMoreThanThereWasWhoeverAsksAtOnce() throws Exception {
        var customer = shop.customer(0);
        var order = shop.bought(customer, 0, 1_000_00);

        var answers = TestShop.atOnce(IntStream.range(0, 6)
                .<Callable<Answer>>mapToObj(i -> () -> giveBack(order, id(), 300_00, 1_000_00))
                .toList());

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(3);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() != 200)
                        .map(answer -> answer.problem().code()))
                .containsOnly("amounts_unusable");
        assertThat(shop.entries(customer, "taken_back")).isEqualTo(9);
    }

    @Test
    void findsThePointsOfALaterRunOfTheCheckout() {
        var customer = shop.customer(0);
        var order = TestShop.order();
        shop.release(order);
        var run = new OrderId(order + ".7f3a");
        shop.reserve(run, customer, 0, List.of());
        shop.commit(run, 1_000_00);

        assertThat(giveBack(order, id(), 1_000_00, 1_000_00)
                        .as(ReturnedBenefits.class)
                        .takenBack())
                .isEqualTo(10);
    }

    @Test
    void takesNoPointsThatHaveExpired() {
        var customer = shop.customer(0);
        var order = shop.bought(customer, 0, 1_000_00);
        shop.pass(Duration.ofDays(366));
        shop.sweep();

        var back = giveBack(order, id(), 1_000_00, 1_000_00).as(ReturnedBenefits.class);

        assertThat(back.takenBack()).isZero();
        assertThat(shop.spendable(customer)).isZero();
    }

    @Test
    void letsNobodyUndoAnOrderAsAWholeOfWhichSomethingCameBack() {
        var customer = shop.customer(0);
        var order = shop.bought(customer, 0, 1_000_00);
        giveBack(order, id(), 500_00, 1_000_00);

        assertThat(shop.release(order).problem().code()).isEqualTo("benefits_returned");
    }

    @Test
    void knowsNoPointsOfAnOrderThatWasNotConfirmed() {
        var order = TestShop.order();
        shop.reserve(order, shop.customer(50), 10, List.of());

        assertThat(giveBack(order, id(), 1, 1).problem().code()).isEqualTo("not_committed");
        assertThat(giveBack(TestShop.order(), id(), 1, 1).problem().code()).isEqualTo("not_committed");
    }

    @Test
    void takesWhatCameTooSoonOnceTheOrderIsConfirmed() {
        var order = TestShop.order();
        shop.reserve(order, shop.customer(50), 10, List.of());
        var again = shop.client().withKey("return-" + order);
        var back = new ReturnBenefits(id(), Money.inr(500_00), Money.inr(1_000_00));
        var tooSoon = again.post("/benefits/" + order + "/returns", back);
        assertThat(tooSoon.problem().code()).isEqualTo("not_committed");
        assertThat(tooSoon.header("Retry-After")).isPresent();

        shop.commit(order, 1_000_00).as(Benefits.class);

        assertThat(again.post("/benefits/" + order + "/returns", back)
                        .as(ReturnedBenefits.class)
                        .givenBack())
                .isEqualTo(5);
    }

    private static ReturnId id() {
        return new ReturnId("RT-" + UUID.randomUUID());
    }

    private static Answer giveBack(OrderId order, ReturnId id, long value, long whole) {
        return shop.client()
                .post("/benefits/" + order + "/returns", new ReturnBenefits(id, Money.inr(value), Money.inr(whole)));
    }
}
