package io.journeyman.payment.reconciliation;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.RefundStatus;
import io.journeyman.contracts.RefundId;
import io.journeyman.payment.gateway.ChargeKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Our attempts and refunds, as they are compared with the gateway's books. */
interface ReconciliationTable {
    @SqlQuery("""
            SELECT order_id, attempt, method, status, amount, captured, currency FROM attempt
            WHERE opened_at >= :from AND opened_at < :to
                AND (:afterOrder::text IS NULL OR (opened_at, order_id, attempt) > (
                    SELECT l.opened_at, l.order_id, l.attempt FROM attempt l
                    WHERE l.order_id = :afterOrder AND l.attempt = :afterAttempt))
            ORDER BY opened_at, order_id, attempt LIMIT :most""")
    List<Ours> opened(Instant from, Instant to, Optional<OrderId> afterOrder, int afterAttempt, int most);

    @SqlQuery("SELECT count(*) > 0 FROM attempt WHERE order_id = :orderId AND attempt = :attempt")
    boolean knows(@BindMethods ChargeKey key);

    @SqlQuery("""
            SELECT refund_id, status, amount, currency FROM refund
            WHERE order_id = :orderId AND attempt = :attempt ORDER BY opened_at, refund_id""")
    List<OurRefund> refunds(@BindMethods ChargeKey key);

    /** @param method empty for the tombstone of an attempt that was undone before it came */
    record Ours(
            OrderId orderId,
            int attempt,
            Optional<MethodKind> method,
            AttemptStatus status,
            Money amount,
            Money captured) {
        ChargeKey key() {
            return new ChargeKey(orderId, attempt);
        }
    }

    record OurRefund(RefundId refundId, RefundStatus status, Money amount) {}
}
