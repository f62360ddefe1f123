package io.journeyman.bench.chaos.audit;

import io.journeyman.bench.chaos.Outage;
import io.journeyman.bench.chaos.Part;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Promise 7. What is counted: each turn that was accepted while exactly one agent was down or paused and nothing else was, and
 * that needed no tool of that agent. It has to be answered within the time that the API waits, and no other agent's tool in it may
 * be called unavailable, unless a message to that agent was lost or slow just then.
 */
final class GoesOn {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** What happened so long ago may still be felt: by a timeout, or by a breaker that is not closed again. */
    private static final Duration AFTERMATH = Duration.ofSeconds(20);

    /** Whom a tool asks; one that is not named here asks several. */
    private static final Map<String, Part> OWNERS = Map.of(
            "check_inventory", Part.inventory,
            "get_recommendations", Part.recommendation,
            "get_applicable_offers", Part.loyalty,
            "get_order_status", Part.postPurchase,
            "track_parcels", Part.fulfillment);

    /** The conversation's own. */
    private static final List<String> NOBODYS = List.of("show_cart", "remove_from_cart");

    private record Turn(
            String name, Instant accepted, Optional<Instant> answered, List<String> tools, List<String> unavailable) {}

    private GoesOn() {}

    static Tally check(Evidence evidence) throws SQLException {
        var tally = new Tally();
        var attacks = evidence.outages().stream().filter(Outage::isAttack).toList();
        for (var turn : turns(evidence.books())) {
            var away = attacks.stream()
                    .filter(outage -> outage.overlaps(turn.accepted(), turn.accepted()))
                    .toList();
            if (away.size() == 1
                    && away.getFirst().part().isAgent()
                    && alone(away.getFirst(), attacks, turn)
                    && needsOthersOnly(turn, away.getFirst().part())) {
                check(turn, away.getFirst(), evidence.outages(), tally);
            }
        }
        return tally;
    }

    private static void check(Turn turn, Outage outage, List<Outage> all, Tally tally) {
        var late = turn.answered()
                .map(answered -> Duration.between(turn.accepted(), answered))
                .filter(time -> time.compareTo(LONGEST) <= 0)
                .isEmpty();
        tally.expect(
                !late, "%s, while %s was away, was not answered within a minute".formatted(turn.name(), outage.part()));
        for (var tool : turn.unavailable()) {
            tally.expect(
                    all.stream()
                            .anyMatch(other -> other.part() == OWNERS.get(tool)
                                    && other.overlaps(turn.accepted().minus(AFTERMATH), end(turn))),
                    "%s: %s was called unavailable while only %s was away".formatted(turn.name(), tool, outage.part()));
        }
    }

    private static boolean alone(Outage outage, List<Outage> attacks, Turn turn) {
        return attacks.stream()
                .filter(other -> !other.equals(outage))
                .noneMatch(other -> other.overlaps(turn.accepted().minus(AFTERMATH), end(turn))
                        && !other.part().isAgent());
    }

    private static Instant end(Turn turn) {
        return turn.answered().orElse(turn.accepted().plus(LONGEST));
    }

    private static boolean needsOthersOnly(Turn turn, Part away) {
        return turn.tools().stream()
                .allMatch(tool -> NOBODYS.contains(tool) || (OWNERS.containsKey(tool) && OWNERS.get(tool) != away));
    }

    private static List<Turn> turns(Books books) throws SQLException {
        return books.rows(
                """
                SELECT 'turn ' || turn || ' of ' || conversation_id, accepted_at, answered_at,
                    coalesce(array_agg(tool) FILTER (WHERE tool IS NOT NULL), '{}'),
                    coalesce(array_agg(tool) FILTER (WHERE result LIKE '%"tool_unavailable"%'), '{}')
                FROM conversation.message LEFT JOIN conversation.tool_call USING (conversation_id, turn)
                GROUP BY conversation_id, turn, accepted_at, answered_at""",
                row -> new Turn(
                        row.getString(1),
                        row.getTimestamp(2).toInstant(),
                        Optional.ofNullable(row.getTimestamp(3)).map(java.sql.Timestamp::toInstant),
                        List.of((String[]) row.getArray(4).getArray()),
                        List.of((String[]) row.getArray(5).getArray())));
    }
}
