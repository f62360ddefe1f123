package io.journeyman.postpurchase.warranty;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** For how long the shop answers for what it has sold, in Postgres. */
public interface WarrantyTable {
    /** The moment at which the warranty of line l of order o ends; none before its delivery, or without one. */
    String ENDS = """
            (SELECT max(t.at) FROM order_transition t WHERE t.order_id = o.order_id AND t.to_status = 'delivered')
                + make_interval(months => l.warranty_months)
            """;

    /** @param pieces that nobody has sent back or cancelled */
    record Promised(
            OrderId orderId,
            Sku sku,
            ProductId productId,
            String name,
            String size,
            String color,
            int pieces,
            Optional<Integer> months,
            Optional<Instant> ends) {}

    /** Of the order asked for, or of the customer's latest: what they have bought and keep. */
    @SqlQuery("""
            SELECT o.order_id, l.sku, l.product_id, l.name, l.size, l.color, l.warranty_months AS months, l.quantity - (
                SELECT count(*) FROM returned_piece r WHERE (r.order_id, r.position) = (l.order_id, l.position)) AS pieces,""" + " " + ENDS + """
            AS ends
            FROM (
                SELECT order_id, placed_at FROM placed_order JOIN order_state USING (order_id)
                WHERE customer_id = :customer AND status IN ('confirmed', 'shipped', 'delivered')
                    AND (CAST(:asked AS text) IS NULL OR order_id = :asked)
                ORDER BY placed_at DESC, order_id DESC LIMIT :orders) o JOIN order_line l USING (order_id)
            ORDER BY o.placed_at DESC, o.order_id DESC, l.position LIMIT :lines""")
    List<Promised> promised(CustomerId customer, Optional<OrderId> asked, int orders, int lines);

    /** When the warranty of that line ends; empty where there is none, or where it has not begun. */
    @SqlQuery("SELECT " + ENDS + """
             AS ends FROM placed_order o JOIN order_line l USING (order_id)
            WHERE o.order_id = :order AND l.sku = :sku AND l.warranty_months IS NOT NULL
                AND EXISTS (SELECT FROM order_transition t WHERE t.order_id = o.order_id AND t.to_status = 'delivered')
            ORDER BY l.position LIMIT 1""")
    Optional<Instant> ends(OrderId order, Sku sku);
}
