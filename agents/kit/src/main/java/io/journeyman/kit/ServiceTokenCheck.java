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

/**
 * Checks the token of a calling process: signed with the house's secret, meant for this agent, at most five minutes long. The clocks of
 * both machines may differ by ten seconds.
 */
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

    /** What a token is worth. */
    sealed interface Checked {
        record Good(String caller) implements Checked {}

        /** Signed as it should be, and over, or from a time that is yet to come: the clocks differ. */
        record OutOfTime(Instant expires) implements Checked {}

        record Bad() implements Checked {}
    }

    Checked check(String authorization, Instant now) {
        if (authorization == null || !authorization.startsWith(BEARER) || authorization.length() > LONGEST_TOKEN) {
            return new Checked.Bad();
        }
        try {
            SignedJWT token = SignedJWT.parse(authorization.substring(BEARER.length()));
            if (!token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256) || !token.verify(verifier)) {
                return new Checked.Bad();
            }
            return check(token.getJWTClaimsSet(), now);
        } catch (ParseException | JOSEException e) {
            return new Checked.Bad();
        }
    }

    private Checked check(JWTClaimsSet claims, Instant now) {
        if (!"journeyman".equals(claims.getIssuer())
                || !claims.getAudience().contains(audience)
                || claims.getSubject() == null
                || claims.getExpirationTime() == null) {
            return new Checked.Bad();
        }
        Instant expires = claims.getExpirationTime().toInstant();
        boolean inTime = now.isBefore(expires.plus(CLOCKS_DIFFER_BY))
                && expires.isBefore(now.plus(LONGEST_LIFE).plus(CLOCKS_DIFFER_BY));
        return inTime ? new Checked.Good(claims.getSubject()) : new Checked.OutOfTime(expires);
    }
}
