package io.journeyman.fulfillment.origin;

import io.journeyman.contracts.Fulfillment.Origin;
import io.journeyman.contracts.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The places that parcels leave from. */
public interface OriginTable {
    @SqlQuery("SELECT location_id, name, pincode FROM origin WHERE location_id = :location")
    Optional<Origin> find(LocationId location);

    @SqlQuery("SELECT location_id, name, pincode FROM origin ORDER BY location_id COLLATE \"C\" LIMIT 1000")
    List<Origin> all();

    @SqlQuery("SELECT EXISTS (SELECT FROM origin)")
    boolean any();

    @SqlUpdate("""
            INSERT INTO origin (location_id, name, pincode, changed_at) VALUES (:location, :name, :pincode, :now)
            ON CONFLICT (location_id) DO UPDATE
            SET name = excluded.name, pincode = excluded.pincode, changed_at = excluded.changed_at
            """)
    void put(LocationId location, String name, String pincode, Instant now);
}
