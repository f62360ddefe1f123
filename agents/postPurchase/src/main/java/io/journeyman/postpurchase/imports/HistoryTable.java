package io.journeyman.postpurchase.imports;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.PastOrderLine;
import io.journeyman.contracts.PostPurchase.PastStatus;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Where imported orders are written. */
interface HistoryTable {
    /** One import at a time; the shop's own orders go on meanwhile. */
    @SqlQuery("SELECT true FROM pg_advisory_xact_lock(hashtextextended(current_schema() || '/import', 0))")
    boolean lock();

    /** Also of an order of which there is only a tombstone: that has no customer. */
    @SqlQuery("""
            SELECT s.status, o.customer_id, coalesce(o.imported, false) AS imported,
                (SELECT count(*) FROM order_line l WHERE l.order_id = s.order_id) AS lines
            FROM order_state s LEFT JOIN placed_order o USING (order_id) WHERE s.order_id = :order""")
    Optional<Standing> find(OrderId order);

    @SqlUpdate("INSERT INTO order_state VALUES (:order, :status, true)")
    void begin(OrderId order, PastStatus status);

    @SqlUpdate("""
            INSERT INTO placed_order (order_id, customer_id, conversation_id, quote_id, channel, discount, delivery_fee,
                tax_included, total, currency, delivery_option, promised_date, placed_at, imported)
            VALUES (:orderId, :customerId, 'imported', 'imported', 'imported', 0, 0, 0, 0, :currency, 'imported',
                :promised, :placedAt, true)""")
    void place(@BindMethods PastOrderLine row, String currency, LocalDate promised);

    /** False when it says the same already; what the row leaves out stays as it is. */
    @SqlUpdate("""
            UPDATE placed_order SET
                placed_at = :placedAt, discount = coalesce(:off, discount), delivery_fee = coalesce(:fee, delivery_fee),
                tracking_id = coalesce(:trackingId, tracking_id), promised_date = coalesce(:promisedDate, promised_date)
            WHERE order_id = :orderId AND (
                placed_at, discount, delivery_fee, coalesce(tracking_id, ''), promised_date)
                <> (:placedAt, coalesce(:off, discount), coalesce(:fee, delivery_fee),
                    coalesce(:trackingId, tracking_id, ''), coalesce(:promisedDate, promised_date))""")
    boolean head(@BindMethods PastOrderLine row, Optional<Long> off, Optional<Long> fee);

    @SqlQuery("""
            SELECT sku, product_id, name, size, color, quantity, unit_price, currency
            FROM order_line WHERE order_id = :order AND sku = :sku""")
    Optional<PricedLine> line(OrderId order, Sku sku);

    @SqlUpdate("DELETE FROM order_line WHERE order_id = :order AND sku = :sku")
    void dropLine(OrderId order, Sku sku);

    @SqlUpdate("""
            INSERT INTO order_line
            SELECT :order, coalesce(max(position), -1) + 1, :sku, :productId, :name, :size, :color, :quantity, :unitPrice, :currency
            FROM order_line WHERE order_id = :order""")
    void addLine(OrderId order, @BindMethods PricedLine line, String currency);

    /** What follows from the lines; of the tax no more than the total. */
    @SqlUpdate("""
            UPDATE placed_order o SET total = now.total, tax_included = least(coalesce(:tax, o.tax_included), now.total)
            FROM (SELECT greatest(coalesce(sum(quantity * unit_price), 0) - p.discount + p.delivery_fee, 0) AS total
                  FROM placed_order p LEFT JOIN order_line USING (order_id) WHERE p.order_id = :order
                  GROUP BY p.order_id) AS now
            WHERE o.order_id = :order AND (o.total, o.tax_included)
                <> (now.total, least(coalesce(:tax, o.tax_included), now.total))""")
    boolean sum(OrderId order, Optional<Long> tax);

    @SqlUpdate("UPDATE order_state SET status = :to WHERE order_id = :order")
    void turn(OrderId order, PastStatus to);

    @SqlUpdate("""
            INSERT INTO order_transition
            SELECT :order, count(*), :to, 'imported', CAST(:at AS timestamptz) FROM order_transition WHERE order_id = :order""")
    void happened(OrderId order, PastStatus to, Instant at);

    record Standing(OrderStatus status, Optional<CustomerId> customerId, boolean imported, int lines) {}
}
