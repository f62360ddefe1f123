package io.journeyman.bench.load;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Proposals that wait for their confirmation, so that no chat is in the time that is measured. One customer talks each of them up to
 * a proposal for another product; for everybody else it is copied in the database. The stock of these products is filled up.
 */
final class Proposals {
    private static final int PRODUCTS = 12;
    private static final int PIECES = 20_000;

    private final BenchShop shop;
    private final List<String> talked = new ArrayList<>();
    private int copied;

    /** Who confirms what, by which card. */
    record Prepared(Shopper shopper, String proposal, String order, String card) {}

    private Proposals(BenchShop shop) {
        this.shop = shop;
    }

    static Proposals prepare(BenchShop shop) throws IOException, InterruptedException, SQLException {
        var proposals = new Proposals(shop);
        for (String sku : proposals.stocked()) {
            var first = Shopper.newcomer(shop.address());
            first.says("call add_to_cart {\"sku\":\"" + sku + "\"}");
            first.says(
                    "call initiate_checkout {\"address\":{\"name\":\"Meera Nair\",\"line1\":\"4 Park Street\",\"city\":\"Kolkata\",\"pincode\":\"700016\"}}");
            proposals.talked.add(first.openProposal().path("proposalId").asText());
        }
        return proposals;
    }

    /** Variants of different products that the warehouse has, with so many pieces more that none runs out. */
    private List<String> stocked() throws SQLException {
        try (var connection = DriverManager.getConnection(shop.databaseUrl());
                var statement = connection.prepareStatement("""
                        WITH chosen AS (
                            SELECT min(sku) AS sku, location FROM inventory.stock JOIN inventory.variant USING (sku)
                            WHERE location = (SELECT id FROM inventory.location WHERE kind = 'warehouse') AND on_hand >= 40
                            GROUP BY product_id, location ORDER BY 1 LIMIT ?),
                        filled AS (
                            UPDATE inventory.stock s SET on_hand = on_hand + ? FROM chosen c
                            WHERE s.sku = c.sku AND s.location = c.location),
                        noted AS (
                            INSERT INTO inventory.movement (at, sku, location, kind, on_hand_change, held_change)
                            SELECT now(), sku, location, 'received', ?, 0 FROM chosen)
                        SELECT sku FROM chosen""")) {
            statement.setInt(1, PRODUCTS);
            statement.setInt(2, PIECES);
            statement.setInt(3, PIECES);
            var skus = new ArrayList<String>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    skus.add(rows.getString(1));
                }
            }
            return skus;
        }
    }

    /** So many customers, each with a proposal and a card of their own. */
    List<Prepared> copies(int count) throws IOException, InterruptedException, SQLException {
        var prepared = new ArrayList<Prepared>();
        try (var connection = DriverManager.getConnection(shop.databaseUrl())) {
            for (int i = 0; i < count; i++) {
                var shopper = Shopper.newcomer(shop.address());
                String suffix = "-copy-" + copied;
                String order = copy(connection, talked.get(copied % talked.size()), suffix, shopper.customer());
                prepared.add(new Prepared(shopper, talked.get(copied % talked.size()) + suffix, order, shopper.card()));
                copied++;
            }
        }
        return prepared;
    }

    /** @return the order's id */
    private static String copy(Connection connection, String proposal, String suffix, String customer)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                WITH talked AS (
                    SELECT p.*, p.conversation_id || ? AS copy_conversation, q.id || ? AS copy_quote, q.body, q.total_minor, q.currency,
                        q.created_at AS quoted_at, q.valid_until
                    FROM conversation.proposal p JOIN conversation.quote q ON q.id = p.quote_id WHERE p.id = ?),
                home AS (
                    INSERT INTO conversation.conversation (id, customer_id, created_at)
                    SELECT copy_conversation, ?, now() FROM talked),
                alias AS (
                    INSERT INTO conversation.alias (kind, value, conversation_id) SELECT 'customer', ?, copy_conversation FROM talked),
                quote AS (
                    INSERT INTO conversation.quote
                        (id, conversation_id, customer_id, body, total_minor, currency, created_at, valid_until)
                    SELECT copy_quote, copy_conversation, ?, body || jsonb_build_object('quoteId', copy_quote,
                        'conversationId', copy_conversation, 'customerId', ?::text), total_minor, currency, quoted_at, valid_until
                    FROM talked)
                INSERT INTO conversation.proposal
                    (id, conversation_id, turn, call_id, kind, quote_id, channel, status, journey_id, created_at, expires_at)
                SELECT id || ?, copy_conversation, turn, call_id, kind, copy_quote, channel, status, journey_id || ?, created_at,
                    expires_at
                FROM talked RETURNING journey_id""")) {
            var values = List.of(suffix, suffix, proposal, customer, customer, customer, customer, suffix, suffix);
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
