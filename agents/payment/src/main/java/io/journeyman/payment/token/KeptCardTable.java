package io.journeyman.payment.token;

import io.journeyman.contracts.CardRemovalId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.NamedCard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Kept cards by what their customers know of them, whichever tokens stand for them. */
interface KeptCardTable {
    /** Each card once, the one that was kept last first; also those that have expired. */
    @SqlQuery("""
            SELECT brand, last4, expires FROM card_token
            WHERE customer_id = :customer AND kept_at IS NOT NULL AND removed_at IS NULL
            GROUP BY brand, last4, expires ORDER BY max(kept_at) DESC LIMIT :most""")
    List<NamedCard> kept(CustomerId customer, int most);

    /** The customer's orders that are just being paid with the card. */
    @SqlQuery("""
            SELECT DISTINCT order_id FROM attempt JOIN card_token c USING (token)
            WHERE attempt.customer_id = :customer AND status IN ('open', 'authorised')
                AND (c.brand, c.last4, c.expires) IS NOT DISTINCT FROM (:brand, :last4, :expires)
            ORDER BY order_id LIMIT :most""")
    List<OrderId> payingFor(CustomerId customer, @BindMethods NamedCard card, int most);

    /** Writes down when it was asked for first. */
    @SqlUpdate("""
            INSERT INTO card_removal (removal_id, customer_id, asked_at) VALUES (:removal, :customer, :now)
            ON CONFLICT DO NOTHING""")
    void ask(CardRemovalId removal, CustomerId customer, Instant now);

    /** When this customer asked for it first; empty when somebody else did. */
    @SqlQuery("SELECT asked_at FROM card_removal WHERE removal_id = :removal AND customer_id = :customer")
    Optional<Instant> asked(CardRemovalId removal, CustomerId customer);

    @SqlUpdate("""
            UPDATE card_token SET removed_at = :now
            WHERE customer_id = :customer AND kept_at <= :asked AND removed_at IS NULL
                AND (brand, last4, expires) IS NOT DISTINCT FROM (:brand, :last4, :expires)""")
    void forget(CustomerId customer, @BindMethods NamedCard card, Instant asked, Instant now);
}
