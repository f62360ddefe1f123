package io.journeyman.bench.chaos;

import io.journeyman.bench.chaos.audit.Workflow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Everything is up again: waits until no message lacks its reply and every journey has ended, or waits for a person. */
final class Settling {
    /** Longer than any backoff that an outage of some seconds leads to. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Whom a delivery waits for, and not for long here: its parcels travel in seconds, and stores are as quick. */
    private static final Set<String> QUICK_HERE = Set.of("carrier", "store");

    private final EngineView engine;
    private final Connection books;

    Settling(EngineView engine, Connection books) {
        this.engine = engine;
        this.books = books;
    }

    /** @return what had not settled when patience ran out */
    List<String> await() throws SQLException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (true) {
            var unsettled = unsettled();
            if (unsettled.isEmpty() || Instant.now().isAfter(deadline)) {
                return unsettled;
            }
            Thread.sleep(1_000);
        }
    }

    private List<String> unsettled() throws SQLException {
        var unsettled = new ArrayList<String>();
        engine.workflows().stream()
                .filter(Workflow::isOpen)
                .filter(workflow -> !workflow.pending().isEmpty()
                        || (workflow.isJourney() && (!workflow.waits() || QUICK_HERE.contains(workflow.waitingFor()))))
                .forEach(workflow -> unsettled.add(workflow.id() + " " + workflow.pending()));
        try (var statement = books.createStatement();
                var rows = statement.executeQuery(
                        "SELECT conversation_id || ' turn ' || turn FROM conversation.message WHERE reply IS NULL")) {
            while (rows.next()) {
                unsettled.add("no reply in " + rows.getString(1));
            }
        }
        return unsettled;
    }
}
