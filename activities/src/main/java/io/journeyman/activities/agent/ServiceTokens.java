package io.journeyman.activities.agent;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens with which this process shows an agent who calls: HS256, one per agent, good for five minutes, renewed before they end. */
public final class ServiceTokens {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final MACSigner signer;
    private final String caller;
    private final InstantSource clock;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    private record Token(String text, Instant expiresAt) {
        boolean goodAt(Instant now) {
            return now.isBefore(expiresAt.minus(MARGIN));
        }
    }

    /** @param secret of at least 32 bytes, shared by the house's processes */
    public ServiceTokens(String secret, String caller, InstantSource clock) {
        try {
            this.signer = new MACSigner(secret.getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("JOURNEYMAN_SERVICE_SECRET must have at least 32 bytes", e);
        }
        this.caller = caller;
        this.clock = clock;
    }

    public String forAgent(String agent) {
        Instant now = clock.instant();
        return tokens.compute(agent, (name, token) -> token != null && token.goodAt(now) ? token : mint(name, now))
                .text();
    }

    private Token mint(String agent, Instant now) {
        Instant expiresAt = now.plus(LIFE);
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .issuer("journeyman")
                        .subject(caller)
                        .audience(agent)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(expiresAt))
                        .build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign a service token", e);
        }
        return new Token(token.serialize(), expiresAt);
    }
}
