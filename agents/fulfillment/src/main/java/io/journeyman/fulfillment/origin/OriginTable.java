package io.journeyman.fulfillment.origin;

import io.journeyman.contracts.Fulfillment.Origin;
import io.journeyman.contracts.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The places that parcels leave from. */
public interface OriginTable {
    @SqlQuery("SELECT location_id, name, pincode, opens, closes FROM origin WHERE location_id = :location")
    Optional<Origin> find(LocationId location);

    @SqlQuery(
            "SELECT location_id, name, pincode, opens, closes FROM origin ORDER BY location_id COLLATE \"C\" LIMIT 1000")
    List<Origin> all();

    @SqlQuery("SELECT location_id, name, pincode, opens, closes FROM origin WHERE location_id = ANY(:locations)")
    List<Origin> these(List<LocationId> locations);

    @SqlQuery("SELECT EXISTS (SELECT FROM origin)")
    boolean any();

    @SqlUpdate("""
            INSERT INTO origin (location_id, name, pincode, opens, closes, changed_at)
            VALUES (:locationId, :name, :pincode, :opens, :closes, :now)
            ON CONFLICT (location_id) DO UPDATE
            SET name = excluded.name, pincode = excluded.pincode, opens = excluded.opens, closes = excluded.closes,
                changed_at = excluded.changed_at
            """)
    void put(@BindMethods Origin origin, Instant now);
}
