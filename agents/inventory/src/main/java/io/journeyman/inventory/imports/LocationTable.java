package io.journeyman.inventory.imports;

import io.journeyman.contracts.Inventory.LocationKind;
import io.journeyman.contracts.LocationId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Where imported places are written. */
interface LocationTable {
    /** One import at a time; reading goes on meanwhile. */
    @SqlUpdate("LOCK TABLE location IN SHARE ROW EXCLUSIVE MODE")
    void lock();

    @SqlQuery("SELECT id, kind, name, city, address, latitude, longitude, safety_stock FROM location")
    List<LocationRow> all();

    @SqlBatch("""
            INSERT INTO location (id, kind, name, city, address, latitude, longitude, safety_stock, pick_order)
            VALUES (:id, :kind, :name, :city, :address, :latitude, :longitude, :safetyStock,
                (SELECT coalesce(max(pick_order), -1) + 1 FROM location))
            ON CONFLICT (id) DO UPDATE SET
                kind = excluded.kind, name = excluded.name, city = excluded.city, address = excluded.address,
                latitude = excluded.latitude, longitude = excluded.longitude, safety_stock = excluded.safety_stock""")
    void put(@BindMethods List<LocationRow> locations);

    /** Counts the places anew: the warehouses, then the stores, each in the order in which they were. */
    @SqlUpdate("""
            UPDATE location SET pick_order = counted.place
            FROM (SELECT id, row_number() OVER (ORDER BY kind <> 'warehouse', pick_order) - 1 AS place FROM location) counted
            WHERE location.id = counted.id AND location.pick_order <> counted.place""")
    void warehousesFirst();

    /** @param latitude in degrees (WGS 84), as is {@code longitude} */
    record LocationRow(
            LocationId id,
            LocationKind kind,
            String name,
            String city,
            String address,
            Optional<Double> latitude,
            Optional<Double> longitude,
            int safetyStock) {}
}
