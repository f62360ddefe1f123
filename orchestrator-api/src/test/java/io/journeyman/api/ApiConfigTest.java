package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
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
        assertThatThrownBy(() -> ApiConfig.fromEnvironment(Map.of(
                        "JOURNEYMAN_SERVICE_SECRET", SECRET,
                        "JOURNEYMAN_TOKEN_KEY", "%%%not base64%%%",
                        "JOURNEYMAN_PAYLOAD_KEYS", "k1:%%%too-short",
                        "JOURNEYMAN_API_PORT", "eighty",
                        "JOURNEYMAN_AGENT_PAYMENT", "not a url",
                        "JOURNEYMAN_BRIDGES", "whatsapp:%%%too-short",
                        "JOURNEYMAN_CREDIT_GRANT_MOST", "a lot",
                        "STRIPE_PUBLISHABLE_KEY", "pk_test_key",
                        "STRIPE_JS_URL", "http://evil.example/v3/",
                        "JOURNEYMAN_DEMO", "yes")))
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
                        "JOURNEYMAN_DEMO must be true or false")
                .message()
                .doesNotContain("%%%", SECRET);
    }
}
