package io.journeyman.api.auth;

import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.RateLimit;
import io.journeyman.api.http.TrustedProxies;
import io.journeyman.contracts.CustomerId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Opens and ends sessions. The token in the answer is for API clients; the page uses the cookie that comes along. */
@Path("/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
public final class SessionResource {
    private static final CustomerId DEMO_CUSTOMER = new CustomerId("cust-demo");
    private static final String DEMO_STAFF = "staff-demo";

    private final Tokens tokens;
    private final SessionFilter sessions;
    private final SameOrigin sameOrigin;
    private final SessionCookie cookie;
    private final ConversationStore store;
    private final RateLimit openings;
    private final TrustedProxies proxies;
    private final boolean demo;

    public SessionResource(
            Tokens tokens,
            SessionFilter sessions,
            SameOrigin sameOrigin,
            SessionCookie cookie,
            ConversationStore store,
            RateLimit openings,
            TrustedProxies proxies,
            boolean demo) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.sameOrigin = sameOrigin;
        this.cookie = cookie;
        this.store = store;
        this.openings = openings;
        this.proxies = proxies;
        this.demo = demo;
    }

    /** A guest's session; who has a session already keeps it. */
    @POST
    @Path("/guest")
    public Response guest(@Context ContainerRequestContext request, @Context HttpServletRequest http) {
        sameOrigin.checkIfBrowser(request);
        var session = sessions.session(request).orElseGet(() -> {
            openings.take(proxies.client(http));
            return new Session.Guest("guest-" + UUID.randomUUID());
        });
        return opened(session);
    }

    /**
     * Brings a token that the shop's own sign-in has signed into the page's cookie, as it is and for as long as it is good; a guest's
     * conversation and cart come along.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(@Context ContainerRequestContext request, @Context HttpServletRequest http, Signed signed) {
        sameOrigin.checkIfBrowser(request);
        openings.take(proxies.client(http));
        if (signed == null || signed.token() == null) {
            throw ProblemException.of(400, "bad_request", "token is missing.");
        }
        var verified = tokens.verified(signed.token())
                .filter(token -> signed.as()
                        .map(as -> as.name().equals(kind(token.session())))
                        .orElse(!(token.session() instanceof Session.Guest)))
                .orElseThrow(() -> ProblemException.of(
                        422,
                        "not_signed_in",
                        "That is no valid token of %s, or its time is over; nothing has changed."
                                .formatted(signed.as()
                                        .map(as -> as == As.staff ? "the shop's staff" : "a customer")
                                        .orElse("a customer or of the shop's staff"))));
        if (verified.session() instanceof Session.Customer customer) {
            bringAlong(request, customer.customerId());
        }
        return opened(signed.token(), verified.session(), verified.left());
    }

    /** Signs in as the demo customer or staff; a guest's conversation and cart come along. */
    @POST
    @Path("/demo")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response demo(@Context ContainerRequestContext request, @Context HttpServletRequest http, SignIn signIn) {
        sameOrigin.checkIfBrowser(request);
        if (!demo) {
            throw ProblemException.of(404, "not_found", "There is nothing at this address.");
        }
        openings.take(proxies.client(http));
        if (signIn == null || signIn.as() == null) {
            throw ProblemException.of(400, "bad_request", "as must be customer or staff.");
        }
        return switch (signIn.as()) {
            case customer -> {
                bringAlong(request, DEMO_CUSTOMER);
                yield opened(new Session.Customer(DEMO_CUSTOMER));
            }
            case staff -> opened(new Session.Staff(DEMO_STAFF));
        };
    }

    /** Ends the page's session. */
    @DELETE
    public Response end(@Context ContainerRequestContext request) {
        sameOrigin.checkIfBrowser(request);
        return Response.noContent().cookie(cookie.cleared()).build();
    }

    private void bringAlong(ContainerRequestContext request, CustomerId customer) {
        if (sessions.session(request).orElse(null) instanceof Session.Guest guest) {
            store.merge(guest.guestId(), customer);
        }
    }

    private Response opened(Session session) {
        return opened(tokens.sign(session), session, Tokens.life(session));
    }

    private Response opened(String token, Session session, Duration left) {
        return Response.status(201)
                .cookie(cookie.with(token, left))
                .entity(new Opened(token, kind(session), left.toSeconds()))
                .build();
    }

    static String kind(Session session) {
        return switch (session) {
            case Session.Guest _ -> "guest";
            case Session.Customer _ -> "customer";
            case Session.Staff _ -> "staff";
        };
    }

    public record SignIn(As as) {}

    /** @param as of whom the token has to be, where that matters */
    public record Signed(String token, Optional<As> as) {}

    public enum As {
        customer,
        staff
    }

    /** @param expiresIn seconds */
    public record Opened(String token, String kind, long expiresIn) {}
}
