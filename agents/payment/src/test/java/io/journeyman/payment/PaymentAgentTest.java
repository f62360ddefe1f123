package io.journeyman.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.Attempts;
import io.journeyman.contracts.Payment.CapturePayment;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.OpenTokenisation;
import io.journeyman.contracts.Payment.Outcome;
import io.journeyman.contracts.Payment.SecurePayment;
import io.journeyman.contracts.Payment.TokenisationSession;
import io.journeyman.contracts.Payment.Tokenise;
import io.journeyman.contracts.Payment.Tokenised;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PaymentAgentTest {
    private static final CustomerId ASHA = new CustomerId("cust-demo");
    private static final Money TOTAL = Money.inr(259_900);
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2026-11-24T05:00:00Z"));

    private static final String CARD = "4000056655665556";

    private static AgentService service;
    private static ContractClient client;
    private static Database database;

    @BeforeAll
    static void start() {
        String url = TestPostgres.freshDatabase(new Owner("payment"), "kit");
        service = AgentService.start(
                new PaymentAgent(), AgentConfig.local(url, ServiceTokens.SECRET).withClock(NOW::get));
        client = new ContractClient(service.uri(), Contract.load("payment"));
        database = Database.open(url, new Owner("payment"), 2);
    }

    @AfterAll
    static void stop() {
        database.close();
        service.close();
    }

    @Test
    void securesCapturesAndRefundsAGoodCard() {
        for (String number : List.of("4242", "4242 4242 4242 4242", "5555-5555-5555-4444")) {
            var order = order();
            assertThat(secure(order, 1, token(number))).satisfies(is(Outcome.secured, AttemptStatus.authorised));
            assertThat(capture(order, 1).as(Attempt.class)).satisfies(is(Outcome.secured, AttemptStatus.captured));
            assertThat(charged(order)).isEqualTo(TOTAL.minor());
            assertThat(cancel(order, 1)).satisfies(is(Outcome.secured, AttemptStatus.refunded));
            assertThat(charged(order)).isZero();
        }
    }

    @Test
    void declinesWithACodeAndSuggestions() {
        for (var expected :
                List.of(List.of("1111", "insufficient_funds"), List.of("2222 2222 2222 2222", "expired_card"))) {
            var attempt = secure(order(), 1, token(expected.getFirst()));

            assertThat(attempt).satisfies(is(Outcome.declined, AttemptStatus.declined));
            assertThat(attempt.code()).contains(expected.getLast());
            assertThat(attempt.suggestions()).isNotEmpty();
        }
    }

    @Test
    void settlesANetworkErrorByAskingTheGatewayAndLetsNothingComeLate() {
        var order = order();
        var lost = secure(order, 1, token("3333"));
        assertThat(lost).satisfies(is(Outcome.unknown, AttemptStatus.open));
        assertThat(secureAnswer(order, 2, token("4242")).problem().code()).isEqualTo("attempt_blocked");

        var settled = inquire(order, 1);

        assertThat(settled).satisfies(is(Outcome.declined, AttemptStatus.declined));
        assertThat(settled.code()).contains("network_error");
        assertThat(settled.suggestions()).isNotEmpty();
        assertThat(secure(order, 2, token("4242"))).satisfies(is(Outcome.secured, AttemptStatus.authorised));
    }

    @Test
    void findsTheChargeWhoseAnswerWasLost() {
        var order = order();
        assertThat(secure(order, 1, token("4444"))).satisfies(is(Outcome.unknown, AttemptStatus.open));

        assertThat(inquire(order, 1)).satisfies(is(Outcome.secured, AttemptStatus.authorised));
        assertThat(charged(order)).isEqualTo(TOTAL.minor());
    }

    @Test
    void waitsForAPendingPayment() {
        var order = order();
        assertThat(secure(order, 1, token("5555"))).satisfies(is(Outcome.pending, AttemptStatus.open));
        assertThat(inquire(order, 1)).satisfies(is(Outcome.pending, AttemptStatus.open));

        NOW.updateAndGet(now -> now.plus(Duration.ofSeconds(10)));

        assertThat(inquire(order, 1)).satisfies(is(Outcome.secured, AttemptStatus.authorised));
    }

    @Test
    void declinesACardOnceThatIsToppedUpThen() {
        var order = order();
        var token = token("6666");

        assertThat(secure(order, 1, token)).satisfies(is(Outcome.declined, AttemptStatus.declined));

        assertThat(secure(order, 2, token)).satisfies(is(Outcome.secured, AttemptStatus.authorised));
        assertThat(attempts(order)).extracting(Attempt::token).containsOnly(Optional.of(token));
        assertThat(charged(order)).isEqualTo(TOTAL.minor());
    }

    @Test
    void takesCashOnDelivery() {
        var order = order();
        var secured = client.withKey(key())
                .post(
                        "/attempts",
                        new SecurePayment(order, 1, ASHA, MethodKind.cash_on_delivery, Optional.empty(), TOTAL))
                .as(Attempt.class);

        assertThat(secured).satisfies(is(Outcome.secured, AttemptStatus.due_on_delivery));
        assertThat(capture(order, 1).as(Attempt.class)).satisfies(is(Outcome.secured, AttemptStatus.due_on_delivery));
        assertThat(cancel(order, 1).status()).isEqualTo(AttemptStatus.voided);
    }

    @Test
    void chargesNothingForAnAttemptThatComesAfterItsUndo() {
        var order = order();
        assertThat(cancel(order, 1).status()).isEqualTo(AttemptStatus.voided);

        assertThat(secure(order, 1, token("4242"))).satisfies(is(Outcome.declined, AttemptStatus.voided));
        assertThat(charged(order)).isZero();
    }

    @Test
    void undoesOnceHoweverOftenItIsAsked() {
        var order = order();
        var token = token("4242");
        secure(order, 1, token);

        cancel(order, 1);
        cancel(order, 1);

        assertThat(charged(order)).isZero();
        assertThat(secure(order, 1, token).status()).isEqualTo(AttemptStatus.voided);
        assertThat(secure(order, 2, token).status()).isEqualTo(AttemptStatus.authorised);
        assertThat(capture(order, 1).problem().code()).isEqualTo("not_authorised");
    }

    @Test
    void closesAnAttemptThatNeverArrived() {
        var order = order();

        assertThat(inquire(order, 1).code()).contains("not_received");
        assertThat(secure(order, 1, token("4242"))).satisfies(is(Outcome.declined, AttemptStatus.voided));
        assertThat(charged(order)).isZero();
    }

    @Test
    void capturesNoMoreThanWasSecured() {
        var order = order();
        secure(order, 1, token("4242"));

        for (var amount : List.of(TOTAL.plus(Money.inr(1)), Money.inr(0))) {
            assertThat(client.withKey(key())
                            .post("/attempts/" + order + "/1/capture", new CapturePayment(amount))
                            .problem()
                            .code())
                    .isEqualTo("amount_differs");
        }
        assertThat(capture(order, 9).problem().code()).isEqualTo("not_authorised");
    }

    @Test
    void chargesOnceWhenTheSameAttemptComesManyTimesAtOnce() throws Exception {
        var order = order();
        var token = token("4242");

        atOnce(16, i -> () -> secureAnswer(order, 1, token));

        assertThat(charged(order)).isEqualTo(TOTAL.minor());
        assertThat(attempts(order)).hasSize(1);
    }

    @Test
    void chargesOneOfManyAttemptsThatComeAtOnce() throws Exception {
        var order = order();
        var token = token("4242");

        var answers = atOnce(16, i -> () -> secureAnswer(order, i + 1, token));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(charged(order)).isEqualTo(TOTAL.minor());
    }

    @Test
    void keepsNothingChargedWhenUndoAndDoComeAtOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            var order = order();
            var token = token("4242");
            atOnce(8, i -> () -> i % 2 == 0 ? secureAnswer(order, 1, token) : cancelAnswer(order, 1));

            cancel(order, 1);

            assertThat(charged(order)).isZero();
        }
    }

    @Test
    void keepsNothingChargedWhenCaptureAndUndoComeAtOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            var order = order();
            secure(order, 1, token("4242"));
            atOnce(8, i -> () -> i % 2 == 0 ? capture(order, 1) : cancelAnswer(order, 1));

            assertThat(charged(order)).isZero();
            assertThat(attempts(order).getFirst().status()).isIn(AttemptStatus.voided, AttemptStatus.refunded);
        }
    }

    @Test
    void agreesWithTheGatewayWhenAnAttemptAndQuestionsAboutItComeAtOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            var order = order();
            var token = token("4242");
            atOnce(8, i -> () -> i % 2 == 0 ? secureAnswer(order, 1, token) : inquireAnswer(order, 1));

            long expected = attempts(order).getFirst().outcome() == Outcome.secured ? TOTAL.minor() : 0;
            assertThat(charged(order)).isEqualTo(expected);
        }
    }

    @Test
    void takesOneCardPerSession() {
        var session = session();

        assertThat(send(session, "4242").as(Tokenised.class).last4()).contains("4242");
        assertThat(send(session, "4242").problem().code()).isEqualTo("session_ended");
        var expired = session();
        NOW.updateAndGet(now -> now.plus(Duration.ofMinutes(11)));
        assertThat(send(expired, "4242").problem().code()).isEqualTo("session_ended");
    }

    @Test
    void refusesAMistypedCardAndLetsTheCustomerTryAgainAFewTimes() {
        var session = session();

        assertThat(send(session, "4242 4242 4242 4241").problem().code()).isEqualTo("card_number_invalid");
        assertThat(send(session, "4242 4242 4242 4242").status()).isEqualTo(201);

        var guessing = session();
        for (int i = 0; i < 5; i++) {
            assertThat(send(guessing, "9999").problem().code()).isEqualTo("card_number_invalid");
        }
        assertThat(send(guessing, "4242").problem().code()).isEqualTo("session_ended");
    }

    @Test
    void refusesSomebodyElsesToken() {
        var token = token("4242");

        assertThat(client.withKey(key())
                        .post(
                                "/attempts",
                                new SecurePayment(
                                        order(),
                                        1,
                                        new CustomerId("cust-other"),
                                        MethodKind.card,
                                        Optional.of(token),
                                        TOTAL))
                        .problem()
                        .code())
                .isEqualTo("unknown_token");
    }

    @Test
    void keepsNoCardNumberInAnyTable() {
        token("4000 0566 5566 5556");

        assertThat(everyRow())
                .isNotEmpty()
                .noneMatch(row -> row.contains("4000056655665556") || row.contains("4000 0566"));
    }

    @Test
    void showsNoCardNumberAndNoSecretInLogsAndAnswers() {
        try (var logged = new EverythingLogged()) {
            LoggerFactory.getLogger(PaymentAgentTest.class).info("the listener hears");
            var session = session();
            var bodies = List.of(
                    // another field, a wrong check digit, no JSON, a form that the contract does not know
                    Json.write(
                            new Tokenise("ts-x", CARD, "4242", Optional.of(CARD), Optional.of(CARD), Optional.empty())),
                    "{\"pan\": \"%s\"}".formatted(CARD),
                    "{\"cardNumber\": %s".formatted(CARD),
                    "{\"sessionId\": \"ts-x\", \"secret\": \"x\", \"cardNumber\": %s}".formatted(CARD),
                    Json.write(new Tokenise(
                            "ts-x", "x", CARD + "-7", Optional.empty(), Optional.empty(), Optional.empty())));
            for (String body : bodies) {
                var answer = client.with("Authorization", "").post("/tokens", body);
                assertThat(answer.status()).isBetween(400, 499);
                assertThat(answer.body()).doesNotContain(CARD);
            }
            var answer = send(session, CARD);
            assertThat(answer.as(Tokenised.class).last4()).contains("5556");
            assertThat(answer.body()).doesNotContain(CARD);
            secure(order(), 1, answer.as(Tokenised.class).token());

            assertThat(logged.lines())
                    .anyMatch(line -> line.contains("the listener hears"))
                    .noneMatch(line -> line.contains(CARD) || line.contains(session.secret()));
        }
    }

    @Test
    void keepsNoSessionSecretInAnyTableAndStillAnswersARepeatedOpeningTheSame() {
        var opening = client.withKey(key());

        var first = opening.post("/tokenisation-sessions", new OpenTokenisation(ASHA))
                .as(TokenisationSession.class);
        var again = opening.post("/tokenisation-sessions", new OpenTokenisation(ASHA))
                .as(TokenisationSession.class);

        assertThat(again).isEqualTo(first);
        assertThat(everyRow()).noneMatch(row -> row.contains(first.secret()));
        assertThat(send(again, "4242").status()).isEqualTo(201);
    }

    @Test
    void neverSaysThatNothingWasChargedWhileNobodyKnows() {
        for (String number : List.of("3333", "4444")) {
            var unknown = secure(order(), 1, token(number));

            assertThat(unknown.code()).contains("network_error");
            assertThat(unknown.detail().orElseThrow()).doesNotContain("nothing was charged");
            assertThat(unknown.suggestions()).isNotEmpty().noneMatch(advice -> advice.contains("another card"));
        }
    }

    @Test
    void refusesAnAmountBelowZeroAndATokenThatDoesNotFitTheMethod() {
        var token = Optional.of(token("4242"));

        assertThat(refused(MethodKind.card, token, Money.inr(-1))).isEqualTo("bad_request");
        assertThat(refused(MethodKind.card, Optional.empty(), TOTAL)).isEqualTo("bad_request");
        assertThat(refused(MethodKind.cash_on_delivery, Optional.of(new PaymentToken("tok-none")), TOTAL))
                .isEqualTo("bad_request");
    }

    @Test
    void letsTheShopsPageReadTheAnswerAndNoOther() {
        var ours = client.with("Origin", "http://localhost:5080");
        var theirs = client.with("Origin", "http://evil.example");

        assertThat(ours.send("OPTIONS", "/tokens", Optional.empty()).header("Access-Control-Allow-Origin"))
                .contains("http://localhost:5080");
        assertThat(client.with("Origin", "http://127.0.0.1:5080")
                        .send("OPTIONS", "/tokens", Optional.empty())
                        .header("Access-Control-Allow-Headers"))
                .contains("Content-Type");
        assertThat(theirs.send("OPTIONS", "/tokens", Optional.empty()).header("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(ours.post(
                                "/tokens",
                                new Tokenise("ts-x", "x", "4242", Optional.empty(), Optional.empty(), Optional.empty()))
                        .header("Access-Control-Allow-Origin"))
                .contains("http://localhost:5080");
    }

    private interface Tasks {
        Callable<Answer> task(int i);
    }

    private static List<Answer> atOnce(int many, Tasks tasks) throws Exception {
        var answers = new ArrayList<Answer>();
        try (var pool = Executors.newFixedThreadPool(many)) {
            var all = new ArrayList<Callable<Answer>>();
            for (int i = 0; i < many; i++) {
                all.add(tasks.task(i));
            }
            for (var answer : pool.invokeAll(all)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private static java.util.function.Consumer<Attempt> is(Outcome outcome, AttemptStatus status) {
        return attempt -> {
            assertThat(attempt.outcome()).isEqualTo(outcome);
            assertThat(attempt.status()).isEqualTo(status);
        };
    }

    private static PaymentToken token(String number) {
        return send(session(), number).as(Tokenised.class).token();
    }

    private static TokenisationSession session() {
        return client.withKey(key())
                .post("/tokenisation-sessions", new OpenTokenisation(ASHA))
                .as(TokenisationSession.class);
    }

    private static Answer send(TokenisationSession session, String number) {
        assertThat(session.url()).endsWith("/tokens");
        return client.with("Authorization", "")
                .post(
                        "/tokens",
                        new Tokenise(
                                session.sessionId(),
                                session.secret(),
                                number,
                                Optional.of("12/30"),
                                Optional.of("123"),
                                Optional.empty()));
    }

    private static Attempt secure(OrderId order, int attempt, PaymentToken token) {
        return secureAnswer(order, attempt, token).as(Attempt.class);
    }

    private static Answer secureAnswer(OrderId order, int attempt, PaymentToken token) {
        return client.withKey(key())
                .post("/attempts", new SecurePayment(order, attempt, ASHA, MethodKind.card, Optional.of(token), TOTAL));
    }

    private static Attempt inquire(OrderId order, int attempt) {
        return inquireAnswer(order, attempt).as(Attempt.class);
    }

    private static Answer inquireAnswer(OrderId order, int attempt) {
        return client.withKey(key()).post("/attempts/" + order + "/" + attempt + "/inquire");
    }

    private static Answer capture(OrderId order, int attempt) {
        return client.withKey(key()).post("/attempts/" + order + "/" + attempt + "/capture", new CapturePayment(TOTAL));
    }

    private static Attempt cancel(OrderId order, int attempt) {
        return cancelAnswer(order, attempt).as(Attempt.class);
    }

    private static Answer cancelAnswer(OrderId order, int attempt) {
        return client.withKey(key()).post("/attempts/" + order + "/" + attempt + "/void");
    }

    private static List<Attempt> attempts(OrderId order) {
        return client.get("/orders/" + order + "/attempts").as(Attempts.class).attempts();
    }

    /** What the gateway's own ledger says it holds or took for the order. */
    private static long charged(OrderId order) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("""
                                SELECT coalesce(sum(amount), 0) FROM gateway_charge
                                WHERE key LIKE :order || '/%' AND status IN ('pending', 'authorised', 'captured')""")
                        .bind("order", order.value())
                        .mapTo(Long.class)
                        .one());
    }

    private static String refused(MethodKind method, Optional<PaymentToken> token, Money amount) {
        return client.withKey(key())
                .post("/attempts", new SecurePayment(order(), 1, ASHA, method, token, amount))
                .problem()
                .code();
    }

    private static List<String> everyRow() {
        List<String> tables = database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'payment'")
                        .mapTo(String.class)
                        .list());
        assertThat(tables).contains("card_token", "gateway_card", "idempotency", "tokenisation_session");
        return tables.stream()
                .flatMap(table -> database
                        .jdbi()
                        .withHandle(handle -> handle.createQuery("SELECT t::text FROM " + table + " t")
                                .mapTo(String.class)
                                .list())
                        .stream())
                .toList();
    }

    private static OrderId order() {
        return new OrderId("ord-" + UUID.randomUUID());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
