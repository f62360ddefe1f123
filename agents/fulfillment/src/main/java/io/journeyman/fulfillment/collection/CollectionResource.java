package io.journeyman.fulfillment.collection;

import io.journeyman.contracts.Fulfillment.CreateCollection;
import io.journeyman.contracts.Fulfillment.KeepCollection;
import io.journeyman.contracts.ReservationId;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Collections in stores over HTTP, each operation as the contract names it. */
@Path("/collections")
@Produces(MediaType.APPLICATION_JSON)
public final class CollectionResource {
    private final Collections collections;
    private final Idempotency idempotency;

    public CollectionResource(Collections collections, Idempotency idempotency) {
        this.collections = collections;
        this.idempotency = idempotency;
    }

    @POST
    public Response createCollection(@Context Call call, CreateCollection request) {
        return idempotency.once(call, 201, handle -> collections.create(handle, request));
    }

    @POST
    @Path("/{reservationId}/keep")
    public Response keepCollection(
            @Context Call call, @PathParam("reservationId") String reservationId, KeepCollection request) {
        return idempotency.once(
                call, 200, handle -> collections.keep(handle, new ReservationId(reservationId), request.keepUntil()));
    }

    @POST
    @Path("/{reservationId}/ready")
    public Response markReady(@Context Call call, @PathParam("reservationId") String reservationId) {
        return idempotency.once(call, 200, handle -> collections.ready(handle, new ReservationId(reservationId)));
    }

    @POST
    @Path("/{reservationId}/picked-up")
    public Response markCollected(@Context Call call, @PathParam("reservationId") String reservationId) {
        return idempotency.once(call, 200, handle -> collections.pickUp(handle, new ReservationId(reservationId)));
    }

    @POST
    @Path("/{reservationId}/cancel")
    public Response cancelCollection(@Context Call call, @PathParam("reservationId") String reservationId) {
        return idempotency.once(call, 200, handle -> collections.cancel(handle, new ReservationId(reservationId)));
    }
}
