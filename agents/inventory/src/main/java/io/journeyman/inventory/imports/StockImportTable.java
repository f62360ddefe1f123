package io.journeyman.inventory.imports;

import io.journeyman.contracts.Inventory.StockCount;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What an import of stock reads and writes; balances are written by the ledger alone. */
interface StockImportTable {
    /**
     * One import at a time; whoever sells or books goes on meanwhile. Not the table itself: a long import would keep Postgres from
     * analyzing it, and then it is read row by row.
     */
    @SqlQuery("SELECT true FROM pg_advisory_xact_lock(hashtextextended(current_schema() || '/import', 0))")
    boolean lock();

    @SqlQuery("""
            SELECT v.sku, v.product_id, v.size, v.color
            FROM (SELECT DISTINCT unnest(:skus) AS sku) w JOIN variant v ON v.sku = w.sku""")
    List<KnownVariant> variants(List<Sku> skus);

    @SqlQuery("SELECT id FROM location WHERE id = ANY (:ids)")
    Set<LocationId> locations(List<LocationId> ids);

    /** Locks the rows that there are of these pairs, in the order of their skus, as holds do. Lists of the same length. */
    @SqlQuery("""
            SELECT s.sku, s.location, s.on_hand, s.held, s.safety_stock, s.counted, s.counted_at
            FROM stock s JOIN unnest(:skus, :locations) AS w (sku, location) ON s.sku = w.sku AND s.location = w.location
            ORDER BY s.sku COLLATE "C", s.location FOR NO KEY UPDATE OF s""")
    List<Balance> lock(List<Sku> skus, List<LocationId> locations);

    /** A new one stands behind its product's others, in the order given; one that is known keeps its place. */
    @SqlBatch("""
            INSERT INTO variant (sku, product_id, size, color, position)
            VALUES (:sku, :productId, :size, :color, (
                SELECT coalesce(max(position), -1) + 1 FROM variant WHERE product_id = :productId))
            ON CONFLICT (sku) DO UPDATE SET size = excluded.size, color = excluded.color""")
    void put(@BindMethods Collection<KnownVariant> variants);

    /** Lists of the same length. */
    @SqlUpdate("""
            INSERT INTO stock (sku, location, on_hand, safety_stock)
            SELECT w.sku, l.id, 0, l.safety_stock
            FROM unnest(:skus, :locations) AS w (sku, location) JOIN location l ON l.id = w.location
            ORDER BY w.sku COLLATE "C", l.id
            ON CONFLICT (sku, location) DO NOTHING""")
    void open(List<Sku> skus, List<LocationId> locations);

    /** Lists of the same length. */
    @SqlUpdate("""
            UPDATE stock s SET safety_stock = w.units FROM unnest(:skus, :locations, :units) AS w (sku, location, units)
            WHERE s.sku = w.sku AND s.location = w.location AND s.safety_stock <> w.units""")
    void keepBack(List<Sku> skus, List<LocationId> locations, List<Integer> units);

    record KnownVariant(Sku sku, ProductId productId, String size, String color) {}

    /** Which count was imported last. */
    @SqlBatch("""
            UPDATE stock SET counted = :onHand, counted_at = :countedAt WHERE sku = :sku AND location = :locationId""")
    void remember(@BindMethods List<StockCount> counts);

    /** @param counted the count that was imported last, if one ever was @param countedAt when, where its file said so */
    record Balance(
            Sku sku,
            LocationId location,
            int onHand,
            int held,
            int safetyStock,
            Optional<Integer> counted,
            Optional<Instant> countedAt) {
        boolean hasTaken(StockCount row) {
            return counted.equals(Optional.of(row.onHand())) && countedAt.equals(row.countedAt());
        }

        boolean isNewerThan(StockCount row) {
            return countedAt.isPresent()
                    && row.countedAt().filter(countedAt.get()::isAfter).isPresent();
        }
    }
}
