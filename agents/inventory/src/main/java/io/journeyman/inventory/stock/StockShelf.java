package io.journeyman.inventory.stock;

import io.journeyman.contracts.Inventory.ExpectedKind;
import io.journeyman.contracts.Inventory.ExpectedStock;
import io.journeyman.contracts.Inventory.OrderAhead;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** What lies where, and what is to come: reads of variants, locations, free units and announced deliveries. */
public interface StockShelf {
    /**
     * Free units of each variant of a product in each location, less what that location keeps back; variants in the catalogue's
     * order, the warehouse first. Stock is looked up for each shelf, and a distance is reckoned once for each location: as a join, all of
     * a young shop's stock was read.
     *
     * @param place a city or a store's name; where the shop has none of that name, no shelf has a distance
     */
    @SqlQuery("""
            WITH centre AS (
                SELECT avg(latitude) AS latitude, avg(longitude) AS longitude FROM location
                WHERE lower(:place) IN (lower(city), lower(name))),
            site AS MATERIALIZED (
                SELECT l.*, metres_between(c.latitude, c.longitude, l.latitude, l.longitude) AS metres
                FROM location l CROSS JOIN centre c)
            SELECT v.sku, v.size, v.color, l.id AS location, l.kind = 'warehouse' AS warehouse, l.name, l.city,
                   greatest(coalesce((
                       SELECT on_hand - held - safety_stock FROM stock WHERE sku = v.sku AND location = l.id), 0), 0) AS free,
                   l.metres
            FROM variant v CROSS JOIN site l
            WHERE v.product_id = :product
            ORDER BY v.position, v.sku, l.pick_order
            """)
    List<Shelf> of(ProductId product, Optional<String> place);

    /** What can be had of each of the products that the shop has, in the asked size and colour, in these places or, without any, in all. */
    @SqlQuery("""
            SELECT v.product_id, coalesce(sum(greatest(s.on_hand - s.held - s.safety_stock, 0)) FILTER (
                WHERE (CAST(:size AS text) IS NULL OR v.size = upper(CAST(:size AS text)))
                    AND (CAST(:color AS text) IS NULL OR v.color = lower(CAST(:color AS text)))
                    AND (cardinality(:places) = 0 OR s.location = ANY (:places))), 0) AS available
            FROM variant v LEFT JOIN stock s USING (sku)
            WHERE v.product_id = ANY (:products)
            GROUP BY v.product_id
            ORDER BY array_position(:products, v.product_id)
            """)
    List<Free> available(
            List<ProductId> products, Optional<String> size, Optional<String> color, List<LocationId> places);

    /** Of each of the products the next day, {@code today} or later, for which something in the asked size and colour can be ordered. */
    @SqlQuery("""
            SELECT DISTINCT ON (v.product_id) v.product_id, d.due_on, max(l.room) AS room
            FROM variant v JOIN delivery_line l ON l.sku = v.sku AND l.room > 0
            JOIN delivery d ON d.id = l.delivery_id AND d.status = 'expected' AND d.due_on >= :today
            WHERE v.product_id = ANY (:products)
                AND (CAST(:size AS text) IS NULL OR v.size = upper(CAST(:size AS text)))
                AND (CAST(:color AS text) IS NULL OR v.color = lower(CAST(:color AS text)))
            GROUP BY v.product_id, d.due_on
            ORDER BY v.product_id, d.due_on
            """)
    List<Orderable> orderable(List<ProductId> products, Optional<String> size, Optional<String> color, LocalDate today);

    /** What of a product is announced for {@code today} or later; of each variant the earliest first. */
    @SqlQuery("""
            SELECT l.sku, d.due_on, sum(l.announced - l.received) AS units, max(l.room) AS room,
                   CASE WHEN EXISTS (SELECT FROM movement m WHERE m.sku = l.sku AND m.on_hand_change > 0)
                        THEN 'backorder' ELSE 'preorder' END AS kind
            FROM variant v JOIN delivery_line l ON l.sku = v.sku JOIN delivery d ON d.id = l.delivery_id
            WHERE v.product_id = :product AND l.announced > l.received AND d.status = 'expected' AND d.due_on >= :today
            GROUP BY l.sku, d.due_on
            ORDER BY l.sku, d.due_on
            """)
    List<ToCome> toCome(ProductId product, LocalDate today);

    @SqlQuery("SELECT EXISTS (SELECT FROM location WHERE id = :location)")
    boolean knows(LocationId location);

    /** Those of the skus that are variants of the shop. */
    @SqlQuery("SELECT sku FROM variant WHERE sku = ANY (:skus)")
    List<Sku> known(List<Sku> skus);

    /**
     * One variant in one location, with the units that can be had.
     *
     * @param metres from the place that was named, where both positions are known
     */
    record Shelf(
            Sku sku,
            String size,
            String color,
            LocationId location,
            boolean warehouse,
            String name,
            String city,
            int free,
            Optional<Integer> metres) {}

    /** What can be had of a product now. */
    record Free(ProductId productId, int available) {
        boolean none() {
            return available == 0;
        }
    }

    /** What can be ordered of a product before it is there. @param room how many one order may have */
    record Orderable(ProductId productId, LocalDate dueOn, int room) {
        OrderAhead ahead() {
            return new OrderAhead(dueOn, room);
        }
    }

    /** So many units of one variant that are due on one day. @param room how many of them one order may have before they are there */
    record ToCome(Sku sku, LocalDate dueOn, int units, int room, ExpectedKind kind) {
        ExpectedStock expected() {
            return new ExpectedStock(kind, dueOn, units);
        }

        OrderAhead ahead() {
            return new OrderAhead(dueOn, room);
        }
    }
}
