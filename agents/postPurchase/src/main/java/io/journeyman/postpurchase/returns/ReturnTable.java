package io.journeyman.postpurchase.returns;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.InspectedLine;
import io.journeyman.contracts.PostPurchase.RecordReturn;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PostPurchase.ReturnedLine;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Returns in Postgres. Whoever takes pieces or changes a return has locked its row, or its order's, before. */
interface ReturnTable extends PieceTable {
    record Head(
            ReturnId returnId,
            ReturnStatus status,
            Optional<OrderId> orderId,
            Optional<CustomerId> customerId,
            Optional<QuoteId> quoteId,
            Optional<ReturnReason> reason,
            Optional<Money> fee,
            Optional<Money> refund,
            Optional<Money> value,
            Optional<Money> orderValue,
            Optional<String> label,
            Optional<String> inspectedBy,
            Optional<Settlement> settledBy,
            Optional<String> reference,
            Instant recordedAt) {}

    @SqlUpdate("""
            INSERT INTO item_return (return_id, status, order_id, customer_id, quote_id, reason, fee, refund, value, order_value,
                currency, label, recorded_at, changed_at)
            VALUES (:returnId, 'requested', :orderId, :customerId, :quoteId, :reason, :fee, :refund, :value, :orderValue,
                :currency, :label, CAST(:at AS timestamptz), :at)
            ON CONFLICT (return_id) DO NOTHING""")
    boolean open(
            @BindMethods RecordReturn wanted, long value, long orderValue, String currency, String label, Instant at);

    /** False when the return has a row already. */
    @SqlUpdate("""
            INSERT INTO item_return (return_id, status, recorded_at, changed_at)
            VALUES (:id, 'cancelled', CAST(:at AS timestamptz), :at) ON CONFLICT (return_id) DO NOTHING""")
    boolean bury(ReturnId id, Instant at);

    @SqlUpdate(
            "INSERT INTO return_line (return_id, position, sku, quantity, refund) VALUES (:id, :position, :sku, :quantity, :refund)")
    void line(ReturnId id, int position, Sku sku, int quantity, long refund);

    @SqlUpdate(
            "INSERT INTO returned_piece (order_id, position, piece, return_id, refund) VALUES (:order, :position, :piece, :id, :refund)")
    void take(OrderId order, int position, int piece, ReturnId id, long refund);

    @SqlUpdate("DELETE FROM returned_piece WHERE return_id = :id")
    void giveUp(ReturnId id);

    String HEAD = """
            SELECT return_id, status, order_id, customer_id, quote_id, reason, fee, refund, value, order_value, currency, label,
                inspected_by, settled_by, reference, recorded_at
            FROM item_return WHERE return_id = :id
            """;

    @SqlQuery(HEAD)
    Optional<Head> find(ReturnId id);

    @SqlQuery(HEAD + " FOR NO KEY UPDATE")
    Optional<Head> lock(ReturnId id);

    @SqlQuery("""
            SELECT r.sku, l.product_id, l.name, l.size, l.color, r.quantity, l.unit_price, r.refund, r.accepted, r.refused, r.refusal,
                l.currency
            FROM return_line r JOIN item_return i USING (return_id) JOIN LATERAL (
                SELECT * FROM order_line o WHERE o.order_id = i.order_id AND o.sku = r.sku ORDER BY o.position LIMIT 1) l ON true
            WHERE r.return_id = :id ORDER BY r.position""")
    List<ReturnedLine> linesOf(ReturnId id);

    @SqlUpdate("""
            UPDATE return_line SET accepted = :accepted, refused = :refused, refusal = :refusal
            WHERE return_id = :id AND sku = :sku""")
    void looked(ReturnId id, @BindMethods InspectedLine line);

    /** What the first so many pieces of that variant cost. */
    @SqlQuery("""
            SELECT coalesce(sum(refund), 0) FROM (
                SELECT p.refund FROM returned_piece p JOIN order_line l USING (order_id, position)
                WHERE p.return_id = :id AND l.sku = :sku ORDER BY p.position, p.piece LIMIT :pieces) AS taken""")
    long worth(ReturnId id, Sku sku, int pieces);

    @SqlUpdate("""
            UPDATE item_return SET status = :status, inspected_by = :by, value = :value, refund = :refund, changed_at = :at
            WHERE return_id = :id""")
    void inspected(ReturnId id, ReturnStatus status, String by, long value, long refund, Instant at);

    @SqlUpdate("UPDATE item_return SET status = :status, changed_at = :at WHERE return_id = :id")
    void turn(ReturnId id, ReturnStatus status, Instant at);

    @SqlUpdate("""
            UPDATE item_return SET status = 'refunded', settled_by = :by, reference = :reference, changed_at = :at
            WHERE return_id = :id""")
    void settled(ReturnId id, Settlement by, Optional<String> reference, Instant at);
}
