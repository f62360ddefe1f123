package io.journeyman.inventory.store;

import io.journeyman.contracts.Inventory.Store;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The shop's own table of places, and how far they are from each other. */
interface StoreTable {
    @SqlQuery("""
            SELECT id AS store_id, name, city, address, CAST(NULL AS int) AS distance_metres
            FROM location WHERE kind = 'store' ORDER BY pick_order
            """)
    List<Store> all();

    /** The nearest first; those whose position is not known last. */
    @SqlQuery("""
            SELECT id AS store_id, name, city, address,
                   metres_between(:latitude, :longitude, latitude, longitude) AS distance_metres
            FROM location WHERE kind = 'store' ORDER BY distance_metres NULLS LAST, pick_order
            """)
    List<Store> nearest(double latitude, double longitude);

    /** The middle of the places that are in a city of that name or are called so; case does not matter. */
    @SqlQuery("""
            SELECT avg(latitude) AS latitude, avg(longitude) AS longitude FROM location
            WHERE lower(:place) IN (lower(city), lower(name)) AND latitude IS NOT NULL
            HAVING count(*) > 0
            """)
    Optional<Position> middle(String place);

    /** In degrees (WGS 84). */
    record Position(double latitude, double longitude) {}
}
