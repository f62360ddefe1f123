package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.activities.agent.ScriptedAgents;
import io.journeyman.activities.model.ModelAnswer;
import io.journeyman.activities.model.ModelQuestion;
import io.journeyman.activities.model.ToolCall;
import io.journeyman.activities.model.ToolSpec;
import io.journeyman.activities.registry.AgentRegistry;
import io.journeyman.activities.registry.AgentRegistry.Changed;
import io.journeyman.activities.registry.JoiningAgent;
import io.journeyman.activities.registry.RegisteredAgent;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.db.Database;
import io.journeyman.testing.TestPostgres;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents join and leave a shop whose customers go on talking: on a real Postgres, over real HTTP. */
class RegisteredToolsTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    private final List<ToolCall> wanted = new ArrayList<>();
    private final List<ModelQuestion> asked = new ArrayList<>();
    private final ScriptedAgents house = Shop.open();
    private final JoiningAgent weather = new JoiningAgent();
    private Database database;
    private AgentRegistry registry;
    private ConversationStore store;
    private StoredConversation activities;
    private ToolCalls calls;
    private ConversationId conversation;
    private TurnRef turn;

    @BeforeEach
    void open() {
        String url = TestPostgres.freshDatabase(ActivityAssembly.OWNER);
        database = Database.open(url, ActivityAssembly.OWNER);
        registry = new AgentRegistry(database.jdbi(), InstantSource.system(), List.of(Contract.load("inventory")));
        store = new ConversationStore(database.jdbi(), InstantSource.system());
        var toolbox = house.toolbox(List.of(Contract.load("inventory")));
        activities = new StoredConversation(database.jdbi(), InstantSource.system(), toolbox, question -> {
            asked.add(question);
            return new ModelAnswer("", List.copyOf(wanted), "scripted", 1, 1);
        });
        calls = new ToolCalls(database.jdbi(), InstantSource.system(), toolbox);
        conversation = store.forCustomer(new CustomerId("cust-1"));
        turn = new TurnRef(
                conversation, ((Accepted.New) store.accept(conversation, "key-1", "web", "will it rain?")).turn());
        wanted.add(new ToolCall("x", "check_weather", "{\"what\": \"rain\"}"));
    }

    @AfterEach
    void close() {
        weather.close();
        house.close();
        database.close();
    }

    @Test
    void worksFromTheNextRoundOnAndIsGoneAfterItWasTakenAway() {
        activities.decide(turn, 1);
        joins();
        activities.decide(turn, 2);
        calls.run(turn, "t1r2c1", 1);
        registry.unregister("weather", "staff-1", "leaves");
        activities.decide(turn, 3);

        assertThat(result("t1r1c1")).contains("unknown_tool");
        assertThat(result("t1r2c1")).isEqualTo("{\"answer\":\"yes\"}");
        assertThat(result("t1r3c1")).contains("unknown_tool");
        assertThat(asked)
                .extracting(question ->
                        question.tools().stream().map(ToolSpec::name).toList().contains("check_weather"))
                .containsExactly(false, true, false);
        assertThat(weather.asked()).containsExactly("{\"what\":\"rain\"}");
        assertThat(weather.tokens()).as("it did not ask who calls").containsExactly("null");
        assertThat(rows("SELECT (tools @> '[\"check_weather\"]')::text FROM model_step ORDER BY round"))
                .as("each round keeps what it was offered")
                .containsExactly("false", "true", "false");
    }

    @Test
    void saysThatItIsGoneWhenItWasTakenAwayBetweenTheChoiceAndTheCall() {
        joins();
        activities.decide(turn, 1);
        registry.unregister("weather", "staff-1", "leaves");

        calls.run(turn, "t1r1c1", 1);

        assertThat(result("t1r1c1")).contains("tool_gone");
        assertThat(weather.asked()).isEmpty();
    }

    @Test
    void saysThatItIsUnavailableWhenItFailsAndAsksTheHouseAllTheSame() {
        joins();
        weather.answers(500);
        wanted.add(new ToolCall("y", "check_inventory", "{\"productId\": \"P-1\"}"));
        activities.decide(turn, 1);

        assertThatThrownBy(() -> calls.run(turn, "t1r1c1", 1)).isInstanceOf(ApplicationFailure.class);
        calls.run(turn, "t1r1c1", 3);
        calls.run(turn, "t1r1c2", 1);

        assertThat(result("t1r1c1")).contains("tool_unavailable");
        assertThat(result("t1r1c2")).contains("onlineStatus");
    }

    @Test
    void givesWayToWhatTheHouseHasComeToOfferSince() {
        var earlier = new AgentRegistry(database.jdbi(), InstantSource.system(), List.of());
        earlier.register("inventory", weather.url(), JoiningAgent.contract("inventory", "check_weather"), "s", "k1");
        earlier.register("stock", weather.url(), JoiningAgent.contract("stock", "check_inventory"), "s", "k2");
        wanted.add(new ToolCall("y", "check_inventory", "{\"productId\": \"P-1\"}"));

        activities.decide(turn, 1);
        calls.run(turn, "t1r1c2", 1);

        assertThat(result("t1r1c1")).contains("unknown_tool");
        assertThat(result("t1r1c2")).contains("onlineStatus");
        assertThat(weather.asked()).isEmpty();
    }

    @Test
    void takesAnswersThatBreakTheContractForNone() {
        var contract = JoiningAgent.contract("weather", "check_weather")
                .text()
                .replace("\"answer\": {\"type\": \"string\"}", "\"answer\": {\"type\": \"integer\"}");
        registry.register("weather", weather.url(), Contract.parse("weather", contract), "staff-1", "joins");
        activities.decide(turn, 1);

        calls.run(turn, "t1r1c1", 3);

        assertThat(result("t1r1c1")).contains("tool_unavailable");
    }

    @Test
    void isTheSameWishWhenItIsRepeatedAndNoOtherUnderItsKey() {
        assertThat(joins()).isEqualTo(new Changed.Done());
        registry.unregister("weather", "staff-2", "leaves");
        assertThat(joins()).as("the first wish again").isEqualTo(new Changed.Done());

        assertThat(registry.all()).as("a repeated wish brings nothing back").isEmpty();
        assertThat(registry.unregister("weather", "staff-1", "joins")).isEqualTo(new Changed.OtherWish());
        assertThat(rows("SELECT staff || (url IS NOT NULL) FROM agent_registration ORDER BY id"))
                .containsExactly("staff-1true", "staff-2false");
    }

    @Test
    void movesAndTakesAnotherContractUnderItsName() {
        joins();
        registry.register("weather", NOWHERE, JoiningAgent.contract("weather", "check_sky"), "staff-1", "moves");

        assertThat(registry.all()).hasSize(1).first().satisfies(agent -> {
            assertThat(agent.url()).isEqualTo(NOWHERE);
            assertThat(agent.contract().tools().getFirst().tool().orElseThrow().name())
                    .isEqualTo("check_sky");
        });
    }

    @Test
    void givesAToolsNameToOneOfManyWhoWantItAtOnce() throws Exception {
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            var wishes = new ArrayList<Callable<Changed>>();
            for (int i = 0; i < 12; i++) {
                var contract = JoiningAgent.contract("weather" + i, "check_weather");
                wishes.add(() -> registry.register(
                        contract.name(),
                        NOWHERE,
                        contract,
                        "staff-1",
                        UUID.randomUUID().toString()));
            }
            var done = new ArrayList<Changed>();
            for (Future<Changed> wish : all.invokeAll(wishes)) {
                done.add(wish.get());
            }
            assertThat(done).filteredOn(new Changed.Done()::equals).hasSize(1);
        }
        assertThat(registry.all()).hasSize(1);
    }

    @Test
    void hasRoomForSomeAgentsOnly() {
        for (int i = 0; i < AgentRegistry.MOST_AGENTS; i++) {
            registry.register(
                    "agent" + i, NOWHERE, JoiningAgent.contract("agent" + i, "ask_" + i), "staff-1", "key-" + i);
        }

        assertThat(joins())
                .isInstanceOfSatisfying(
                        Changed.Refused.class,
                        refused -> assertThat(refused.mistakes())
                                .singleElement()
                                .asString()
                                .contains("take one away first"));
        assertThat(registry.all()).extracting(RegisteredAgent::name).doesNotContain("weather");
    }

    private Changed joins() {
        return registry.register(
                "weather", weather.url(), JoiningAgent.contract("weather", "check_weather"), "staff-1", "joins");
    }

    private String result(String call) {
        return rows("SELECT coalesce(result, '') FROM tool_call WHERE call_id = '" + call + "'")
                .getFirst();
    }

    private List<String> rows(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).list());
    }
}
