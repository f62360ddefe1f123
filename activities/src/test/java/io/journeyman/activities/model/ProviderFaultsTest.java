package io.journeyman.activities.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.activities.model.Dialect.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong with a provider, for each of them: it is sorted rightly, asked once, and nothing of it is told on. */
@Timeout(60)
class ProviderFaultsTest {
    private static final String SECRET_WORDS = "the customer said: my door code is 4711; your key was " + Dialect.KEY;
    private static final ModelQuestion HELLO = new ModelQuestion(
            List.of(new ModelMessage.Customer("hello")),
            List.of(new ToolSpec("show_cart", "To see the cart.", "{\"type\":\"object\",\"properties\":{}}")),
            "web",
            true,
            Instant.parse("2026-11-24T10:00:00Z"));

    private final ScriptedProvider provider = new ScriptedProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    static Stream<Arguments> statuses() {
        Map<Integer, String> codes = Map.ofEntries(
                Map.entry(400, "model_refused_request"),
                Map.entry(401, "model_unauthorised"),
                Map.entry(403, "model_unauthorised"),
                Map.entry(404, "model_not_found"),
                Map.entry(408, "model_timeout"),
                Map.entry(429, "model_busy"),
                Map.entry(500, "model_down"),
                Map.entry(503, "model_down"),
                Map.entry(529, "model_down"));
        return Stream.of(Dialect.values())
                .flatMap(dialect -> codes.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(code -> Arguments.of(dialect, code.getKey(), code.getValue(), code.getKey() > 404)));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("statuses")
    void everyStatusHasItsCodeAfterOneRequest(Dialect dialect, int status, String code, boolean retryable) {
        provider.answers(status, dialect.error(SECRET_WORDS));

        assertFails(dialect, code, retryable);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerCutInTheMiddleMayBeRepeated(Dialect dialect) {
        provider.cuts(dialect.text("Hello, and welcome to the shop."));

        assertFails(dialect, "model_cut_off", true);
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatSaysNothingIsLeftInTime(Dialect dialect) {
        provider.hangs();

        assertFails(dialect, "model_timeout", true);
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatStartsToAnswerAndNeverEndsIsLeftInTime(Dialect dialect) throws InterruptedException {
        provider.drips();

        assertFails(dialect, "model_timeout", true);
        assertThat(provider.abandoned().await(20, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerWithoutEndIsNotReadToTheEnd(Dialect dialect) throws InterruptedException {
        provider.floods();

        assertThatThrownBy(() -> model(dialect, "30").ask(HELLO))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.code()).isEqualTo("model_cut_off"));
        assertThat(provider.abandoned().await(20, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotJsonMayBeRepeated(Dialect dialect) {
        provider.answers(200, "<html>a proxy's words</html>");

        assertFails(dialect, "model_cut_off", true);
    }

    @ParameterizedTest
    @EnumSource
    void jsonOfAnotherShapeMayBeRepeated(Dialect dialect) {
        for (String odd :
                List.of("{}", "[]", "null", "\"hello\"", "{\"choices\":[],\"content\":null,\"candidates\":[]}")) {
            provider.answers(200, odd);

            assertThatThrownBy(() -> model(dialect, "5").ask(HELLO))
                    .as(odd)
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            e -> assertThat(e.retryable()).as(odd).isTrue());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyAnswerMayBeRepeated(Dialect dialect) {
        provider.answers(200, dialect.nothing());

        assertFails(dialect, "model_empty", true);
    }

    @ParameterizedTest
    @EnumSource
    void aSentenceThatEndsAtTheLimitOfTokensIsNoAnswerAndIsAskedForOnce(Dialect dialect) {
        provider.answers(200, dialect.outOfTokens(dialect.text("Your cart holds a blue kurta, and the")));

        assertFails(dialect, "model_out_of_tokens", false);
    }

    @ParameterizedTest
    @EnumSource
    void aThoughtThatTakesAllTokensIsAskedForOnce(Dialect dialect) {
        provider.answers(200, dialect.outOfTokens(dialect.nothing()));

        assertFails(dialect, "model_out_of_tokens", false);
    }

    @ParameterizedTest
    @EnumSource
    void callsThatWereWrittenBeforeTheLimitOfTokensAreKept(Dialect dialect) {
        provider.answers(200, dialect.outOfTokens(dialect.calls(new Wish("call_1", "show_cart", "{}"))));

        assertThat(model(dialect, "10").ask(HELLO).calls())
                .extracting(ToolCall::name)
                .containsExactly("show_cart");
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatIsNotThereMayBeAskedAgain(Dialect dialect) {
        provider.close();

        assertThatThrownBy(() -> model(dialect, "5").ask(HELLO))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.retryable()).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatIsNotFoundMayBeAskedAgain(Dialect dialect) {
        SalesModel nowhere = Models.fromEnvironment(dialect.environment("http://nobody.invalid"));

        assertThatThrownBy(() -> nowhere.ask(HELLO))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.retryable()).isTrue());
    }

    @ParameterizedTest
    @EnumSource
    void anEndlessListOfCallsIsBounded(Dialect dialect) {
        provider.answers(
                200,
                dialect.calls(IntStream.range(0, 500)
                        .mapToObj(i -> new Wish("call_" + i, "show_cart", "{\"page\":" + i + "}"))
                        .toArray(Wish[]::new)));

        assertThat(model(dialect, "10").ask(HELLO).calls()).hasSize(SalesModel.MOST_CALLS);
    }

    @ParameterizedTest
    @EnumSource
    void aCallMadeTwiceInOneAnswerIsOneCall(Dialect dialect) {
        provider.answers(
                200,
                dialect.calls(
                        new Wish("call_1", "add_to_cart", "{\"sku\":\"A\",\"quantity\":1}"),
                        new Wish("call_1", "add_to_cart", "{\"quantity\": 1, \"sku\": \"A\"}"),
                        new Wish("call_1", "add_to_cart", "{\"sku\":\"B\",\"quantity\":1}")));

        List<ToolCall> calls = model(dialect, "5").ask(HELLO).calls();

        assertThat(calls).hasSize(2).extracting(ToolCall::id).doesNotHaveDuplicates();
        assertThat(calls.get(1).argumentsJson()).contains("\"B\"");
    }

    @ParameterizedTest
    @EnumSource
    void charactersThatNoDatabaseKeepsAreLeftOut(Dialect dialect) {
        provider.answers(200, dialect.text("Hel\u0000lo").replace("welcome", ""));
        provider.answers(200, dialect.text("a lone half: _").replace("_", "\\ud83d"));

        assertThat(model(dialect, "5").ask(HELLO).text()).isEqualTo("Hello");
        assertThat(model(dialect, "5").ask(HELLO).text()).isEqualTo("a lone half: \ufffd");
    }

    private void assertFails(Dialect dialect, String code, boolean retryable) {
        SalesModel model = model(dialect, "1");
        long start = System.nanoTime();

        assertThatThrownBy(() -> model.ask(HELLO)).isInstanceOfSatisfying(ModelException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.retryable()).isEqualTo(retryable);
            assertThat(e).hasMessage(code);
        });
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(provider.asked()).hasSize(1);
    }

    private SalesModel model(Dialect dialect, String seconds) {
        Map<String, String> environment = new HashMap<>(dialect.environment(provider.url()));
        environment.put("JOURNEYMAN_MODEL_TIMEOUT_SECONDS", seconds);
        return Models.fromEnvironment(environment);
    }
}
