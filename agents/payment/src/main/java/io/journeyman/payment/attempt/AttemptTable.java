package io.journeyman.payment.attempt;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.Outcome;
import io.journeyman.contracts.Payment.SecurePayment;
import io.journeyman.contracts.PaymentToken;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Attempts in Postgres. Each change carries its own condition; the schema sees to it that an order has one live attempt. */
interface AttemptTable {
    String ROW = """
            SELECT order_id, attempt, customer_id, method, token, amount, captured, given_back, currency, outcome, status, code,
                confirm_at
            FROM attempt
            """;

    /** False when this attempt is known already, or another one of the order is live or successful. */
    @SqlUpdate("""
            INSERT INTO attempt (order_id, attempt, customer_id, method, token, amount, currency, outcome, status,
                                 opened_at, changed_at)
            VALUES (:orderId, :attempt, :customerId, :method, :token, :minor, :currency, 'unknown', 'open', :now, :now)
            ON CONFLICT DO NOTHING""")
    boolean open(@BindMethods SecurePayment payment, long minor, String currency, Instant now);

    /** Leaves a tombstone; false when the attempt is known already. */
    @SqlUpdate("""
            INSERT INTO attempt (order_id, attempt, amount, currency, outcome, status, code, opened_at, changed_at)
            VALUES (:order, :attempt, 0, <shop_currency>, 'declined', 'voided', :code, :now, :now)
            ON CONFLICT (order_id, attempt) DO NOTHING""")
    boolean bury(OrderId order, int attempt, String code, Instant now);

    /** Settles an open attempt; false when it is settled already. @param taken of one that is captured */
    @SqlUpdate("""
            UPDATE attempt
            SET outcome = :outcome, status = :status, code = :code, changed_at = :now,
                captured = coalesce(CAST(:taken AS bigint), 0)
            WHERE order_id = :order AND attempt = :attempt AND status = 'open'""")
    boolean settle(
            OrderId order,
            int attempt,
            Outcome outcome,
            AttemptStatus status,
            Optional<String> code,
            Optional<Money> taken,
            Instant now);

    @SqlUpdate("""
            UPDATE attempt SET confirm_at = :at, changed_at = :now
            WHERE order_id = :order AND attempt = :attempt AND status = 'open'""")
    void confirmAt(OrderId order, int attempt, Optional<URI> at, Instant now);

    @SqlUpdate("""
            UPDATE attempt SET status = 'captured', captured = :amount, changed_at = :now
            WHERE order_id = :order AND attempt = :attempt AND status = 'authorised'""")
    boolean capture(OrderId order, int attempt, Money amount, Instant now);

    /** Voids what is live, refunds what is captured; declined and undone ones stay as they are. */
    @SqlUpdate("""
            UPDATE attempt
            SET status = CASE status WHEN 'captured' THEN 'refunded' ELSE 'voided' END,
                outcome = CASE outcome WHEN 'secured' THEN 'secured' ELSE 'declined' END,
                given_back = captured, code = 'cancelled', changed_at = :now
            WHERE order_id = :order AND attempt = :attempt
                AND status IN ('open', 'authorised', 'captured', 'due_on_delivery')""")
    boolean cancel(OrderId order, int attempt, Instant now);

    @SqlQuery(ROW + " WHERE order_id = :order AND attempt = :attempt")
    Optional<StandingAttempt> find(OrderId order, int attempt);

    @SqlQuery(ROW + " WHERE order_id = :order ORDER BY attempt")
    List<StandingAttempt> of(OrderId order);

    /** The store credit that pays the order, or a part of it: set aside or spent. */
    @SqlQuery("SELECT amount, currency FROM credit_use WHERE order_id = :order AND status IN ('reserved', 'spent')")
    Optional<Money> credit(OrderId order);

    /** The gateway's reference of a customer's token; nothing for somebody else's, and for a removed card's only what it pays already. */
    @SqlQuery("""
            SELECT reference FROM card_token c
            WHERE token = :token AND customer_id = :customerId AND kind = :method
                AND (removed_at IS NULL OR EXISTS (
                    SELECT FROM attempt a WHERE a.order_id = :orderId AND a.attempt = :attempt AND a.token = c.token))""")
    Optional<String> reference(@BindMethods SecurePayment payment);

    /** One attempt as it stands; customer and method are empty for a tombstone. */
    record StandingAttempt(
            OrderId orderId,
            int attempt,
            Optional<CustomerId> customerId,
            Optional<MethodKind> method,
            Optional<PaymentToken> token,
            Money amount,
            Money captured,
            Money givenBack,
            Outcome outcome,
            AttemptStatus status,
            Optional<String> code,
            Optional<URI> confirmAt) {
        boolean isTombstone() {
            return customerId.isEmpty();
        }

        /** All of it or a part; what is captured already, as it was. */
        boolean mayCapture(Money part) {
            return part.currency().equals(amount.currency())
                    && part.minor() <= amount.minor()
                    && (part.minor() > 0 || amount.minor() == 0)
                    && (status != AttemptStatus.captured || part.equals(captured));
        }

        boolean is(SecurePayment payment) {
            return customerId.equals(Optional.of(payment.customerId()))
                    && method.equals(Optional.of(payment.method()))
                    && token.equals(payment.token())
                    && amount.equals(payment.amount());
        }
    }
}
