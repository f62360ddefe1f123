package io.journeyman.inventory.sample;

import io.journeyman.inventory.sample.SampleStock.Location;
import io.journeyman.inventory.sample.SampleStock.VariantRow;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Where the sample shop is written. */
interface SampleTable {
    /** Two agents that start at the same moment load it one after the other. */
    @SqlUpdate("LOCK TABLE location IN SHARE ROW EXCLUSIVE MODE")
    void lock();

    @SqlQuery("SELECT EXISTS (SELECT FROM location)")
    boolean anyLocation();

    @SqlBatch("""
            INSERT INTO location (id, kind, name, city, address, latitude, longitude, pick_order)
            VALUES (:id, :kind, :name, :city, :address, :latitude, :longitude, :pickOrder)
            """)
    void addLocations(@BindMethods List<Location> locations, List<Integer> pickOrder);

    /** Where the sample shop's places are, unless somebody has said it otherwise. */
    @SqlBatch("""
            UPDATE location SET latitude = :latitude, longitude = :longitude WHERE id = :id AND latitude IS NULL
            """)
    void place(@BindMethods List<Location> locations);

    @SqlBatch("""
            INSERT INTO variant (sku, product_id, size, color, position)
            VALUES (:sku, :productId, :size, :color, :position)
            """)
    void addVariants(@BindMethods List<VariantRow> variants);
}
