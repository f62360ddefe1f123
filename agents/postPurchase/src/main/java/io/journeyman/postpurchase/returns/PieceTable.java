package io.journeyman.postpurchase.returns;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The pieces of orders, each spoken for by one return or one cancellation at most. Whoever takes some has locked their order before. */
public interface PieceTable {
    /**
     * An order as returns and cancellations see it.
     *
     * @param since its delivery, or its placing where no delivery is known
     * @param exchange whether it is paid, in part or all, with pieces that come back
     */
    record Bought(
            OrderId orderId,
            OrderStatus status,
            Money discount,
            Money deliveryFee,
            Money total,
            Instant since,
            boolean imported,
            boolean exchange) {}

    /** A piece that nobody has spoken for. @param position of its line, from 0 @param piece of that line, from 1 */
    record Piece(int position, int piece, Sku sku, Money unitPrice) {}

    @SqlQuery("""
            SELECT o.order_id, s.status, o.discount, o.delivery_fee, o.total, o.currency, coalesce(
                (SELECT max(at) FROM order_transition t WHERE t.order_id = o.order_id AND to_status = 'delivered'),
                o.placed_at) AS since, o.imported, o.paid_by_return IS NOT NULL AS exchange
            FROM placed_order o JOIN order_state s USING (order_id)
            WHERE o.order_id = :order AND o.customer_id = :customer""")
    Optional<Bought> bought(CustomerId customer, OrderId order);

    /** Two who take pieces of one order take them one after the other. */
    @SqlQuery("SELECT order_id FROM order_state WHERE order_id = :order FOR NO KEY UPDATE")
    OrderId lockOrder(OrderId order);

    @SqlQuery("""
            SELECT sku, product_id, name, size, color, quantity, unit_price, currency
            FROM order_line WHERE order_id = :order ORDER BY position""")
    List<PricedLine> lines(OrderId order);

    @SqlQuery("""
            SELECT l.position, n AS piece, l.sku, l.unit_price, l.currency
            FROM order_line l, generate_series(1, l.quantity) AS n
            WHERE l.order_id = :order AND NOT EXISTS (
                SELECT FROM returned_piece r WHERE (r.order_id, r.position, r.piece) = (l.order_id, l.position, n))
            ORDER BY l.position, n""")
    List<Piece> freePieces(OrderId order);
}
