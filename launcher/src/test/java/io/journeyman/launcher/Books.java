package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.LocationId;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The truth about a shop, read from the agents' tables and the test gateway's own ledger, not from what anybody says. */
final class Books {
    private final String databaseUrl;

    Books(String databaseUrl) {
        this.databaseUrl = databaseUrl;
    }

    /** The order's status as its owner records it; {@code none} before the checkout's first step. */
    String order(String orderId) throws SQLException {
        var found = rows("SELECT status FROM post_purchase.order_state WHERE order_id = ?", orderId);
        return found.isEmpty() ? "none" : found.getFirst();
    }

    /** The order is recorded and has laid its hand on the stock, and is not confirmed yet. */
    boolean inTheMiddle(String orderId) throws SQLException {
        return !rows(
                        "SELECT id FROM inventory.hold JOIN post_purchase.order_state ON id = order_id"
                                + " WHERE id = ? AND order_state.status = 'pending'",
                        orderId)
                .isEmpty();
    }

    /** Confirmed, secured, allocated, shipped, and charged once with exactly the recorded total. */
    void assertSoldOnce(String orderId) throws SQLException {
        assertThat(order(orderId)).as("order %s", orderId).isEqualTo("confirmed");
        assertThat(rows(
                        "SELECT c.status || ' ' || (c.amount = o.total AND c.currency = o.currency)"
                                + " FROM payment.gateway_charge c, post_purchase.placed_order o"
                                + " WHERE o.order_id = ? AND c.key LIKE o.order_id || '/%' AND c.status NOT IN ('declined', 'closed')",
                        orderId))
                .as("what the gateway took for order %s", orderId)
                .containsExactly("captured true");
        assertThat(rows(
                        "SELECT status FROM inventory.hold WHERE split_part(id, '.', 1) = ? AND status IN ('held', 'allocated')",
                        orderId))
                .as("holds of order %s and its later runs", orderId)
                .containsExactly("allocated");
        assertThat(rows(
                        "SELECT o.sku || ' ' || o.quantity FROM post_purchase.order_line o WHERE order_id = ?"
                                + " EXCEPT SELECT m.sku || ' ' || -sum(on_hand_change) FROM inventory.movement m"
                                + " WHERE m.kind IN ('sold', 'returned') AND split_part(m.hold_id, '.', 1) = ? GROUP BY m.sku",
                        orderId,
                        orderId))
                .as("lines of order %s that were not taken from stock exactly once", orderId)
                .isEmpty();
        assertThat(rows("SELECT tracking_id FROM post_purchase.placed_order WHERE order_id = ?", orderId))
                .as("parcel of order %s", orderId)
                .hasSize(1)
                .doesNotContainNull();
    }

    /** Confirmed, and paid when it is handed over: what else the gateway was asked for is void. */
    void assertPaidInCash(String orderId) throws SQLException {
        assertThat(order(orderId)).as("order %s", orderId).isEqualTo("confirmed");
        assertThat(rows(
                        "SELECT attempt || ' ' || status FROM payment.attempt WHERE order_id = ? ORDER BY attempt",
                        orderId))
                .as("attempts of order %s", orderId)
                .containsExactly("1 voided", "2 due_on_delivery");
        assertThat(rows(
                        "SELECT status FROM payment.gateway_charge WHERE key LIKE ? || '/%' AND status IN ('authorised', 'captured')",
                        orderId))
                .as("what the gateway has of order %s", orderId)
                .isEmpty();
    }

    /** So much of what was taken for the order went back, at the gateway. */
    void assertRefunded(String orderId, long minor) throws SQLException {
        assertThat(rows(
                        "SELECT coalesce(sum(amount), 0) FROM payment.gateway_refund"
                                + " WHERE status = 'refunded' AND charge_key LIKE ? || '/%'",
                        orderId))
                .as("what went back of order %s", orderId)
                .containsExactly(String.valueOf(minor));
    }

    /** Confirmed once, then cancelled: nothing of it is allocated, sent or spent. */
    void assertCancelled(String orderId) throws SQLException {
        assertThat(order(orderId)).as("order %s", orderId).isEqualTo("cancelled");
        assertThat(rows(
                        "SELECT 'hold ' || status FROM inventory.hold WHERE id = ?"
                                + " UNION ALL SELECT 'shipment ' || status FROM fulfillment.shipment WHERE order_id = ?"
                                + " UNION ALL SELECT 'benefits ' || status FROM loyalty.benefits WHERE order_id = ?",
                        orderId,
                        orderId,
                        orderId))
                .as("what is left of order %s", orderId)
                .containsExactly("hold released", "shipment cancelled", "benefits released");
    }

    /** The id of the order's first parcel. */
    String parcel(String orderId) throws SQLException {
        return rows("SELECT parcel_id FROM fulfillment.parcel WHERE order_id = ? ORDER BY position", orderId)
                .getFirst();
    }

    /** Where the order goes, as its record and its shipment say. */
    List<String> goesTo(String orderId) throws SQLException {
        return rows(
                "SELECT line1 FROM post_purchase.order_address WHERE order_id = ?"
                        + " UNION ALL SELECT line1 FROM fulfillment.shipment WHERE order_id = ?",
                orderId,
                orderId);
    }

    /** So many of its pieces lie where they were sold from again. */
    void assertBackInStock(String cancellationId, int pieces) throws SQLException {
        assertThat(rows("SELECT sum(units) FROM inventory.give_back_line WHERE give_back_id = ?", cancellationId))
                .as("pieces of %s", cancellationId)
                .containsExactly(String.valueOf(pieces));
    }

    /** Pieces in one place that nobody holds. */
    record Free(LocationId locationId, int pieces) {}

    List<Free> free(String sku) throws SQLException {
        return rows(
                        "SELECT location || ' ' || (on_hand - held) FROM inventory.stock WHERE sku = ? AND on_hand > held",
                        sku)
                .stream()
                .map(row -> row.split(" "))
                .map(row -> new Free(new LocationId(row[0]), Integer.parseInt(row[1])))
                .toList();
    }

    /** What was taken from stock for a claim, and what failed came to nothing: booked in, and written off. */
    void assertReplaced(String returnId, String sku) throws SQLException {
        assertThat(rows(
                        "SELECT kind || ' ' || on_hand_change FROM inventory.movement"
                                + " WHERE (booking_id = ? OR hold_id = ?) AND on_hand_change <> 0 AND sku = ? ORDER BY id",
                        returnId,
                        returnId,
                        sku))
                .as("what moved for %s", returnId)
                .containsExactly("sold -1", "returned 1", "adjusted -1");
    }

    /** Nothing moved for it, neither stock nor money nor points. */
    void assertUntouched(String returnId) throws SQLException {
        assertThat(rows(
                        "SELECT 'stock' FROM inventory.movement WHERE booking_id = ? OR hold_id = ?"
                                + " UNION ALL SELECT 'money' FROM payment.refund WHERE refund_id = ?"
                                + " UNION ALL SELECT 'points' FROM loyalty.benefits_return WHERE return_id = ?",
                        returnId,
                        returnId,
                        returnId,
                        returnId))
                .as("what moved for %s", returnId)
                .isEmpty();
    }

    /** The first parcel of what goes back to the customer of a return. */
    String parcelBack(String returnId) throws SQLException {
        return rows(
                        "SELECT parcel_id FROM fulfillment.parcel JOIN fulfillment.shipment USING (order_id) WHERE for_return = ?",
                        returnId)
                .getFirst();
    }

    /** What a journey's record says that it does; nothing where it has none. */
    String stands(String workflowId) throws SQLException {
        return String.join("", rows("SELECT code FROM conversation.journey WHERE workflow_id = ?", workflowId));
    }

    /** How many pieces an order waits for that are still to come. */
    int awaited(String orderId) throws SQLException {
        return Integer.parseInt(rows(
                        "SELECT coalesce(sum(quantity - arrived), 0) FROM inventory.promise WHERE hold_id = ? AND delivery_id IS NOT NULL",
                        orderId)
                .getFirst());
    }

    /** So much was taken for the order in all, at the gateway. */
    void assertTaken(String orderId, long minor) throws SQLException {
        assertThat(rows(
                        "SELECT coalesce(sum(captured), 0) FROM payment.gateway_charge WHERE key LIKE ? || '/%'",
                        orderId))
                .as("what was taken for order %s", orderId)
                .containsExactly(String.valueOf(minor));
    }

    /** What the customer has of store credit: what can be spent, and what orders have set aside. */
    void assertCredit(String customerId, long spendable, long reserved) throws SQLException {
        assertThat(rows(
                        "SELECT spendable || ' ' || reserved FROM payment.credit_account WHERE customer_id = ?",
                        customerId))
                .as("store credit of %s", customerId)
                .containsExactly(spendable + " " + reserved);
    }

    /** Every unit is accounted for: balances are the sums of the movements and of the open holds, of which no order has one that is over. */
    void assertStockAddsUp() throws SQLException {
        assertThat(rows("SELECT s.sku || ' at ' || s.location FROM inventory.stock s LEFT JOIN"
                        + " (SELECT sku, location, sum(on_hand_change) AS on_hand, sum(held_change) AS held"
                        + "  FROM inventory.movement GROUP BY sku, location) m USING (sku, location) LEFT JOIN"
                        + " (SELECT sku, location, sum(quantity) AS held FROM inventory.hold_line"
                        + "  JOIN inventory.hold ON id = hold_id AND status = 'held' GROUP BY sku, location) h USING (sku, location)"
                        + " WHERE s.on_hand <> coalesce(m.on_hand, 0) OR s.held <> coalesce(m.held, 0) OR s.held <> coalesce(h.held, 0)"
                        + " UNION ALL SELECT 'hold ' || id FROM inventory.hold"
                        + " JOIN post_purchase.order_state ON order_id = split_part(id, '.', 1)"
                        + " WHERE hold.status = 'held' AND order_state.status IN ('confirmed', 'cancelled')"))
                .as("stock that does not add up")
                .isEmpty();
    }

    /** Nothing is held any more: for a shop in which every journey is over. */
    void assertNothingHeld() throws SQLException {
        assertStockAddsUp();
        assertThat(rows("SELECT sku || ' at ' || location FROM inventory.stock WHERE held <> 0"))
                .as("what is still held")
                .isEmpty();
    }

    /** Changes something from outside. */
    void execute(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(databaseUrl);
                var sent = connection.createStatement()) {
            sent.execute(statement);
        }
    }

    private List<String> rows(String query, String... parameters) throws SQLException {
        try (var connection = DriverManager.getConnection(databaseUrl);
                var statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            var found = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }
    }
}
