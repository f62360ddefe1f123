package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.journeyman.activities.agent.ScriptedAgents;
import io.journeyman.activities.model.Dialect;
import io.journeyman.activities.model.Dialect.Wish;
import io.journeyman.activities.model.Models;
import io.journeyman.activities.model.SalesModel;
import io.journeyman.activities.model.ScriptedProvider;
import io.journeyman.activities.registry.Toolbox;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.db.Database;
import io.journeyman.testing.TestPostgres;
import io.temporal.failure.ApplicationFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns with each provider's real client: whatever the model answers, its next question is complete and the customer gets a reply. */
@Timeout(120)
class ProviderTurnTest {
    private static Database database;
    private static Jdbi jdbi;
    private static int conversations;

    private final ScriptedProvider provider = new ScriptedProvider();
    private final ScriptedAgents agents = Shop.open();
    private ConversationStore store;
    private StoredConversation activities;
    private ToolCalls toolCalls;
    private ConversationId conversation;

    @BeforeAll
    static void openDatabase() {
        String url = TestPostgres.freshDatabase(ActivityAssembly.OWNER);
        database = Database.open(url, ActivityAssembly.OWNER);
        jdbi = database.jdbi();
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @AfterEach
    void close() {
        provider.close();
        agents.close();
        assertThat(agents.violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyCallHasItsResultBeforeTheModelIsAskedAgain(Dialect dialect) {
        TurnRef turn = customerOf(dialect);
        provider.answers(
                200,
                dialect.calls(
                        new Wish("same", "check_inventory", "{\"productId\":\"P-1\"}"),
                        new Wish("same", "check_inventory", "{\"productId\":\"P-1\"}"),
                        new Wish("same", "check_inventory", "{\"size\":\"M\"}"),
                        new Wish("odd", "fly to the moon! \uD83D\uDE80".repeat(10), "{}"),
                        new Wish("good", "add_to_cart", "{\"sku\":\"P-1-M-BLUE\"}")));
        provider.answers(200, dialect.text("It is there; I put it into your cart, and flying is beyond me."));

        Decision first = activities.decide(turn, 1);
        ((Decision.CallTools) first).calls().forEach(call -> toolCalls.run(turn, call.callId(), 1));
        Decision second = activities.decide(turn, 2);

        assertThat(second).isEqualTo(new Decision.Replied());
        assertThat(store.reply(conversation, turn.turn()))
                .map(Reply::text)
                .hasValueSatisfying(text -> assertThat(text).contains("beyond me"));
        assertThat(provider.asked()).hasSize(2);
        var asked = provider.asked().get(1).body();
        assertThat(dialect.callIds(asked)).hasSize(4);
        assertThat(dialect.resultIds(asked)).containsExactlyElementsOf(dialect.callIds(asked));
        assertThat(asked.toString()).contains("invalid_arguments", "unknown_tool", "in_stock");
        assertThat(store.cart(conversation).pieces()).isEqualTo(1);
        assertThat(agents.seen("inventory.checkInventory")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"productId\":", "null", "[]", "\"P-1\"", "", "{\"productId\":\"\\u0000\\ud83d\"}"})
    void argumentsThatDoNotFitAreRefusedInWordsForTheModel(String arguments) {
        TurnRef turn = customerOf(Dialect.openai);
        provider.answers(200, Dialect.openai.calls(new Wish("call", "check_inventory", arguments)));
        provider.answers(200, Dialect.openai.text("Which product do you mean?"));

        assertThat(activities.decide(turn, 1)).isEqualTo(new Decision.CallTools(List.of()));
        assertThat(activities.decide(turn, 2)).isEqualTo(new Decision.Replied());

        assertThat(provider.asked().get(1).body().toString()).contains("invalid_arguments");
    }

    @ParameterizedTest
    @EnumSource
    void anEndlessListOfCallsIsKeptShort(Dialect dialect) {
        TurnRef turn = customerOf(dialect);
        provider.answers(
                200,
                dialect.calls(IntStream.range(0, 100)
                        .mapToObj(i -> new Wish("c" + i, "check_inventory", "{\"productId\":\"P-" + i + "\"}"))
                        .toArray(Wish[]::new)));

        Decision decision = activities.decide(turn, 1);

        assertThat(((Decision.CallTools) decision).calls()).hasSize(SalesModel.MOST_CALLS);
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatTheProviderRefusesDoesNotSilenceTheOnesAfterIt(Dialect dialect) {
        TurnRef refused = customerOf(dialect);
        provider.answers(400, dialect.error("not by our policy"));
        assertThatThrownBy(() -> activities.decide(refused, 1))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo("model_refused_request"));
        activities.answer(refused, "model_refused_request");

        TurnRef next = said("and in blue?");
        provider.answers(400, dialect.error("not by our policy"));
        provider.answers(200, dialect.text("Yes, it is there."));

        assertThat(activities.decide(next, 1)).isEqualTo(new Decision.Replied());
        assertThat(store.reply(conversation, next.turn())).map(Reply::text).hasValue("Yes, it is there.");
        assertThat(provider.asked()).hasSize(3);
        assertThat(provider.asked().get(1).body().toString()).contains("is it there in M?", "and in blue?");
        assertThat(provider.asked().get(2).body().toString())
                .contains("and in blue?")
                .doesNotContain("is it there in M?");
    }

    @ParameterizedTest
    @EnumSource
    void aFailureTellsItsCodeAndNothingOfTheKeyOrTheCustomer(Dialect dialect) {
        TurnRef turn = customerOf(dialect);
        provider.answers(401, dialect.error("Incorrect key " + Dialect.KEY + " for: my door code is 4711"));
        provider.answers(429, dialect.error("Too many with " + Dialect.KEY));

        assertThatThrownBy(() -> activities.decide(turn, 1))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("model_unauthorised");
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(printed(failure)).doesNotContain(Dialect.KEY, "4711");
                });
        assertThatThrownBy(() -> activities.decide(turn, 1))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("model_busy");
                    assertThat(failure.isNonRetryable()).isFalse();
                    assertThat(printed(failure)).doesNotContain(Dialect.KEY);
                });
        assertThat(provider.asked()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aProviderThatSaysWhenItHasTimeAgainIsAskedAgainThenButWithinAMinute(Dialect dialect) {
        TurnRef turn = customerOf(dialect);
        List<String> said = List.of("20", "3600", "Fri, 27 Nov 2026 10:00:00 GMT");
        said.forEach(retryAfter -> provider.isBusy(retryAfter, dialect.error("slow down")));

        assertThat(said)
                .extracting(retryAfter -> pauseBeforeTheNextTry(turn))
                .containsExactly(Duration.ofSeconds(20), Duration.ofMinutes(1), null);
    }

    @ParameterizedTest
    @EnumSource
    void whoAsksForMoreThanAnAnswerHoldsIsAskedForSmallerSteps(Dialect dialect) {
        TurnRef turn = customerOf(dialect);
        provider.answers(200, dialect.outOfTokens(dialect.text("It is there, and so are the")));

        assertThatThrownBy(() -> activities.decide(turn, 1))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.isNonRetryable()).isTrue();
                    activities.answer(turn, failure.getType());
                });

        assertThat(store.reply(conversation, turn.turn()))
                .map(Reply::text)
                .hasValueSatisfying(text -> assertThat(text).contains("in smaller steps"));
    }

    private Duration pauseBeforeTheNextTry(TurnRef turn) {
        return catchThrowableOfType(ApplicationFailure.class, () -> activities.decide(turn, 1))
                .getNextRetryDelay();
    }

    private TurnRef customerOf(Dialect dialect) {
        SalesModel model = Models.fromEnvironment(dialect.environment(provider.url()));
        Toolbox toolbox = agents.toolbox();
        store = new ConversationStore(jdbi, InstantSource.system());
        activities = new StoredConversation(jdbi, InstantSource.system(), toolbox, model::ask);
        toolCalls = new ToolCalls(jdbi, InstantSource.system(), toolbox);
        conversation = store.forCustomer(new CustomerId("cust-" + ++conversations));
        return said("is it there in M?");
    }

    private TurnRef said(String text) {
        Accepted accepted = store.accept(conversation, "key of " + text, "web", text);
        return new TurnRef(conversation, ((Accepted.New) accepted).turn());
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
