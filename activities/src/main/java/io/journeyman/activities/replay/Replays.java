package io.journeyman.activities.replay;

import io.journeyman.contracts.OrderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What staff asked to be tried again, and what became of each order. */
public final class Replays {
    public static final int MOST_ORDERS = 10_000;
    public static final int LONGEST_PAGE = 1_000;
    public static final int MOST_PER_SECOND = 50;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** @param jdbi of the owner {@code conversation} */
    public Replays(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Which orders: named ones, or those that fit a filter. */
    public sealed interface Chosen {
        record Orders(List<OrderId> orders) implements Chosen {}

        record Fitting(FailedPayments.Filter filter, int cap) implements Chosen {}
    }

    /** @param key the request's Idempotency-Key @param fingerprint of its body */
    public record Wish(
            String by,
            String key,
            String fingerprint,
            String reason,
            Chosen chosen,
            int ratePerSecond,
            Optional<Instant> priceUntil) {}

    public sealed interface Asked {
        /** @param fresh false when the same wish was asked before */
        record Stored(Replay replay, boolean fresh) implements Asked {}

        record OtherWish() implements Asked {}
    }

    /** Stores the wish with its orders, once per key. */
    public Asked ask(Wish wish) {
        return jdbi.inTransaction(handle -> {
            String id = "PR-" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
            boolean fresh = handle.createUpdate("""
                            INSERT INTO payment_replay (id, asked_by, idempotency_key, fingerprint, reason, price_until, rate_per_second,
                                status, asked_at)
                            VALUES (:id, :by, :key, :fingerprint, :reason, :priceUntil, :rate, 'running', :now)
                            ON CONFLICT (asked_by, idempotency_key) DO NOTHING""")
                            .bind("id", id)
                            .bind("by", wish.by())
                            .bind("key", wish.key())
                            .bind("fingerprint", wish.fingerprint())
                            .bind("reason", wish.reason())
                            .bind("priceUntil", wish.priceUntil().orElse(null))
                            .bind("rate", wish.ratePerSecond())
                            .bind("now", clock.instant())
                            .execute()
                    == 1;
            if (!fresh) {
                record Earlier(String id, String fingerprint) {}
                Earlier earlier = handle.createQuery(
                                "SELECT id, fingerprint FROM payment_replay WHERE asked_by = :by AND idempotency_key = :key")
                        .bind("by", wish.by())
                        .bind("key", wish.key())
                        .map((row, context) -> new Earlier(row.getString(1), row.getString(2)))
                        .one();
                return earlier.fingerprint().equals(wish.fingerprint())
                        ? new Asked.Stored(find(handle, earlier.id()).orElseThrow(), false)
                        : new Asked.OtherWish();
            }
            switch (wish.chosen()) {
                case Chosen.Orders(List<OrderId> orders) -> name(handle, id, orders);
                case Chosen.Fitting(FailedPayments.Filter filter, int cap) ->
                    FailedPayments.choose(handle, id, filter, Math.min(cap, MOST_ORDERS));
            }
            writeDown(handle, id);
            return new Asked.Stored(find(handle, id).orElseThrow(), true);
        });
    }

    private static void name(Handle handle, String id, List<OrderId> orders) {
        var batch = handle.prepareBatch(
                "INSERT INTO payment_replay_order (replay_id, position, order_id) VALUES (:id, :position, :order)");
        int position = 0;
        for (OrderId order : new LinkedHashSet<>(orders)) {
            batch.bind("id", id)
                    .bind("position", ++position)
                    .bind("order", order)
                    .add();
        }
        batch.execute();
    }

    /** Who asked for which order, and why: what each came to is in the replay's report. */
    private static void writeDown(Handle handle, String id) {
        handle.createUpdate("""
                        INSERT INTO staff_action (staff, workflow_id, action, reason, code, key, at)
                        SELECT r.asked_by, j.workflow_id, 'replay payment', r.reason, r.id, r.id, r.asked_at
                        FROM payment_replay r JOIN payment_replay_order o ON o.replay_id = r.id
                            JOIN journey j ON j.journey_id = o.order_id AND j.kind = 'Checkout'
                        WHERE r.id = :id ORDER BY o.position""").bind("id", id).execute();
    }

    public Optional<Replay> find(String id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    /** Newest first. */
    public List<Replay> latest(int limit) {
        return jdbi.withHandle(handle -> handle
                .createQuery("SELECT id FROM payment_replay ORDER BY asked_at DESC LIMIT :limit")
                .bind("limit", Math.clamp(limit, 1, 100))
                .mapTo(String.class)
                .list()
                .stream()
                .flatMap(id -> find(handle, id).stream())
                .toList());
    }

    /** The report in the order of its positions. @param after position of the page before, 0 for the first */
    public List<Replay.Line> report(String id, int after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT position, order_id, result, code, at FROM payment_replay_order
                        WHERE replay_id = :id AND position > :after ORDER BY position LIMIT :limit""")
                .bind("id", id)
                .bind("after", after)
                .bind("limit", Math.clamp(limit, 1, LONGEST_PAGE))
                .map((row, context) -> line(row))
                .list());
    }

    /** Orders that were not tried yet, up to {@code limit}. */
    List<Replay.Line> left(String id, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT position, order_id, result, code, at FROM payment_replay_order
                        WHERE replay_id = :id AND result IS NULL ORDER BY position LIMIT :limit""")
                .bind("id", id)
                .bind("limit", limit)
                .map((row, context) -> line(row))
                .list());
    }

    /** What became of an order; the first word stands. */
    void cameTo(String id, int position, ReplayOutcome outcome) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE payment_replay_order SET result = :result, code = :code, at = :now
                        WHERE replay_id = :id AND position = :position AND result IS NULL""")
                .bind("id", id)
                .bind("position", position)
                .bind("result", outcome.result().name())
                .bind("code", outcome.code())
                .bind("now", clock.instant())
                .execute());
    }

    void stands(String id, Replay.Status status) {
        boolean ends = status == Replay.Status.done || status == Replay.Status.cancelled;
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE payment_replay SET status = :status, ended_at = :ended WHERE id = :id AND ended_at IS NULL")
                .bind("id", id)
                .bind("status", status.name())
                .bind("ended", ends ? clock.instant() : null)
                .execute());
    }

    private static Optional<Replay> find(Handle handle, String id) {
        Map<ReplayResult, Integer> results = new EnumMap<>(ReplayResult.class);
        int[] left = {0};
        handle.createQuery("""
                        SELECT coalesce(result, ''), count(*) FROM payment_replay_order WHERE replay_id = :id GROUP BY 1""")
                .bind("id", id)
                .map((row, context) -> {
                    if (row.getString(1).isEmpty()) {
                        left[0] = row.getInt(2);
                    } else {
                        results.put(ReplayResult.valueOf(row.getString(1)), row.getInt(2));
                    }
                    return row.getInt(2);
                })
                .list();
        return handle.createQuery("SELECT * FROM payment_replay WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new Replay(
                        row.getString("id"),
                        row.getString("asked_by"),
                        row.getString("reason"),
                        Replay.Status.valueOf(row.getString("status")),
                        row.getInt("rate_per_second"),
                        instant(row, "price_until"),
                        row.getTimestamp("asked_at").toInstant(),
                        instant(row, "ended_at"),
                        results,
                        left[0]))
                .findOne();
    }

    private static Replay.Line line(ResultSet row) throws SQLException {
        return new Replay.Line(
                row.getInt("position"),
                row.getString("order_id"),
                Optional.ofNullable(row.getString("result")).map(ReplayResult::valueOf),
                row.getString("code"),
                instant(row, "at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
