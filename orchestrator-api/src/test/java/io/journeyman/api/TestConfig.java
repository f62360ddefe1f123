package io.journeyman.api;

import io.journeyman.api.agents.AllowedHosts;
import io.journeyman.api.auth.Bridges;
import io.journeyman.api.auth.TokenKey;
import io.journeyman.api.codec.PayloadKeys;
import io.journeyman.api.http.TrustedProxies;
import io.journeyman.testing.ServiceTokens;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The configuration of a test's API, on a free port: only what a test is about is said. */
final class TestConfig {
    static final String WHATSAPP_BRIDGE = "the-secret-of-the-whatsapp-bridge";
    static final String EMAIL_BRIDGE = "the-secret-of-the-e-mail-bridge-too";

    private static final Bridges BRIDGES = Bridges.parse("whatsapp:" + WHATSAPP_BRIDGE + ",email:" + EMAIL_BRIDGE);

    private final String temporalAddress;
    private final Map<String, URI> agents;
    private final TokenKey tokenKey;
    private final PayloadKeys payloadKeys;
    private String databaseUrl;
    private Optional<URI> publicOrigin = Optional.empty();
    private Optional<URI> temporalUi = Optional.empty();
    private boolean demo = true;
    private Optional<URI> signIn = Optional.empty();
    private TrustedProxies trustedProxies = TrustedProxies.parse("");

    private TestConfig(
            String databaseUrl,
            String temporalAddress,
            Map<String, URI> agents,
            TokenKey tokenKey,
            PayloadKeys payloadKeys) {
        this.databaseUrl = databaseUrl;
        this.temporalAddress = temporalAddress;
        this.agents = agents;
        this.tokenKey = tokenKey;
        this.payloadKeys = payloadKeys;
    }

    static TestConfig of(String databaseUrl, String temporalAddress, Map<String, URI> agents, TokenKey tokenKey) {
        return new TestConfig(
                databaseUrl,
                temporalAddress,
                agents,
                tokenKey,
                PayloadKeys.parse("k1:" + Base64.getEncoder().encodeToString(SecureRandom.getSeed(32))));
    }

    /** The same servers, agents and keys. */
    static TestConfig like(ApiConfig other) {
        var config = new TestConfig(
                other.databaseUrl(), other.temporalAddress(), other.agents(), other.tokenKey(), other.payloadKeys());
        return config.publicOrigin(other.publicOrigin())
                .temporalUi(other.temporalUi())
                .demo(other.demo());
    }

    TestConfig database(String url) {
        databaseUrl = url;
        return this;
    }

    TestConfig publicOrigin(Optional<URI> origin) {
        publicOrigin = origin;
        return this;
    }

    TestConfig temporalUi(Optional<URI> ui) {
        temporalUi = ui;
        return this;
    }

    TestConfig demo(boolean offered) {
        demo = offered;
        return this;
    }

    TestConfig signIn(URI page) {
        signIn = Optional.of(page);
        return this;
    }

    TestConfig trustedProxies(String proxies) {
        trustedProxies = TrustedProxies.parse(proxies);
        return this;
    }

    ApiConfig build() {
        return new ApiConfig(
                "127.0.0.1",
                0,
                databaseUrl,
                temporalAddress,
                "default",
                agents,
                ServiceTokens.SECRET,
                tokenKey,
                payloadKeys,
                publicOrigin,
                Optional.empty(),
                temporalUi,
                AllowedHosts.parse(AllowedHosts.THIS_MACHINE),
                BRIDGES,
                ApiConfig.USUAL_CREDIT_GRANT,
                Optional.empty(),
                demo,
                signIn,
                trustedProxies);
    }
}
