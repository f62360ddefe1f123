package io.journeyman.payment.stripe;

import io.journeyman.payment.gateway.ChargeKey;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Which of Stripe's intents stands for which of our charges. */
interface StripeIntentTable {
    /** False when the charge has an intent already, or was closed before it came. */
    @SqlUpdate("""
            INSERT INTO stripe_intent (order_id, attempt, intent_id, opened_at)
            VALUES (:orderId, :attempt, :intent, :now) ON CONFLICT (order_id, attempt) DO NOTHING""")
    boolean add(@BindMethods ChargeKey key, String intent, Instant now);

    /** Sees to it that the charge never comes; false when it has. */
    @SqlUpdate("""
            INSERT INTO stripe_intent (order_id, attempt, opened_at)
            VALUES (:orderId, :attempt, :now) ON CONFLICT (order_id, attempt) DO NOTHING""")
    boolean close(@BindMethods ChargeKey key, Instant now);

    @SqlQuery("SELECT intent_id FROM stripe_intent WHERE order_id = :orderId AND attempt = :attempt")
    Optional<Known> find(@BindMethods ChargeKey key);

    @SqlQuery("SELECT order_id, attempt FROM stripe_intent WHERE intent_id = :intent")
    Optional<ChargeKey> charge(String intent);

    /** @param intentId empty when the charge was closed before it came */
    record Known(Optional<String> intentId) {}
}
