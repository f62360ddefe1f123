package io.journeyman.bench.load;

import io.journeyman.contracts.ConversationId;
import io.journeyman.workflows.conversation.Conversation;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Turns with one tool in one long conversation, one after the other: how long each takes, and what each adds to the history. */
final class Turns {
    static final String ONE_TOOL = "call check_inventory {\"productId\":\"P-1002\"}";

    /** What a model of the market may take for each of its two answers. */
    private static final Duration THOUGHT = Duration.ofSeconds(3);

    /** Each may speak once a second for long; together they can talk as fast as they are answered. */
    private static final int VOICES = 80;

    private final BenchShop shop;
    private final List<Shopper> voices;
    private final String workflowId;
    private int turn;

    /**
     * @param cpuMillis of each turn, by process
     * @param early what turn 10 added to the history
     * @param late the same of turn {@code lateTurn}
     * @param slowModel how much longer than its thinking a turn takes, with a model that thinks for three seconds each time
     * @param slow what such a turn adds to the history
     */
    record Measured(
            Pace pace,
            Map<String, Double> cpuMillis,
            Added early,
            int lateTurn,
            Added late,
            Pace slowModel,
            Added slow) {}

    record Added(long events, long bytes) {}

    private Turns(BenchShop shop, List<Shopper> voices, String workflowId) {
        this.shop = shop;
        this.voices = voices;
        this.workflowId = workflowId;
    }

    /** A customer who is known by many names, since one alone is held to a humane pace. */
    static Turns begin(BenchShop shop) throws IOException, InterruptedException, SQLException {
        var voices = IntStream.range(0, VOICES)
                .mapToObj(n -> Shopper.newcomer(shop.address()))
                .toList();
        voices.getFirst().says("Hello");
        try (var connection = DriverManager.getConnection(shop.databaseUrl());
                var statement = connection.prepareStatement("""
                        INSERT INTO conversation.alias (kind, value, conversation_id)
                        SELECT 'customer', other, conversation_id FROM conversation.alias, unnest(?) AS other
                        WHERE kind = 'customer' AND value = ? RETURNING conversation_id""")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            voices.stream().skip(1).map(Shopper::customer).toArray()));
            statement.setString(2, voices.getFirst().customer());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new Turns(shop, voices, Conversation.workflowId(new ConversationId(rows.getString(1))));
            }
        }
    }

    /** @param lateTurn up to which the conversation goes on; the time is taken of {@code measured} turns after it */
    Measured measure(int lateTurn, int measured) throws IOException, InterruptedException {
        var early = added(10);
        var late = added(lateTurn);
        var took = new ArrayList<Duration>();
        var cpu = shop.cpuTime();
        long began = System.nanoTime();
        for (int i = 0; i < measured; i++) {
            took.add(say());
        }
        var pace = Pace.of(1, took, Duration.ofNanos(System.nanoTime() - began));
        var each = shop.cpuTime().each(cpu, measured);
        return new Measured(
                pace,
                each,
                early,
                lateTurn,
                late,
                slowModel(Math.clamp(measured / 40, 1, 5)),
                addedBy(this::sayThoughtfully));
    }

    private Pace slowModel(int turns) throws IOException, InterruptedException {
        var longer = new ArrayList<Duration>();
        long began = System.nanoTime();
        for (int i = 0; i < turns; i++) {
            longer.add(sayThoughtfully().minus(THOUGHT.multipliedBy(2)));
        }
        return Pace.of(1, longer, Duration.ofNanos(System.nanoTime() - began));
    }

    private Duration say() throws IOException, InterruptedException {
        return say(ONE_TOOL);
    }

    private Duration sayThoughtfully() throws IOException, InterruptedException {
        return say("think %d %s".formatted(THOUGHT.toMillis(), ONE_TOOL));
    }

    private Duration say(String words) throws IOException, InterruptedException {
        turn++;
        return voices.get(turn % VOICES).says(words);
    }

    /** What turn {@code number} adds; the one after it, when the workflow continued as new in between. */
    private Added added(int number) throws IOException, InterruptedException {
        while (turn < number - 1) {
            say();
        }
        return addedBy(this::say);
    }

    private interface Saying {
        Duration say() throws IOException, InterruptedException;
    }

    private Added addedBy(Saying one) throws IOException, InterruptedException {
        while (true) {
            var before = HistorySize.of(shop.client(), workflowId);
            one.say();
            var after = HistorySize.of(shop.client(), workflowId);
            if (before.run().equals(after.run())) {
                return new Added(after.events() - before.events(), after.bytes() - before.bytes());
            }
        }
    }
}
