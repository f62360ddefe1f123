package io.journeyman.payment.token;

import io.journeyman.contracts.Json;
import io.journeyman.contracts.Payment.OpenTokenisation;
import io.journeyman.contracts.Payment.TokenisationSession;
import io.journeyman.contracts.Payment.Tokenise;
import io.journeyman.contracts.Payment.TokeniseMethod;
import io.journeyman.contracts.Payment.TokeniseVpa;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.payment.token.Tokenisation.Opened;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/** The card form's two calls: the orchestrator opens a session, the customer's page sends the card. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class TokenResource {
    private final Tokenisation tokenisation;
    private final Idempotency idempotency;
    private final Optional<String> publicOrigin;

    /** @param publicOrigin where browsers find this agent; empty: where the orchestrator finds it */
    public TokenResource(Tokenisation tokenisation, Idempotency idempotency, Optional<String> publicOrigin) {
        this.tokenisation = tokenisation;
        this.idempotency = idempotency;
        this.publicOrigin = publicOrigin;
    }

    @POST
    @Path("/tokenisation-sessions")
    public Response openTokenisation(@Context Call call, @Context UriInfo uri, OpenTokenisation request) {
        String origin =
                publicOrigin.orElseGet(() -> uri.getBaseUri().toString()).replaceFirst("/+$", "");
        // the stored answer holds no secret: it is added each time the session is answered
        var stored = idempotency.once(call, 201, handle -> tokenisation.open(handle, request.customerId()));
        var opened = Json.read(String.valueOf(stored.getEntity()), Opened.class);
        return Response.status(201)
                .entity(new TokenisationSession(
                        opened.sessionId(),
                        tokenisation.secretOf(opened.sessionId()),
                        origin + "/tokens",
                        opened.expiresAt()))
                .build();
    }

    @POST
    @Path("/vpa-tokens")
    public Response tokeniseVpa(@Context Call call, TokeniseVpa request) {
        return idempotency.answered(call).orElseGet(() -> {
            var vaulted = tokenisation.vault(new Vpa(request.vpa()));
            return idempotency.once(call, 201, handle -> tokenisation.keep(handle, request.customerId(), vaulted));
        });
    }

    @POST
    @Path("/method-tokens")
    public Response tokeniseMethod(@Context Call call, TokeniseMethod request) {
        return idempotency.answered(call).orElseGet(() -> {
            var adopted = tokenisation.adopt(request.paymentMethod());
            return idempotency.once(call, 201, handle -> tokenisation.take(handle, request.customerId(), adopted));
        });
    }

    @POST
    @Path("/tokens")
    public Response tokenise(Tokenise request) {
        return Response.status(201).entity(tokenisation.tokenise(request)).build();
    }
}
