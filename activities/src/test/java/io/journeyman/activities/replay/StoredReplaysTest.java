package io.journeyman.activities.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.journeyman.activities.conversation.ActivityAssembly;
import io.journeyman.activities.replay.FailedPayments.Filter;
import io.journeyman.activities.replay.Replays.Asked;
import io.journeyman.activities.replay.Replays.Chosen;
import io.journeyman.activities.replay.Replays.Wish;
import io.journeyman.activities.staff.Position;
import io.journeyman.activities.staff.StaffJourney;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.contracts.OrderId;
import io.journeyman.db.Database;
import io.journeyman.testing.TestPostgres;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowServiceException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which failed payments are found, and that each of a replay's orders is tried once. */
class StoredReplaysTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final Map<String, AtomicInteger> tried = new ConcurrentHashMap<>();
    private Database database;
    private FailedPayments payments;
    private Replays replays;
    private StoredReplays steps;

    @BeforeEach
    void open() {
        String url = TestPostgres.freshDatabase(ActivityAssembly.OWNER);
        database = Database.open(url, ActivityAssembly.OWNER);
        payments = new FailedPayments(database.jdbi());
        replays = new Replays(database.jdbi(), () -> NOW);
        steps = new StoredReplays(database.jdbi(), () -> NOW, (payment, replay, until) -> {
            tried.computeIfAbsent(payment.orderId().value(), id -> new AtomicInteger())
                    .incrementAndGet();
            return new ReplayOutcome(ReplayResult.replayed_paid, "");
        });
        database.jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO conversation (id, customer_id, created_at) VALUES ('conv-1', 'cust-1', now())"""));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void findsWhatFailedByWhyWhenHowMuchWhereAndWhose() {
        failed("JM-1", "insufficient_funds", 1_000, "web", "cust-1", NOW.minusSeconds(10));
        failed("JM-2", "expired_card", 2_000, "whatsapp", "cust-2", NOW.minusSeconds(20));
        journey("JM-3", "order_confirmed", "", 3_000, "web", "cust-1", NOW.minusSeconds(30));

        assertThat(found(Filter.ALL)).containsExactly("JM-1", "JM-2");
        assertThat(found(filter("expired_card", null, null, null, null, null, null)))
                .containsExactly("JM-2");
        assertThat(found(filter(null, NOW.minusSeconds(15), null, null, null, null, null)))
                .containsExactly("JM-1");
        assertThat(found(filter(null, null, NOW.minusSeconds(10), null, null, null, null)))
                .containsExactly("JM-2");
        assertThat(found(filter(null, null, null, 1_500L, 2_000L, null, null))).containsExactly("JM-2");
        assertThat(found(filter(null, null, null, null, null, "web", null))).containsExactly("JM-1");
        assertThat(found(filter(null, null, null, null, null, null, "cust-2"))).containsExactly("JM-2");
        assertThat(payments.of(new OrderId("JM-3"))).isEmpty();
    }

    @Test
    void pagesThroughPaymentsThatFailedAtTheSameMoment() {
        for (int i = 0; i < 25; i++) {
            failed("JM-" + i, "expired_card", 1_000, "web", "cust-1", NOW);
        }
        var seen = new ArrayList<String>();
        Optional<Position> last = Optional.empty();
        for (var page = payments.find(Filter.ALL, last, 10);
                !page.isEmpty();
                page = payments.find(Filter.ALL, last, 10)) {
            page.forEach(payment -> seen.add(payment.orderId().value()));
            last = Position.parse(page.getLast().position().toString());
        }

        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void thePageAfterBeginsWhereThePageBeforeEndedThoughThatOrderIsPaidMeanwhile() {
        failed("JM-1", "expired_card", 1_000, "web", "cust-1", NOW);
        failed("JM-2", "expired_card", 1_000, "web", "cust-1", NOW.minusSeconds(10));
        failed("JM-3", "expired_card", 1_000, "web", "cust-1", NOW.minusSeconds(20));
        var after = payments.find(Filter.ALL, Optional.empty(), 2).getLast().position();
        database.jdbi()
                .useHandle(handle ->
                        handle.execute("UPDATE journey SET code = 'order_confirmed' WHERE journey_id = 'JM-2'"));

        assertThat(payments.find(Filter.ALL, Optional.of(after), 2))
                .extracting(payment -> payment.orderId().value())
                .containsExactly("JM-3");
    }

    @Test
    void writesDownForEachOrderWhoAskedAndWhyOnce() {
        failed("JM-1", "expired_card", 1_000, "web", "cust-1", NOW);
        failed("JM-2", "expired_card", 1_000, "web", "cust-1", NOW);
        var journeys = new StaffJourneys(database.jdbi(), () -> NOW);

        String id = ask("k", new Chosen.Fitting(Filter.ALL, 10));
        ask("k", new Chosen.Fitting(Filter.ALL, 10));
        ask("named", new Chosen.Orders(List.of(new OrderId("JM-2"), new OrderId("JM-NONE"))));

        assertThat(journeys.actions("checkout-JM-1"))
                .containsExactly(new StaffJourney.Action("staff-1", "replay payment", "a test", id, NOW));
        assertThat(journeys.actions("checkout-JM-2")).hasSize(2);
        assertThat(journeys.actions("checkout-JM-NONE")).isEmpty();
    }

    @Test
    void goesThroughTenThousandOrdersAndTriesEachOnce() {
        database.jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO quote SELECT 'q-' || n, 'conv-1', 'cust-1', '{}', 1000, 'INR', now(), '2026-11-25T00:00:00Z'
                FROM generate_series(1, 10000) n;
                INSERT INTO proposal SELECT 'p-' || n, 'conv-1', n, 'c', 'Checkout', 'q-' || n, 'web', 'confirmed', 'JM-' || n,
                    now(), now(), now() FROM generate_series(1, 10000) n;
                INSERT INTO journey SELECT 'checkout-JM-' || n, 'JM-' || n, 'conv-1', 'Checkout', 'failed', 'payment_failed', '', NULL, 1,
                    '{"reason": "network_error"}', now(), now() FROM generate_series(1, 10000) n"""));
        String id = ask("all", new Chosen.Fitting(Filter.ALL, Replays.MOST_ORDERS));

        var heartbeats = new AtomicInteger();
        int steps = 1;
        while (this.steps.next(id, 50, heartbeats::incrementAndGet).left()) {
            steps++;
        }

        assertThat(steps).isEqualTo(200);
        assertThat(heartbeats.get()).isGreaterThanOrEqualTo(10_000);
        assertThat(tried)
                .hasSize(10_000)
                .allSatisfy((order, times) -> assertThat(times.get()).isEqualTo(1));
        assertThat(replays.find(id).orElseThrow().results())
                .containsExactly(Map.entry(ReplayResult.replayed_paid, 10_000));
    }

    @Test
    void triesNoOrderThatHasItsResultWhenAStepIsRepeated() {
        failed("JM-1", "expired_card", 1_000, "web", "cust-1", NOW);
        String id = ask("one", new Chosen.Orders(List.of(new OrderId("JM-1"))));

        steps.next(id, 10, () -> {});
        var again = steps.next(id, 10, () -> {});

        assertThat(again).isEqualTo(new ReplayActivities.Step(0, false));
        assertThat(tried.get("JM-1").get()).isEqualTo(1);
    }

    @Test
    void saysWhyAnOrderWasNotTried() {
        failed("JM-OLD", "expired_card", 1_000, "web", "cust-1", NOW.minus(Duration.ofDays(9)));
        database.jdbi().useHandle(h -> h.execute("UPDATE quote SET valid_until = ?", NOW.minusSeconds(1)));
        journey("JM-PAID", "order_confirmed", "", 1_000, "web", "cust-1", NOW);
        journey("JM-GONE", "order_cancelled", "", 1_000, "web", "cust-1", NOW);
        String id = ask(
                "all",
                new Chosen.Orders(List.of(
                        new OrderId("JM-OLD"),
                        new OrderId("JM-PAID"),
                        new OrderId("JM-GONE"),
                        new OrderId("JM-NONE"))));

        steps.next(id, 10, () -> {});

        assertThat(replays.report(id, 0, 10))
                .extracting(line -> line.orderId() + " " + line.result().orElseThrow() + " " + line.code())
                .containsExactly(
                        "JM-OLD price_honoured_until_passed quote_expired",
                        "JM-PAID already_paid ",
                        "JM-GONE skipped order_cancelled",
                        "JM-NONE skipped order_unknown");
        assertThat(tried).isEmpty();
    }

    @Test
    void goesOnWhenOneOrderCannotBeReached() {
        failed("JM-1", "expired_card", 1_000, "web", "cust-1", NOW);
        failed("JM-2", "expired_card", 1_000, "web", "cust-1", NOW);
        var broken = new StoredReplays(database.jdbi(), () -> NOW, (payment, replay, until) -> {
            if (payment.orderId().value().equals("JM-1")) {
                throw new IllegalStateException("nobody there");
            }
            return new ReplayOutcome(ReplayResult.replayed_paid, "");
        });
        String id = ask("both", new Chosen.Fitting(Filter.ALL, 10));

        assertThat(broken.next(id, 10, () -> {}).left()).isFalse();

        assertThat(replays.report(id, 0, 10))
                .extracting(line -> line.orderId() + " " + line.result().orElseThrow() + " " + line.code())
                .containsExactlyInAnyOrder("JM-1 skipped not_reached", "JM-2 replayed_paid ");
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED", "RESOURCE_EXHAUSTED"})
    void triesTheOrdersAgainThatTemporalWasAwayFor(Status.Code code) {
        assertTriedAgain(() -> {
            throw new WorkflowServiceException(
                    WorkflowExecution.newBuilder()
                            .setWorkflowId("checkout-JM-1")
                            .build(),
                    "Checkout",
                    code.toStatus().asRuntimeException());
        });
    }

    @Test
    void triesTheOrdersAgainThatWereInFlightWhenItsWorkerStopped() {
        assertTriedAgain(() -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped");
        });
    }

    private void assertTriedAgain(Runnable outage) {
        failed("JM-1", "expired_card", 1_000, "web", "cust-1", NOW);
        failed("JM-2", "expired_card", 1_000, "web", "cust-1", NOW);
        failed("JM-3", "expired_card", 1_000, "web", "cust-1", NOW);
        var away = new AtomicBoolean(true);
        var shaky = new StoredReplays(database.jdbi(), () -> NOW, (payment, replay, until) -> {
            if (away.get() && !payment.orderId().value().equals("JM-2")) {
                outage.run();
            }
            return new ReplayOutcome(ReplayResult.replayed_paid, "");
        });
        String id = ask("all", new Chosen.Fitting(Filter.ALL, 10));

        assertThatThrownBy(() -> shaky.next(id, 10, () -> {}))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(failure.getOriginalMessage())
                            .isEqualTo("2 of 3 orders of replay " + id + " have no result yet");
                });
        assertThat(replays.find(id).orElseThrow().left()).isEqualTo(2);
        away.set(false);

        assertThat(shaky.next(id, 10, () -> {})).isEqualTo(new ReplayActivities.Step(2, false));
        assertThat(replays.find(id).orElseThrow().results()).containsExactly(Map.entry(ReplayResult.replayed_paid, 3));
    }

    @Test
    void isAskedOnceByItsKey() {
        var wish = wish("key", new Chosen.Fitting(Filter.ALL, 10), "a");

        var first = (Asked.Stored) replays.ask(wish);
        var again = (Asked.Stored) replays.ask(wish);

        assertThat(first.fresh()).isTrue();
        assertThat(again.fresh()).isFalse();
        assertThat(again.replay().replayId()).isEqualTo(first.replay().replayId());
        assertThat(replays.ask(wish("key", new Chosen.Fitting(Filter.ALL, 10), "b")))
                .isEqualTo(new Asked.OtherWish());
    }

    private String ask(String key, Chosen chosen) {
        return ((Asked.Stored) replays.ask(wish(key, chosen, key))).replay().replayId();
    }

    private static Wish wish(String key, Chosen chosen, String fingerprint) {
        return new Wish("staff-1", key, fingerprint, "a test", chosen, 50, Optional.empty());
    }

    private List<String> found(Filter filter) {
        return payments.find(filter, Optional.empty(), 100).stream()
                .map(payment -> payment.orderId().value())
                .toList();
    }

    private static Filter filter(
            String failure, Instant from, Instant to, Long least, Long most, String channel, String customer) {
        return new Filter(
                Optional.ofNullable(failure),
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                Optional.ofNullable(least),
                Optional.ofNullable(most),
                Optional.ofNullable(channel),
                Optional.ofNullable(customer));
    }

    private void failed(String order, String failure, long minor, String channel, String customer, Instant at) {
        journey(order, "payment_failed", failure, minor, channel, customer, at);
    }

    private void journey(
            String order, String code, String failure, long minor, String channel, String customer, Instant at) {
        database.jdbi().useHandle(handle -> {
            handle.execute(
                    "INSERT INTO quote VALUES (?, 'conv-1', ?, '{}', ?, 'INR', now(), ?)",
                    "q-" + order,
                    customer,
                    minor,
                    NOW.plusSeconds(600));
            handle.execute(
                    "INSERT INTO proposal VALUES (?, 'conv-1', 1, ?, 'Checkout', ?, ?, 'confirmed', ?, now(), now(), now())",
                    "p-" + order,
                    order,
                    "q-" + order,
                    channel,
                    order);
            handle.execute(
                    "INSERT INTO journey VALUES (?, ?, 'conv-1', 'Checkout', 'failed', ?, '', NULL, 1, jsonb_build_object('reason', ?::text), now(), ?)",
                    "checkout-" + order,
                    order,
                    code,
                    failure,
                    at);
        });
    }
}
