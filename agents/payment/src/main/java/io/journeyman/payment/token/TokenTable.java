package io.journeyman.payment.token;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.PaymentToken;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Tokenisation sessions and tokens. */
interface TokenTable {
    String STILL_OPEN =
            "session_id = :session AND secret_hash = :hash AND used_at IS NULL AND expires_at > :now AND refusals < :most";

    @SqlUpdate("""
            INSERT INTO tokenisation_session (session_id, customer_id, secret_hash, opened_at, expires_at)
            VALUES (:session, :customer, :hash, :now, :expiresAt)""")
    void open(String session, CustomerId customer, String hash, Instant now, Instant expiresAt);

    /** The session's customer, for the one caller that uses it. */
    @SqlQuery("UPDATE tokenisation_session SET used_at = :now WHERE " + STILL_OPEN + " RETURNING customer_id")
    Optional<CustomerId> use(String session, String hash, Instant now, int most);

    /** Counts a refused card; false when the session is over anyway. */
    @SqlUpdate("UPDATE tokenisation_session SET refusals = refusals + 1 WHERE " + STILL_OPEN)
    boolean refuse(String session, String hash, Instant now, int most);

    @SqlUpdate("""
            INSERT INTO card_token (token, customer_id, brand, last4, reference, created_at)
            VALUES (:token, :customer, :brand, :last4, :reference, :now)""")
    void add(PaymentToken token, CustomerId customer, String brand, String last4, String reference, Instant now);

    @SqlUpdate("""
            INSERT INTO card_token (token, customer_id, kind, brand, masked, reference, created_at)
            VALUES (:token, :customer, 'upi', 'UPI', :masked, :reference, :now)""")
    void addUpi(PaymentToken token, CustomerId customer, String masked, String reference, Instant now);

    @SqlUpdate("DELETE FROM tokenisation_session WHERE expires_at < :before")
    void forget(Instant before);
}
