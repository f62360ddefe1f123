package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.journeyman.testing.TestPostgres;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What the API says, and what it writes into its log, when something under it is away. */
@ExtendWith(RunningShop.Opened.class)
class OutagesTest {
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
