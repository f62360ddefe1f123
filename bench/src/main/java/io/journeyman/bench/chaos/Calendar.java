package io.journeyman.bench.chaos;

import io.journeyman.bench.chaos.ShopClient.GaveUp;
import io.journeyman.launcher.ShopAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Lets days pass for one order or one customer that no visit could wait for: their dates are moved back in the tables. All of one
 * kind are moved by as much, so that nothing changes but how late it is.
 */
final class Calendar {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ShopAddress shop;

    Calendar(ShopAddress shop) {
        this.shop = shop;
    }

    private interface Change {
        void in(Connection books) throws SQLException;
    }

    /** The days are over for which its store keeps an order. */
    void collectionIsOver(String order) throws GaveUp, InterruptedException {
        insist(books -> {
            move(
                    books,
                    "UPDATE fulfillment.order_collection SET keep_until = keep_until - interval '9 days',"
                            + " kept_longer_until = kept_longer_until - interval '9 days' WHERE order_id IN"
                            + " (SELECT order_id FROM fulfillment.shipment WHERE for_order = ?)",
                    order);
            move(
                    books,
                    "UPDATE fulfillment.parcel_event SET happened_at = happened_at - interval '9 days' WHERE parcel_id IN"
                            + " (SELECT parcel_id FROM fulfillment.parcel JOIN fulfillment.shipment USING (order_id) WHERE for_order = ?)",
                    order);
        });
    }

    /** The customer's store credit that has a date is past it. */
    void creditEnds(String customer) throws GaveUp, InterruptedException {
        insist(books -> {
            // nobody moves credit while its dates move
            move(
                    books,
                    "UPDATE payment.credit_account SET lapses_at = lapses_at - interval '2 days' WHERE customer_id = ?",
                    customer);
            move(
                    books,
                    "UPDATE payment.credit_entry SET at = at - interval '2 days', expires_at = expires_at - interval '2 days'"
                            + " WHERE customer_id = ?",
                    customer);
            move(
                    books,
                    "UPDATE payment.credit_grant SET expires_at = expires_at - interval '2 days' WHERE customer_id = ?",
                    customer);
        });
    }

    private static void move(Connection books, String dates, String whose) throws SQLException {
        try (var moving = books.prepareStatement(dates)) {
            moving.setString(1, whose);
            moving.executeUpdate();
        }
    }

    /** Until Postgres is there. */
    private void insist(Change change) throws GaveUp, InterruptedException {
        for (var deadline = Instant.now().plus(PATIENCE); ; Thread.sleep(500)) {
            try (var books = DriverManager.getConnection(shop.databaseUrl())) {
                books.setAutoCommit(false);
                try (var statement = books.createStatement()) {
                    // what has happened never changes in this shop, by rules that this turns off for one transaction
                    statement.execute("SET LOCAL session_replication_role = replica");
                }
                change.in(books);
                books.commit();
                return;
            } catch (SQLException away) {
                if (Instant.now().isAfter(deadline)) {
                    throw new GaveUp("Postgres: " + away.getMessage());
                }
            }
        }
    }
}
