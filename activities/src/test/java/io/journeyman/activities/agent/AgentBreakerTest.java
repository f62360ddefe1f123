package io.journeyman.activities.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.HoldStatus;
import io.journeyman.contracts.Inventory.Stores;
import io.journeyman.contracts.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What an agent's silence does to the calls after it. Time is the test's own: it moves when the test says so. */
class AgentBreakerTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration UNTIL_A_PROBE = AgentBreaker.OPEN.plusMillis(1);
    private static final String STORES = Json.write(new Stores(List.of()));
    private static final String HOLD = Json.write(
            new Hold(new HoldId("JM-1"), HoldStatus.held, List.of(), List.of(), Instant.parse("2026-11-24T11:00:00Z")));

    private final AtomicLong nanos = new AtomicLong();
    private final ScriptedAgents agents = new ScriptedAgents();
    private final AgentClient inventory = agents.client("inventory", LIMIT, nanos::get);

    @AfterEach
    void everyRequestFittedItsContract() {
        agents.close();
        assertThat(agents.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "503, down",
        "500, {}",
        "429, {}",
        "200, <html>",
        "200, {}",
        "200, null",
        "201, {\"stores\":[]}",
        "404, not found"
    })
    void anAgentThatKeepsFailingIsNotAskedAnyMore(int status, String body) {
        stores(status, body, Duration.ZERO);

        ask(AgentBreaker.FEWEST);
        Answer<Stores> next = ask();

        assertThat(codeOf(next)).isEqualTo("agent_down");
        assertThat(asked()).isEqualTo(AgentBreaker.FEWEST);
    }

    @Test
    void anAgentThatIsNotThereIsNotAskedAnyMore() {
        agents.close();

        List<String> codes = ask(AgentBreaker.FEWEST);
        Answer<Stores> next = ask();

        assertThat(codes).containsOnly("agent_unreachable");
        assertThat(codeOf(next)).isEqualTo("agent_down");
    }

    @Test
    void anAgentThatNeverAnswersInTimeIsNotAskedAnyMore() {
        agents.answers(
                "inventory.listStores",
                request -> new ScriptedAgents.Scripted(200, STORES, Map.of(), Duration.ofSeconds(2), false));
        AgentClient impatient = agents.client("inventory", Duration.ofMillis(100), nanos::get);

        for (int i = 0; i < AgentBreaker.FEWEST; i++) {
            assertThat(codeOf(impatient.get("listStores", "/stores", Stores.class)))
                    .isEqualTo("agent_timeout");
        }

        assertThat(codeOf(impatient.get("listStores", "/stores", Stores.class))).isEqualTo("agent_down");
    }

    @Test
    void aChangeThatIsRefusedWasNeverSentAndMayBeRepeated() {
        agents.answers("inventory.releaseHold", request -> scripted(503, ""));
        for (int i = 0; i < AgentBreaker.FEWEST; i++) {
            assertThat(release())
                    .isInstanceOfSatisfying(
                            Answer.Unavailable.class,
                            lost -> assertThat(lost.sent()).isTrue());
        }

        assertThat(release()).isInstanceOfSatisfying(Answer.Unavailable.class, refused -> {
            assertThat(refused.sent()).isFalse();
            assertThat(refused.failure().isNonRetryable()).isFalse();
            assertThat(refused.failure().getNextRetryDelay()).isNull();
        });
        assertThat(agents.seen("inventory.releaseHold")).hasSize(AgentBreaker.FEWEST);
    }

    @Test
    void callsGoOnByThemselvesOnceTheAgentIsBack() {
        stores(503, "", Duration.ZERO);
        ask(AgentBreaker.FEWEST);
        stores(200, STORES, Duration.ZERO);

        assertThat(codeOf(ask())).isEqualTo("agent_down");
        pass(UNTIL_A_PROBE);

        assertThat(ask(30)).containsOnly("done");
    }

    @Test
    void whileItIsStillAwayOnlyAFewCallsLookForIt() {
        stores(503, "", Duration.ZERO);
        ask(AgentBreaker.FEWEST);

        pass(UNTIL_A_PROBE);
        List<String> codes = ask(30);

        assertThat(codes.subList(0, AgentBreaker.PROBES)).containsOnly("agent_answered_503");
        assertThat(codes.subList(AgentBreaker.PROBES, 30)).containsOnly("agent_down");
    }

    @Test
    void whatAnAgentRefusesIsAnAnswer() {
        agents.refuses("inventory.releaseHold", 409, "hold_differs");
        for (int i = 0; i < 30; i++) {
            assertThat(release()).isInstanceOf(Answer.Refused.class);
        }

        agents.answers(
                "inventory.releaseHold",
                request -> new ScriptedAgents.Scripted(409, "{}", Map.of("Retry-After", "1"), Duration.ZERO, true));
        for (int i = 0; i < 30; i++) {
            assertThat(codeOf(release())).isEqualTo("agent_in_flight");
        }
    }

    @Test
    void aFailureNowAndThenChangesNothing() {
        for (int i = 0; i < 10; i++) {
            stores(503, "", Duration.ZERO);
            ask();
            stores(200, STORES, Duration.ZERO);
            assertThat(ask(2)).containsOnly("done");
        }
    }

    @Test
    void aSlowAgentIsAskedNoQuestionsButToldEveryChange() {
        Duration slow = LIMIT.dividedBy(2).plusMillis(1);
        stores(200, STORES, slow);
        agents.answers("inventory.releaseHold", request -> {
            pass(slow);
            return scripted(200, HOLD);
        });

        assertThat(ask(AgentBreaker.FEWEST)).containsOnly("done");
        assertThat(codeOf(ask())).isEqualTo("agent_slow");
        for (int i = 0; i < 30; i++) {
            assertThat(codeOf(release())).isEqualTo("done");
        }

        assertThat(asked()).isEqualTo(AgentBreaker.FEWEST);
    }

    @Test
    void questionsGoOnByThemselvesOnceASlowAgentIsQuickAgain() {
        stores(200, STORES, LIMIT);
        ask(AgentBreaker.FEWEST);
        stores(200, STORES, LIMIT.dividedBy(2));

        assertThat(codeOf(ask())).isEqualTo("agent_slow");
        pass(UNTIL_A_PROBE);

        assertThat(ask(30)).containsOnly("done");
    }

    @Test
    void questionsThatASlowAgentIsSparedDoNotHideThatItIsDown() {
        stores(200, STORES, LIMIT);
        ask(AgentBreaker.FEWEST);
        agents.answers("inventory.releaseHold", request -> scripted(503, ""));

        for (int i = 0; i < AgentBreaker.FEWEST; i++) {
            assertThat(ask(3)).containsOnly("agent_slow");
            release();
        }

        assertThat(codeOf(release())).isEqualTo("agent_down");
    }

    @Test
    void oneAgentsSilenceLeavesTheOthersAlone() {
        AgentClient giftWrapping = agents.client("giftWrapping", LIMIT, nanos::get);
        agents.answers(
                "giftWrapping.checkGiftWrapping",
                200,
                Map.of("status", "success", "available", false, "options", List.of()));
        stores(503, "", Duration.ZERO);
        ask(2 * AgentBreaker.FEWEST);

        var answer = giftWrapping.ask(
                "checkGiftWrapping", "/check-gift-wrapping", Map.of("productId", "P-1"), JsonNode.class);

        assertThat(codeOf(ask())).isEqualTo("agent_down");
        assertThat(codeOf(answer)).isEqualTo("done");
    }

    @Test
    void saysOnceThatAnAgentIsAwayAndOnceThatItIsBack() {
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(AgentBreaker.class);
        log.setLevel(Level.INFO);
        logged.start();
        log.addAppender(logged);
        try {
            stores(503, "", LIMIT);
            ask(30);
            for (int i = 0; i < 10; i++) {
                pass(UNTIL_A_PROBE);
                ask(30);
            }
            stores(200, STORES, Duration.ZERO);
            pass(UNTIL_A_PROBE);
            ask(30);
        } finally {
            log.detachAppender(logged);
            log.setLevel(null);
        }

        assertThat(logged.list)
                .extracting(event -> event.getLevel() + " " + event.getFormattedMessage())
                .containsExactly(
                        "WARN inventory does not answer: its calls are refused, and tried again every 3 s",
                        "INFO inventory answers again");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** From now on the question for the stores is answered so, after as long. */
    private void stores(int status, String body, Duration after) {
        agents.answers("inventory.listStores", request -> {
            pass(after);
            return scripted(status, body);
        });
    }

    private static ScriptedAgents.Scripted scripted(int status, String body) {
        return new ScriptedAgents.Scripted(status, body, Map.of(), Duration.ZERO, true);
    }

    private Answer<Stores> ask() {
        return inventory.get("listStores", "/stores", Stores.class);
    }

    private List<String> ask(int times) {
        return Stream.generate(() -> codeOf(ask())).limit(times).toList();
    }

    private Answer<Hold> release() {
        return inventory.change("releaseHold", "/holds/JM-1/release", "release-JM-1", Hold.class);
    }

    private int asked() {
        return agents.seen("inventory.listStores").size();
    }

    private static String codeOf(Answer<?> answer) {
        return switch (answer) {
            case Answer.Done<?> done -> "done";
            case Answer.Refused<?> refused -> refused.problem().code();
            case Answer.Unavailable<?> unavailable -> unavailable.code();
        };
    }
}
