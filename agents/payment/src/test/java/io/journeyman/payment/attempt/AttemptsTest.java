package io.journeyman.payment.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.Outcome;
import io.journeyman.contracts.Payment.SecurePayment;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import io.journeyman.kit.ProblemException;
import io.journeyman.payment.BreakingLine;
import io.journeyman.payment.gateway.Gateway.GatewayUnreachable;
import io.journeyman.payment.gateway.TestGateway;
import io.journeyman.payment.token.Card;
import io.journeyman.payment.token.CardNumber;
import io.journeyman.testing.TestPostgres;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds when the agent dies, or the gateway is gone, between any two steps of an attempt. */
class AttemptsTest {
    private static final CustomerId ASHA = new CustomerId("cust-demo");
    private static final Money TOTAL = Money.inr(259_900);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-24T05:00:00Z"));

    private static Database database;
    private static Jdbi jdbi;
    private static BreakingLine line;
    private static Attempts attempts;
    private static PaymentToken card;

    private final OrderId order = new OrderId("ord-" + UUID.randomUUID());

    @BeforeAll
    static void open() {
        String url = TestPostgres.freshDatabase(new Owner("payment"), "kit");
        database = Database.open(url, new Owner("payment"), 4);
        jdbi = database.jdbi();
        line = new BreakingLine(new TestGateway(jdbi, CLOCK));
        attempts = new Attempts(jdbi, line, CLOCK);
        card = new PaymentToken("tok-good");
        String reference = line.vault(new Card(CardNumber.parse("4242"), Optional.empty(), Optional.empty()));
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO card_token (token, customer_id, brand, last4, reference, created_at)
                        VALUES (:token, :customer, 'Visa', '4242', :reference, now())""")
                .bind("token", card)
                .bind("customer", ASHA)
                .bind("reference", reference)
                .execute());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void mend() {
        line.mend();
    }

    @Test
    void writesTheAttemptDownBeforeItAsksTheGatewayAndKeepsNoTransactionOpenMeanwhile() {
        var asked = new AtomicInteger();
        line.before(() -> {
            asked.incrementAndGet();
            assertThat(attempts.of(order)).singleElement().satisfies(is(Outcome.unknown, AttemptStatus.open));
            assertThatThrownBy(() -> secure(2)).satisfies(problem(409, "attempt_blocked"));
            assertThat(transactionsOpen()).isZero();
        });

        assertThat(secure(1)).satisfies(is(Outcome.secured, AttemptStatus.authorised));

        assertThat(asked).hasValue(1);
    }

    @Test
    void settlesAnAttemptThatDiedBeforeTheGatewayWasAskedAndLetsItNotComeLate() {
        line.before(AttemptsTest::die);
        died(() -> secure(1));
        line.mend();
        assertThat(attempts.of(order)).singleElement().satisfies(is(Outcome.unknown, AttemptStatus.open));

        assertThat(attempts.inquire(order, 1)).satisfies(is(Outcome.declined, AttemptStatus.declined));

        assertThat(secure(1)).satisfies(is(Outcome.declined, AttemptStatus.declined));
        assertThat(charged()).isZero();
        assertThat(secure(2)).satisfies(is(Outcome.secured, AttemptStatus.authorised));
        assertThat(charged()).isEqualTo(TOTAL.minor());
    }

    @Test
    void findsTheChargeOfAnAttemptThatDiedBeforeItsAnswerWasWrittenDown() {
        line.after(AttemptsTest::die);
        died(() -> secure(1));
        line.mend();
        assertThatThrownBy(() -> secure(2)).satisfies(problem(409, "attempt_blocked"));

        assertThat(attempts.inquire(order, 1)).satisfies(is(Outcome.secured, AttemptStatus.authorised));

        assertThat(charged()).isEqualTo(TOTAL.minor());
    }

    @Test
    void chargesOnceWhenAnAttemptThatDiedIsSentAgain() {
        line.after(AttemptsTest::die);
        died(() -> secure(1));
        line.mend();

        assertThat(secure(1)).satisfies(is(Outcome.secured, AttemptStatus.authorised));

        assertThat(charged()).isEqualTo(TOTAL.minor());
    }

    @Test
    void goesOnWithACaptureThatDiedHalfway() {
        secure(1);
        line.after(AttemptsTest::die);
        died(() -> attempts.capture(order, 1, TOTAL));
        line.mend();

        assertThat(attempts.capture(order, 1, TOTAL)).satisfies(is(Outcome.secured, AttemptStatus.captured));

        assertThat(charged()).isEqualTo(TOTAL.minor());
    }

    @Test
    void givesBackWhatACaptureTookThatDiedHalfway() {
        secure(1);
        line.after(AttemptsTest::die);
        died(() -> attempts.capture(order, 1, TOTAL));
        line.mend();

        attempts.cancel(order, 1);

        assertThat(charged()).isZero();
    }

    @Test
    void goesOnWithAnUndoThatDiedHalfway() {
        secure(1);
        attempts.capture(order, 1, TOTAL);
        line.before(AttemptsTest::die);
        died(() -> attempts.cancel(order, 1));
        line.mend();

        assertThat(attempts.cancel(order, 1)).satisfies(is(Outcome.secured, AttemptStatus.refunded));

        assertThat(charged()).isZero();
    }

    @Test
    void staysUnknownForAsLongAsTheGatewayIsGone() {
        line.before(AttemptsTest::unreachable);

        assertThat(secure(1)).satisfies(is(Outcome.unknown, AttemptStatus.open));
        assertThat(attempts.inquire(order, 1)).satisfies(is(Outcome.unknown, AttemptStatus.open));
        assertThat(secure(1)).satisfies(is(Outcome.unknown, AttemptStatus.open));
    }

    @Test
    void asksToComeAgainWhenTheGatewayIsGoneDuringACaptureOrAnUndo() {
        secure(1);
        line.before(AttemptsTest::unreachable);

        assertThatThrownBy(() -> attempts.capture(order, 1, TOTAL)).satisfies(problem(503, "gateway_unreachable"));
        assertThatThrownBy(() -> attempts.cancel(order, 1)).satisfies(problem(503, "gateway_unreachable"));
        line.mend();

        assertThat(attempts.cancel(order, 1).status()).isEqualTo(AttemptStatus.voided);
        assertThat(charged()).isZero();
    }

    private Attempt secure(int attempt) {
        return attempts.secure(new SecurePayment(order, attempt, ASHA, MethodKind.card, Optional.of(card), TOTAL));
    }

    private static void die() {
        throw new Died();
    }

    private static void unreachable() {
        throw new GatewayUnreachable();
    }

    private static void died(ThrowingCallable step) {
        assertThatThrownBy(step).isInstanceOf(Died.class);
    }

    private static final class Died extends RuntimeException {}

    private static java.util.function.Consumer<Attempt> is(Outcome outcome, AttemptStatus status) {
        return attempt -> {
            assertThat(attempt.outcome()).isEqualTo(outcome);
            assertThat(attempt.status()).isEqualTo(status);
        };
    }

    private static java.util.function.Consumer<Throwable> problem(int status, String code) {
        return thrown -> assertThat(thrown)
                .asInstanceOf(type(ProblemException.class))
                .extracting(ProblemException::problem)
                .satisfies(problem -> {
                    assertThat(problem.status()).isEqualTo(status);
                    assertThat(problem.code()).isEqualTo(code);
                });
    }

    private static int transactionsOpen() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND usename = current_user
                            AND pid <> pg_backend_pid() AND xact_start IS NOT NULL""").mapTo(Integer.class).one());
    }

    /** What the gateway's own ledger says it holds or took for the order. */
    private long charged() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        SELECT coalesce(sum(amount), 0) FROM gateway_charge
                        WHERE key LIKE :order || '/%' AND status IN ('pending', 'authorised', 'captured')""").bind("order", order).mapTo(Long.class).one());
    }
}
