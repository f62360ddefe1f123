package io.journeyman.loyalty.points;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.Expiring;
import io.journeyman.contracts.Loyalty.Tier;
import io.journeyman.contracts.OrderId;
import io.journeyman.kit.ExpiringLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Customers' points, in double entry: each entry takes points from one account and gives them to another. A statement that changes
 * an account writes its entries itself, and the schema lets nobody commit an account that is not the sum of its entries.
 *
 * <p>Points expire a year after they came in. What goes out is always the oldest; what comes back from an order is what went out
 * last. So what has expired follows from the entries alone: it is what would be left if only the points had ever come in whose
 * time is over.
 */
public interface PointsLedger extends ExpiringLedger {
    /** How long points can be spent. */
    Duration VALID = Duration.ofDays(365);

    @SqlUpdate("INSERT INTO account (customer_id, opened_at) VALUES (:customer, :now) ON CONFLICT DO NOTHING")
    void open(CustomerId customer, Instant now);

    /** A customer who comes from elsewhere, with points and orders; an account that is there already stays as it is. */
    default void open(CustomerId customer, long points, int orders, Instant now) {
        open(customer, points, orders, now, now.plus(VALID));
    }

    @SqlUpdate("""
            WITH opened AS (
                INSERT INTO account (customer_id, points, orders, opened_at, lapses_at)
                VALUES (:customer, :points, :orders, :now, :expiresAt)
                ON CONFLICT DO NOTHING
                RETURNING customer_id)
            INSERT INTO ledger_entry (at, customer_id, kind, from_account, to_account, points, expires_at)
            SELECT :now, customer_id, 'opening', 'opening', 'customer', :points, :expiresAt FROM opened WHERE :points > 0
            """)
    void open(CustomerId customer, long points, int orders, Instant now, Instant expiresAt);

    /** Sets points aside for an order, if so many are free and not expired; none are always there. */
    default boolean reserve(CustomerId customer, OrderId order, long points, Instant now) {
        if (points == 0) {
            return true;
        }
        lapse(customer, now);
        return setAside(customer, order, points, now);
    }

    @SqlUpdate("""
            WITH reserving AS (
                UPDATE account SET reserved = reserved + :points
                WHERE customer_id = :customer AND points - reserved >= :points
                RETURNING customer_id)
            INSERT INTO ledger_entry (at, customer_id, kind, from_account, to_account, points, order_id)
            SELECT :now, customer_id, 'reserved', 'customer', 'reserved', :points, :order FROM reserving
            """)
    boolean setAside(CustomerId customer, OrderId order, long points, Instant now);

    /** Gives an order's reserved points back. */
    @SqlUpdate("""
            WITH freeing AS (
                UPDATE account SET reserved = reserved - :points, lapses_at = least(lapses_at, :now)
                WHERE customer_id = :customer AND :points > 0
                RETURNING customer_id)
            INSERT INTO ledger_entry (at, customer_id, kind, from_account, to_account, points, order_id)
            SELECT :now, customer_id, 'freed', 'reserved', 'customer', :points, :order FROM freeing
            """)
    void free(CustomerId customer, OrderId order, long points, Instant now);

    /** An order was confirmed: spends its reserved points and adds what it earned. */
    default void settle(CustomerId customer, OrderId order, long spent, long earned, Instant now) {
        settle(customer, order, spent, earned, now, now.plus(VALID));
    }

    @SqlUpdate("""
            WITH confirmed AS (
                UPDATE account
                SET points = points - :spent + :earned, reserved = reserved - :spent, orders = orders + 1,
                    lapses_at = least(lapses_at, CASE WHEN :earned > 0 THEN CAST(:expiresAt AS timestamptz) END)
                WHERE customer_id = :customer
                RETURNING customer_id)
            INSERT INTO ledger_entry (at, customer_id, kind, from_account, to_account, points, order_id, expires_at)
            SELECT :now, customer_id, kind, from_account, to_account, entry.points, :order, entry.expires_at
            FROM confirmed, (VALUES
                ('spent', 'reserved', 'burned', :spent, NULL),
                ('earned', 'earned', 'customer', :earned, CAST(:expiresAt AS timestamptz)))
                AS entry (kind, from_account, to_account, points, expires_at)
            WHERE entry.points > 0
            """)
    void settle(CustomerId customer, OrderId order, long spent, long earned, Instant now, Instant expiresAt);

    /**
     * A confirmed order was undone: gives back what it spent and takes back what it earned. The account may fall below zero then,
     * when those points were spent meanwhile; points whose year is over are gone already and are not taken a second time.
     */
    @SqlUpdate("""
            WITH earned AS (
                SELECT coalesce(sum(points), 0)::bigint AS points, max(expires_at) AS expires_at
                FROM ledger_entry WHERE order_id = :order AND kind = 'earned' AND expires_at > :now),
            undone AS (
                UPDATE account
                SET points = account.points + :spent - earned.points, orders = orders - 1, lapses_at = least(lapses_at, :now)
                FROM earned
                WHERE customer_id = :customer
                RETURNING customer_id)
            INSERT INTO ledger_entry (at, customer_id, kind, from_account, to_account, points, order_id, expires_at)
            SELECT :now, customer_id, entry.kind, entry.from_account, entry.to_account, entry.points, :order, entry.expires_at
            FROM undone, earned, LATERAL (VALUES
                ('given_back', 'burned', 'customer', :spent, NULL),
                ('taken_back', 'customer', 'earned', earned.points, earned.expires_at))
                AS entry (kind, from_account, to_account, points, expires_at)
            WHERE entry.points > 0
            """)
    void unsettle(CustomerId customer, OrderId order, long spent, Instant now);

    /** Lets nobody else change the account until the transaction ends. */
    @SqlQuery("SELECT customer_id FROM account WHERE customer_id = :customer FOR NO KEY UPDATE")
    CustomerId lock(CustomerId customer);

    /** Not {@code FOR UPDATE}: an order whose row refers to the account would wait for it, and it for that order. */
    @SqlQuery("SELECT customer_id FROM account WHERE customer_id = :customer AND lapses_at <= :now FOR NO KEY UPDATE")
    @Override
    Optional<CustomerId> lockLapsing(CustomerId customer, Instant now);

    @SqlUpdate("""
            WITH expired AS (
                UPDATE account
                SET points = points - lapsed(:customer, :now),
                    lapses_at = (SELECT min(expires_at) FROM ledger_entry WHERE customer_id = :customer AND expires_at > :now)
                WHERE customer_id = :customer
                RETURNING old.points - new.points AS points)
            INSERT INTO ledger_entry (at, customer_id, kind, from_account, to_account, points)
            SELECT :now, :customer, 'expired', 'customer', 'expired', points FROM expired WHERE points > 0
            """)
    @Override
    void expire(CustomerId customer, Instant now);

    @SqlQuery("SELECT customer_id FROM account WHERE lapses_at <= :now ORDER BY lapses_at LIMIT :most")
    @Override
    List<CustomerId> lapsing(Instant now, int most);

    /** One account after another: as an EXISTS, Postgres would join the accounts with the sums of all entries that there are. */
    @SqlQuery("""
            SELECT a.customer_id FROM account a, LATERAL (
                SELECT FROM what_ends e LEFT JOIN expiry_reminder r USING (customer_id, expires_at)
                WHERE e.customer_id = a.customer_id AND e.expires_at > :now AND e.expires_at <= :until
                    AND e.amount > coalesce(r.amount, 0)
                LIMIT 1) AS unheard
            WHERE a.lapses_at <= :until
            ORDER BY a.lapses_at LIMIT :most""")
    @Override
    List<CustomerId> unreminded(Instant now, Instant until, int most);

    /** Points earned, less those taken back, since then. */
    @SqlQuery("""
            SELECT coalesce(sum(points), 0) FROM points_entry
            WHERE customer_id = :customer AND at > :since AND kind IN ('opening', 'earned', 'taken_back')
            """)
    long earnedSince(CustomerId customer, Instant since);

    /** Points that can be spent now: those that no order has set aside, without those whose time is over. */
    @SqlQuery("""
            SELECT greatest(
                       points - reserved - CASE WHEN lapses_at <= :now THEN lapsed(customer_id, :now) ELSE 0 END, 0) AS spendable,
                   reserved, orders
            FROM account WHERE customer_id = :customer
            """)
    Optional<Account> find(CustomerId customer, Instant now);

    /** Paise paid for confirmed orders since then. */
    @SqlQuery("""
            SELECT coalesce(sum(paid_minor), 0) FROM benefits
            WHERE customer_id = :customer AND changed_at > :since AND status = 'committed'
            """)
    long paidSince(CustomerId customer, Instant since);

    /** How many of the points that can be spent now expire when, the next first. */
    @SqlQuery("""
            SELECT amount AS points, expires_at AS at FROM what_ends
            WHERE customer_id = :customer AND amount > 0 AND expires_at > :now ORDER BY expires_at LIMIT :most
            """)
    List<Expiring> expiring(CustomerId customer, Instant now, int most);

    /** The tier that the customer was granted until a day that is still to come. */
    @SqlQuery("SELECT tier FROM granted_tier WHERE customer_id = :customer AND ends_at > :now")
    Optional<Tier> granted(CustomerId customer, Instant now);

    /** In how many orders of theirs a customer has an offer reserved or used, by the offer's id. */
    @KeyColumn("offer_id")
    @ValueColumn("uses")
    @SqlQuery("""
            SELECT offer_id, count(*) AS uses FROM offer_use WHERE customer_id = :customer AND NOT given_back GROUP BY offer_id
            """)
    Map<String, Integer> uses(CustomerId customer);

    record Account(long spendable, long reserved, int orders) {}
}
