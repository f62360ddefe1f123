package io.journeyman.loyalty.benefits;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ReturnId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What returns took back and gave back. The order's row is locked before. */
interface ReturnTable {
    /** @param value of all returns of an order so far, in minor units, and the points that went along */
    record SoFar(long value, long takenBack, long givenBack) {}

    record Booked(ReturnId returnId, OrderId orderId, long value, long orderValue, long takenBack, long givenBack) {}

    /** A later run of a checkout keeps its benefits under the order's id, a point and a mark of its own; one of them is committed. */
    @SqlQuery("""
            SELECT order_id FROM benefits
            WHERE status = 'committed' AND (order_id = :order OR starts_with(order_id, :order || '.'))
            ORDER BY order_id LIMIT 1""")
    Optional<OrderId> committed(OrderId order);

    @SqlQuery("""
            SELECT return_id, order_id, value, order_value, taken_back, given_back FROM benefits_return
            WHERE return_id = :id""")
    Optional<Booked> find(ReturnId id);

    @SqlQuery("""
            SELECT coalesce(sum(value), 0)::bigint AS value, coalesce(sum(taken_back), 0)::bigint AS taken_back,
                coalesce(sum(given_back), 0)::bigint AS given_back
            FROM benefits_return WHERE order_id = :order""")
    SoFar soFar(OrderId order);

    /** Points of the order whose year is not over; those that are gone already are not taken a second time. */
    @SqlQuery(
            "SELECT EXISTS (SELECT FROM ledger_entry WHERE order_id = :order AND kind = 'earned' AND expires_at > :now)")
    boolean earnedStillGood(OrderId order, Instant now);

    @SqlUpdate("INSERT INTO benefits_return VALUES (:id, :order, :value, :orderValue, :taken, :given, :now)")
    void book(ReturnId id, OrderId order, long value, long orderValue, long taken, long given, Instant now);

    /** Nothing where there is nothing to take or to give. */
    @SqlUpdate("""
            WITH back AS (
                UPDATE account SET points = points + :given - :taken, lapses_at = least(lapses_at, :now)
                WHERE customer_id = :customer
                RETURNING customer_id)
            INSERT INTO ledger_entry
                (at, customer_id, kind, from_account, to_account, points, order_id, return_id, expires_at)
            SELECT :now, customer_id, entry.kind, entry.from_account, entry.to_account, entry.points, :order, :id, entry.expires_at
            FROM back, LATERAL (VALUES
                ('given_back', 'burned', 'customer', :given, NULL),
                ('taken_back', 'customer', 'earned', :taken,
                    (SELECT max(expires_at) FROM ledger_entry WHERE order_id = :order AND kind = 'earned')))
                AS entry (kind, from_account, to_account, points, expires_at)
            WHERE entry.points > 0""")
    void move(CustomerId customer, OrderId order, ReturnId id, long taken, long given, Instant now);
}
