package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A conversation that goes on and on, on everything that {@code up} starts, with the offline model. */
@Timeout(900)
class LongLivesTest {
    /** 1,000 by {@code -Djourneyman.turns=1000}. */
    private static final int TURNS = Integer.getInteger("journeyman.turns", 120);

    private static final int WINDOW = 20;

    /** One customer may send a message a second: these share a conversation, so that nobody has to wait. */
    private static final int VOICES = 10;

    private final RunningShop shop = RunningShop.alone();
    private final List<Customer> voices = new ArrayList<>();
    private int said;

    LongLivesTest() throws Exception {}

    @AfterEach
    void close() throws Exception {
        shop.close();
    }

    /** @param work transactions that the database committed @param rows of conversations that it read */
    private record Cost(long work, long rows, long medianMillis) {}

    @Test
    void theLastTurnCostsWhatTheTenthDid() throws Exception {
        var conversation = begin();
        say(10);
        var early = cost();
        say(TURNS - 10 - 2 * WINDOW);
        var late = cost();

        var turns = turns(conversation);
        assertThat(turns).hasSizeGreaterThanOrEqualTo(TURNS - WINDOW);
        var tenth = leanest(turns.subList(8, 8 + WINDOW));
        var last = leanest(turns.subList((turns.size() - WINDOW - 2) / 2 * 2, turns.size() - 1));
        System.out.printf(
                "two turns near the tenth: %d events, %d bytes; near turn %d: %d events, %d bytes; at turn 11: %s; at turn %d: %s%n",
                events(tenth), bytes(tenth), turns.size(), events(last), bytes(last), early, TURNS - WINDOW, late);
        assertThat(events(last)).isEqualTo(events(tenth));
        assertThat((double) bytes(last) / bytes(tenth)).isBetween(0.9, 1.1);
        assertThat((double) late.work() / early.work()).isBetween(0.3, 1.5);
        assertThat((double) late.rows() / early.rows()).isBetween(0.3, 2.0);
    }

    /** @return the conversation that all voices have part in, as a customer with many names has */
    private String begin() throws Exception {
        for (int i = 0; i < VOICES; i++) {
            voices.add(shop.newcomer());
        }
        var first = voices.getFirst();
        first.says("hello");
        first.says("hello again"); // two turns at a time are looked at
        var others = voices.stream().skip(1).map(Customer::id).collect(Collectors.joining(","));
        return query("""
                INSERT INTO conversation.alias (kind, value, conversation_id)
                SELECT 'customer', other, conversation_id
                FROM conversation.alias, unnest(string_to_array('%s', ',')) AS other
                WHERE kind = 'customer' AND value = '%s' RETURNING conversation_id""".formatted(others, first.id()));
    }

    private void say(int turns) throws Exception {
        for (int turn = 0; turn < turns; turn += 2) {
            var voice = voices.get(++said % VOICES);
            voice.says("show me blue kurtas");
            voice.says("what is in my cart?");
        }
    }

    private Cost cost() throws Exception {
        var millis = new ArrayList<Long>();
        var before = counted();
        for (int turn = 0; turn < WINDOW; turn += 2) {
            long start = System.nanoTime();
            say(2);
            millis.add((System.nanoTime() - start) / 2_000_000);
        }
        var after = counted();
        millis.sort(Comparator.naturalOrder());
        return new Cost(
                (after.get(0) - before.get(0)) / WINDOW,
                (after.get(1) - before.get(1)) / WINDOW,
                millis.get(millis.size() / 2));
    }

    /**
     * Postgres tells what its backends have told it. Each does so once a second at most, and what it did after that only once it has been
     * idle for ten seconds (PGSTAT_IDLE_INTERVAL).
     */
    private List<Long> counted() throws Exception {
        Thread.sleep(11_000);
        var counted = query("""
                SELECT xact_commit || ' ' || (
                    SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables
                    WHERE schemaname = 'conversation')
                FROM pg_stat_database WHERE datname = current_database()""");
        return List.of(
                Long.parseLong(counted.replaceFirst(" .*", "")), Long.parseLong(counted.replaceFirst(".* ", "")));
    }

    private String query(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(new ShopAddress(shop.data(), shop.ports()).databaseUrl());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Each turn's events, over all runs of the conversation; what stands between two runs belongs to the turn before. */
    private List<List<HistoryEvent>> turns(String conversation) {
        var stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + shop.ports().temporal())
                .build());
        try {
            var client = WorkflowClient.newInstance(stubs);
            var events = client.listExecutions("WorkflowId = \"conversation-" + conversation + "\"")
                    .sorted(Comparator.comparing(WorkflowExecutionMetadata::getStartTime))
                    .flatMap(run -> client
                            .fetchHistory(
                                    run.getExecution().getWorkflowId(),
                                    run.getExecution().getRunId())
                            .getEvents()
                            .stream())
                    .toList();
            var turns = new ArrayList<List<HistoryEvent>>();
            for (var event : events) {
                if (event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED) {
                    turns.add(new ArrayList<>());
                }
                if (!turns.isEmpty()) {
                    turns.getLast().add(event);
                }
            }
            return turns;
        } finally {
            stubs.shutdownNow();
        }
    }

    /** One message of each kind, where the fewest events came of it: a slow machine puts a workflow task more between two steps. */
    private static List<List<HistoryEvent>> leanest(List<List<HistoryEvent>> turns) {
        return IntStream.iterate(0, at -> at + 1 < turns.size(), at -> at + 2)
                .mapToObj(at -> turns.subList(at, at + 2))
                .min(Comparator.comparingInt(LongLivesTest::events))
                .orElseThrow();
    }

    private static int events(List<List<HistoryEvent>> turns) {
        return turns.stream().mapToInt(List::size).sum();
    }

    private static int bytes(List<List<HistoryEvent>> turns) {
        return turns.stream()
                .flatMap(List::stream)
                .mapToInt(HistoryEvent::getSerializedSize)
                .sum();
    }
}
