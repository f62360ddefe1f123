package io.journeyman.payment.attempt;

import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.CapturePayment;
import io.journeyman.contracts.Payment.SecurePayment;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Attempts over HTTP. (order, attempt) is the key of the effect, in our table and at the gateway, so that the work itself may
 * be repeated; the idempotency key guards the request: another request under it is refused before anything is done.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class AttemptResource {
    private final Attempts attempts;
    private final Idempotency idempotency;
    private final Optional<String> publicOrigin;

    /** @param publicOrigin where browsers find this agent; empty: where the orchestrator finds it */
    public AttemptResource(Attempts attempts, Idempotency idempotency, Optional<String> publicOrigin) {
        this.attempts = attempts;
        this.idempotency = idempotency;
        this.publicOrigin = publicOrigin;
    }

    @POST
    @Path("/attempts")
    public Response securePayment(@Context Call call, @Context UriInfo uri, SecurePayment payment) {
        return settled(call, uri, 201, () -> attempts.secure(payment));
    }

    @GET
    @Path("/orders/{orderId}/attempts")
    public io.journeyman.contracts.Payment.Attempts getAttempts(
            @Context UriInfo uri, @PathParam("orderId") String orderId) {
        var order = new OrderId(orderId);
        return new io.journeyman.contracts.Payment.Attempts(
                order,
                attempts.of(order).stream()
                        .map(attempt -> located(attempt, uri))
                        .toList(),
                attempts.credit(order));
    }

    @POST
    @Path("/attempts/{orderId}/{attempt}/inquire")
    public Response inquireAttempt(
            @Context Call call,
            @Context UriInfo uri,
            @PathParam("orderId") String orderId,
            @PathParam("attempt") int attempt) {
        return settled(call, uri, 200, () -> attempts.inquire(new OrderId(orderId), attempt));
    }

    @POST
    @Path("/attempts/{orderId}/{attempt}/capture")
    public Response capturePayment(
            @Context Call call,
            @Context UriInfo uri,
            @PathParam("orderId") String orderId,
            @PathParam("attempt") int attempt,
            CapturePayment request) {
        return settled(call, uri, 200, () -> attempts.capture(new OrderId(orderId), attempt, request.amount()));
    }

    @POST
    @Path("/attempts/{orderId}/{attempt}/void")
    public Response voidPayment(
            @Context Call call,
            @Context UriInfo uri,
            @PathParam("orderId") String orderId,
            @PathParam("attempt") int attempt) {
        return settled(call, uri, 200, () -> attempts.cancel(new OrderId(orderId), attempt));
    }

    /** An answer is kept for its key once it is final; what is pending or unknown may be asked again under the same key. */
    private Response settled(Call call, UriInfo uri, int status, Supplier<Attempt> work) {
        return idempotency.answered(call).orElseGet(() -> {
            Attempt attempt = work.get();
            return switch (attempt.outcome()) {
                case secured, declined -> idempotency.once(call, status, handle -> attempt);
                case needs_customer, pending, unknown ->
                    Response.status(status).entity(located(attempt, uri)).build();
            };
        });
    }

    /** A page of the agent's own is where browsers find the agent. */
    private Attempt located(Attempt attempt, UriInfo uri) {
        URI origin = publicOrigin.map(URI::create).orElseGet(uri::getBaseUri);
        return attempt.confirmAt()
                .map(at -> attempt.toBeConfirmedAt(origin.resolve(at).toString()))
                .orElse(attempt);
    }
}
