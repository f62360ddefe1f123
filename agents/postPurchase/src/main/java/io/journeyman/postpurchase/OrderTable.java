package io.journeyman.postpurchase;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.CancellationStatus;
import io.journeyman.contracts.PostPurchase.LineWarranty;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.RecordOrder;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PostPurchase.Transition;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ReturnId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Orders in Postgres. Each statement that changes one carries its own condition, so that nothing is read and then written. */
interface OrderTable {
    String PLACED = """
            SELECT o.order_id, o.customer_id, s.status, o.quote_id, o.discount, o.delivery_fee, o.tax_included, o.total,
                o.currency, o.promised_date, o.tracking_id, o.placed_at, o.paid_by_return, o.credit
            FROM placed_order o JOIN order_state s USING (order_id)
            """;

    /** Begins an order as pending; false when the order has a state already. */
    @SqlUpdate("INSERT INTO order_state VALUES (:order, 'pending', true) ON CONFLICT DO NOTHING")
    boolean begin(OrderId order);

    /** Leaves a tombstone; false when the order has a state already. */
    @SqlUpdate("INSERT INTO order_state VALUES (:order, 'cancelled', false) ON CONFLICT DO NOTHING")
    boolean bury(OrderId order);

    /** Marks a tombstone as recorded, so that its order is known but stays cancelled. */
    @SqlUpdate("UPDATE order_state SET recorded = true WHERE order_id = :order AND NOT recorded")
    boolean recordBuried(OrderId order);

    /** Moves the order on when that is legal from where it stands. */
    @SqlUpdate("""
            UPDATE order_state s SET status = :to
            WHERE order_id = :order AND EXISTS (
                SELECT FROM legal_transition l WHERE l.from_status = s.status AND l.to_status = :to)""")
    boolean move(OrderId order, OrderStatus to);

    /** Writes down what happened; the caller's change of the order's state keeps others from its positions. */
    @SqlUpdate("""
            INSERT INTO order_transition
            SELECT :order, count(*), :to, :reason, CAST(:at AS timestamptz) FROM order_transition WHERE order_id = :order""")
    void happened(OrderId order, OrderStatus to, Optional<String> reason, Instant at);

    @SqlUpdate("UPDATE placed_order SET tracking_id = :trackingId WHERE order_id = :order")
    void track(OrderId order, String trackingId);

    @SqlUpdate("""
            INSERT INTO placed_order (order_id, customer_id, conversation_id, quote_id, channel, discount, delivery_fee,
                tax_included, total, currency, delivery_option, promised_date, placed_at, paid_by_return, credit)
            VALUES (:orderId, :customerId, :conversationId, :quoteId, :channel, :discount, :deliveryFee,
                :taxIncluded, :total, :currency, :deliveryOption, :promisedDate, :at, :paidBy, :credit)""")
    void place(@BindMethods RecordOrder order, Optional<ReturnId> paidBy, Money credit, String currency, Instant at);

    @SqlUpdate("""
            INSERT INTO order_line VALUES (:order, :position, :sku, :productId, :name, :size, :color, :quantity, :unitPrice,
                :currency)""")
    void line(OrderId order, int position, @BindMethods PricedLine line, String currency);

    @SqlUpdate("UPDATE order_line SET warranty_months = :months WHERE order_id = :order AND sku = :sku")
    void promise(OrderId order, @BindMethods LineWarranty warranty);

    @SqlUpdate("INSERT INTO order_address VALUES (:order, :name, :line1, :city, :pincode)")
    void address(OrderId order, @BindMethods Address address);

    /** False when that change is known already. */
    @SqlUpdate("INSERT INTO address_change VALUES (:change, :order, :now) ON CONFLICT (change_id) DO NOTHING")
    boolean moved(AddressChangeId change, OrderId order, Instant now);

    @SqlUpdate(
            "UPDATE order_address SET name = :name, line1 = :line1, city = :city, pincode = :pincode WHERE order_id = :order")
    void changeAddress(OrderId order, @BindMethods Address address);

    @SqlQuery("SELECT status FROM order_state WHERE order_id = :order")
    Optional<OrderStatus> status(OrderId order);

    @SqlQuery(PLACED + " WHERE o.order_id = :order")
    Optional<PlacedOrder> placed(OrderId order);

    @SqlQuery(PLACED + " WHERE o.order_id = :order AND o.customer_id = :customer")
    Optional<PlacedOrder> placedBy(CustomerId customer, OrderId order);

    @SqlQuery(PLACED + " WHERE o.customer_id = :customer ORDER BY o.placed_at DESC, o.order_id DESC LIMIT :limit")
    List<PlacedOrder> latest(CustomerId customer, int limit);

    @SqlQuery("""
            SELECT sku, product_id, name, size, color, quantity, unit_price, currency
            FROM order_line WHERE order_id = :order ORDER BY position""")
    List<PricedLine> lines(OrderId order);

    @SqlQuery("""
            SELECT to_status AS "to", reason, at FROM order_transition WHERE order_id = :order ORDER BY position""")
    List<Transition> transitions(OrderId order);

    /** A return of the order, without its lines. */
    record SentBack(ReturnId returnId, ReturnStatus status, Money refund, Optional<OrderId> exchangedFor) {}

    @SqlQuery("""
            SELECT return_id, status, refund, currency,
                CASE WHEN exchange_state <> 'off' THEN exchange_order END AS exchanged_for
            FROM item_return WHERE order_id = :order
            ORDER BY recorded_at, return_id""")
    List<SentBack> returns(OrderId order);

    @SqlQuery("SELECT sku, quantity FROM return_line WHERE return_id = :id ORDER BY position")
    List<Line> returned(ReturnId id);

    @SqlQuery("""
            SELECT l.sku, count(*) AS quantity FROM returned_piece r JOIN order_line l USING (order_id, position)
            WHERE r.return_id = :id GROUP BY l.sku ORDER BY min(l.position)""")
    List<Line> spokenFor(ReturnId id);

    /** A cancellation of pieces of the order, without its lines. */
    record Stopped(CancellationId cancellationId, CancellationStatus status, Money refund) {}

    @SqlQuery("""
            SELECT cancellation_id, status, value + delivery_fee AS refund, currency FROM order_cancellation
            WHERE order_id = :order ORDER BY recorded_at, cancellation_id""")
    List<Stopped> cancellations(OrderId order);

    @SqlQuery("SELECT sku, quantity FROM cancellation_line WHERE cancellation_id = :id ORDER BY position")
    List<Line> cancelled(CancellationId id);
}
