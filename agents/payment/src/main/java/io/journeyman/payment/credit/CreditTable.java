package io.journeyman.payment.credit;

import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.CreditGrant;
import io.journeyman.contracts.Payment.GrantCredit;
import io.journeyman.contracts.Payment.GrantStatus;
import io.journeyman.contracts.Payment.GrantedCredit;
import io.journeyman.contracts.Payment.RefundCredit;
import io.journeyman.contracts.Payment.ReserveCredit;
import io.journeyman.contracts.Payment.UseStatus;
import io.journeyman.contracts.RefundId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Grants of store credit, and what orders use of it. What was locked is nobody else's until the transaction ends. */
interface CreditTable {
    /** False when the grant is known already. */
    @SqlUpdate("""
            INSERT INTO credit_grant (grant_id, customer_id, amount, currency, reason, order_id, expires_at, status, opened_at, changed_at)
            VALUES (:grantId, :customerId, :amount, :currency, :reason, :orderId, :date, 'granted', :now, :now)
            ON CONFLICT DO NOTHING""")
    boolean add(@BindMethods GrantCredit grant, String currency, Optional<Instant> date, Instant now);

    /** Sees to it that the grant will never come; false when it is known already. */
    @SqlUpdate("""
            INSERT INTO credit_grant (grant_id, amount, currency, reason, status, opened_at, changed_at)
            VALUES (:grant, 0, <shop_currency>, '', 'taken_back', :now, :now)
            ON CONFLICT DO NOTHING""")
    boolean buryGrant(CreditId grant, Instant now);

    @SqlQuery("""
            SELECT grant_id, customer_id, amount, currency, reason, order_id, expires_at, status
            FROM credit_grant WHERE grant_id = :grant FOR UPDATE""")
    Optional<StandingGrant> lockGrant(CreditId grant);

    /** The newest first. */
    @SqlQuery("""
            SELECT grant_id, status, amount, currency, reason, order_id, opened_at AS granted_at, expires_at
            FROM credit_grant WHERE customer_id = :customer ORDER BY opened_at DESC, grant_id LIMIT :most""")
    List<GrantedCredit> grants(CustomerId customer, int most);

    @SqlUpdate("UPDATE credit_grant SET status = 'taken_back', changed_at = :now WHERE grant_id = :grant")
    void takeBack(CreditId grant, Instant now);

    /** False when the use is known already, or the order has another one. */
    @SqlUpdate("""
            INSERT INTO credit_use (use_id, order_id, customer_id, amount, total, currency, status, opened_at, changed_at)
            VALUES (:useId, :orderId, :customerId, :amount, :orderTotal, :currency, 'reserved', :now, :now)
            ON CONFLICT DO NOTHING""")
    boolean add(@BindMethods ReserveCredit use, String currency, Instant now);

    /** Sees to it that the use will never come; false when it is known already. */
    @SqlUpdate("""
            INSERT INTO credit_use (use_id, amount, total, currency, status, opened_at, changed_at)
            VALUES (:use, 0, 0, <shop_currency>, 'released', :now, :now)
            ON CONFLICT DO NOTHING""")
    boolean buryUse(CreditId use, Instant now);

    @SqlQuery("""
            SELECT use_id, order_id, customer_id, amount, total, refunded, given_back, currency, status
            FROM credit_use WHERE use_id = :use FOR UPDATE""")
    Optional<StandingUse> lockUse(CreditId use);

    @SqlUpdate("UPDATE credit_use SET status = 'spent', changed_at = :now WHERE use_id = :use")
    void spend(CreditId use, Instant now);

    /** Of what was spent, all is back. */
    @SqlUpdate("""
            UPDATE credit_use
            SET status = 'released', changed_at = :now,
                refunded = CASE status WHEN 'spent' THEN total ELSE refunded END,
                given_back = CASE status WHEN 'spent' THEN amount ELSE given_back END
            WHERE use_id = :use""")
    void release(CreditId use, Instant now);

    /** What paid the order, or a part of it, or is set aside to. */
    @SqlQuery("""
            SELECT use_id, order_id, customer_id, amount, total, refunded, given_back, currency, status
            FROM credit_use WHERE order_id = :order AND status IN ('reserved', 'spent') FOR UPDATE""")
    Optional<StandingUse> lockLive(OrderId order);

    @SqlUpdate("""
            UPDATE credit_use SET refunded = refunded + :amount, given_back = given_back + :credit, changed_at = :now
            WHERE use_id = :use AND refunded + :amount <= total""")
    boolean refund(CreditId use, Money amount, Money credit, Instant now);

    /** False when a refund has that id already. */
    @SqlUpdate("""
            INSERT INTO credit_refund (refund_id, use_id, amount, credit, at) VALUES (:refund, :use, :amount, :credit, :now)
            ON CONFLICT DO NOTHING""")
    boolean add(RefundId refund, CreditId use, Money amount, Money credit, Instant now);

    @SqlQuery("""
            SELECT order_id, r.amount, r.credit, currency FROM credit_refund r JOIN credit_use USING (use_id)
            WHERE refund_id = :refund""")
    Optional<StandingRefund> find(RefundId refund);

    /** @param customerId empty for the tombstone of one that was taken back before it came */
    record StandingGrant(
            CreditId grantId,
            Optional<CustomerId> customerId,
            Money amount,
            String reason,
            Optional<OrderId> orderId,
            Optional<Instant> expiresAt,
            GrantStatus status) {
        /** The shop's own date is not asked for: it was another one when the grant came first. */
        boolean is(GrantCredit grant) {
            return customerId.equals(Optional.of(grant.customerId()))
                    && amount.equals(grant.amount())
                    && reason.equals(grant.reason())
                    && orderId.equals(grant.orderId())
                    && (grant.expiresAt().isEmpty() || expiresAt.equals(CreditSettings.saidBy(grant)))
                    && !(grant.neverExpires().orElse(false) && expiresAt.isPresent());
        }

        CreditGrant answer(GrantStatus now) {
            return new CreditGrant(grantId, now, amount, expiresAt);
        }
    }

    /**
     * @param customerId empty for the tombstone of one that was released before it came
     * @param refunded how much of the total went back; {@code givenBack} how much of that as credit
     */
    record StandingUse(
            CreditId useId,
            Optional<OrderId> orderId,
            Optional<CustomerId> customerId,
            Money amount,
            Money total,
            Money refunded,
            Money givenBack,
            UseStatus status) {
        boolean is(ReserveCredit use) {
            return customerId.equals(Optional.of(use.customerId()))
                    && orderId.equals(Optional.of(use.orderId()))
                    && amount.equals(use.amount())
                    && total.equals(use.orderTotal());
        }

        /** As much of the amount as did not go back yet. */
        Money leftOf(Money wanted) {
            Money left = total.minus(refunded);
            return wanted.minor() < left.minor() ? wanted : left;
        }

        /** How much of a further refund is credit: as much of all that went back then, rounded down, as credit was of the total. */
        Money creditOf(Money refund) {
            var all = BigInteger.valueOf(refunded.plus(refund).minor())
                    .multiply(BigInteger.valueOf(amount.minor()))
                    .divide(BigInteger.valueOf(total.minor()));
            return new Money(all.longValueExact(), amount.currency()).minus(givenBack);
        }
    }

    record StandingRefund(OrderId orderId, Money amount, Money credit) {
        boolean is(OrderId order, RefundCredit wanted) {
            boolean fits = wanted.asFarAsItGoes().orElse(false)
                    ? amount.minor() <= wanted.amount().minor()
                    : amount.equals(wanted.amount());
            return orderId.equals(order) && fits;
        }
    }
}
