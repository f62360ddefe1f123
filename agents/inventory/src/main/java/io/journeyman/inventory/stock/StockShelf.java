package io.journeyman.inventory.stock;

import io.journeyman.contracts.Inventory.Store;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** What lies where: reads of variants, locations and free units. */
public interface StockShelf {
    /** Free units of each variant of a product in each location; variants in the catalogue's order, the warehouse first. */
    @SqlQuery("""
            SELECT v.sku, v.size, v.color, l.id AS location, l.kind = 'warehouse' AS warehouse, l.name, l.city,
                   coalesce(s.on_hand - s.held, 0) AS free
            FROM variant v CROSS JOIN location l LEFT JOIN stock s ON s.sku = v.sku AND s.location = l.id
            WHERE v.product_id = :product
            ORDER BY v.position, v.sku, l.pick_order
            """)
    List<Shelf> of(ProductId product);

    @SqlQuery("""
            SELECT id AS store_id, name, city, address FROM location WHERE kind = 'store' ORDER BY pick_order
            """)
    List<Store> stores();

    @SqlQuery("SELECT EXISTS (SELECT FROM location WHERE id = :location)")
    boolean knows(LocationId location);

    /** One variant in one location, with the units that nobody holds. */
    record Shelf(
            Sku sku,
            String size,
            String color,
            LocationId location,
            boolean warehouse,
            String name,
            String city,
            int free) {}
}
