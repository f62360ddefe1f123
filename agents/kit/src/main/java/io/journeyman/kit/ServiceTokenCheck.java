package io.journeyman.kit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Checks the token of a calling process: signed with the house's secret, meant for this agent, at most five minutes long. */
final class ServiceTokenCheck {
    private static final String BEARER = "Bearer ";
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);
    private static final Duration CLOCKS_DIFFER_BY = Duration.ofSeconds(10);
    private static final int LONGEST_TOKEN = 4_096;

    private final String audience;
    private final JWSVerifier verifier;

    ServiceTokenCheck(String audience, String secret) {
        this.audience = audience;
        try {
            this.verifier = new MACVerifier(secret.getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("JOURNEYMAN_SERVICE_SECRET is too short", e);
        }
    }

    /** The calling process; empty when the header holds no good token. */
    Optional<String> caller(String authorization, Instant now) {
        if (authorization == null || !authorization.startsWith(BEARER) || authorization.length() > LONGEST_TOKEN) {
            return Optional.empty();
        }
        try {
            SignedJWT token = SignedJWT.parse(authorization.substring(BEARER.length()));
            if (!token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) || !token.verify(verifier)) {
                return Optional.empty();
            }
            JWTClaimsSet claims = token.getJWTClaimsSet();
            return isGood(claims, now) ? Optional.ofNullable(claims.getSubject()) : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }

    private boolean isGood(JWTClaimsSet claims, Instant now) {
        if (!"journeyman".equals(claims.getIssuer())
                || !claims.getAudience().contains(audience)
                || claims.getExpirationTime() == null) {
            return false;
        }
        Instant expires = claims.getExpirationTime().toInstant();
        return now.isBefore(expires.plus(CLOCKS_DIFFER_BY))
                && expires.isBefore(now.plus(LONGEST_LIFE).plus(CLOCKS_DIFFER_BY));
    }
}
