package io.journeyman.fulfillment.shipment;

import io.journeyman.contracts.Fulfillment.TrackParcels;
import io.journeyman.contracts.Fulfillment.TrackedOrders;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jdbi.v3.core.Jdbi;

/** The tool track_parcels. */
@Path("/parcel-tracking")
@Produces(MediaType.APPLICATION_JSON)
public final class TrackingResource {
    private final Shipments shipments;
    private final Jdbi jdbi;

    public TrackingResource(Shipments shipments, Jdbi jdbi) {
        this.shipments = shipments;
        this.jdbi = jdbi;
    }

    @POST
    public TrackedOrders trackParcels(TrackParcels asked) {
        return jdbi.inTransaction(handle -> shipments.track(handle, asked));
    }
}
