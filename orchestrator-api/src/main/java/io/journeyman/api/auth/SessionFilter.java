package io.journeyman.api.auth;

import io.dropwizard.auth.AuthFilter;
import io.journeyman.api.http.ProblemException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Optional;

/**
 * Finds the caller's session: a bearer token, or the page's cookie. A request that changes something by cookie must come
 * from our own page ({@link SameOrigin}); a bearer token cannot be sent by a foreign page, so it needs no such check.
 */
@Priority(Priorities.AUTHENTICATION)
public final class SessionFilter extends AuthFilter<String, Session> {
    private static final String BEARER = "Bearer ";

    private final Tokens tokens;
    private final SameOrigin sameOrigin;

    public SessionFilter(Tokens tokens, SameOrigin sameOrigin) {
        this.tokens = tokens;
        this.sameOrigin = sameOrigin;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var session = session(request).orElseThrow(SessionFilter::signInNeeded);
        boolean secure = request.getSecurityContext() != null
                && request.getSecurityContext().isSecure();
        request.setSecurityContext(new As(session, secure));
    }

    /** The session of a request, if it has a valid one. */
    public Optional<Session> session(ContainerRequestContext request) {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? tokens.verify(header.substring(BEARER.length()).strip())
                    : Optional.empty();
        }
        Cookie cookie = request.getCookies().get(SessionCookie.NAME);
        if (cookie == null) {
            return Optional.empty();
        }
        sameOrigin.check(request);
        return tokens.verify(cookie.getValue());
    }

    private static ProblemException signInNeeded() {
        return ProblemException.of(
                401,
                "session_needed",
                "This needs a session: send a bearer token, or open one with POST /v1/sessions/guest.",
                "POST /v1/sessions/guest opens a guest's session");
    }

    private record As(Session session, boolean secure) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return session;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public String getAuthenticationScheme() {
            return "Bearer";
        }
    }
}
