package io.journeyman.fulfillment.address;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.CustomerId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** One address per customer, the one that they gave last as far as anybody knows. */
public interface SavedAddressTable {
    @SqlQuery("SELECT name, line1, city, pincode FROM saved_address WHERE customer_id = :customer")
    Optional<Address> find(CustomerId customer);

    /** The customer gives it now. */
    @SqlUpdate("""
            INSERT INTO saved_address (customer_id, name, line1, city, pincode, saved_at, given_at)
            VALUES (:customer, :name, :line1, :city, :pincode, :now, :now)
            ON CONFLICT (customer_id) DO UPDATE
            SET name = excluded.name, line1 = excluded.line1, city = excluded.city, pincode = excluded.pincode,
                saved_at = excluded.saved_at, given_at = excluded.given_at
            """)
    void save(CustomerId customer, @BindMethods Address address, Instant now);

    /**
     * It comes from elsewhere, unless the customer gave the one that is here later.
     *
     * @param givenAt when they gave it; empty where that is not known: before anything that is
     * @return whether it is kept
     */
    @SqlUpdate("""
            INSERT INTO saved_address (customer_id, name, line1, city, pincode, saved_at, given_at)
            VALUES (:customer, :name, :line1, :city, :pincode, :now, :givenAt)
            ON CONFLICT (customer_id) DO UPDATE
            SET name = excluded.name, line1 = excluded.line1, city = excluded.city, pincode = excluded.pincode,
                saved_at = excluded.saved_at, given_at = excluded.given_at
            WHERE saved_address.given_at IS NULL OR saved_address.given_at < excluded.given_at
            """)
    boolean bring(CustomerId customer, @BindMethods Address address, Optional<Instant> givenAt, Instant now);

    /** One import at a time, so that no two of them wait for each other's customers. */
    @SqlQuery("SELECT true FROM pg_advisory_xact_lock(hashtextextended(current_schema() || '/import', 0))")
    boolean lock();

    @SqlQuery("SELECT EXISTS (SELECT FROM saved_address)")
    boolean any();
}
