package io.journeyman.api.auth;

import java.security.SecureRandom;
import java.util.Base64;

/** The local key that signs sessions (HS256): at least 256 bits, base64url. It never shows itself in a text. */
public final class TokenKey {
    private static final int BYTES = 32;

    private final byte[] secret;

    private TokenKey(byte[] secret) {
        if (secret.length < BYTES) {
            throw new IllegalArgumentException("the token key needs at least " + BYTES + " bytes, base64url encoded");
        }
        this.secret = secret;
    }

    /** @throws IllegalArgumentException when it is not base64url, or too short */
    public static TokenKey parse(String base64url) {
        return new TokenKey(Base64.getUrlDecoder().decode(base64url.strip()));
    }

    public static TokenKey random() {
        var secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return new TokenKey(secret);
    }

    byte[] secret() {
        return secret.clone();
    }

    @Override
    public String toString() {
        return "TokenKey[…]";
    }
}
