package io.journeyman.api;

import io.journeyman.api.agents.AllowedHosts;
import io.journeyman.api.auth.Bridges;
import io.journeyman.api.auth.TokenKey;
import io.journeyman.api.codec.PayloadKeys;
import io.journeyman.api.http.TrustedProxies;
import io.journeyman.api.page.StripeForm;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopPlace;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What the API and the worker need to run; every mistake in it is named at once.
 *
 * @param host the address to bind, {@code port} 0 for any free one
 * @param databaseUrl {@code jdbc:postgresql://host:port/db?user=…&password=…}
 * @param temporalAddress host:port of the engine's frontend
 * @param agents base URLs by name: inventory, recommendation, fulfillment, postPurchase, payment, loyalty and any others
 * @param serviceSecret signs the service tokens that agents check
 * @param tokenKey signs sessions
 * @param payloadKeys encrypt what the engine stores
 * @param publicOrigin where browsers find the page, such as {@code https://shop.example}; empty: wherever they say they do
 * @param paymentFormOrigin where browsers find the payment agent's card form endpoint; empty: its base URL
 * @param temporalUi where browsers find Temporal's web UI, whose pages may then ask the codec for signed-in staff; empty: none may
 * @param agentHosts where agents may be that staff add
 * @param bridges who bring messages from other channels
 * @param creditGrantMost what staff may give of store credit at a time, in minor units
 * @param stripeForm Stripe's own card form, where Stripe is the gateway; empty: ours
 * @param demo whether anybody may sign in as the demo customer or staff, which no shop is started with that the world can see
 * @param signIn the shop's own page where customers sign in: a path, or a URL; empty: the chat page has no link to one
 * @param trustedProxies whose word counts about where a request comes from
 */
public record ApiConfig(
        String host,
        int port,
        String databaseUrl,
        String temporalAddress,
        String namespace,
        Map<String, URI> agents,
        String serviceSecret,
        TokenKey tokenKey,
        PayloadKeys payloadKeys,
        Optional<URI> publicOrigin,
        Optional<URI> paymentFormOrigin,
        Optional<URI> temporalUi,
        AllowedHosts agentHosts,
        Bridges bridges,
        long creditGrantMost,
        Optional<StripeForm> stripeForm,
        boolean demo,
        Optional<URI> signIn,
        TrustedProxies trustedProxies) {
    /** The agents that the shop cannot do without, and their ports above the port base (design §2). */
    public static final Map<String, Integer> AGENT_PORTS = Map.of(
            "fulfillment", 1, "recommendation", 2, "inventory", 3, "postPurchase", 4, "payment", 5, "loyalty", 6);

    /** ₹50,000, or as many of whatever the shop counts in. */
    public static final long USUAL_CREDIT_GRANT =
            ShopCurrency.here().whole(50_000).minor();

    public ApiConfig {
        agents = Map.copyOf(agents);
        var mistakes = new ArrayList<String>();
        if (port < 0 || port > 65_535) {
            mistakes.add("the port must be 0 to 65535");
        }
        if (!databaseUrl.startsWith("jdbc:postgresql:")) {
            mistakes.add("the database URL must start with jdbc:postgresql:");
        }
        if (!temporalAddress.matches("[^:/]+:\\d{1,5}")) {
            mistakes.add("the Temporal address must be host:port");
        }
        if (namespace.isBlank()) {
            mistakes.add("the Temporal namespace is missing");
        }
        if (serviceSecret.length() < 32) {
            mistakes.add("the service secret must have at least 32 characters");
        }
        if (creditGrantMost < 1 || creditGrantMost > 100_000_000) {
            mistakes.add("JOURNEYMAN_CREDIT_GRANT_MOST must be 1 to 100000000 minor units");
        }
        publicOrigin
                .filter(origin -> origin.getHost() == null
                        || !String.valueOf(origin.getScheme()).matches("(?i)https?"))
                .ifPresent(_ -> mistakes.add("JOURNEYMAN_PUBLIC_ORIGIN must be such as https://shop.example"));
        boolean open = publicOrigin
                        .map(URI::getScheme)
                        .filter("https"::equalsIgnoreCase)
                        .isPresent()
                || stripeForm.filter(StripeForm::live).isPresent();
        signIn.filter(page -> page.getScheme() == null
                        ? !page.toString().matches("/[^/].*")
                        : page.getHost() == null || !page.getScheme().matches("(?i)https?"))
                .ifPresent(_ -> mistakes.add("JOURNEYMAN_SIGN_IN must be a path such as /sign-in, or a URL"));
        if (demo && open) {
            mistakes.add("JOURNEYMAN_DEMO lets anybody in as staff, and the shop is open to the world"
                    + " (JOURNEYMAN_PUBLIC_ORIGIN has https, or STRIPE_PUBLISHABLE_KEY is a live one):"
                    + " set JOURNEYMAN_DEMO=false; how people sign in then is in docs/guide.md, Signing in");
        }
        for (String name : new TreeSet<>(AGENT_PORTS.keySet())) {
            if (!agents.containsKey(name)) {
                mistakes.add("the address of the agent " + name + " is missing");
            }
        }
        agents.forEach((name, url) -> {
            if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
                mistakes.add("the address of the agent " + name + " must be an http or https URL");
            }
        });
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
    }

    /**
     * Reads the environment: DATABASE_URL, JOURNEYMAN_SERVICE_SECRET, JOURNEYMAN_TOKEN_KEY and JOURNEYMAN_PAYLOAD_KEYS must be there;
     * TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, JOURNEYMAN_PORT_BASE (5000), JOURNEYMAN_API_PORT (base + 80), JOURNEYMAN_API_HOST,
     * JOURNEYMAN_AGENT_<NAME> (one agent's URL), JOURNEYMAN_PUBLIC_ORIGIN, JOURNEYMAN_PAYMENT_FORM_ORIGIN, JOURNEYMAN_TEMPORAL_UI,
     * JOURNEYMAN_AGENT_HOSTS (where agents may be that staff add; this machine only), JOURNEYMAN_CREDIT_GRANT_MOST (50,000 whole ones),
     * STRIPE_PUBLISHABLE_KEY, STRIPE_JS_URL (where Stripe has it) and
     * JOURNEYMAN_BRIDGES (channel:secret[,…]; none), JOURNEYMAN_DEMO (true; false), JOURNEYMAN_SIGN_IN and JOURNEYMAN_TRUSTED_PROXIES
     * (addresses and networks; none) may be.
     */
    public static ApiConfig fromEnvironment(Map<String, String> environment) {
        var said = new Environment(environment);
        said.requireCurrencyAndPlace();
        var databaseUrl = said.needed("DATABASE_URL");
        var serviceSecret = said.needed("JOURNEYMAN_SERVICE_SECRET");
        var tokenKey = said.parsed(
                "JOURNEYMAN_TOKEN_KEY",
                said.needed("JOURNEYMAN_TOKEN_KEY"),
                TokenKey::parse,
                "at least 32 bytes in base64url");
        var payloadKeys = said.parsed(
                "JOURNEYMAN_PAYLOAD_KEYS",
                said.needed("JOURNEYMAN_PAYLOAD_KEYS"),
                PayloadKeys::parse,
                "id:key[,id:key…], the first one encrypts, each id once, each key 32 bytes in base64");
        int base = said.number("JOURNEYMAN_PORT_BASE", 5000);
        int port = said.number("JOURNEYMAN_API_PORT", base + 80);
        var agents = new HashMap<String, URI>();
        AGENT_PORTS.forEach((name, offset) -> said.uri("JOURNEYMAN_AGENT_" + name.toUpperCase(Locale.ROOT))
                .or(() -> Optional.of(URI.create("http://127.0.0.1:" + (base + offset))))
                .ifPresent(url -> agents.put(name, url)));
        var publicOrigin = said.uri("JOURNEYMAN_PUBLIC_ORIGIN");
        var paymentFormOrigin = said.uri("JOURNEYMAN_PAYMENT_FORM_ORIGIN");
        var temporalUi = said.uri("JOURNEYMAN_TEMPORAL_UI");
        var agentHosts = said.parsed(
                "JOURNEYMAN_AGENT_HOSTS",
                said.or("JOURNEYMAN_AGENT_HOSTS", AllowedHosts.THIS_MACHINE),
                AllowedHosts::parse,
                "host names, with commas between them");
        var bridges = said.parsed(
                        "JOURNEYMAN_BRIDGES",
                        said.or("JOURNEYMAN_BRIDGES", ""),
                        Bridges::parse,
                        "channel:secret[,channel:secret…], each channel once of " + Bridges.CHANNELS
                                + ", each secret 32 characters or more and another one")
                .or(() -> Optional.of(Bridges.parse("")));
        var creditGrantMost = said.parsed(
                "JOURNEYMAN_CREDIT_GRANT_MOST",
                said.or("JOURNEYMAN_CREDIT_GRANT_MOST", String.valueOf(USUAL_CREDIT_GRANT)),
                Long::valueOf,
                "an amount in minor units");
        var stripeJs = said.uri("STRIPE_JS_URL");
        var stripeForm = said.parsed(
                "STRIPE_PUBLISHABLE_KEY",
                said.or("STRIPE_PUBLISHABLE_KEY", ""),
                key -> StripeForm.of(key, stripeJs),
                "a publishable key, pk_…, and STRIPE_JS_URL, if at all, with https");
        boolean demo = said.yes("JOURNEYMAN_DEMO");
        var signIn = said.uri("JOURNEYMAN_SIGN_IN");
        var trustedProxies = said.parsed(
                        "JOURNEYMAN_TRUSTED_PROXIES",
                        said.or("JOURNEYMAN_TRUSTED_PROXIES", ""),
                        TrustedProxies::parse,
                        "addresses and networks, with commas between them, such as 10.0.0.7,172.16.0.0/12")
                .or(() -> Optional.of(TrustedProxies.parse("")));
        said.refuseMistakes();
        return new ApiConfig(
                said.or("JOURNEYMAN_API_HOST", "127.0.0.1"),
                port,
                databaseUrl,
                said.or("TEMPORAL_ADDRESS", "127.0.0.1:" + (base + 2233)),
                said.or("TEMPORAL_NAMESPACE", "default"),
                agents,
                serviceSecret,
                tokenKey.orElseThrow(),
                payloadKeys.orElseThrow(),
                publicOrigin,
                paymentFormOrigin,
                temporalUi,
                agentHosts.orElseThrow(),
                bridges.orElseThrow(),
                creditGrantMost.orElseThrow(),
                stripeForm,
                demo,
                signIn,
                trustedProxies.orElseThrow());
    }

    /** Reads variables and keeps what is wrong with them, so that all of it is told at once. */
    private static final class Environment {
        private final Map<String, String> variables;
        private final List<String> mistakes = new ArrayList<>();

        Environment(Map<String, String> variables) {
            this.variables = variables;
        }

        String or(String name, String otherwise) {
            String value = variables.getOrDefault(name, "");
            return value.isBlank() ? otherwise : value;
        }

        String needed(String name) {
            String value = or(name, "");
            if (value.isEmpty()) {
                mistakes.add(name + " is not set");
            }
            return value;
        }

        int number(String name, int otherwise) {
            String value = or(name, String.valueOf(otherwise));
            if (!value.matches("\\d{1,5}")) {
                mistakes.add(name + " must be a number");
                return otherwise;
            }
            return Integer.parseInt(value);
        }

        boolean yes(String name) {
            String value = or(name, "false");
            if (!value.equals("true") && !value.equals("false")) {
                mistakes.add(name + " must be true or false");
            }
            return value.equals("true");
        }

        Optional<URI> uri(String name) {
            return parsed(name, or(name, ""), URI::create, "a URL such as http://host:5005");
        }

        /** A value that cannot be read is a mistake; it is not repeated, for it may be a secret. */
        <T> Optional<T> parsed(String name, String value, Function<String, T> parse, String form) {
            if (value.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(parse.apply(value));
            } catch (IllegalArgumentException e) {
                mistakes.add(name + " cannot be read: give " + form);
                return Optional.empty();
            }
        }

        /** The process knows it by itself; here only its mistakes are told. */
        void requireCurrencyAndPlace() {
            for (Consumer<Map<String, String>> said :
                    List.<Consumer<Map<String, String>>>of(ShopCurrency::of, ShopPlace::of)) {
                try {
                    said.accept(variables);
                } catch (IllegalArgumentException e) {
                    mistakes.add(e.getMessage());
                }
            }
        }

        void refuseMistakes() {
            if (!mistakes.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", mistakes));
            }
        }
    }

    public URI paymentForm() {
        return paymentFormOrigin.orElseGet(() -> agents.get("payment"));
    }

    @Override
    public String toString() {
        return "ApiConfig[" + host + ":" + port + ", temporal " + temporalAddress + "/" + namespace + "]";
    }
}
