package io.journeyman.loyalty.points;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.AskReminders;
import io.journeyman.contracts.Loyalty.Benefits;
import io.journeyman.contracts.Loyalty.BenefitsStatus;
import io.journeyman.contracts.Loyalty.Expiring;
import io.journeyman.contracts.Loyalty.PointsReminder;
import io.journeyman.contracts.Loyalty.PointsReminders;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ReminderId;
import io.journeyman.loyalty.TestShop;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointsLedgerTest {
    private static final Duration HALF_A_YEAR = Duration.ofDays(180);
    private static final Duration A_YEAR = Duration.ofDays(365);

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
    void pointsCanBeSpentForAYear() {
        var customer = shop.customer(100);

        shop.pass(A_YEAR.minusMillis(1));
        assertThat(shop.spendable(customer)).isEqualTo(100);
        shop.pass(Duration.ofMillis(1));
        assertThat(shop.spendable(customer)).isZero();
        assertThat(shop.reserve(TestShop.order(), customer, 1, List.of())
                        .problem()
                        .code())
                .isEqualTo("benefits_gone");
        shop.sweep();

        assertThat(shop.spendable(customer)).isZero();
        assertThat(shop.entries(customer, "expired")).isEqualTo(100);
    }

    @Test
    void aCustomerIsRemindedOnceOfPointsThatEndSoonAndAreStillThere() {
        var customer = shop.customer(100);
        shop.pass(Duration.ofDays(300));
        shop.bought(customer, 30, 5_000_00);
        assertThat(reminders(customer, List.of())).isEmpty();
        shop.pass(Duration.ofDays(52));

        var reminder = reminders(customer, List.of()).getFirst();

        assertThat(reminder.endings())
                .containsExactly(new Expiring(70, shop.now().plus(Duration.ofDays(13))));
        assertThat(reminders(customer, List.of(reminder.reminderId()))).isEmpty();
        assertThat(reminders(customer, List.of())).isEmpty();
    }

    private static List<PointsReminder> reminders(CustomerId customer, List<ReminderId> told) {
        return shop
                .client()
                .withKey(UUID.randomUUID().toString())
                .post("/points-reminders", new AskReminders(told))
                .as(PointsReminders.class)
                .reminders()
                .stream()
                .filter(one -> one.customerId().equals(customer))
                .toList();
    }

    @Test
    void theOldestPointsAreSpentFirst() {
        var customer = shop.customer(100);
        shop.pass(HALF_A_YEAR);
        shop.bought(customer, 70, 5_000_00);

        shop.pass(A_YEAR.minus(HALF_A_YEAR));
        shop.sweep();

        assertThat(shop.entries(customer, "expired")).isEqualTo(30);
        assertThat(shop.spendable(customer)).isEqualTo(50);
    }

    @Test
    void nothingExpiresThatAnOrderHasSetAsideAndWhatComesBackLateExpiresThen() {
        var customer = shop.customer(100);
        var kept = TestShop.order();
        var cancelled = TestShop.order();
        shop.reserve(kept, customer, 30, List.of());
        shop.reserve(cancelled, customer, 50, List.of());

        shop.pass(A_YEAR);
        shop.sweep();
        assertThat(shop.entries(customer, "expired")).isEqualTo(20);
        shop.commit(kept, 99_00);
        shop.release(cancelled);
        assertThat(shop.spendable(customer)).isZero();
        shop.sweep();

        assertThat(shop.entries(customer, "expired")).isEqualTo(70);
        assertThat(shop.entries(customer, "spent")).isEqualTo(30);
    }

    @Test
    void whatAnUndoneOrderSpentComesBackAndWhatItEarnedGoes() {
        var customer = shop.customer(100);
        var order = shop.bought(customer, 60, 2_000_00);
        assertThat(shop.spendable(customer)).isEqualTo(60);

        shop.release(order);

        assertThat(shop.spendable(customer)).isEqualTo(100);
        assertThat(shop.entries(customer, "taken_back")).isEqualTo(20);
    }

    @Test
    void whoSpentWhatAnUndoneOrderEarnedOwesItAndCanStillBuy() {
        var customer = shop.customer(0);
        var undone = shop.bought(customer, 0, 10_000_00);
        shop.bought(customer, 100, 99_00);
        shop.release(undone);

        assertThat(shop.spendable(customer)).isZero();
        var order = TestShop.order();
        assertThat(shop.reserve(order, customer, 0, List.of())
                        .as(Benefits.class)
                        .status())
                .isEqualTo(BenefitsStatus.reserved);
        shop.commit(order, 13_000_00);
        assertThat(shop.spendable(customer)).isEqualTo(30);
    }

    @Test
    void anUndoneOrderTakesNothingBackThatHasExpired() {
        var customer = shop.customer(0);
        var order = shop.bought(customer, 0, 10_000_00);
        shop.pass(A_YEAR);
        shop.sweep();

        shop.release(order);

        assertThat(shop.entries(customer, "expired")).isEqualTo(100);
        assertThat(shop.entries(customer, "taken_back")).isZero();
    }

    @Test
    void noPointIsReservedTwiceThoughTwoHundredOrdersComeWhileSomeExpire() throws Exception {
        var customer = shop.customer(40);
        shop.pass(HALF_A_YEAR);
        shop.bought(customer, 0, 10_000_00);
        shop.pass(A_YEAR.minus(HALF_A_YEAR));

        List<Integer> statuses = TestShop.atOnce(IntStream.range(0, 200)
                .<Callable<Integer>>mapToObj(i -> () ->
                        shop.reserve(TestShop.order(), customer, 1, List.of()).status())
                .toList());

        assertThat(statuses).containsOnly(201, 409);
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(100);
        assertThat(shop.entries(customer, "expired")).isEqualTo(40);
        assertThat(deadlocks())
                .as("orders that waited for each other in a circle")
                .isZero();
    }

    @Test
    void expiresOnceThoughEightSweepAtOnce() throws Exception {
        var customers = IntStream.range(0, 20).mapToObj(i -> shop.customer(10)).toList();
        shop.pass(A_YEAR);
        List<Callable<Boolean>> sweeps = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sweeps.add(() -> {
                shop.sweep();
                return true;
            });
        }

        TestShop.atOnce(sweeps);

        assertThat(customers)
                .allSatisfy(customer ->
                        assertThat(shop.entries(customer, "expired")).isEqualTo(10));
    }

    @Test
    void expiresOnceThoughTheFirstSweepDiedBeforeItsEnd() throws SQLException {
        var customer = shop.customer(10);
        shop.pass(A_YEAR);
        try (var dying = shop.connection()) {
            dying.begin();
            dying.attach(PointsLedger.class).lapse(customer, shop.now());
            // what the database sees of a process that is killed
            dying.getConnection().abort(Runnable::run);
        }
        assertThat(shop.entries(customer, "expired")).isZero();

        shop.sweep();
        shop.sweep();

        assertThat(shop.entries(customer, "expired")).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_entry SET points = points + 1",
                "DELETE FROM ledger_entry",
                "TRUNCATE ledger_entry",
                "DELETE FROM points_entry"
            })
    void noEntryIsChangedOrRemoved(String change) {
        shop.customer(10);

        assertThatThrownBy(() -> shop.jdbi().useHandle(handle -> handle.execute(change)))
                .hasStackTraceContaining("permission denied");
    }

    @Test
    void nobodyCanLeaveAnAccountThatItsEntriesDoNotAddUpTo() {
        var customer = shop.customer(10);

        assertThatThrownBy(() -> shop.jdbi()
                        .useHandle(handle -> handle.execute(
                                "UPDATE account SET points = 11 WHERE customer_id = ?", customer.value())))
                .hasStackTraceContaining("differ from its entries");
        assertThatThrownBy(() -> shop.jdbi().useHandle(handle -> handle.execute("""
                        INSERT INTO ledger_entry (at, customer_id, kind, from_account, to_account, points, expires_at)
                        VALUES (now(), ?, 'opening', 'opening', 'customer', 5, now())""", customer.value())))
                .hasStackTraceContaining("differ from its entries");
    }

    /** Whatever happens in whatever order: the accounts add up, nobody spends what is not there, and sweeping adds nothing. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keepsItsPromisesInAnyCourseOfEvents(long seed) {
        var random = new Random(seed);
        var customer = shop.customer(random.nextInt(300));
        var orders = new ArrayList<OrderId>();
        for (int step = 0; step < 60; step++) {
            long before = shop.spendable(customer);
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    long points = random.nextInt(200);
                    var order = TestShop.order();
                    boolean reserved =
                            shop.reserve(order, customer, points, List.of()).status() == 201;
                    assertThat(reserved).isEqualTo(points == 0 || points <= before);
                    assertThat(shop.spendable(customer)).isEqualTo(reserved ? before - points : before);
                    orders.add(order);
                }
                case 2 -> pick(orders, random, order -> shop.commit(order, random.nextInt(20_000_00)));
                case 3 -> pick(orders, random, shop::release);
                case 4 -> shop.pass(Duration.ofDays(random.nextInt(200)));
                default -> {
                    shop.sweep();
                    assertThat(shop.spendable(customer)).isEqualTo(before);
                }
            }
            assertThat(shop.brokenAccounts()).as("seed %d, step %d", seed, step).isEmpty();
        }
        orders.forEach(shop::release);
        shop.pass(A_YEAR);
        shop.sweep();
        assertThat(shop.spendable(customer)).isZero();
        assertThat(left(customer)).as("seed %d", seed).isNotPositive();
    }

    private static void pick(List<OrderId> orders, Random random, Consumer<OrderId> then) {
        if (!orders.isEmpty()) {
            then.accept(orders.get(random.nextInt(orders.size())));
        }
    }

    private static long deadlocks() {
        return shop.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
                        .mapTo(Long.class)
                        .one());
    }

    private static long left(CustomerId customer) {
        return shop.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT points - reserved FROM account WHERE customer_id = :customer")
                        .bind("customer", customer)
                        .mapTo(Long.class)
                        .one());
    }
}
