package io.journeyman.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Mints the tokens with which one process of the house calls another. */
public final class ServiceTokens {
    /** The secret of all tests. */
    public static final String SECRET = "a-secret-of-tests-that-is-long-enough-for-hs256";

    private ServiceTokens() {}

    /** A token for {@code audience} (an agent's name), good for a minute from now. */
    public static String forAgent(String audience) {
        return mint(SECRET, "test", audience, Instant.now(), Duration.ofMinutes(1));
    }

    public static String mint(String secret, String caller, String audience, Instant now, Duration life) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.HS256),
                    new JWTClaimsSet.Builder()
                            .issuer("journeyman")
                            .subject(caller)
                            .audience(audience)
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plus(life)))
                            .build());
            token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the secret must have at least 32 bytes", e);
        }
    }
}
