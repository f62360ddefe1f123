package io.journeyman.loyalty.points;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Customers' points. A statement that changes an account's points writes the ledger's entries itself, so that an account is
 * always the sum of its entries.
 */
public interface PointsLedger {
    @SqlUpdate("INSERT INTO account (customer_id, opened_at) VALUES (:customer, :now) ON CONFLICT DO NOTHING")
    void open(CustomerId customer, Instant now);

    /** A customer who comes from elsewhere, with points and orders; false when the account is there already. */
    @SqlUpdate("""
            WITH opened AS (
                INSERT INTO account (customer_id, points, orders, opened_at) VALUES (:customer, :points, :orders, :now)
                ON CONFLICT DO NOTHING
                RETURNING customer_id)
            INSERT INTO points_entry (at, customer_id, kind, points)
            SELECT :now, customer_id, 'opening', :points FROM opened
            """)
    boolean open(CustomerId customer, long points, int orders, Instant now);

    /** Sets points aside, if so many are free. */
    @SqlUpdate("""
            UPDATE account SET reserved = reserved + :points
            WHERE customer_id = :customer AND points - reserved >= :points
            """)
    boolean reserve(CustomerId customer, long points);

    @SqlUpdate("UPDATE account SET reserved = reserved - :points WHERE customer_id = :customer")
    void free(CustomerId customer, long points);

    /** An order was confirmed: spends its reserved points and adds what it earned. */
    @SqlUpdate("""
            WITH confirmed AS (
                UPDATE account
                SET points = points - :spent + :earned, reserved = reserved - :spent, orders = orders + 1
                WHERE customer_id = :customer
                RETURNING customer_id)
            INSERT INTO points_entry (at, customer_id, kind, points, order_id)
            SELECT :now, customer_id, kind, points, :order
            FROM confirmed, (VALUES ('spent', -:spent), ('earned', :earned)) AS e (kind, points)
            WHERE points <> 0
            """)
    void settle(CustomerId customer, OrderId order, long spent, long earned, Instant now);

    /** A confirmed order was undone: gives back what it spent and takes back what it earned. */
    @SqlUpdate("""
            WITH undone AS (
                UPDATE account SET points = points + :spent - :earned, orders = orders - 1
                WHERE customer_id = :customer
                RETURNING customer_id)
            INSERT INTO points_entry (at, customer_id, kind, points, order_id)
            SELECT :now, customer_id, kind, points, :order
            FROM undone, (VALUES ('given_back', :spent), ('taken_back', -:earned)) AS e (kind, points)
            WHERE points <> 0
            """)
    void unsettle(CustomerId customer, OrderId order, long spent, long earned, Instant now);

    /** Points earned, less those taken back, since then. */
    @SqlQuery("""
            SELECT coalesce(sum(points), 0) FROM points_entry
            WHERE customer_id = :customer AND at > :since AND kind IN ('opening', 'earned', 'taken_back')
            """)
    long earnedSince(CustomerId customer, Instant since);

    @SqlQuery("SELECT greatest(points - reserved, 0) AS spendable, orders FROM account WHERE customer_id = :customer")
    Optional<Account> find(CustomerId customer);

    @SqlQuery("SELECT DISTINCT offer_id FROM offer_use WHERE customer_id = :customer AND once_each AND NOT given_back")
    Set<String> usedOffers(CustomerId customer);

    /** Where a customer stands; somebody who never bought anything is bronze without points. */
    default Standing standing(CustomerId customer, Instant now) {
        Account account = find(customer).orElse(new Account(0, 0));
        return new Standing(tier(customer, now), account.spendable(), account.orders(), usedOffers(customer));
    }

    default Tier tier(CustomerId customer, Instant now) {
        return Tier.of(earnedSince(customer, now.minus(Tier.YEAR)));
    }

    record Account(long spendable, int orders) {}
}
