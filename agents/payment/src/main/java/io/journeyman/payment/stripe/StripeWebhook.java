package io.journeyman.payment.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Payment.WebhookHeard;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.RefundId;
import io.journeyman.kit.ProblemException;
import io.journeyman.payment.attempt.Attempts;
import io.journeyman.payment.gateway.ChargeKey;
import io.journeyman.payment.refund.Refunds;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * What Stripe tells by itself. An event is only a reason to ask: what it says is never taken for the state, so that one that comes
 * late, twice, or before an earlier one does no harm. Events of a step that has not ended yet are passed over, and so is what is
 * not this shop's.
 */
@Path("/webhooks/stripe")
@Produces(MediaType.APPLICATION_JSON)
public final class StripeWebhook {
    /** The confirmation of an intent is over with each of these; {@code created} comes before it. */
    private static final Set<String> OF_CHARGES = Set.of(
            "payment_intent.amount_capturable_updated",
            "payment_intent.succeeded",
            "payment_intent.payment_failed",
            "payment_intent.canceled");

    private static final Set<String> OF_REFUNDS = Set.of("refund.updated", "refund.failed", "charge.refund.updated");

    private final Optional<String> secret;
    private final Jdbi jdbi;
    private final Attempts attempts;
    private final Refunds refunds;
    private final Clock clock;

    /** @param secret without one nobody is believed */
    public StripeWebhook(Optional<String> secret, Jdbi jdbi, Attempts attempts, Refunds refunds, InstantSource clock) {
        this.secret = secret;
        this.jdbi = jdbi;
        this.attempts = attempts;
        this.refunds = refunds;
        this.clock = clock.withZone(ZoneOffset.UTC);
    }

    @POST
    public WebhookHeard hearStripe(@HeaderParam("Stripe-Signature") String signature, String body) {
        check(signature, body);
        JsonNode event = Json.tree(body);
        return new WebhookHeard(
                hears(event.path("type").asText(), event.path("data").path("object")));
    }

    private boolean hears(String type, JsonNode about) {
        if (OF_CHARGES.contains(type)) {
            return chargeOf(about.path("id").asText()).map(this::hear).orElse(false);
        }
        return OF_REFUNDS.contains(type) && hearOfRefund(about);
    }

    private void check(String signature, String body) {
        if (secret.isEmpty()) {
            throw new ProblemException(Problem.of(
                    404, "no_webhooks", "Webhooks of Stripe are not expected here.", "Set STRIPE_WEBHOOK_SECRET."));
        }
        try {
            Webhook.Signature.verifyHeader(
                    body, signature == null ? "" : signature, secret.get(), Webhook.DEFAULT_TOLERANCE, clock);
        } catch (SignatureVerificationException | NumberFormatException forged) {
            throw new ProblemException(Problem.of(
                    400,
                    "bad_signature",
                    "That is not signed as Stripe signs, or is too old.",
                    "Check STRIPE_WEBHOOK_SECRET."));
        }
    }

    private boolean hear(ChargeKey charge) {
        attempts.hear(charge.orderId(), charge.attempt());
        return true;
    }

    private boolean hearOfRefund(JsonNode refund) {
        String id = refund.path("metadata").path("refundId").asText();
        if (id.isEmpty() || chargeOf(refund.path("payment_intent").asText()).isEmpty()) {
            return false;
        }
        refunds.hear(new RefundId(id));
        return true;
    }

    /** Ours by the intent's id, whatever the event's own words are. */
    private Optional<ChargeKey> chargeOf(String intentId) {
        return jdbi.withExtension(StripeIntentTable.class, table -> table.charge(intentId));
    }
}
