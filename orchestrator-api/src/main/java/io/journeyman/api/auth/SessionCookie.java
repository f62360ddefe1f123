package io.journeyman.api.auth;

import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The page's cookie: out of reach for scripts, and never sent along by another site's page. */
public final class SessionCookie {
    public static final String NAME = "journeyman_session";

    private final boolean secure;

    public SessionCookie(Optional<URI> publicOrigin) {
        this.secure =
                publicOrigin.map(origin -> "https".equals(origin.getScheme())).orElse(false);
    }

    /** @param left for how long the token is good */
    NewCookie with(String token, Duration left) {
        return cookie(token, Math.clamp(left.toSeconds(), 0, Integer.MAX_VALUE));
    }

    NewCookie cleared() {
        return cookie("", 0);
    }

    private NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path("/")
                .maxAge(seconds)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
