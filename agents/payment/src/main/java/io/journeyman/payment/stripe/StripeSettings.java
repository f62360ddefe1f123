package io.journeyman.payment.stripe;

import io.journeyman.kit.AgentConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How Stripe is reached. There is one when STRIPE_API_KEY is set; else the test gateway is used.
 *
 * @param apiKey secret (sk_…) or restricted (rk_…)
 * @param webhookSecret of the endpoint that calls {@code POST /webhooks/stripe}; without one, Stripe is only asked
 * @param apiBase another address than Stripe's own, for tests
 * @param returnTo where a customer's bank sends them back to after 3-D Secure
 */
public record StripeSettings(String apiKey, Optional<String> webhookSecret, Optional<URI> apiBase, URI returnTo) {
    /** @throws IllegalArgumentException naming every mistake, and never a secret */
    public static Optional<StripeSettings> from(AgentConfig config, String pageOrigin) {
        Optional<String> apiKey = config.setting("STRIPE_API_KEY");
        Optional<String> webhookSecret = config.setting("STRIPE_WEBHOOK_SECRET");
        Optional<String> apiBase = config.setting("STRIPE_API_BASE");
        Optional<String> publishable = config.setting("STRIPE_PUBLISHABLE_KEY");
        if (apiKey.isEmpty()) {
            if (webhookSecret.isPresent() || apiBase.isPresent() || publishable.isPresent()) {
                throw new IllegalArgumentException(
                        "STRIPE_WEBHOOK_SECRET, STRIPE_API_BASE and STRIPE_PUBLISHABLE_KEY are of no use without STRIPE_API_KEY");
            }
            return Optional.empty();
        }
        List<String> mistakes = new ArrayList<>();
        if (!apiKey.get().matches("[sr]k_(test|live)_[A-Za-z0-9_]+")) {
            mistakes.add("STRIPE_API_KEY must be a secret or restricted key, such as sk_test_…");
        }
        if (publishable
                .filter(key -> !key.startsWith(apiKey.get().contains("k_test_") ? "pk_test_" : "pk_live_"))
                .isPresent()) {
            mistakes.add("STRIPE_PUBLISHABLE_KEY must be a publishable key (pk_…) of the same mode as STRIPE_API_KEY");
        }
        if (webhookSecret.isPresent() && !webhookSecret.get().matches("whsec_[A-Za-z0-9+/=_]+")) {
            mistakes.add("STRIPE_WEBHOOK_SECRET must be an endpoint's signing secret, whsec_…");
        }
        if (apiBase.isPresent() && !apiBase.get().matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")) {
            mistakes.add("STRIPE_API_BASE must be an address such as http://127.0.0.1:12111");
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        return Optional.of(new StripeSettings(
                apiKey.get(), webhookSecret, apiBase.map(URI::create), URI.create(pageOrigin + "/")));
    }

    /** In test mode the house's test cards stand for Stripe's own. */
    boolean isTestMode() {
        return apiKey.contains("k_test_");
    }

    /** Never shows a secret. */
    @Override
    public String toString() {
        return "StripeSettings[" + (isTestMode() ? "test" : "live") + " mode]";
    }
}
