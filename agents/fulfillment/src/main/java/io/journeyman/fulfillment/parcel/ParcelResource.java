package io.journeyman.fulfillment.parcel;

import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.ParcelId;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Where a carrier, or staff for it, says what happened to a parcel. */
@Path("/parcels")
@Produces(MediaType.APPLICATION_JSON)
public final class ParcelResource {
    private final Parcels parcels;
    private final Idempotency idempotency;

    public ParcelResource(Parcels parcels, Idempotency idempotency) {
        this.parcels = parcels;
        this.idempotency = idempotency;
    }

    @POST
    @Path("/{parcelId}/events")
    public Response recordParcelEvent(@Context Call call, @PathParam("parcelId") String parcelId, ParcelEvent event) {
        return idempotency.once(call, 200, handle -> parcels.record(handle, new ParcelId(parcelId), event));
    }
}
