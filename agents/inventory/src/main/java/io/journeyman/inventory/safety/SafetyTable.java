package io.journeyman.inventory.safety;

import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** What places keep back. Stock rows are locked in the order of their skus, as holds lock them, before they change. */
interface SafetyTable {
    /** What a variant that comes there for the first time begins with. */
    @SqlUpdate("UPDATE location SET safety_stock = :units WHERE id = :location")
    void beginWith(LocationId location, int units);

    @SqlUpdate("""
            WITH locked AS (
                SELECT sku FROM stock WHERE location = :location ORDER BY sku COLLATE "C" FOR NO KEY UPDATE)
            UPDATE stock s SET safety_stock = :units FROM locked
            WHERE s.sku = locked.sku AND s.location = :location AND s.safety_stock <> :units
            """)
    void keepBackOfAll(LocationId location, int units);

    @SqlUpdate("""
            WITH locked AS (
                SELECT sku FROM stock WHERE location = :location AND sku = ANY (:skus)
                ORDER BY sku COLLATE "C" FOR NO KEY UPDATE)
            UPDATE stock s SET safety_stock = :units FROM locked
            WHERE s.sku = locked.sku AND s.location = :location AND s.safety_stock <> :units
            """)
    void keepBack(LocationId location, List<Sku> skus, int units);

    @SqlQuery("SELECT count(*) FROM stock WHERE location = :location AND safety_stock = :units")
    int variantsWith(LocationId location, int units);
}
