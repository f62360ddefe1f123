package io.journeyman.loyalty.imports;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.Tier;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Where imported balances and tiers are written. */
interface BalanceTable {
    /** One import at a time, so that no two of them wait for each other's customers. */
    @SqlQuery("SELECT true FROM pg_advisory_xact_lock(hashtextextended(current_schema() || '/import', 0))")
    boolean lock();

    @SqlQuery("SELECT points FROM ledger_entry WHERE customer_id = :customer AND opening_id = :entry")
    Optional<Long> opening(CustomerId customer, String entry);

    @SqlUpdate("""
            WITH opened AS (
                UPDATE account SET points = points + :points, lapses_at = least(lapses_at, :expiresAt)
                WHERE customer_id = :customer
                RETURNING customer_id)
            INSERT INTO ledger_entry (at, customer_id, kind, from_account, to_account, points, expires_at, opening_id)
            SELECT :now, customer_id, 'opening', 'opening', 'customer', :points, :expiresAt, :entry FROM opened""")
    void add(CustomerId customer, String entry, long points, Instant now, Instant expiresAt);

    /** False when so many orders are known already. */
    @SqlUpdate("UPDATE account SET orders = :orders WHERE customer_id = :customer AND orders < :orders")
    boolean hadOrders(CustomerId customer, int orders);

    /** False when just that is granted already. */
    @SqlUpdate("""
            INSERT INTO granted_tier AS g (customer_id, tier, ends_at) VALUES (:customer, :tier, :endsAt)
            ON CONFLICT (customer_id) DO UPDATE SET tier = excluded.tier, ends_at = excluded.ends_at
            WHERE (g.tier, g.ends_at) <> (excluded.tier, excluded.ends_at)""")
    boolean grant(CustomerId customer, Tier tier, Instant endsAt);
}
