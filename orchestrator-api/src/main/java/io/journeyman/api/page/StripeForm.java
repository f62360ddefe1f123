package io.journeyman.api.page;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Stripe's own card form on our page: what is typed there goes from Stripe's frame to Stripe, and we see its name of the card only.
 *
 * @param publishableKey pk_…: no secret
 * @param script Stripe.js; it must come from Stripe, who may change it any day
 */
public record StripeForm(String publishableKey, URI script) {
    private static final String STRIPE_JS = "https://js.stripe.com/v3/";
    private static final List<String> THIS_MACHINE = List.of("127.0.0.1", "localhost");

    public StripeForm {
        boolean safe = "https".equals(script.getScheme())
                || ("http".equals(script.getScheme()) && THIS_MACHINE.contains(script.getHost()));
        if (!publishableKey.matches("pk_(test|live)_[A-Za-z0-9_]+") || !safe || script.getHost() == null) {
            throw new IllegalArgumentException("no publishable key, or no https address of Stripe.js");
        }
    }

    /** @param script empty: where Stripe has it */
    public static StripeForm of(String publishableKey, Optional<URI> script) {
        return new StripeForm(publishableKey, script.orElseGet(() -> URI.create(STRIPE_JS)));
    }

    /** Whether real money is paid. */
    public boolean live() {
        return publishableKey.startsWith("pk_live_");
    }

    /** What the page's script and frames may come from, besides us. */
    public String origin() {
        return script.getScheme() + "://" + script.getAuthority();
    }
}
