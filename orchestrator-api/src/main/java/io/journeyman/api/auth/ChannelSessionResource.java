package io.journeyman.api.auth;

import io.journeyman.activities.conversation.ChannelAlias;
import io.journeyman.activities.conversation.ChannelAliases;
import io.journeyman.activities.conversation.Speaker;
import io.journeyman.api.auth.SessionResource.Opened;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.RateLimit;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * Opens the session of whoever a bridge has a message from. The bridge is known by its secret, and vouches that the message comes from
 * where it says; a customer's own token opens nothing here.
 */
@Path("/v1/sessions/channel")
@Produces(MediaType.APPLICATION_JSON)
public final class ChannelSessionResource {
    private final Bridges bridges;
    private final ChannelAliases aliases;
    private final Tokens tokens;
    private final RateLimit openings;

    /** @param openings of one alias */
    public ChannelSessionResource(Bridges bridges, ChannelAliases aliases, Tokens tokens, RateLimit openings) {
        this.bridges = bridges;
        this.aliases = aliases;
        this.tokens = tokens;
        this.openings = openings;
    }

    /**
     * @param alias what the channel calls them
     * @param signedIn the token of the customer who has just signed in there: it decides who they are from now on
     */
    public record From(String alias, Optional<String> signedIn) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, From from) {
        String channel = bridges.channel(authorization).orElseThrow(ChannelSessionResource::bridgeNeeded);
        ChannelAlias alias = alias(channel, from);
        openings.take(channel + ":" + alias.value());
        Session session = from.signedIn()
                .<Session>map(token -> signedIn(alias, token))
                .orElseGet(() -> switch (aliases.speaker(alias)) {
                    case Speaker.Known known -> new Session.Customer(known.customer());
                    case Speaker.Unknown unknown -> new Session.Guest(unknown.guestId(), true);
                });
        return Response.status(201)
                .entity(new Opened(
                        tokens.sign(session),
                        SessionResource.kind(session),
                        Tokens.life(session).toSeconds()))
                .build();
    }

    private Session.Customer signedIn(ChannelAlias alias, String token) {
        if (!(tokens.verify(token).orElse(null) instanceof Session.Customer customer)) {
            throw ProblemException.of(
                    422,
                    "not_signed_in",
                    "signedIn is no valid token of a signed-in customer; nothing has changed.",
                    "Let the customer sign in again, or leave signedIn out.");
        }
        if (!aliases.signedIn(alias, customer.customerId())) {
            throw ProblemException.of(
                    409,
                    "too_many_aliases",
                    "This customer is known by " + ChannelAliases.MOST_OF_CUSTOMER
                            + " aliases already; nothing has changed.");
        }
        return customer;
    }

    private static ChannelAlias alias(String channel, From from) {
        try {
            return new ChannelAlias(channel, from == null || from.alias() == null ? "" : from.alias());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(
                    400,
                    "bad_request",
                    "alias has 1 to " + ChannelAlias.LONGEST + " characters, and no control characters.");
        }
    }

    private static ProblemException bridgeNeeded() {
        return ProblemException.of(
                401,
                "bridge_needed",
                "Only a bridge opens sessions here: send its secret of JOURNEYMAN_BRIDGES as the bearer token.");
    }
}
