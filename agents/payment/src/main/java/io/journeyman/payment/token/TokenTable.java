package io.journeyman.payment.token;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.PaymentToken;
import java.time.Instant;
import java.util.List;
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
            INSERT INTO card_token (token, customer_id, brand, last4, expires, reference, kept_at, created_at)
            VALUES (:token, :customer, :brand, :last4, :expires, :reference, CASE WHEN :keep THEN CAST(:now AS timestamptz) END, :now)""")
    void add(
            PaymentToken token,
            CustomerId customer,
            String brand,
            String last4,
            Optional<String> expires,
            String reference,
            boolean keep,
            Instant now);

    /** The newest of each card, the newest first. */
    @SqlQuery("""
            SELECT token, brand, last4, expires FROM (
                SELECT DISTINCT ON (brand, last4, expires) token, brand, last4, expires, kept_at FROM card_token
                WHERE customer_id = :customer AND kept_at IS NOT NULL AND removed_at IS NULL
                ORDER BY brand, last4, expires, kept_at DESC) AS cards
            ORDER BY kept_at DESC LIMIT :most""")
    List<KeptCard> kept(CustomerId customer, int most);

    /** The card, under whichever token it was kept. */
    @SqlUpdate("""
            UPDATE card_token c SET removed_at = :now
            FROM card_token removed
            WHERE removed.token = :token AND removed.customer_id = :customer AND c.customer_id = :customer
                AND c.kept_at IS NOT NULL AND c.removed_at IS NULL
                AND (c.brand, c.last4, c.expires) IS NOT DISTINCT FROM (removed.brand, removed.last4, removed.expires)""")
    void remove(PaymentToken token, CustomerId customer, Instant now);

    /** @param expires MM/YY, where it was given */
    record KeptCard(PaymentToken token, String brand, String last4, Optional<String> expires) {
        String label() {
            return brand + " ending " + last4;
        }
    }

    @SqlUpdate("""
            INSERT INTO card_token (token, customer_id, kind, brand, masked, reference, created_at)
            VALUES (:token, :customer, 'upi', 'UPI', :masked, :reference, :now)""")
    void addUpi(PaymentToken token, CustomerId customer, String masked, String reference, Instant now);

    @SqlUpdate("DELETE FROM tokenisation_session WHERE expires_at < :before")
    void forget(Instant before);
}
