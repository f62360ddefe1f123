package io.journeyman.activities.staff;

import io.journeyman.contracts.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Journeys for the staff console, from our own record: they are found also when Temporal is away or has dropped them. */
public final class StaffJourneys {
    public static final int LONGEST_PAGE = 100;
    public static final int LONGEST_REASON = 300;

    private static final int MOST_NEWS = 200;

    private static final String SELECT = """
            SELECT j.workflow_id, j.journey_id, j.kind, j.status, j.code, j.waiting_for, j.until, j.facts->>'reason' AS failure,
                q.customer_id, j.conversation_id, q.id AS quote_id, p.channel, q.total_minor, q.currency, j.started_at, j.updated_at
            FROM journey j JOIN proposal p ON p.journey_id = j.journey_id JOIN quote q ON q.id = p.quote_id
            """;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** @param jdbi of the owner {@code conversation} */
    public StaffJourneys(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** What is empty does not matter. @param id of an order, a reservation or a customer, as it was given to somebody */
    public record Search(
            String id,
            String kind,
            String status,
            String waitingFor,
            String failure,
            String channel,
            Optional<Instant> from,
            Optional<Instant> to) {
        public static final Search NOTHING = new Search("", "", "", "", "", "", Optional.empty(), Optional.empty());
    }

    /** Newest first. @param before the last one of the page before */
    public List<StaffJourney> find(Search search, Optional<StaffJourney> before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        WHERE (:id = '' OR upper(j.journey_id) = upper(:id) OR q.customer_id = :id OR j.workflow_id = :id)
                          AND (:kind = '' OR j.kind = :kind)
                          AND (:status = '' OR j.status = :status)
                          AND (:waitingFor = '' OR j.waiting_for = :waitingFor)
                          AND (:failure = '' OR j.facts->>'reason' = :failure)
                          AND (:channel = '' OR p.channel = :channel)
                          AND (:from::timestamptz IS NULL OR j.updated_at >= :from)
                          AND (:to::timestamptz IS NULL OR j.updated_at < :to)
                          AND (:beforeAt::timestamptz IS NULL OR (j.updated_at, j.workflow_id) < (:beforeAt, :beforeId))
                        ORDER BY j.updated_at DESC, j.workflow_id DESC LIMIT :limit""")
                .bind("id", search.id())
                .bind("kind", search.kind())
                .bind("status", search.status())
                .bind("waitingFor", search.waitingFor())
                .bind("failure", search.failure())
                .bind("channel", search.channel())
                .bind("from", search.from().orElse(null))
                .bind("to", search.to().orElse(null))
                .bind("beforeAt", before.map(StaffJourney::updatedAt).orElse(null))
                .bind("beforeId", before.map(StaffJourney::workflowId).orElse(null))
                .bind("limit", Math.clamp(limit, 1, LONGEST_PAGE))
                .map((row, context) -> journey(row))
                .list());
    }

    public Optional<StaffJourney> find(String workflowId) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + "WHERE j.workflow_id = :id")
                .bind("id", workflowId)
                .map((row, context) -> journey(row))
                .findOne());
    }

    /** What the customer was told of it, in order. */
    public List<StaffJourney.News> news(String workflowId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT body->>'code', body->>'text', at FROM event WHERE workflow_id = :id ORDER BY journey_seq LIMIT :most""")
                .bind("id", workflowId)
                .bind("most", MOST_NEWS)
                .map((row, context) -> new StaffJourney.News(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()))
                .list());
    }

    /** Writes down what a member of the staff did, and why. @param reason 1 to {@value #LONGEST_REASON} characters */
    public void did(String staff, String workflowId, String action, String reason, String code) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO staff_action (staff, workflow_id, action, reason, code, at)
                        VALUES (:staff, :workflow, :action, :reason, :code, :now)""")
                .bind("staff", staff)
                .bind("workflow", workflowId)
                .bind("action", action)
                .bind("reason", reason)
                .bind("code", code)
                .bind("now", clock.instant())
                .execute());
    }

    public List<StaffJourney.Action> actions(String workflowId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT staff, action, reason, code, at FROM staff_action WHERE workflow_id = :id ORDER BY id LIMIT 200""")
                .bind("id", workflowId)
                .map((row, context) -> new StaffJourney.Action(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant()))
                .list());
    }

    private static StaffJourney journey(ResultSet row) throws SQLException {
        return new StaffJourney(
                row.getString("workflow_id"),
                row.getString("journey_id"),
                row.getString("kind"),
                row.getString("status"),
                row.getString("code"),
                row.getString("waiting_for"),
                Optional.ofNullable(row.getTimestamp("until")).map(Timestamp::toInstant),
                Optional.ofNullable(row.getString("failure")).orElse(""),
                row.getString("customer_id"),
                row.getString("conversation_id"),
                row.getString("quote_id"),
                row.getString("channel"),
                new Money(row.getLong("total_minor"), row.getString("currency")),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }
}
