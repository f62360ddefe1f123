package io.journeyman.payment.refund;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.Refund;
import io.journeyman.contracts.Payment.RefundPayment;
import io.journeyman.contracts.Payment.RefundStatus;
import io.journeyman.contracts.Payment.SecurePayment;
import io.journeyman.contracts.RefundId;
import io.journeyman.payment.Till;
import io.journeyman.testing.ContractClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Refunds, whole and partial, over HTTP, and what the gateway's own ledger says of them. */
class RefundTest {
    private static final Money PART = Money.inr(100_000);

    private static Till till;

    private final RefundId id = Till.refundId();

    @BeforeAll
    static void open() {
        till = new Till();
    }

    @AfterAll
    static void close() {
        till.close();
    }

    @Test
    void givesPartsBackUntilAllIsBack() {
        var order = till.paid("4242");

        assertThat(refund(order, id, PART))
                .isEqualTo(new Refund(order, 1, id, RefundStatus.refunded, PART, PART, Optional.empty()));
        assertThat(till.taken(order)).isEqualTo(159_900);
        assertThat(refund(order, Till.refundId(), Money.inr(159_900)).refundedInAll())
                .isEqualTo(Till.TOTAL);

        assertThat(till.taken(order)).isZero();
        assertThat(problem(till.refund(order, Till.refundId(), Money.inr(1)))).isEqualTo("422 refund_too_large");
        assertThat(attempt(order).status())
                .as("what was refunded was paid, so that nobody charges it again")
                .isEqualTo(AttemptStatus.captured);
    }

    @Test
    void givesAllBackAtOnce() {
        var order = till.paid("4242");

        assertThat(refund(order, id, Till.TOTAL).status()).isEqualTo(RefundStatus.refunded);

        assertThat(till.taken(order)).isZero();
    }

    @Test
    void givesBackOnceHoweverOftenItIsAsked() {
        var order = till.paid("4242");
        var key = till.client().withKey("k-" + id);

        for (int i = 0; i < 3; i++) {
            assertThat(refund(order, id, PART).refundedInAll()).isEqualTo(PART);
            assertThat(key.post("/attempts/" + order + "/1/refunds", new RefundPayment(id, PART))
                            .as(Refund.class)
                            .status())
                    .isEqualTo(RefundStatus.refunded);
            assertThat(till.inquire(id).status()).isEqualTo(RefundStatus.refunded);
        }

        assertThat(till.asked("refund", id.value())).containsExactly("Refunded");
        assertThat(till.taken(order)).isEqualTo(159_900);
    }

    @Test
    void refusesTheSameRefundWithAnotherAmountOrForAnotherOrder() {
        var order = till.paid("4242");
        refund(order, id, PART);

        assertThat(problem(till.refund(order, id, Money.inr(99_999)))).isEqualTo("422 refund_differs");
        assertThat(problem(till.refund(till.paid("4242"), id, PART))).isEqualTo("422 refund_differs");
        assertThat(till.taken(order)).isEqualTo(159_900);
    }

    @Test
    void goesAsFarAsItGoesWhereThatIsAskedFor() {
        var order = till.paid("4242");
        refund(order, Till.refundId(), PART);

        assertThat(asFarAsItGoes(order, id, Till.TOTAL).as(Refund.class).amount())
                .isEqualTo(Money.inr(159_900));
        assertThat(asFarAsItGoes(order, id, Till.TOTAL).as(Refund.class).amount())
                .as("the same again")
                .isEqualTo(Money.inr(159_900));
        assertThat(till.taken(order)).isZero();
        assertThat(problem(asFarAsItGoes(order, Till.refundId(), PART))).isEqualTo("422 nothing_left");
        assertThat(problem(asFarAsItGoes(order, id, PART))).isEqualTo("422 refund_differs");
        assertThat(problem(till.refund(order, id, Money.inr(159_900)))).isEqualTo("422 refund_differs");
    }

    @Test
    void goesNoFurtherThanIsAskedFor() {
        var order = till.paid("4242");

        assertThat(asFarAsItGoes(order, id, PART).as(Refund.class).amount()).isEqualTo(PART);
        assertThat(till.taken(order)).isEqualTo(159_900);
    }

    @Test
    void givesWhatIsLeftToManyWhoWantItAtOnce() throws Exception {
        var order = till.paid("4242");
        var given = new ArrayList<Long>();

        for (var answer : atOnce(6, number -> asFarAsItGoes(order, Till.refundId(), PART))) {
            if (answer.status() == 200) {
                given.add(answer.as(Refund.class).amount().minor());
            } else {
                assertThat(problem(answer)).isEqualTo("422 nothing_left");
            }
        }

        assertThat(given).containsExactlyInAnyOrder(100_000L, 100_000L, 59_900L);
        assertThat(till.taken(order)).isZero();
    }

    private static Answer asFarAsItGoes(OrderId order, RefundId id, Money most) {
        return till.client().post("/attempts/" + order + "/1/refunds", new RefundPayment(id, most, Optional.of(true)));
    }

    @Test
    void refusesWhatWasNeverTaken() {
        var authorised = Till.order();
        till.secure(authorised, "4242");
        var declined = Till.order();
        till.secure(declined, "1111");
        var voided = Till.order();
        till.secure(voided, "4242");
        till.cancel(voided);

        for (var order : List.of(authorised, declined, voided, Till.order())) {
            assertThat(problem(till.refund(order, Till.refundId(), PART))).isEqualTo("409 not_captured");
        }
    }

    @Test
    void refusesWhatIsPaidOnDelivery() {
        var order = Till.order();
        till.client()
                .post(
                        "/attempts",
                        new SecurePayment(
                                order, 1, Till.ASHA, MethodKind.cash_on_delivery, Optional.empty(), Till.TOTAL));

        var answer = till.refund(order, id, PART);

        assertThat(problem(answer)).isEqualTo("409 settles_outside");
        assertThat(answer.problem().suggestions()).contains("Pay it out by hand.");
    }

    @Test
    void refusesAnotherCurrencyAndAnAmountOfNothing() {
        var order = till.paid("4242");

        assertThat(problem(till.refund(order, id, new Money(1, "USD")))).isEqualTo("422 currency_unsupported");
        assertThat(problem(till.refund(order, id, Money.inr(0)))).isEqualTo("422 nothing_to_refund");
        assertThat(problem(till.client().post("/refunds/" + id + "/inquire"))).isEqualTo("404 unknown_refund");
    }

    @Test
    void setsWhatIsOnItsWayAsideAndAsksUntilItHasArrived() {
        var order = till.paid("2020");

        assertThat(refund(order, id, PART))
                .isEqualTo(new Refund(order, 1, id, RefundStatus.pending, PART, Money.inr(0), Optional.empty()));
        assertThat(till.inquire(id).status()).isEqualTo(RefundStatus.pending);
        assertThat(problem(till.refund(order, Till.refundId(), Till.TOTAL))).isEqualTo("422 refund_too_large");
        till.later(Duration.ofSeconds(10));

        assertThat(till.inquire(id))
                .isEqualTo(new Refund(order, 1, id, RefundStatus.refunded, PART, PART, Optional.empty()));
    }

    @Test
    void tellsThatARefundFailedAndLetsAnotherOneBeTried() {
        var order = till.paid("3030");

        for (int i = 0; i < 3; i++) {
            var failed = refund(order, Till.refundId(), Till.TOTAL);
            assertThat(failed.status()).isEqualTo(RefundStatus.failed);
            assertThat(failed.code()).contains("card_closed");
            assertThat(failed.refundedInAll()).isEqualTo(Money.inr(0));
        }

        assertThat(till.taken(order)).isEqualTo(Till.TOTAL.minor());
    }

    @Test
    void findsTheRefundWhoseAnswerWasLostUnderItsOwnKey() {
        var order = till.paid("4444");

        var lost = refund(order, id, PART);
        assertThat(lost.status()).isEqualTo(RefundStatus.pending);
        assertThat(lost.code()).contains("network_error");

        var found = till.inquire(id);
        assertThat(found.status()).isEqualTo(RefundStatus.refunded);
        assertThat(found.code()).isEmpty();
        assertThat(found.refundedInAll()).isEqualTo(PART);
        assertThat(till.taken(order)).isEqualTo(159_900);
    }

    @Test
    void givesTheRestBackWhenAPaymentIsUndoneAsAWhole() {
        var order = till.paid("4242");
        refund(order, id, PART);

        assertThat(till.cancel(order).status()).isEqualTo(AttemptStatus.refunded);

        assertThat(till.taken(order)).isZero();
        assertThat(problem(till.refund(order, Till.refundId(), Money.inr(1)))).isEqualTo("422 refund_too_large");
    }

    @Test
    void refundsAPaymentAHundredTimesAtMost() {
        var order = till.paid("4242");
        for (int i = 0; i < Refunds.MOST; i++) {
            refund(order, Till.refundId(), Money.inr(1));
        }

        assertThat(problem(till.refund(order, Till.refundId(), Money.inr(1)))).isEqualTo("422 too_many_refunds");
    }

    @Test
    void neverGivesBackMoreThanWasTakenWhenManyAskAtOnce() throws Exception {
        var order = till.paid("4242");

        var answers = atOnce(16, i -> till.refund(order, Till.refundId(), PART));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(2);
        assertThat(till.taken(order)).isEqualTo(59_900);
    }

    @Test
    void givesBackOnceWhenTheSameRefundComesManyTimesAtOnce() throws Exception {
        var order = till.paid("4242");

        var answers = atOnce(16, i -> till.refund(order, id, PART));

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(answer.as(Refund.class).refundedInAll()).isEqualTo(PART));
        assertThat(till.taken(order)).isEqualTo(159_900);
    }

    @Test
    void takesNothingAndGivesNothingTwiceWhenRefundAndUndoComeAtOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            var order = till.paid("4242");

            atOnce(
                    8,
                    i -> i % 2 == 0
                            ? till.refund(order, Till.refundId(), PART)
                            : till.client().post("/attempts/" + order + "/1/void"));

            assertThat(till.taken(order)).isZero();
        }
    }

    private interface Question {
        Answer ask(int i);
    }

    private static List<Answer> atOnce(int many, Question question) throws Exception {
        try (var pool = Executors.newFixedThreadPool(many)) {
            var all = new ArrayList<Callable<Answer>>();
            for (int i = 0; i < many; i++) {
                int number = i;
                all.add(() -> question.ask(number));
            }
            var answers = new ArrayList<Answer>();
            for (var answer : pool.invokeAll(all)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private static Refund refund(OrderId order, RefundId refund, Money amount) {
        return till.refund(order, refund, amount).as(Refund.class);
    }

    private static Attempt attempt(OrderId order) {
        return till.inquire(order);
    }

    private static String problem(Answer answer) {
        var problem = answer.problem();
        return problem.status() + " " + problem.code();
    }
}
