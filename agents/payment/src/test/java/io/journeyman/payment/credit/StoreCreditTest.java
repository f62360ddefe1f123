package io.journeyman.payment.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.AskReminders;
import io.journeyman.contracts.Payment.Attempts;
import io.journeyman.contracts.Payment.CreditAccount;
import io.journeyman.contracts.Payment.CreditEntry;
import io.journeyman.contracts.Payment.CreditGrant;
import io.journeyman.contracts.Payment.CreditMove;
import io.journeyman.contracts.Payment.CreditRefund;
import io.journeyman.contracts.Payment.CreditReminder;
import io.journeyman.contracts.Payment.CreditReminders;
import io.journeyman.contracts.Payment.CreditUse;
import io.journeyman.contracts.Payment.ExpiringCredit;
import io.journeyman.contracts.Payment.GetStoreCredit;
import io.journeyman.contracts.Payment.GrantCredit;
import io.journeyman.contracts.Payment.GrantStatus;
import io.journeyman.contracts.Payment.GrantedCredit;
import io.journeyman.contracts.Payment.RefundCredit;
import io.journeyman.contracts.Payment.ReserveCredit;
import io.journeyman.contracts.Payment.StoreCredit;
import io.journeyman.contracts.Payment.UseStatus;
import io.journeyman.contracts.RefundId;
import io.journeyman.contracts.ReminderId;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.Expiry;
import io.journeyman.payment.Till;
import io.journeyman.testing.ContractClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Store credit over HTTP, and what its ledger says of it. */
class StoreCreditTest {
    private static final Money TOTAL = Money.inr(300_000);

    private static final Duration DAY = Duration.ofDays(1);

    private static Till till;

    private final CustomerId customer = new CustomerId("cust-" + UUID.randomUUID());
    private final OrderId order = Till.order();
    private final CreditId use = new CreditId(order.value());

    @BeforeAll
    static void open() {
        till = new Till();
    }

    @AfterAll
    static void close() {
        till.close();
    }

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(broken()).isEmpty();
    }

    @Test
    void whoNeverHadAnyHasNone() {
        assertThat(credit()).isEqualTo(new StoreCredit(customer, Money.inr(0), Money.inr(0), List.of(), List.of()));
    }

    @Test
    void aGrantIsGivenOnceHoweverOftenItIsSent() {
        var grant = grantId();

        for (int i = 0; i < 3; i++) {
            assertThat(grant(grant, 50_000).as(CreditGrant.class))
                    .isEqualTo(new CreditGrant(grant, GrantStatus.granted, Money.inr(50_000), Optional.empty()));
        }

        assertThat(spendable()).isEqualTo(50_000);
        assertThat(problem(grant(grant, 60_000))).isEqualTo("409 grant_differs");
        assertThat(credit().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(CreditMove.granted);
            assertThat(entry.reason()).contains("for the delay");
        });
    }

    @Test
    void aGrantIsTakenBackOnceAndForEver() {
        var grant = grantId();
        grant(grant, 50_000);

        for (int i = 0; i < 2; i++) {
            assertThat(takeBack(grant).as(CreditGrant.class).status()).isEqualTo(GrantStatus.taken_back);
        }

        assertThat(spendable()).isZero();
        assertThat(grant(grant, 50_000).as(CreditGrant.class).status()).isEqualTo(GrantStatus.taken_back);
        assertThat(spendable()).isZero();
    }

    @Test
    void aGrantThatWasTakenBackBeforeItCameGivesNothing() {
        var grant = grantId();
        takeBack(grant);

        assertThat(grant(grant, 50_000).as(CreditGrant.class))
                .isEqualTo(new CreditGrant(grant, GrantStatus.taken_back, Money.inr(0), Optional.empty()));

        assertThat(spendable()).isZero();
    }

    @Test
    void whatWasSpentCannotBeTakenBack() {
        var grant = grantId();
        grant(grant, 50_000);
        reserve(1);

        assertThat(problem(takeBack(grant))).isEqualTo("409 credit_spent");
        release();

        assertThat(takeBack(grant).as(CreditGrant.class).status()).isEqualTo(GrantStatus.taken_back);
    }

    @Test
    void aCustomerHasOneCurrencyAndALimit() {
        grant(grantId(), 100);
        var dollars = new GrantCredit(
                grantId(),
                customer,
                new Money(100, "USD"),
                "why",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        assertThat(problem(send("/credit-grants", dollars))).isEqualTo("422 currency_unsupported");
        for (int i = 0; i < 9; i++) {
            grant(grantId(), 100_000_000).as(CreditGrant.class);
        }
        assertThat(problem(grant(grantId(), 100_000_000))).isEqualTo("422 too_much_credit");

        assertThat(spendable()).isEqualTo(900_000_100);
    }

    /** A return may bring back more than a customer may have as credit: its journey asks for another way then. */
    @Test
    void whatIsMoreThanACustomerMayHaveIsTooMuchHoweverMuchItIs() {
        for (long amount : new long[] {1_000_000_001, 1_000_000_000_000L}) {
            assertThat(problem(grant(grantId(), amount))).isEqualTo("422 too_much_credit");
        }

        assertThat(grant(grantId(), 1_000_000_000).as(CreditGrant.class).status())
                .isEqualTo(GrantStatus.granted);
        assertThat(spendable()).isEqualTo(1_000_000_000);
    }

    /** What an order gives back comes on top of what was granted meanwhile. */
    @Test
    void allThatACustomerHasCanPayOneOrder() {
        var total = Money.inr(2_000_000_000);
        grant(grantId(), 1_000_000_000).as(CreditGrant.class);
        send("/credit-uses", new ReserveCredit(use, order, customer, Money.inr(1_000_000_000), total));
        spend().as(CreditUse.class);
        grant(grantId(), 500_000_000).as(CreditGrant.class);
        release().as(CreditUse.class);
        var other = Till.order();

        var all = send(
                "/credit-uses",
                new ReserveCredit(new CreditId(other.value()), other, customer, Money.inr(1_500_000_000), total));

        assertThat(all.as(CreditUse.class).status()).isEqualTo(UseStatus.reserved);
        assertThat(spendable()).isZero();
    }

    @Test
    void anOrderSetsCreditAsideAndSpendsIt() {
        grant(grantId(), 50_000);

        for (int i = 0; i < 2; i++) {
            assertThat(reserve(40_000).as(CreditUse.class))
                    .isEqualTo(new CreditUse(use, Optional.of(order), UseStatus.reserved, Money.inr(40_000)));
        }
        assertThat(credit().reserved()).isEqualTo(Money.inr(40_000));
        assertThat(paying()).contains(Money.inr(40_000));
        for (int i = 0; i < 2; i++) {
            assertThat(spend().as(CreditUse.class).status()).isEqualTo(UseStatus.spent);
        }

        assertThat(spendable()).isEqualTo(10_000);
        assertThat(credit().reserved()).isEqualTo(Money.inr(0));
        assertThat(credit().entries())
                .extracting(CreditEntry::kind)
                .containsExactly(CreditMove.spent, CreditMove.reserved, CreditMove.granted);
        assertThat(paying()).contains(Money.inr(40_000));
        assertThat(reserve(40_000).as(CreditUse.class).status()).isEqualTo(UseStatus.spent);
    }

    @Test
    void whatIsReleasedComesBackWhetherItWasSpentOrNot() {
        grant(grantId(), 50_000);
        reserve(40_000);
        release();
        assertThat(spendable()).isEqualTo(50_000);

        var another = new CreditId(order + ".2");
        assertThat(reserve(another, order, 30_000).as(CreditUse.class).status()).isEqualTo(UseStatus.reserved);
        send("/credit-uses/" + another + "/spend");
        assertThat(release(another).as(CreditUse.class).status()).isEqualTo(UseStatus.released);
        release(another);

        assertThat(spendable()).isEqualTo(50_000);
        assertThat(paying()).isEmpty();
        assertThat(problem(spend())).isEqualTo("409 credit_gone");
    }

    @Test
    void whatWasReleasedBeforeItCameNeverComes() {
        grant(grantId(), 50_000);
        release();

        assertThat(problem(reserve(40_000))).isEqualTo("409 credit_gone");

        assertThat(spendable()).isEqualTo(50_000);
        assertThat(release().as(CreditUse.class).status()).isEqualTo(UseStatus.released);
    }

    @Test
    void refusesWhatIsNotThereAndWhatDiffers() {
        grant(grantId(), 50_000);

        assertThat(problem(reserve(50_001))).isEqualTo("409 credit_gone");
        assertThat(problem(reserve(use, order, 300_001))).isEqualTo("422 credit_beyond_total");
        assertThat(problem(spend())).isEqualTo("409 credit_gone");
        reserve(10_000);
        assertThat(problem(reserve(20_000))).isEqualTo("409 use_differs");
        assertThat(problem(reserve(new CreditId(order + ".2"), order, 10_000))).isEqualTo("409 order_has_credit");

        assertThat(spendable()).isEqualTo(40_000);
    }

    @Test
    void noCreditIsSpentTwiceThoughAHundredOrdersComeAtOnce() throws Exception {
        grant(grantId(), 10_000);
        List<Callable<Integer>> orders = IntStream.range(0, 100)
                .<Callable<Integer>>mapToObj(i -> () -> {
                    var one = Till.order();
                    return reserve(new CreditId(one.value()), one, 1_000).status();
                })
                .toList();

        var statuses = atOnce(orders);

        assertThat(statuses).containsOnly(201, 409);
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(10);
        assertThat(spendable()).isZero();
    }

    @Test
    void aGrantAndItsTakingBackMeetInOneOrderOrTheOther() throws Exception {
        for (int i = 0; i < 20; i++) {
            var grant = grantId();
            atOnce(List.<Callable<Integer>>of(
                    () -> grant(grant, 1_000).status(), () -> takeBack(grant).status()));
            assertThat(spendable()).isZero();
        }
    }

    @Test
    void aRefundGoesBackTheWayTheOrderWasPaid() {
        grant(grantId(), 100_000);
        reserve(100_000);
        spend();
        var first = Till.refundId();

        for (int i = 0; i < 2; i++) {
            assertThat(refund(first, 100).as(CreditRefund.class))
                    .isEqualTo(new CreditRefund(first, order, Money.inr(33), Money.inr(67)));
        }
        assertThat(refund(Till.refundId(), 100).as(CreditRefund.class).credit()).isEqualTo(Money.inr(33));
        assertThat(refund(Till.refundId(), 100).as(CreditRefund.class).credit()).isEqualTo(Money.inr(34));
        assertThat(refund(Till.refundId(), 299_700).as(CreditRefund.class).credit())
                .isEqualTo(Money.inr(99_900));

        assertThat(spendable()).isEqualTo(100_000);
        assertThat(problem(refund(Till.refundId(), 1))).isEqualTo("422 refund_too_large");
        assertThat(problem(refund(first, 101))).isEqualTo("422 refund_differs");
    }

    @Test
    void aRefundWaitsForTheCreditThatPaysItsOrder() {
        grant(grantId(), 100_000);
        reserve(100_000);
        var refund = Till.refundId();
        var again = till.client().withKey("refund-" + refund);
        var wish = new RefundCredit(refund, Money.inr(300));
        var tooSoon = again.post("/orders/" + order + "/credit-refunds", wish);
        assertThat(problem(tooSoon)).isEqualTo("409 not_spent");
        assertThat(tooSoon.header("Retry-After")).isPresent();

        spend();

        assertThat(again.post("/orders/" + order + "/credit-refunds", wish).as(CreditRefund.class))
                .isEqualTo(new CreditRefund(refund, order, Money.inr(100), Money.inr(200)));
    }

    @Test
    void ofAnOrderThatPaidOnlyAPartAsMuchGoesBackAsIsLeftOfIt() {
        grant(grantId(), 100_000);
        reserve(100_000);
        spend();
        refund(Till.refundId(), 60_000);
        var refund = Till.refundId();
        var wish = new RefundCredit(refund, Money.inr(400_000), Optional.of(true));

        for (int i = 0; i < 2; i++) {
            assertThat(send("/orders/" + order + "/credit-refunds", wish).as(CreditRefund.class))
                    .isEqualTo(new CreditRefund(refund, order, Money.inr(80_000), Money.inr(160_000)));
        }

        assertThat(send(
                                "/orders/" + order + "/credit-refunds",
                                new RefundCredit(Till.refundId(), Money.inr(1), Optional.of(true)))
                        .as(CreditRefund.class)
                        .rest())
                .isEqualTo(Money.inr(0));
        assertThat(spendable()).isEqualTo(100_000);
    }

    @Test
    void ofAnOrderThatNoCreditPaidAllGoesBackAnotherWay() {
        var refund = Till.refundId();

        assertThat(refund(refund, 100).as(CreditRefund.class))
                .isEqualTo(new CreditRefund(refund, order, Money.inr(0), Money.inr(100)));
    }

    @Test
    void anOrderThatWasUndoneAfterARefundGivesBackTheRest() {
        grant(grantId(), 100_000);
        reserve(100_000);
        spend();
        refund(Till.refundId(), 30_000);
        assertThat(spendable()).isEqualTo(10_000);

        release();

        assertThat(spendable()).isEqualTo(100_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE credit_entry SET amount = amount + 1",
                "DELETE FROM credit_entry",
                "TRUNCATE credit_entry"
            })
    void noEntryIsChangedOrRemoved(String change) {
        grant(grantId(), 100);

        assertThatThrownBy(() -> till.books().useHandle(handle -> handle.execute(change)))
                .hasStackTraceContaining("permission denied");
    }

    @Test
    void nobodyCanLeaveAnAccountThatItsEntriesDoNotAddUpTo() {
        grant(grantId(), 100);

        assertThatThrownBy(() -> till.books()
                        .useHandle(handle -> handle.execute(
                                "UPDATE credit_account SET spendable = 101 WHERE customer_id = ?", customer.value())))
                .hasStackTraceContaining("differ from its entries");
        assertThatThrownBy(() -> till.books().useHandle(handle -> handle.execute("""
                        INSERT INTO credit_entry (at, customer_id, kind, from_account, to_account, amount, grant_id)
                        SELECT now(), customer_id, 'taken_back', 'customer', 'granted', 1, grant_id
                        FROM credit_grant WHERE customer_id = ?""", customer.value())))
                .hasStackTraceContaining("differ from its entries");
    }

    /** Whatever happens in whatever order: accounts add up, and no way gets more back than it paid. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void keepsItsPromisesInAnyCourseOfEvents(long seed) {
        var random = new Random(seed);
        var orders = new ArrayList<OrderId>();
        var grants = new ArrayList<CreditId>();
        for (int step = 0; step < 80; step++) {
            long before = spendable();
            switch (random.nextInt(9)) {
                case 0, 1 -> {
                    grants.add(grantId());
                    grant(grants.getLast(), 1L + random.nextInt(50_000));
                }
                case 7 -> {
                    grants.add(grantId());
                    grant(
                            grants.getLast(),
                            1L + random.nextInt(50_000),
                            Optional.of(till.now().plus(Duration.ofDays(1 + random.nextInt(20)))));
                }
                case 8 -> till.later(Duration.ofHours(random.nextInt(100)));
                case 2 -> pick(grants, random).ifPresent(StoreCreditTest::takeBack);
                case 3 -> {
                    var one = Till.order();
                    long amount = 1L + random.nextInt(60_000);
                    boolean reserved =
                            reserve(new CreditId(one.value()), one, amount).status() == 201;
                    assertThat(reserved).isEqualTo(amount <= before);
                    orders.add(one);
                }
                case 4 -> pick(orders, random).ifPresent(one -> send("/credit-uses/" + one + "/spend"));
                case 5 -> pick(orders, random).ifPresent(one -> release(new CreditId(one.value())));
                default ->
                    pick(orders, random).ifPresent(one -> refund(one, Till.refundId(), 1L + random.nextInt(200_000)));
            }
            assertThat(broken()).as("seed %d, step %d", seed, step).isEmpty();
        }
        assertThat(credit().expiring()).allSatisfy(part -> assertThat(part.at()).isAfter(till.now()));
    }

    @Test
    void whatIsNotUsedUntilItsDateExpiresOnceWhoeverLooks() throws Exception {
        grantFor(DAY, 30_000);
        grant(grantId(), 20_000);
        var ends = till.now().plus(DAY);
        assertThat(credit().expiring()).containsExactly(new ExpiringCredit(Money.inr(30_000), ends));

        till.later(DAY);
        var sweep = new Expiry(till.books(), till::now, CreditLedger.class);
        atOnce(IntStream.range(0, 20)
                .<Callable<Long>>mapToObj(i -> () -> {
                    sweep.sweep();
                    return spendable();
                })
                .toList());

        assertThat(spendable()).isEqualTo(20_000);
        assertThat(credit().expiring()).isEmpty();
        assertThat(credit().entries())
                .filteredOn(entry -> entry.kind() == CreditMove.expired)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.amount()).isEqualTo(Money.inr(30_000));
                    assertThat(entry.expiresAt()).contains(ends);
                });
        assertThat(problem(reserve(20_001))).isEqualTo("409 credit_gone");
    }

    @Test
    void theSweepFindsWhatNobodyLooksAt() {
        grantFor(DAY, 30_000);
        till.later(DAY);

        new Expiry(till.books(), till::now, CreditLedger.class).sweep();

        List<Long> expired = till.books()
                .withHandle(handle -> handle.createQuery(
                                "SELECT amount FROM credit_entry WHERE customer_id = :customer AND kind = 'expired'")
                        .bind("customer", customer.value())
                        .mapTo(Long.class)
                        .list());
        assertThat(expired).containsExactly(30_000L);
    }

    @Test
    void aCustomerIsRemindedOnceOfWhatEndsSoonAndOfWhatEndsSoonAfter() {
        grantFor(DAY.multipliedBy(40), 40_000);
        grantFor(DAY.multipliedBy(20), 20_000);
        grantFor(DAY.multipliedBy(15), 10_000);
        grant(grantId(), 5_000);
        assertThat(reminder()).isEmpty();
        till.later(DAY);

        var first = reminder().orElseThrow();

        assertThat(first.endings())
                .containsExactly(
                        new ExpiringCredit(Money.inr(10_000), till.now().plus(DAY.multipliedBy(14))),
                        new ExpiringCredit(Money.inr(20_000), till.now().plus(DAY.multipliedBy(19))));
        assertThat(reminder()).as("until it is told").contains(first);
        tell(first);
        assertThat(reminder()).isEmpty();
        till.later(DAY.multipliedBy(25));
        assertThat(reminder().orElseThrow().endings())
                .containsExactly(
                        new ExpiringCredit(Money.inr(40_000), till.now().plus(DAY.multipliedBy(14))));
    }

    @Test
    void nobodyIsRemindedOfWhatIsSpentOrSetAsideOrTakenBackMeanwhile() {
        grantFor(DAY, 10_000);
        reserve(4_000);
        assertThat(reminder().orElseThrow().endings().getFirst().amount()).isEqualTo(Money.inr(6_000));

        reserve(new CreditId("JM-" + UUID.randomUUID()), new OrderId("JM-" + UUID.randomUUID()), 5_000);
        assertThat(reminder().orElseThrow().endings().getFirst().amount())
                .as("not told yet, and less meanwhile")
                .isEqualTo(Money.inr(1_000));
        reserve(new CreditId("JM-" + UUID.randomUUID()), new OrderId("JM-" + UUID.randomUUID()), 1_000);

        assertThat(reminder()).isEmpty();
    }

    @Test
    void aCustomerIsRemindedAnewOfADateToWhichMoreIsAdded() {
        var date = till.now().plus(DAY);
        grant(grantId(), 10_000, Optional.of(date));
        tell(reminder().orElseThrow());
        reserve(4_000);
        assertThat(reminder()).as("less is nothing new").isEmpty();

        grant(grantId(), 9_000, Optional.of(date));

        assertThat(reminder().orElseThrow().endings()).containsExactly(new ExpiringCredit(Money.inr(15_000), date));
    }

    @Test
    void aReminderIsOneHoweverManyAskAtOnce() throws Exception {
        grantFor(DAY, 10_000);

        var answers = atOnce(IntStream.range(0, 20)
                .<Callable<Optional<CreditReminder>>>mapToObj(i -> this::reminder)
                .toList());

        assertThat(answers.stream().flatMap(Optional::stream).distinct()).hasSize(1);
    }

    @Test
    void whoseDateIsOverIsNotReminded() {
        grantFor(DAY, 10_000);
        reminder();

        till.later(DAY);

        assertThat(reminder()).isEmpty();
    }

    @Test
    void theShopSaysHowLongBefore() {
        try (var strict = new Till(config -> config.withSetting("JOURNEYMAN_REMINDER_DAYS", "0"))) {
            strict.client()
                    .withKey(UUID.randomUUID().toString())
                    .post(
                            "/credit-grants",
                            wish(grantId(), 10_000, Optional.of(strict.now().plus(DAY)), Optional.empty()));
            assertThat(asked(strict, List.of())).isEmpty();
        }
        assertThatThrownBy(() -> new Till(config -> config.withSetting("JOURNEYMAN_REMINDER_DAYS", "soon")))
                .hasStackTraceContaining("JOURNEYMAN_REMINDER_DAYS must be a number of days");
    }

    /** The one of this test's customer: the others that the same till has are told. */
    private Optional<CreditReminder> reminder() {
        var asked = asked(till, List.of());
        while (asked.stream().anyMatch(one -> !one.customerId().equals(customer))) {
            asked = asked(
                    till,
                    asked.stream()
                            .filter(one -> !one.customerId().equals(customer))
                            .map(CreditReminder::reminderId)
                            .toList());
        }
        return asked.stream().findFirst();
    }

    private static void tell(CreditReminder reminder) {
        asked(till, List.of(reminder.reminderId()));
    }

    private static List<CreditReminder> asked(Till till, List<ReminderId> told) {
        return repeated(() -> till.client()
                        .withKey(UUID.randomUUID().toString())
                        .post("/credit-reminders", new AskReminders(told)))
                .as(CreditReminders.class)
                .reminders();
    }

    @Test
    void whatExpiresFirstIsUsedFirst() {
        grant(grantId(), 10_000);
        grantFor(DAY.multipliedBy(2), 10_000);
        grantFor(DAY, 10_000);

        reserve(15_000);

        assertThat(credit().expiring())
                .containsExactly(new ExpiringCredit(Money.inr(5_000), till.now().plus(DAY.multipliedBy(2))));
        till.later(DAY.multipliedBy(3));
        assertThat(spendable()).isEqualTo(10_000);
    }

    @Test
    void whatAnOrderHasSetAsideStaysItsOwnAndCanBeUsedForAWhileWhenItComesBack() {
        grantFor(DAY, 30_000);
        reserve(20_000);

        till.later(DAY.multipliedBy(3));
        assertThat(spendable()).isZero();
        assertThat(credit().reserved()).isEqualTo(Money.inr(20_000));
        release();

        assertThat(credit().expiring())
                .containsExactly(new ExpiringCredit(
                        Money.inr(20_000), till.now().plus(io.journeyman.payment.credit.StoreCredit.GRACE)));
        till.later(io.journeyman.payment.credit.StoreCredit.GRACE);
        assertThat(spendable()).isZero();
    }

    @Test
    void anOrderSpendsWhatItHasSetAsideAfterItsDate() {
        grantFor(DAY, 30_000);
        reserve(30_000);
        till.later(DAY.multipliedBy(3));

        assertThat(spend().as(CreditUse.class).status()).isEqualTo(UseStatus.spent);
    }

    @Test
    void aRefundGivesBackFirstWhatDoesNotExpireAndTheRestForAWhile() {
        grantFor(DAY, 40_000);
        grant(grantId(), 60_000);
        reserve(100_000);
        spend();
        till.later(DAY.multipliedBy(2));

        refund(Till.refundId(), 240_000);
        assertThat(credit().expiring())
                .containsExactly(new ExpiringCredit(
                        Money.inr(20_000), till.now().plus(io.journeyman.payment.credit.StoreCredit.GRACE)));
        till.later(DAY);
        refund(Till.refundId(), 60_000);

        assertThat(credit().expiring())
                .extracting(part -> part.amount().minor())
                .containsExactly(20_000L, 20_000L);
        till.later(io.journeyman.payment.credit.StoreCredit.GRACE);
        assertThat(spendable()).isEqualTo(60_000);
    }

    @Test
    void aLaterDateIsKeptWhenItComesBack() {
        var late = till.now().plus(DAY.multipliedBy(100));
        grant(grantId(), 30_000, Optional.of(late));
        reserve(30_000);

        release();

        assertThat(credit().expiring()).containsExactly(new ExpiringCredit(Money.inr(30_000), late));
    }

    @Test
    void takingBackTakesWhatHasTheGrantsOwnDateAndNothingThatHasExpired() {
        var mistaken = grantId();
        var date = till.now().plus(DAY.multipliedBy(9));
        grantFor(DAY, 10_000);
        grant(mistaken, 10_000, Optional.of(date));

        assertThat(takeBack(mistaken).as(CreditGrant.class).expiresAt()).contains(date);
        assertThat(credit().expiring())
                .extracting(ExpiringCredit::at)
                .containsExactly(till.now().plus(DAY));

        var over = grantId();
        grant(over, 10_000, Optional.of(date));
        grant(grantId(), 10_000);
        till.later(DAY.multipliedBy(9));
        assertThat(problem(takeBack(over))).isEqualTo("409 credit_expired");
        assertThat(spendable()).isEqualTo(10_000);
    }

    @Test
    void aDateThatIsFinerThanPostgresKeepsItIsTheSameAgain() {
        var grant = grantId();
        var date = Optional.of(till.now().plus(DAY).plusNanos(1_999));

        for (int i = 0; i < 2; i++) {
            assertThat(grant(grant, 100, date).as(CreditGrant.class).expiresAt())
                    .contains(till.now().plus(DAY).plusNanos(1_000));
        }
    }

    @Test
    void aDateIsNeitherOverNorTooFarAway() {
        assertThat(problem(grantFor(Duration.ofMinutes(59), 100))).isEqualTo("422 date_out_of_range");
        assertThat(problem(grantFor(DAY.multipliedBy(3_661), 100))).isEqualTo("422 date_out_of_range");
        assertThat(send(
                                "/credit-grants",
                                wish(grantId(), 100, Optional.of(till.now().plus(DAY)), Optional.of(true)))
                        .status())
                .isEqualTo(400);

        assertThat(spendable()).isZero();
    }

    @Test
    void theShopMaySayHowLongCreditLastsUnlessItIsForGood() {
        try (var strict = new Till(config -> config.withSetting("JOURNEYMAN_CREDIT_DAYS", "30"))) {
            var grant = grantId();
            var usual = wish(grant, 10_000, Optional.empty(), Optional.empty());
            var ends = strict.now().plus(DAY.multipliedBy(30));

            assertThat(strict.client()
                            .post("/credit-grants", usual)
                            .as(CreditGrant.class)
                            .expiresAt())
                    .contains(ends);
            strict.later(DAY);
            assertThat(strict.client()
                            .post("/credit-grants", usual)
                            .as(CreditGrant.class)
                            .expiresAt())
                    .contains(ends);
            assertThat(strict.client()
                            .post("/credit-grants", wish(grant, 10_000, Optional.empty(), Optional.of(true)))
                            .problem()
                            .code())
                    .isEqualTo("grant_differs");
            strict.client().post("/credit-grants", wish(grantId(), 5_000, Optional.empty(), Optional.of(true)));

            strict.later(DAY.multipliedBy(30));
            var account = strict.client().get("/credit-accounts/" + customer).as(CreditAccount.class);
            assertThat(account.spendable()).isEqualTo(Money.inr(5_000));
            assertThat(account.grants())
                    .extracting(GrantedCredit::expiresAt)
                    .containsExactly(Optional.empty(), Optional.of(ends));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3651", "a year"})
    void refusesASettingThatIsNoNumberOfDays(String days) {
        assertThatThrownBy(() -> CreditSettings.from(
                        AgentConfig.local("", "s".repeat(32)).withSetting("JOURNEYMAN_CREDIT_DAYS", days)))
                .hasMessageContaining("JOURNEYMAN_CREDIT_DAYS must be");
    }

    private static <T> Optional<T> pick(List<T> all, Random random) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    private StoreCredit credit() {
        return till.client().post("/store-credit", new GetStoreCredit(customer)).as(StoreCredit.class);
    }

    private long spendable() {
        return credit().spendable().minor();
    }

    private Optional<Money> paying() {
        return till.client()
                .get("/orders/" + order + "/attempts")
                .as(Attempts.class)
                .credit();
    }

    private Answer grant(CreditId grant, long amount) {
        return grant(grant, amount, Optional.empty());
    }

    private Answer grantFor(Duration time, long amount) {
        return grant(grantId(), amount, Optional.of(till.now().plus(time)));
    }

    private Answer grant(CreditId grant, long amount, Optional<Instant> expiresAt) {
        return send("/credit-grants", wish(grant, amount, expiresAt, Optional.empty()));
    }

    private GrantCredit wish(CreditId grant, long amount, Optional<Instant> expiresAt, Optional<Boolean> neverExpires) {
        return new GrantCredit(
                grant, customer, Money.inr(amount), "for the delay", Optional.empty(), expiresAt, neverExpires);
    }

    private static Answer takeBack(CreditId grant) {
        return send("/credit-grants/" + grant + "/take-back");
    }

    private Answer reserve(long amount) {
        return reserve(use, order, amount);
    }

    private Answer reserve(CreditId id, OrderId of, long amount) {
        return send("/credit-uses", new ReserveCredit(id, of, customer, Money.inr(amount), TOTAL));
    }

    private Answer spend() {
        return send("/credit-uses/" + use + "/spend");
    }

    private Answer release() {
        return release(use);
    }

    private static Answer release(CreditId id) {
        return send("/credit-uses/" + id + "/release");
    }

    private Answer refund(RefundId id, long amount) {
        return refund(order, id, amount);
    }

    private static Answer refund(OrderId of, RefundId id, long amount) {
        return send("/orders/" + of + "/credit-refunds", new RefundCredit(id, Money.inr(amount)));
    }

    private static Answer send(String path) {
        return repeated(() -> till.client().post(path));
    }

    private static Answer send(String path, Object body) {
        return repeated(() -> till.client().post(path, body));
    }

    /** Sent again, as the worker does, while a crowd is before it and the agent asks to try again. */
    private static Answer repeated(Supplier<Answer> call) {
        Answer answer = call.get();
        for (int i = 0; i < 50 && answer.status() == 503; i++) {
            answer = call.get();
        }
        return answer;
    }

    private static String problem(Answer answer) {
        return answer.status() + " " + answer.problem().code();
    }

    private static CreditId grantId() {
        return new CreditId("grant-" + UUID.randomUUID());
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        List<T> answers = new ArrayList<>();
        try (var pool = Executors.newFixedThreadPool(Math.min(calls.size(), 50))) {
            for (var answer : pool.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    /** Accounts that their entries, grants and uses do not add up to; empty when every promise is kept. */
    private static List<String> broken() {
        return till.books()
                .withHandle(
                        handle -> handle.createQuery("""
                        SELECT 'account of ' || customer_id FROM credit_account a
                        WHERE spendable < 0 OR reserved < 0
                            OR spendable <> (SELECT coalesce(sum(CASE 'customer' WHEN to_account THEN amount
                                WHEN from_account THEN -amount END), 0) FROM credit_entry e WHERE e.customer_id = a.customer_id)
                            OR reserved <> (SELECT coalesce(sum(amount), 0) FROM credit_use u
                                WHERE u.customer_id = a.customer_id AND status = 'reserved')
                            OR spendable + reserved <> (SELECT coalesce(sum(amount), 0) FROM credit_grant g
                                    WHERE g.customer_id = a.customer_id AND status = 'granted')
                                - (SELECT coalesce(sum(amount - given_back), 0) FROM credit_use u
                                    WHERE u.customer_id = a.customer_id AND status = 'spent')
                                - (SELECT coalesce(sum(amount), 0) FROM credit_entry e
                                    WHERE e.customer_id = a.customer_id AND kind = 'expired')
                            OR EXISTS (SELECT FROM credit_left l WHERE l.customer_id = a.customer_id AND amount < 0)
                        """).mapTo(String.class).list());
    }
}
