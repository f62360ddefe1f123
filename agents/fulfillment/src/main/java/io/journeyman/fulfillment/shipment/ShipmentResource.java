package io.journeyman.fulfillment.shipment;

import io.journeyman.contracts.Fulfillment.AwaitedPieces;
import io.journeyman.contracts.Fulfillment.CreateShipment;
import io.journeyman.contracts.Fulfillment.SendShipment;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.OrderId;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.kit.OneMoment;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jdbi.v3.core.Jdbi;

/** Shipments over HTTP, each operation as the contract names it. */
@Path("/shipments")
@Produces(MediaType.APPLICATION_JSON)
public final class ShipmentResource {
    private final Shipments shipments;
    private final Idempotency idempotency;
    private final Jdbi jdbi;

    public ShipmentResource(Shipments shipments, Idempotency idempotency, Jdbi jdbi) {
        this.shipments = shipments;
        this.idempotency = idempotency;
        this.jdbi = jdbi;
    }

    @POST
    public Response createShipment(@Context Call call, CreateShipment request) {
        return idempotency.once(call, 201, handle -> shipments.create(handle, request));
    }

    @GET
    @Path("/{orderId}")
    public Shipment getShipment(@PathParam("orderId") String orderId) {
        return OneMoment.of(jdbi, handle -> shipments.find(handle, new OrderId(orderId)));
    }

    @GET
    @Path("/by-tracking/{trackingId}")
    public Shipment findShipment(@PathParam("trackingId") String trackingId) {
        return OneMoment.of(jdbi, handle -> shipments.findTracked(handle, trackingId));
    }

    @POST
    @Path("/{orderId}/send")
    public Response sendShipment(@Context Call call, @PathParam("orderId") String orderId, SendShipment request) {
        return idempotency.once(call, 200, handle -> shipments.send(handle, new OrderId(orderId), request));
    }

    @PUT
    @Path("/{orderId}/awaited")
    public Response tellAwaited(@Context Call call, @PathParam("orderId") String orderId, AwaitedPieces request) {
        return idempotency.once(call, 200, handle -> shipments.tellAwaited(handle, new OrderId(orderId), request));
    }

    @POST
    @Path("/{orderId}/cancel")
    public Response cancelShipment(@Context Call call, @PathParam("orderId") String orderId) {
        return idempotency.once(call, 200, handle -> shipments.cancel(handle, new OrderId(orderId)));
    }
}
