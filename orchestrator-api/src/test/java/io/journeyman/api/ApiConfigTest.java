package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiConfigTest {
    private static final String DATABASE = "jdbc:postgresql://db:5432/journeyman?user=u&password=p";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";

    @Test
    void hasDefaultsThatFollowThePortBase() {
        var config = ApiConfig.fromEnvironment(Map.of(
                "DATABASE_URL",
                DATABASE,
                "JOURNEYMAN_SERVICE_SECRET",
                SECRET,
                "JOURNEYMAN_TOKEN_KEY",
                KEY,
                "JOURNEYMAN_PAYLOAD_KEYS",
                "new:" + KEY + ",old:" + KEY + "=",
                "JOURNEYMAN_PORT_BASE",
                "7000",
                "JOURNEYMAN_AGENT_PAYMENT",
                "https://pay.example",
                "STRIPE_PUBLISHABLE_KEY",
                "pk_test_key"));

        assertThat(config.port()).isEqualTo(7080);
        assertThat(config.temporalAddress()).isEqualTo("127.0.0.1:9233");
        assertThat(config.agents())
                .containsEntry("inventory", URI.create("http://127.0.0.1:7003"))
                .containsEntry("payment", URI.create("https://pay.example"));
        assertThat(config.demo()).isFalse();
        assertThat(config.creditGrantMost()).isEqualTo(5_000_000);
        assertThat(config.stripeForm().orElseThrow().origin()).isEqualTo("https://js.stripe.com");
    }

    @Test
    void namesEveryMistakeAtOnceAndNoSecret() {
        assertThatThrownBy(() -> ApiConfig.fromEnvironment(Map.ofEntries(
                        Map.entry("JOURNEYMAN_SERVICE_SECRET", SECRET),
                        Map.entry("JOURNEYMAN_TOKEN_KEY", "%%%not base64%%%"),
                        Map.entry("JOURNEYMAN_PAYLOAD_KEYS", "k1:%%%too-short"),
                        Map.entry("JOURNEYMAN_API_PORT", "eighty"),
                        Map.entry("JOURNEYMAN_AGENT_PAYMENT", "not a url"),
                        Map.entry("JOURNEYMAN_BRIDGES", "whatsapp:%%%too-short"),
                        Map.entry("JOURNEYMAN_CREDIT_GRANT_MOST", "a lot"),
                        Map.entry("STRIPE_PUBLISHABLE_KEY", "pk_test_key"),
                        Map.entry("STRIPE_JS_URL", "http://evil.example/v3/"),
                        Map.entry("JOURNEYMAN_DEMO", "yes"),
                        Map.entry("JOURNEYMAN_TRUSTED_PROXIES", "10.0.0.0/33"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "DATABASE_URL is not set",
                        "JOURNEYMAN_TOKEN_KEY cannot be read",
                        "JOURNEYMAN_PAYLOAD_KEYS cannot be read: give id:key[,id:key…]",
                        "JOURNEYMAN_API_PORT must be a number",
                        "JOURNEYMAN_AGENT_PAYMENT cannot be read",
                        "JOURNEYMAN_BRIDGES cannot be read: give channel:secret",
                        "JOURNEYMAN_CREDIT_GRANT_MOST cannot be read",
                        "STRIPE_PUBLISHABLE_KEY cannot be read",
                        "JOURNEYMAN_DEMO must be true or false",
                        "JOURNEYMAN_TRUSTED_PROXIES cannot be read")
                .message()
                .doesNotContain("%%%", SECRET);
    }

    @Test
    void opensNoDemoWhereTheWorldSeesTheShop() {
        for (var open : List.of(
                Map.of("JOURNEYMAN_PUBLIC_ORIGIN", "https://shop.example"),
                Map.of("JOURNEYMAN_PUBLIC_ORIGIN", "HTTPS://SHOP.example:8443"),
                Map.of("STRIPE_PUBLISHABLE_KEY", "pk_live_key"))) {
            assertThatThrownBy(() -> ApiConfig.fromEnvironment(with(open, "JOURNEYMAN_DEMO", "true")))
                    .as("%s", open)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("JOURNEYMAN_DEMO lets anybody in as staff", "set JOURNEYMAN_DEMO=false");
            assertThat(ApiConfig.fromEnvironment(with(open, "JOURNEYMAN_DEMO", "false"))
                            .demo())
                    .isFalse();
        }
        assertThat(ApiConfig.fromEnvironment(with(
                                Map.of("JOURNEYMAN_PUBLIC_ORIGIN", "http://localhost:5080"), "JOURNEYMAN_DEMO", "true"))
                        .demo())
                .isTrue();
    }

    @Test
    void wantsAPublicOriginThatBrowsersCanGoTo() {
        for (String origin : List.of("shop.example", "shop.example:443", "ftp://shop.example", "//shop.example")) {
            assertThatThrownBy(() -> ApiConfig.fromEnvironment(with(Map.of(), "JOURNEYMAN_PUBLIC_ORIGIN", origin)))
                    .as(origin)
                    .hasMessageContaining("JOURNEYMAN_PUBLIC_ORIGIN must be such as https://shop.example");
        }
    }

    @Test
    void linksToNothingButAPageWhereCustomersSignIn() {
        for (String page : List.of("/sign-in", "https://login.example/?shop=1")) {
            assertThat(ApiConfig.fromEnvironment(with(Map.of(), "JOURNEYMAN_SIGN_IN", page))
                            .signIn())
                    .hasValue(URI.create(page));
        }
        for (String page : List.of("javascript:alert(1)", "//login.example", "sign-in", "/", "https:/login")) {
            assertThatThrownBy(() -> ApiConfig.fromEnvironment(with(Map.of(), "JOURNEYMAN_SIGN_IN", page)))
                    .as(page)
                    .hasMessageContaining("JOURNEYMAN_SIGN_IN must be");
        }
    }

    private static Map<String, String> with(Map<String, String> said, String name, String value) {
        var all = new HashMap<>(Map.of(
                "DATABASE_URL", DATABASE,
                "JOURNEYMAN_SERVICE_SECRET", SECRET,
                "JOURNEYMAN_TOKEN_KEY", KEY,
                "JOURNEYMAN_PAYLOAD_KEYS", "k1:" + KEY));
        all.putAll(said);
        all.put(name, value);
        return all;
    }
}
