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

    /** At first; longer and longer, up to the longest: most of what goes on is over within moments. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final EngineView engine;
    private final Connection books;
    private final Set<String> quick;

    /** @param quick whom a journey waits for, and not for long here */
    Settling(EngineView engine, Connection books, Set<String> quick) {
        this.engine = engine;
        this.books = books;
        this.quick = quick;
    }

    /** @return what had not settled when patience ran out */
    List<String> await() throws SQLException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
            var unsettled = unsettled();
            if (unsettled.isEmpty() || Instant.now().isAfter(deadline)) {
                return unsettled;
            }
            Thread.sleep(pause);
        }
    }

    private static Duration longer(Duration pause) {
        var longer = pause.multipliedBy(3).dividedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    private List<String> unsettled() throws SQLException {
        var unsettled = new ArrayList<String>();
        engine.workflows().stream()
                .filter(Workflow::isOpen)
                .filter(workflow -> !workflow.pending().isEmpty()
                        || (workflow.isJourney() && (!workflow.waits() || quick.contains(workflow.waitingFor()))))
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
