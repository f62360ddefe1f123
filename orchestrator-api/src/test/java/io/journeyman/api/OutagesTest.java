package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.journeyman.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What the API says, and what it writes into its log, when something under it is away. */
@ExtendWith(RunningShop.Opened.class)
class OutagesTest {
    /** A minute by {@code -Djourneyman.outage=PT60S}: by then connections are tried again more and more rarely. */
    private static final Duration OUTAGE = Duration.parse(System.getProperty("journeyman.outage", "PT12S"));

    private final RunningShop shop;

    OutagesTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void isHealthyWhileEverythingAnswers() {
        var health = shop.nobody().get("/health");

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.tree().path("parts").path("temporal").asText()).isEqualTo("up");
    }

    @Test
    void saysThatTheEngineIsAwayAndAnswersTheAcceptedMessageOnceItIsBack() throws Exception {
        var customer = shop.customer().key("key-1");
        var text = RunningShop.fresh("while Temporal hangs");
        ApiClient.Answer away;
        ApiClient.Answer health;
        long start = System.nanoTime();
        shop.temporal.pause();
        try {
            health = shop.nobody().get("/health");
            away = customer.say(text);
        } finally {
            shop.temporal.resume();
        }

        assertThat(health.status()).isEqualTo(503);
        assertThat(health.body()).contains("\"temporal\":\"down\"").contains("\"postgres\":\"up\"");
        assertThat(away.refusal()).isEqualTo("503 unavailable");
        assertThat(away.header("Retry-After")).isPresent();
        assertThat(away.problem().detail()).contains("same Idempotency-Key");
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
        RunningShop.eventually(() -> {
            Thread.sleep(200);
            return Optional.of(customer.get("/v1/conversations/messages/1")).filter(reply -> reply.status() == 200);
        });
        assertThat(customer.say(text).turn()).isEqualTo(1);
        assertThat(shop.model.asked(text)).isEqualTo(1);
    }

    enum Outage {
        hangs,
        killed
    }

    @ParameterizedTest
    @EnumSource
    void answersOnceWhatWasAcceptedHoweverLongTheEngineWasAway(Outage outage) throws Exception {
        var customer = shop.customer();
        var before = customer.say("before");
        var first = RunningShop.fresh("first in the outage");
        var second = RunningShop.fresh("second in the outage");
        try (var events = customer.events("")) {
            events.untilReply(before.turn());
            var back = Instant.now().plus(OUTAGE);
            switch (outage) {
                case hangs -> shop.temporal.pause();
                case killed -> shop.temporal.kill();
            }
            try {
                do {
                    for (var text : List.of(first, second)) {
                        var start = System.nanoTime();
                        var away =
                                customer.key("key-of-" + text.replace(' ', '-')).say(text);
                        assertThat(away.refusal()).isEqualTo("503 unavailable");
                        assertThat(away.header("Retry-After")).isPresent();
                        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
                    }
                    assertThat(customer.get("/v1/conversations/transcript")
                                    .tree()
                                    .path("turns"))
                            .hasSize(3);
                } while (Instant.now().isBefore(back));
            } finally {
                switch (outage) {
                    case hangs -> shop.temporal.resume();
                    case killed -> shop.temporal.startAgain();
                }
            }

            var start = Instant.now();
            for (int turn : List.of(2, 3)) {
                RunningShop.eventually(
                        Duration.ofSeconds(90),
                        () -> Optional.of(customer.get("/v1/conversations/messages/" + turn))
                                .filter(reply -> reply.status() == 200));
            }
            assertThat(Duration.between(start, Instant.now()))
                    .as("after its return")
                    .isLessThan(Duration.ofSeconds(30));
            assertThat(customer.say("after").reply()).isEqualTo("You said: after");
            assertThat(events.untilReply(4).stream()
                            .filter(event -> event.kind().equals("reply"))
                            .map(event -> event.data().at("/body/reply/text").asText()))
                    .containsExactlyInAnyOrder("You said: " + first, "You said: " + second, "You said: after");
            assertThat(shop.model.asked(first)).isEqualTo(1);
            assertThat(shop.model.asked(second)).isEqualTo(1);
        }
    }

    @Test
    void saysThatTheDatabaseIsAway() throws Exception {
        var database = TestPostgres.freshDatabase();
        var name = database.replaceAll(".*/|\\?.*", "");
        try (var api = ApiService.start(over(database))) {
            var customer = new ApiClient(api.url()).bearer(shop.tokens.sign(session()));
            assertThat(customer.get("/v1/conversations/cart").status()).isEqualTo(200);

            shop.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
            shop.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");

            var away = customer.get("/v1/conversations/cart");
            assertThat(away.refusal()).isEqualTo("503 unavailable");
            assertThat(away.header("Retry-After")).isPresent();
            var health = customer.get("/health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.body()).contains("\"postgres\":\"down\"").contains("\"temporal\":\"up\"");
        }
    }

    @Test
    void saysThatTheDatabaseIsFullAndLogsItOnce() throws Exception {
        var customer = shop.customer();
        customer.say("before");
        var logged = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        logged.start();
        root.addAppender(logged);
        ApiClient.Answer full;
        fillDisk();
        try {
            full = customer.key("key-1").say("while it is full");
            assertThat(customer.key("key-1").say("while it is full").status()).isEqualTo(503);
            assertThat(customer.get("/v1/conversations/transcript").tree().path("turns"))
                    .hasSize(1);
        } finally {
            makeRoom();
        }

        assertThat(full.refusal()).isEqualTo("503 database_full");
        assertThat(full.header("Retry-After")).isPresent();
        assertThat(full.problem().detail()).contains("same Idempotency-Key", "disk");
        assertThat(customer.key("key-1").say("while it is full").turn()).isEqualTo(2);
        root.detachAppender(logged);
        assertThat(logged.list.stream().map(ILoggingEvent::getFormattedMessage))
                .filteredOn(line -> line.contains("database"))
                .containsExactly("the database's disk is full: nothing can be stored until there is room");
    }

    @Test
    void answersTheTurnThatTheFullDiskInterruptedOnceThereIsRoom() throws Exception {
        var customer = shop.customer();
        var name = RunningShop.fresh("full");
        var waiting = CompletableFuture.supplyAsync(() -> customer.say("wait for " + name), Thread::startVirtualThread);
        RunningShop.eventually(() -> Optional.of(true).filter(_ -> shop.model.asked("wait for " + name) == 1));
        fillDisk();
        try {
            shop.model.release(name);
            Thread.sleep(2_000); // the reply finds no room, more than once
        } finally {
            makeRoom();
        }

        assertThat(waiting.join().reply()).isNotBlank();
        assertThat(customer.say("and now?").reply()).isEqualTo("You said: and now?");
    }

    /** What Postgres says when it cannot extend a table's file, said by triggers on what messages and replies are stored in. */
    private void fillDisk() throws Exception {
        shop.execute("""
                CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
                CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON conversation.message EXECUTE FUNCTION disk_full();
                CREATE TRIGGER full_disk BEFORE INSERT ON conversation.event EXECUTE FUNCTION disk_full();""");
    }

    private void makeRoom() throws Exception {
        shop.execute("DROP FUNCTION disk_full() CASCADE");
    }

    @Test
    void writesNeitherWordsNorTokensIntoItsLog() throws Exception {
        var customer = shop.customer();
        var secret = "my aunt lives in the blue house";
        var token = shop.tokens.sign(session());
        var logged = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        shop.execute("ALTER TABLE conversation.message ADD CONSTRAINT breaks CHECK (text NOT LIKE '%aunt%house')");
        logged.start();
        root.addAppender(logged);
        try {
            var broken = customer.key("the-clients-key").say(secret);

            assertThat(broken.refusal()).isEqualTo("500 internal_error");
            assertThat(broken.problem().detail()).doesNotContain("aunt");
            shop.nobody().bearer(token + "x").get("/v1/conversations/cart");
            customer.post("/v1/conversations/messages", "{\"text\": \"" + secret + "\", \"channel\": \"aunt\"}");
            customer.post("/v1/conversations/messages", "{" + secret);
            customer.say("she said: " + secret + "!");
        } finally {
            root.detachAppender(logged);
            shop.execute("ALTER TABLE conversation.message DROP CONSTRAINT breaks");
        }

        assertThat(logged.list).isNotEmpty();
        for (var event : List.copyOf(logged.list)) {
            var line = event.getFormattedMessage()
                    + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()));
            assertThat(line).doesNotContain("aunt").doesNotContain(token).doesNotContain("the-clients-key");
        }
    }

    private ApiConfig over(String database) {
        return TestConfig.like(shop.config).database(database).build();
    }

    private static io.journeyman.api.auth.Session session() {
        return new io.journeyman.api.auth.Session.Customer(
                new io.journeyman.contracts.CustomerId(RunningShop.fresh("cust")));
    }
}
