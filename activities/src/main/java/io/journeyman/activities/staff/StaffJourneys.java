package io.journeyman.activities.staff;

import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.Confirmations;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.activities.conversation.Quotes;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.QuoteId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/** Journeys for the staff console, from our own record: they are found also when Temporal is away or has dropped them. */
public final class StaffJourneys {
    public static final int LONGEST_PAGE = 100;
    public static final int LONGEST_REASON = 300;

    /** An agent that has to do it does not answer, and nothing has changed: the same deed may be done yet. */
    public static final String AGENT_AWAY = "agent_unavailable";

    private static final int MOST_NEWS = 200;

    /** Of a deed of which nobody has said yet what it came to. */
    private static final String OPEN = "code IN ('asked', '" + AGENT_AWAY + "')";

    private static final String THE_DEED =
            "workflow_id = :workflowId AND action = :action AND staff = :staff AND key = :key";

    private static final String SELECT = """
            SELECT j.workflow_id, j.journey_id, j.kind, j.status, j.code, j.waiting_for, j.until,
                -- what is paid has not failed, whatever was declined before
                CASE WHEN j.status <> 'completed' THEN j.facts->>'reason' END AS failure,
                q.customer_id, j.conversation_id, q.id AS quote_id, p.channel, q.total_minor, q.currency, j.started_at, j.updated_at
            -- a return that an exchange began was confirmed with the order of what comes instead
            FROM journey j JOIN proposal p ON p.journey_id = coalesce(j.facts->>'exchangedFor', j.facts->>'uncollected', j.journey_id)
                JOIN quote q ON q.id = p.quote_id
            """;

    /** By the indexes, however many journeys there are. */
    private static final String OF_ID = """
            AND j.workflow_id IN (
                SELECT workflow_id FROM journey WHERE workflow_id = :id OR journey_id IN (:id, upper(:id))
                UNION ALL SELECT workflow_id FROM journey JOIN conversation c ON c.id = conversation_id WHERE c.customer_id = :id)
            """;

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final Quotes quotes;

    /** @param jdbi of the owner {@code conversation} */
    public StaffJourneys(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.quotes = new Quotes(jdbi);
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

    /** Newest first. @param before where the page before ended */
    public List<StaffJourney> find(Search search, Optional<Position> before, int limit) {
        String ofId = search.id().isEmpty() ? "" : OF_ID;
        return jdbi.withHandle(handle -> handle.createQuery(
                        SELECT + """
                        WHERE (:kind = '' OR j.kind = :kind)
                          AND (:status = '' OR j.status = :status)
                          AND (:waitingFor = '' OR j.waiting_for = :waitingFor)
                          AND (:failure = '' OR (j.status <> 'completed' AND j.facts->>'reason' = :failure))
                          AND (:channel = '' OR p.channel = :channel)
                          AND (:from::timestamptz IS NULL OR j.updated_at >= :from)
                          AND (:to::timestamptz IS NULL OR j.updated_at < :to)
                          AND (:beforeAt::timestamptz IS NULL OR (j.updated_at, j.workflow_id) < (:beforeAt, :beforeId))
                        """ + ofId + "ORDER BY j.updated_at DESC, j.workflow_id DESC LIMIT :limit")
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bind("id", search.id())
                .bind("kind", search.kind())
                .bind("status", search.status())
                .bind("waitingFor", search.waitingFor())
                .bind("failure", search.failure())
                .bind("channel", search.channel())
                .bind("from", search.from().orElse(null))
                .bind("to", search.to().orElse(null))
                .bind("beforeAt", before.map(Position::at).orElse(null))
                .bind("beforeId", before.map(Position::id).orElse(null))
                .bind("limit", Math.clamp(limit, 1, LONGEST_PAGE))
                .map((row, context) -> journey(row))
                .list());
    }

    /** @param id the workflow's, or the order's, reservation's or return's; of an order and its delivery, the order */
    public Optional<StaffJourney> find(String id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        SELECT
                                + "WHERE j.workflow_id = :id OR j.journey_id = :id ORDER BY j.workflow_id = :id DESC, j.kind = 'Delivery', j.workflow_id LIMIT 1")
                .bind("id", id)
                .map((row, context) -> journey(row))
                .findOne());
    }

    /** What its customer confirmed: of a return, what comes back. */
    public List<PricedLine> pieces(StaffJourney journey) {
        var quote = quotes.get(new QuoteId(journey.quoteId()));
        return quote.exchanged()
                .filter(exchanged -> journey.kind().equals("Return"))
                .map(Quote.Exchanged::lines)
                .orElse(quote.lines());
    }

    /** Whether it is about an order that its customer collects in a store. */
    public boolean isCollected(StaffJourney journey) {
        return journey.kind().equals("Delivery")
                && quotes.get(new QuoteId(journey.quoteId()))
                        .delivery()
                        .flatMap(Quote.Delivery::collect)
                        .isPresent();
    }

    /** Whether it is about what was claimed under its warranty. */
    public boolean isClaim(StaffJourney journey) {
        return journey.kind().equals("Return")
                && quotes.get(new QuoteId(journey.quoteId()))
                        .returned()
                        .filter(returned -> returned.reason() == ReturnReason.warranty)
                        .isPresent();
    }

    /** The exchange that it is a part of. */
    public Optional<Quote> exchange(StaffJourney journey) {
        return Optional.of(quotes.get(new QuoteId(journey.quoteId())))
                .filter(quote -> quote.exchanged().isPresent());
    }

    /** What the customer was told of it, in order. */
    public List<StaffJourney.News> news(String workflowId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT body->>'code', body->>'text', at FROM event WHERE workflow_id = :id ORDER BY at, seq LIMIT :most""")
                .bind("id", workflowId)
                .bind("most", MOST_NEWS)
                .map((row, context) -> new StaffJourney.News(
                        row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()))
                .list());
    }

    /**
     * One thing that a member of the staff does to a journey.
     *
     * @param key of the form or the request: the same one again, by the same person, is the same deed
     * @param reason 1 to {@value #LONGEST_REASON} characters of text, without card numbers
     */
    public record Deed(String staff, String workflowId, String action, String reason, String key) {}

    /** What it came to when it was done before. */
    public Optional<String> outcome(Deed deed) {
        return jdbi.withHandle(handle -> outcome(handle, deed));
    }

    private static Optional<String> outcome(Handle handle, Deed deed) {
        return handle.createQuery("SELECT code FROM staff_action WHERE " + THE_DEED + " AND NOT " + OPEN)
                .bindMethods(deed)
                .mapTo(String.class)
                .findOne();
    }

    /**
     * Writes down that it is about to be done, so that it leaves a trace whoever falls over meanwhile.
     *
     * @return how often it could not be done since an agent was away: what comes then is another try
     */
    public int begin(Deed deed) {
        return jdbi.inTransaction(handle -> {
            record(handle, deed, "asked", Optional.of(deed.key()), clock.instant());
            return handle.createQuery("""
                            SELECT count(*) FROM staff_action
                            WHERE workflow_id = :workflowId AND action = :action AND staff = :staff AND code = :away""")
                    .bindMethods(deed)
                    .bind("away", AGENT_AWAY)
                    .mapTo(Integer.class)
                    .one();
        });
    }

    /** Has an agent do it, and writes it down before and afterwards. @param cameTo a code for what the agent answers */
    public <T> Answer<T> recorded(Deed deed, Supplier<Answer<T>> done, Function<T, String> cameTo) {
        begin(deed);
        var answer = done.get();
        switch (answer) {
            case Answer.Done<T>(T value) -> did(deed, cameTo.apply(value));
            case Answer.Refused<T> refused -> tried(deed, refused.problem().code());
            case Answer.Unavailable<T> _ -> tried(deed, "unavailable");
        }
        return answer;
    }

    /** Writes down what was done, and why, once. */
    public void did(Deed deed, String code) {
        jdbi.useHandle(handle -> record(handle, deed, code, Optional.of(deed.key()), clock.instant()));
    }

    /** Writes down what could not be done just now; the same deed may be tried again. */
    public void tried(Deed deed, String code) {
        jdbi.useTransaction(handle -> {
            boolean begun = handle.createUpdate("UPDATE staff_action SET code = :code, key = NULL WHERE " + THE_DEED
                                    + " AND " + OPEN)
                            .bindMethods(deed)
                            .bind("code", code)
                            .execute()
                    == 1;
            if (!begun) {
                record(handle, deed, code, Optional.empty(), clock.instant());
            }
        });
    }

    /** Whether there is a confirmation that can be told again. */
    public boolean isConfirmed(String workflowId) {
        return jdbi.withHandle(handle -> Confirmations.has(handle, workflowId));
    }

    /** Tells the customer the journey's confirmation once more, once for each deed. Answers a code: resent, nothing_to_resend. */
    public String resend(Deed deed) {
        return jdbi.inTransaction(handle -> {
            Instant now = clock.instant();
            String code = Confirmations.has(handle, deed.workflowId()) ? "resent" : "nothing_to_resend";
            if (!record(handle, deed, code, Optional.of(deed.key()), now)) {
                return outcome(handle, deed).orElseThrow();
            }
            if (code.equals("resent")) {
                Confirmations.tellAgain(handle, deed.workflowId(), now);
            }
            return code;
        });
    }

    /** Writes down who read what is encrypted in Temporal: that they did, once a minute, not what. */
    public void readsPayloads(String staff) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO payload_reading (staff, minute) VALUES (:staff, :minute) ON CONFLICT DO NOTHING""")
                .bind("staff", staff)
                .bind("minute", clock.instant().truncatedTo(ChronoUnit.MINUTES))
                .execute());
    }

    /** False when it was known already what it came to, which stands. */
    private static boolean record(Handle handle, Deed deed, String code, Optional<String> key, Instant now) {
        return handle.createUpdate("""
                        INSERT INTO staff_action (staff, workflow_id, action, reason, code, key, at)
                        VALUES (:staff, :workflowId, :action, :reason, :code, :once, :now)
                        ON CONFLICT (workflow_id, action, staff, key) DO UPDATE SET code = excluded.code
                        WHERE staff_action.""" + OPEN)
                        .bindMethods(deed)
                        .bind("code", code)
                        .bind("once", key.orElse(null))
                        .bind("now", now)
                        .execute()
                == 1;
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
