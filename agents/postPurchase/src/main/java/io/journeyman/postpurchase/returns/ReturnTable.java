package io.journeyman.postpurchase.returns;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.Exchange;
import io.journeyman.contracts.PostPurchase.ExchangeState;
import io.journeyman.contracts.PostPurchase.InspectedLine;
import io.journeyman.contracts.PostPurchase.RecordReturn;
import io.journeyman.contracts.PostPurchase.Remedy;
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
            Optional<OrderId> exchangeOrder,
            Optional<Money> exchangeCredit,
            Optional<ExchangeState> exchangeState,
            Optional<Remedy> remedy,
            Optional<String> trackingId,
            Instant recordedAt) {
        boolean isClaim() {
            return reason.equals(Optional.of(ReturnReason.warranty));
        }

        Optional<Exchange> exchange() {
            return exchangeOrder.map(
                    order -> new Exchange(order, exchangeCredit.orElseThrow(), exchangeState.orElseThrow()));
        }

        boolean isExchange(ExchangeState state) {
            return exchangeState.equals(Optional.of(state));
        }
    }

    @SqlUpdate("""
            INSERT INTO item_return (return_id, status, order_id, customer_id, quote_id, reason, fee, refund, value, order_value,
                currency, label, exchange_order, exchange_credit, exchange_state, recorded_at, changed_at)
            VALUES (:returnId, 'requested', :orderId, :customerId, :quoteId, :reason, :fee, :refund, :value, :orderValue,
                :currency, :label, :forOrder, :credit, CASE WHEN CAST(:forOrder AS text) IS NOT NULL THEN 'open' END,
                CAST(:at AS timestamptz), :at)
            ON CONFLICT (return_id) DO NOTHING""")
    boolean open(
            @BindMethods RecordReturn wanted,
            long value,
            long orderValue,
            String currency,
            String label,
            Optional<OrderId> forOrder,
            Optional<Money> credit,
            Instant at);

    /** Whether that order of the customer is recorded so that the return pays this part of it, and is not cancelled. */
    @SqlQuery("""
            SELECT EXISTS (SELECT FROM placed_order o JOIN order_state s USING (order_id)
                WHERE o.order_id = :order AND o.customer_id = :customer AND o.paid_by_return = :id AND o.credit = :credit
                    AND s.status <> 'cancelled')""")
    boolean pays(ReturnId id, CustomerId customer, OrderId order, Money credit);

    /**
     * The orders whose payments paid for that order's pieces: itself, then the one for whose pieces it came in exchange, and so on.
     *
     * @param most of them
     */
    @SqlQuery("""
            WITH RECURSIVE paid_by AS (
                SELECT order_id, paid_by_return, 1 AS place FROM placed_order WHERE order_id = :order
                UNION ALL
                SELECT o.order_id, o.paid_by_return, place + 1
                FROM paid_by p JOIN item_return r ON r.return_id = p.paid_by_return JOIN placed_order o ON o.order_id = r.order_id
                WHERE place < :most)
            SELECT order_id FROM paid_by ORDER BY place""")
    List<OrderId> paidBy(OrderId order, int most);

    @SqlUpdate("""
            UPDATE item_return SET exchange_state = :state, refund = :refund, changed_at = :at WHERE return_id = :id""")
    void exchanged(ReturnId id, ExchangeState state, long refund, Instant at);

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
                inspected_by, settled_by, reference, exchange_order, exchange_credit, exchange_state, remedy, tracking_id,
                recorded_at
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
            UPDATE item_return SET status = :status, inspected_by = :by, value = :value, refund = :refund, exchange_state = :exchange,
                remedy = CAST(:remedy AS text), remedy_by = CASE WHEN CAST(:remedy AS text) IS NOT NULL THEN :by END, changed_at = :at
            WHERE return_id = :id""")
    void inspected(
            ReturnId id,
            ReturnStatus status,
            String by,
            long value,
            long refund,
            Optional<ExchangeState> exchange,
            Optional<Remedy> remedy,
            Instant at);

    @SqlUpdate("""
            UPDATE item_return SET remedy = :remedy, remedy_by = :by, value = :value, refund = :refund, changed_at = :at
            WHERE return_id = :id""")
    void choose(ReturnId id, Remedy remedy, String by, long value, long refund, Instant at);

    @SqlUpdate(
            "UPDATE item_return SET status = :status, tracking_id = :trackingId, changed_at = :at WHERE return_id = :id")
    void sentBack(ReturnId id, ReturnStatus status, String trackingId, Instant at);

    /** The first of each line, as many as were taken: they are their customer's again, and nobody speaks for them. */
    @SqlUpdate("""
            DELETE FROM returned_piece p USING (
                SELECT r.order_id, r.position, r.piece, t.accepted,
                    row_number() OVER (PARTITION BY l.sku ORDER BY r.position, r.piece) AS place
                FROM returned_piece r JOIN order_line l USING (order_id, position)
                    JOIN return_line t ON t.return_id = r.return_id AND t.sku = l.sku
                WHERE r.return_id = :id) taken
            WHERE (p.order_id, p.position, p.piece) = (taken.order_id, taken.position, taken.piece) AND place <= accepted""")
    void giveBackTaken(ReturnId id);

    /** Nothing came of it: neither money nor another piece is due. */
    @SqlUpdate("""
            UPDATE item_return SET status = :status, changed_at = :at,
                exchange_state = CASE WHEN exchange_state IS NOT NULL THEN 'off' END
            WHERE return_id = :id""")
    void close(ReturnId id, ReturnStatus status, Instant at);

    @SqlUpdate("""
            UPDATE item_return SET status = 'refunded', settled_by = :by, reference = :reference, changed_at = :at
            WHERE return_id = :id""")
    void settled(ReturnId id, Settlement by, Optional<String> reference, Instant at);
}
