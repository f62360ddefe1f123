package io.journeyman.inventory.delivery;

import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.Inventory.AnnounceDelivery;
import io.journeyman.contracts.Inventory.Delivery;
import io.journeyman.contracts.Inventory.Waiting;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
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

/** Announced deliveries over HTTP, each operation as the contract names it. */
@Path("/deliveries/{deliveryId}")
@Produces(MediaType.APPLICATION_JSON)
public final class DeliveryResource {
    private final Deliveries deliveries;
    private final Idempotency idempotency;
    private final Jdbi jdbi;

    public DeliveryResource(Deliveries deliveries, Idempotency idempotency, Jdbi jdbi) {
        this.deliveries = deliveries;
        this.idempotency = idempotency;
        this.jdbi = jdbi;
    }

    @GET
    public Delivery getDelivery(@PathParam("deliveryId") String deliveryId) {
        return jdbi.withHandle(handle -> deliveries.find(handle, new DeliveryId(deliveryId)));
    }

    @GET
    @Path("/waiting")
    public Waiting getWaiting(@PathParam("deliveryId") String deliveryId) {
        return jdbi.withHandle(handle -> deliveries.waiting(handle, new DeliveryId(deliveryId)));
    }

    @PUT
    public Response announceDelivery(
            @Context Call call, @PathParam("deliveryId") String deliveryId, AnnounceDelivery request) {
        return idempotency.once(call, 200, handle -> deliveries.announce(handle, new DeliveryId(deliveryId), request));
    }

    @POST
    @Path("/cancel")
    public Response cancelDelivery(@Context Call call, @PathParam("deliveryId") String deliveryId) {
        return idempotency.once(call, 200, handle -> deliveries.cancel(handle, new DeliveryId(deliveryId)));
    }
}
