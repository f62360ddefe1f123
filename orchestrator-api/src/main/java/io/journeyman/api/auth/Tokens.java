package io.journeyman.api.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.journeyman.contracts.CustomerId;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/**
 * Signs and verifies session tokens: JWT, HS256 with the installation's own key, for one audience and a limited time.
 * Anything that is not exactly such a token is no session; there is no second algorithm to confuse it with.
 */
public final class Tokens {
    static final Duration GUEST_LIFE = Duration.ofDays(30);
    static final Duration SIGNED_IN_LIFE = Duration.ofHours(12);
    private static final String ISSUER = "journeyman";
    private static final String AUDIENCE = "journeyman-api";
    private static final int MOST_CHARACTERS = 2_048;

    private final TokenKey key;
    private final InstantSource clock;

    public Tokens(TokenKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    public String sign(Session session) {
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life(session))));
        switch (session) {
            case Session.Guest guest -> {
                claims.subject(guest.guestId()).claim("kind", "guest");
                if (guest.bridged()) {
                    claims.claim("bridged", true);
                }
            }
            case Session.Customer customer ->
                claims.subject(customer.customerId().value()).claim("kind", "customer");
            case Session.Staff staff -> claims.subject(staff.staffId()).claim("kind", "staff");
        }
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
        try {
            token.sign(new MACSigner(key.secret()));
        } catch (JOSEException e) {
            throw new IllegalStateException("the token key cannot sign", e);
        }
        return token.serialize();
    }

    /** @param left for how long the token is still good */
    record Verified(Session session, Duration left) {}

    /** The session of a token that is ours, for us, and not expired; empty for anything else. */
    public Optional<Session> verify(String token) {
        return verified(token).map(Verified::session);
    }

    Optional<Verified> verified(String token) {
        if (token.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        try {
            var jwt = SignedJWT.parse(token);
            if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())
                    || !jwt.verify(new MACVerifier(key.secret()))) {
                return Optional.empty();
            }
            var claims = jwt.getJWTClaimsSet();
            boolean valid = ISSUER.equals(claims.getIssuer())
                    && List.of(AUDIENCE).equals(claims.getAudience())
                    && claims.getExpirationTime() != null
                    && clock.instant().isBefore(claims.getExpirationTime().toInstant())
                    && claims.getSubject() != null
                    && claims.getStringClaim("kind") != null;
            return valid
                    ? session(claims)
                            .map(session -> new Verified(
                                    session,
                                    Duration.between(
                                            clock.instant(),
                                            claims.getExpirationTime().toInstant())))
                    : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    static Duration life(Session session) {
        return switch (session) {
            case Session.Guest _ -> GUEST_LIFE;
            case Session.Customer _, Session.Staff _ -> SIGNED_IN_LIFE;
        };
    }

    private static Optional<Session> session(JWTClaimsSet claims) throws ParseException {
        String subject = claims.getSubject();
        return switch (claims.getStringClaim("kind")) {
            case "guest" ->
                Optional.of(new Session.Guest(subject, Boolean.TRUE.equals(claims.getBooleanClaim("bridged"))));
            case "customer" -> Optional.of(new Session.Customer(new CustomerId(subject)));
            case "staff" -> Optional.of(new Session.Staff(subject));
            default -> Optional.empty();
        };
    }
}
