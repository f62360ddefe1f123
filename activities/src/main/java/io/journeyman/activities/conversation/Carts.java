package io.journeyman.activities.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The cart's rows. Callers hold the conversation's lock when they change it. */
final class Carts {
    static final int MOST_LINES = 30;

    private Carts() {}

    static List<PricedLine> lines(Handle handle, ConversationId conversation) {
        return handle.createQuery("""
                        SELECT sku, product_id, name, size, color, quantity, unit_price, currency FROM cart_line
                        WHERE conversation_id = :id ORDER BY added_at, sku""")
                .bind("id", conversation)
                .map((row, context) -> new PricedLine(
                        new Sku(row.getString("sku")),
                        new ProductId(row.getString("product_id")),
                        row.getString("name"),
                        row.getString("size"),
                        row.getString("color"),
                        row.getInt("quantity"),
                        new Money(row.getLong("unit_price"), row.getString("currency"))))
                .list();
    }

    /** The products in the cart and in what was ordered or reserved from this conversation, the latest first, ten at most. */
    static List<ProductId> chosen(Handle handle, ConversationId conversation) {
        return handle.createQuery("""
                        SELECT product_id FROM (
                            SELECT product_id, added_at AS chosen_at FROM cart_line WHERE conversation_id = :id
                            UNION ALL
                            SELECT line->>'productId', p.closed_at
                            FROM proposal p JOIN quote q ON q.id = p.quote_id, jsonb_array_elements(q.body->'lines') AS line
                            WHERE p.conversation_id = :id AND p.status = 'confirmed') AS c
                        GROUP BY product_id
                        ORDER BY max(chosen_at) DESC, product_id
                        LIMIT 10""")
                .bind("id", conversation)
                .mapTo(ProductId.class)
                .list();
    }

    /** Adds pieces of a variant at its price now; false when the cart has {@value #MOST_LINES} lines or the line its most pieces. */
    static boolean add(Handle handle, ConversationId conversation, PricedLine line, int turn, Instant now) {
        return handle.createUpdate("""
                        INSERT INTO cart_line (conversation_id, sku, quantity, product_id, name, size, color, unit_price,
                            currency, added_turn, added_at)
                        SELECT :id, :sku, :quantity, :product, :name, :size, :color, :price, :currency, :turn, :now
                        WHERE EXISTS (SELECT FROM cart_line WHERE conversation_id = :id AND sku = :sku)
                           OR (SELECT count(*) FROM cart_line WHERE conversation_id = :id) < :most
                        ON CONFLICT (conversation_id, sku) DO UPDATE
                        SET quantity = cart_line.quantity + excluded.quantity, unit_price = excluded.unit_price,
                            currency = excluded.currency
                        WHERE cart_line.quantity + excluded.quantity <= :mostPieces""")
                        .bind("id", conversation)
                        .bind("sku", line.sku())
                        .bind("quantity", line.quantity())
                        .bind("product", line.productId())
                        .bind("name", line.name())
                        .bind("size", line.size())
                        .bind("color", line.color())
                        .bind("price", line.unitPrice().minor())
                        .bind("currency", line.unitPrice().currency())
                        .bind("turn", turn)
                        .bind("now", now)
                        .bind("most", MOST_LINES)
                        .bind("mostPieces", Line.MOST_PIECES)
                        .execute()
                == 1;
    }

    /** Takes pieces of a variant out, all when {@code quantity} is as many as there are or more; false when there were none. */
    static boolean remove(Handle handle, ConversationId conversation, Sku sku, int quantity) {
        int fewer = handle.createUpdate("""
                        UPDATE cart_line SET quantity = quantity - :quantity
                        WHERE conversation_id = :id AND sku = :sku AND quantity > :quantity""")
                .bind("id", conversation)
                .bind("sku", sku)
                .bind("quantity", quantity)
                .execute();
        if (fewer == 1) {
            return true;
        }
        return handle.createUpdate("DELETE FROM cart_line WHERE conversation_id = :id AND sku = :sku")
                        .bind("id", conversation)
                        .bind("sku", sku)
                        .execute()
                == 1;
    }

    static void clear(Handle handle, ConversationId conversation) {
        handle.createUpdate("DELETE FROM cart_line WHERE conversation_id = :id")
                .bind("id", conversation)
                .execute();
    }

    /** Joins a guest's lines: pieces add up as far as a line and a cart may go; what is beyond is left out. */
    static void bring(Handle handle, ConversationId home, List<PricedLine> lines, Instant now) {
        List<PricedLine> there = lines(handle, home);
        for (PricedLine line : lines) {
            int already = there.stream()
                    .filter(l -> l.sku().equals(line.sku()))
                    .mapToInt(PricedLine::quantity)
                    .sum();
            int quantity = Math.min(line.quantity(), Line.MOST_PIECES - already);
            if (quantity > 0) {
                add(
                        handle,
                        home,
                        new PricedLine(
                                line.sku(),
                                line.productId(),
                                line.name(),
                                line.size(),
                                line.color(),
                                quantity,
                                line.unitPrice()),
                        0,
                        now);
            }
        }
    }

    static ObjectNode summary(Handle handle, ConversationId conversation) {
        List<PricedLine> lines = lines(handle, conversation);
        return Json.mapper()
                .createObjectNode()
                .put("lines", lines.size())
                .put("pieces", lines.stream().mapToInt(PricedLine::quantity).sum());
    }
}
