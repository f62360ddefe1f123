package io.journeyman.payment.credit;

import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.Payment.CreditEntry;
import io.journeyman.contracts.Payment.CreditMove;
import io.journeyman.contracts.Payment.ExpiringCredit;
import io.journeyman.contracts.RefundId;
import io.journeyman.kit.ExpiringLedger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Customers' store credit, in double entry. A statement that changes an account writes its entries itself, and the schema lets nobody
 * commit an account that is not the sum of its entries.
 *
 * <p>Credit may have a date until which it can be used. What goes out is what expires first, one entry for each date; what comes back
 * from an order is what went out last. Whoever takes something out, or looks at the account, first takes off what has expired.
 */
public interface CreditLedger extends ExpiringLedger {
    /** Opens the customer's account, where they have none. */
    @SqlUpdate("""
            INSERT INTO credit_account (customer_id, currency, opened_at) VALUES (:customer, :currency, :now)
            ON CONFLICT DO NOTHING""")
    void open(CustomerId customer, String currency, Instant now);

    /** @param expiresAt when what is granted ends; empty when it does not */
    @SqlUpdate("""
            WITH moved AS (
                UPDATE credit_account
                SET spendable = spendable + :amount, lapses_at = least(lapses_at, CAST(:expiresAt AS timestamptz))
                WHERE customer_id = :customer
                RETURNING customer_id)
            INSERT INTO credit_entry (at, customer_id, kind, from_account, to_account, amount, grant_id, expires_at)
            SELECT :now, customer_id, 'granted', 'granted', 'customer', :amount, :grant, CAST(:expiresAt AS timestamptz) FROM moved
            """)
    void grant(CustomerId customer, Money amount, CreditId grant, Optional<Instant> expiresAt, Instant now);

    /**
     * Takes a grant back: first what has the grant's own date, then what expires first.
     *
     * @return false when the customer has not so much
     */
    default boolean takeBack(
            CustomerId customer, Money amount, CreditId grant, Optional<Instant> expiresAt, Instant now) {
        lock(customer);
        lapse(customer, now);
        return take(
                CreditMove.taken_back,
                "granted",
                customer,
                amount,
                Optional.of(grant),
                Optional.empty(),
                expiresAt,
                now);
    }

    /**
     * Sets credit aside for an order: what expires first.
     *
     * @return false when the customer has not so much
     */
    default boolean reserve(CustomerId customer, Money amount, CreditId use, Instant now) {
        lock(customer);
        lapse(customer, now);
        return take(
                CreditMove.reserved,
                "reserved",
                customer,
                amount,
                Optional.empty(),
                Optional.of(use),
                Optional.empty(),
                now);
    }

    /** The account is locked: what has which date is read before anything is taken. */
    @SqlUpdate("""
            WITH ordered AS (
                SELECT expires_at, amount, sum(amount) OVER (ORDER BY
                    CASE WHEN :kind = 'taken_back' AND expires_at IS NOT DISTINCT FROM CAST(:ownDate AS timestamptz) THEN 0 ELSE 1 END,
                    expires_at NULLS LAST) AS upto
                FROM credit_left WHERE customer_id = :customer AND amount > 0),
            moved AS (
                UPDATE credit_account
                SET spendable = spendable - :amount, reserved = reserved + CASE :to WHEN 'reserved' THEN :amount ELSE 0 END
                WHERE customer_id = :customer AND spendable >= :amount
                RETURNING customer_id)
            INSERT INTO credit_entry (at, customer_id, kind, from_account, to_account, amount, grant_id, use_id, expires_at)
            SELECT :now, customer_id, :kind, 'customer', :to, least(amount, :amount - (upto - amount)), :grant, :use, expires_at
            FROM moved, ordered WHERE upto - amount < :amount
            """)
    boolean take(
            CreditMove kind,
            String to,
            CustomerId customer,
            Money amount,
            Optional<CreditId> grant,
            Optional<CreditId> use,
            Optional<Instant> ownDate,
            Instant now);

    /** The order is paid. */
    @SqlUpdate("""
            WITH moved AS (
                UPDATE credit_account SET reserved = reserved - :amount
                WHERE customer_id = :customer AND reserved >= :amount
                RETURNING customer_id)
            INSERT INTO credit_entry (at, customer_id, kind, from_account, to_account, amount, use_id)
            SELECT :now, customer_id, 'spent', 'reserved', 'spent', :amount, :use FROM moved
            """)
    boolean spend(CustomerId customer, Money amount, CreditId use, Instant now);

    /**
     * Gives credit back to the customer, with the date that it had, or a later one: what comes back can be used until {@code atLeastUntil}.
     *
     * @param kind freed, of what is set aside, or given_back, of what was spent
     * @param before how much of the use came back already
     * @param refund of an order that stays, the refund that it is a part of
     */
    default boolean giveBack(
            CreditMove kind,
            CustomerId customer,
            Money amount,
            CreditId use,
            Money before,
            Optional<RefundId> refund,
            Instant atLeastUntil,
            Instant now) {
        String from = kind == CreditMove.freed ? "reserved" : "spent";
        return giveBack(kind, from, customer, amount, use, before, refund, atLeastUntil, now);
    }

    @SqlUpdate("""
            WITH used AS (
                SELECT expires_at, amount, sum(amount) OVER (ORDER BY expires_at DESC NULLS FIRST) AS upto
                FROM credit_entry WHERE use_id = :use AND kind = 'reserved'),
            back AS (
                SELECT CASE WHEN expires_at IS NOT NULL THEN greatest(expires_at, :atLeastUntil) END AS expires_at,
                       sum(least(upto, :before + :amount) - greatest(upto - amount, :before))::bigint AS amount
                FROM used WHERE upto > :before AND upto - amount < :before + :amount
                GROUP BY 1),
            moved AS (
                UPDATE credit_account
                SET spendable = spendable + :amount, reserved = reserved - CASE :from WHEN 'reserved' THEN :amount ELSE 0 END,
                    lapses_at = least(lapses_at, (SELECT min(expires_at) FROM back))
                WHERE customer_id = :customer AND (:from <> 'reserved' OR reserved >= :amount)
                RETURNING customer_id)
            INSERT INTO credit_entry (at, customer_id, kind, from_account, to_account, amount, use_id, refund_id, expires_at)
            SELECT :now, customer_id, :kind, :from, 'customer', back.amount, :use, :refund, back.expires_at FROM moved, back
            """)
    boolean giveBack(
            CreditMove kind,
            String from,
            CustomerId customer,
            Money amount,
            CreditId use,
            Money before,
            Optional<RefundId> refund,
            Instant atLeastUntil,
            Instant now);

    /** Lets nobody else change the account until the transaction ends; entries that refer to it do not wait. */
    @SqlQuery("SELECT customer_id FROM credit_account WHERE customer_id = :customer FOR NO KEY UPDATE")
    Optional<CustomerId> lock(CustomerId customer);

    @SqlQuery(
            "SELECT customer_id FROM credit_account WHERE customer_id = :customer AND lapses_at <= :now FOR NO KEY UPDATE")
    @Override
    Optional<CustomerId> lockLapsing(CustomerId customer, Instant now);

    @SqlUpdate("""
            WITH expired AS (
                SELECT expires_at, amount FROM credit_left WHERE customer_id = :customer AND expires_at <= :now AND amount > 0),
            moved AS (
                UPDATE credit_account
                SET spendable = spendable - (SELECT coalesce(sum(amount), 0)::bigint FROM expired),
                    lapses_at = (SELECT min(expires_at) FROM credit_left
                        WHERE customer_id = :customer AND expires_at > :now AND amount > 0)
                WHERE customer_id = :customer
                RETURNING customer_id)
            INSERT INTO credit_entry (at, customer_id, kind, from_account, to_account, amount, expires_at)
            SELECT :now, customer_id, 'expired', 'customer', 'expired', amount, expires_at FROM moved, expired
            """)
    @Override
    void expire(CustomerId customer, Instant now);

    @SqlQuery("SELECT customer_id FROM credit_account WHERE lapses_at <= :now ORDER BY lapses_at LIMIT :most")
    @Override
    List<CustomerId> lapsing(Instant now, int most);

    /** One account after another: as an EXISTS, Postgres would join the accounts with the sums of all entries that there are. */
    @SqlQuery("""
            SELECT a.customer_id FROM credit_account a, LATERAL (
                SELECT FROM what_ends e LEFT JOIN expiry_reminder r USING (customer_id, expires_at)
                WHERE e.customer_id = a.customer_id AND e.expires_at > :now AND e.expires_at <= :until
                    AND e.amount > coalesce(r.amount, 0)
                LIMIT 1) AS unheard
            WHERE a.lapses_at <= :until
            ORDER BY a.lapses_at LIMIT :most""")
    @Override
    List<CustomerId> unreminded(Instant now, Instant until, int most);

    @SqlQuery("SELECT currency, spendable, reserved FROM credit_account WHERE customer_id = :customer")
    Optional<Account> find(CustomerId customer);

    /** How much of what can be spent expires when, the next first. */
    @SqlQuery("""
            SELECT l.amount, a.currency, l.expires_at AS at FROM credit_left l JOIN credit_account a USING (customer_id)
            WHERE customer_id = :customer AND l.expires_at > :now AND l.amount > 0 ORDER BY l.expires_at LIMIT :most""")
    List<ExpiringCredit> expiring(CustomerId customer, Instant now, int most);

    /** The newest first. */
    @SqlQuery("""
            SELECT e.at, e.kind, e.amount, a.currency, coalesce(u.order_id, g.order_id) AS order_id, g.reason, e.expires_at
            FROM credit_entry e JOIN credit_account a USING (customer_id)
            LEFT JOIN credit_use u ON u.use_id = e.use_id LEFT JOIN credit_grant g ON g.grant_id = e.grant_id
            WHERE e.customer_id = :customer ORDER BY e.id DESC LIMIT :most""")
    List<CreditEntry> entries(CustomerId customer, int most);

    record Account(Money spendable, Money reserved) {}
}
