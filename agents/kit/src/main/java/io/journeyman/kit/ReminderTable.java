package io.journeyman.kit;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.ReminderId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Of which dates customers have heard, or are to hear, and of how much. */
interface ReminderTable {
    @SqlUpdate("UPDATE expiry_reminder SET told_at = :now WHERE reminder_id = ANY(:told) AND told_at IS NULL")
    void tell(List<ReminderId> told, Instant now);

    @SqlQuery("""
            SELECT DISTINCT reminder_id FROM expiry_reminder WHERE told_at IS NULL AND expires_at > :now
            ORDER BY reminder_id LIMIT :most""")
    List<ReminderId> untold(Instant now, int most);

    /** One reminder for each of the customers, of twenty dates at most: those of which they have not heard, or not of so much. */
    @SqlUpdate("""
            INSERT INTO expiry_reminder (customer_id, expires_at, amount, reminder_id, written_at)
            SELECT customer_id, expires_at, amount, 'ER-' || md5(customer_id || :lot), :now
            FROM unnest(CAST(:customers AS text[])) AS who, LATERAL (
                SELECT e.customer_id, e.expires_at, e.amount FROM what_ends e LEFT JOIN expiry_reminder r USING (customer_id, expires_at)
                WHERE e.customer_id = who AND e.expires_at > :now AND e.expires_at <= :until AND e.amount > coalesce(r.amount, 0)
                ORDER BY e.expires_at LIMIT 20) AS theirs
            ON CONFLICT (customer_id, expires_at) DO UPDATE
            SET amount = excluded.amount, reminder_id = excluded.reminder_id, written_at = excluded.written_at, told_at = NULL
            WHERE expiry_reminder.told_at IS NOT NULL AND expiry_reminder.amount < excluded.amount""")
    void write(List<CustomerId> customers, String lot, Instant now, Instant until);

    /** What is still there of what they name. */
    @SqlQuery("""
            SELECT r.reminder_id, r.customer_id, least(r.amount, theirs.amount) AS amount, r.expires_at AS at
            FROM expiry_reminder r, LATERAL (
                SELECT e.amount FROM what_ends e
                WHERE e.customer_id = r.customer_id AND e.expires_at = r.expires_at AND e.amount > 0) AS theirs
            WHERE r.reminder_id = ANY(:reminders) AND r.told_at IS NULL AND r.expires_at > :now
            ORDER BY r.reminder_id, r.expires_at""")
    List<Row> endings(List<ReminderId> reminders, Instant now);

    /** What was spent meanwhile nobody need hear of. */
    @SqlUpdate("DELETE FROM expiry_reminder WHERE reminder_id = ANY(:reminders) AND told_at IS NULL")
    void drop(List<ReminderId> reminders);

    record Row(ReminderId reminderId, CustomerId customerId, long amount, Instant at) {}
}
