package io.journeyman.payment.refund;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.RefundStatus;
import io.journeyman.contracts.RefundId;
import io.journeyman.payment.gateway.ChargeKey;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Refunds in Postgres. What is on its way counts as given back: so the sum never exceeds what was captured, whoever asks at once. */
interface RefundTable {
    /** The attempt as it stands; nobody else refunds it until the transaction ends. */
    @SqlQuery("""
            SELECT status, currency, captured - given_back AS remaining, (SELECT count(*) FROM refund r WHERE r.order_id = a.order_id AND r.attempt = a.attempt) AS refunds
            FROM attempt a WHERE order_id = :orderId AND attempt = :attempt FOR UPDATE OF a""")
    Optional<Source> lock(@BindMethods ChargeKey charge);

    /** False when so much is not left. */
    @SqlUpdate("""
            UPDATE attempt SET given_back = given_back + :amount, changed_at = :now
            WHERE order_id = :orderId AND attempt = :attempt AND given_back + :amount <= captured""")
    boolean take(@BindMethods ChargeKey charge, Money amount, Instant now);

    /** Of an attempt that was undone as a whole meanwhile, all went back anyway. */
    @SqlUpdate("""
            UPDATE attempt SET given_back = given_back - :amount, changed_at = :now
            WHERE order_id = :orderId AND attempt = :attempt AND status = 'captured'""")
    void putBack(@BindMethods ChargeKey charge, Money amount, Instant now);

    /** False when a refund has that id already. */
    @SqlUpdate("""
            INSERT INTO refund (refund_id, order_id, attempt, amount, at_most, currency, status, opened_at, changed_at)
            VALUES (:refund, :orderId, :attempt, :amount, :atMost, :currency, 'pending', :now, :now)
            ON CONFLICT DO NOTHING""")
    boolean add(
            RefundId refund,
            @BindMethods ChargeKey charge,
            Money amount,
            Optional<Long> atMost,
            String currency,
            Instant now);

    /** What is pending may come to anything, what is refunded may fail afterwards; false when nothing changes. */
    @SqlUpdate("""
            UPDATE refund SET status = :status, code = :code, changed_at = :now
            WHERE refund_id = :refund AND (status = 'pending' OR status = 'refunded' AND :status = 'failed')""")
    boolean settle(RefundId refund, RefundStatus status, Optional<String> code, Instant now);

    @SqlQuery("""
            SELECT refund_id, order_id, attempt, r.status, r.code, r.amount, r.at_most, r.currency, a.given_back - (
                SELECT coalesce(sum(p.amount), 0) FROM refund p
                WHERE p.order_id = r.order_id AND p.attempt = r.attempt AND p.status = 'pending') AS refunded_in_all
            FROM refund r JOIN attempt a USING (order_id, attempt) WHERE refund_id = :refund""")
    Optional<StandingRefund> find(RefundId refund);

    /** @param remaining what did not go back yet @param refunds how many it has, failed ones too */
    record Source(AttemptStatus status, String currency, long remaining, int refunds) {}

    /** @param atMost what was asked for, of one that goes as far as it goes */
    record StandingRefund(
            RefundId refundId,
            OrderId orderId,
            int attempt,
            RefundStatus status,
            Optional<String> code,
            Money amount,
            Optional<Long> atMost,
            Money refundedInAll) {
        ChargeKey charge() {
            return new ChargeKey(orderId, attempt);
        }
    }
}
