package io.journeyman.postpurchase.cancellation;

import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.CancellationReason;
import io.journeyman.contracts.PostPurchase.CancellationStatus;
import io.journeyman.contracts.PostPurchase.CancelledLine;
import io.journeyman.contracts.PostPurchase.RecordCancellation;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.Sku;
import io.journeyman.postpurchase.returns.PieceTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Cancellations in Postgres. Whoever changes one has locked its row, and then its order's where pieces are concerned. */
interface CancellationTable extends PieceTable {
    /** @param whole whether it has all pieces of its order */
    record Head(
            CancellationId cancellationId,
            CancellationStatus status,
            Optional<OrderId> orderId,
            Optional<CustomerId> customerId,
            Optional<QuoteId> quoteId,
            Optional<Money> value,
            Optional<Money> orderValue,
            Optional<Money> deliveryFee,
            boolean whole,
            Optional<String> trackingId,
            Optional<Settlement> settledBy,
            Optional<String> reference,
            CancellationReason reason,
            Instant recordedAt) {}

    /** The order's pieces that may still be sent, or were: those of no cancellation that was accepted. */
    @SqlQuery("""
            SELECT count(*) FROM order_line l, generate_series(1, l.quantity) AS n
            WHERE l.order_id = :order AND NOT EXISTS (
                SELECT FROM returned_piece r JOIN order_cancellation c USING (cancellation_id)
                WHERE (r.order_id, r.position, r.piece) = (l.order_id, l.position, n) AND c.status IN ('accepted', 'settled'))""")
    int wanted(OrderId order);

    @SqlUpdate("""
            INSERT INTO order_cancellation (cancellation_id, status, order_id, customer_id, quote_id, value, order_value,
                delivery_fee, currency, reason, recorded_at, changed_at)
            VALUES (:cancellationId, 'requested', :orderId, :customerId, :quoteId, :value, :orderValue, :deliveryFee,
                :currency, coalesce(:reason, 'cancelled_by_customer'), CAST(:at AS timestamptz), :at)
            ON CONFLICT (cancellation_id) DO NOTHING""")
    boolean open(
            @BindMethods RecordCancellation wanted,
            long value,
            long orderValue,
            long deliveryFee,
            String currency,
            Instant at);

    /** False when the cancellation has a row already. */
    @SqlUpdate("""
            INSERT INTO order_cancellation (cancellation_id, status, recorded_at, changed_at)
            VALUES (:id, 'closed', CAST(:at AS timestamptz), :at) ON CONFLICT (cancellation_id) DO NOTHING""")
    boolean bury(CancellationId id, Instant at);

    @SqlUpdate("""
            INSERT INTO cancellation_line (cancellation_id, position, sku, quantity, refund)
            VALUES (:id, :position, :sku, :quantity, :refund)""")
    void line(CancellationId id, int position, Sku sku, int quantity, long refund);

    @SqlUpdate("""
            INSERT INTO returned_piece (order_id, position, piece, cancellation_id, refund)
            VALUES (:order, :position, :piece, :id, :refund)""")
    void take(OrderId order, int position, int piece, CancellationId id, long refund);

    @SqlUpdate("DELETE FROM returned_piece WHERE cancellation_id = :id")
    void giveUp(CancellationId id);

    String HEAD = """
            SELECT c.cancellation_id, c.status, c.order_id, c.customer_id, c.quote_id, c.value, c.order_value, c.delivery_fee,
                c.currency, c.settled_by, c.reference, c.reason, c.recorded_at, o.tracking_id,
                (SELECT sum(quantity) FROM cancellation_line l WHERE l.cancellation_id = c.cancellation_id)
                    IS NOT DISTINCT FROM (SELECT sum(quantity) FROM order_line l WHERE l.order_id = c.order_id) AS whole
            FROM order_cancellation c LEFT JOIN placed_order o USING (order_id) WHERE c.cancellation_id = :id
            """;

    @SqlQuery(HEAD)
    Optional<Head> find(CancellationId id);

    @SqlQuery(HEAD + " FOR NO KEY UPDATE OF c")
    Optional<Head> lock(CancellationId id);

    @SqlQuery("""
            SELECT c.sku, l.product_id, l.name, l.size, l.color, c.quantity, l.unit_price, c.refund, l.currency
            FROM cancellation_line c JOIN order_cancellation h USING (cancellation_id) JOIN LATERAL (
                SELECT * FROM order_line o WHERE o.order_id = h.order_id AND o.sku = c.sku ORDER BY o.position LIMIT 1) l ON true
            WHERE c.cancellation_id = :id ORDER BY c.position""")
    List<CancelledLine> linesOf(CancellationId id);

    @SqlUpdate("UPDATE order_cancellation SET status = :status, changed_at = :at WHERE cancellation_id = :id")
    void turn(CancellationId id, CancellationStatus status, Instant at);

    /** Unless it went back already. */
    @SqlUpdate("""
            UPDATE order_cancellation c SET delivery_fee = o.total - c.order_value
            FROM placed_order o
            WHERE c.cancellation_id = :id AND o.order_id = c.order_id AND NOT EXISTS (
                SELECT FROM order_cancellation other
                WHERE other.order_id = c.order_id AND other.delivery_fee > 0 AND other.status <> 'closed')""")
    void giveDeliveryBack(CancellationId id);

    @SqlUpdate("""
            UPDATE order_cancellation SET status = 'settled', settled_by = :by, reference = :reference, changed_at = :at
            WHERE cancellation_id = :id""")
    void settled(CancellationId id, Settlement by, Optional<String> reference, Instant at);
}
