package io.journeyman.fulfillment.origin;

import io.journeyman.contracts.Fulfillment.Origin;
import io.journeyman.contracts.Fulfillment.Origins;
import io.journeyman.contracts.Fulfillment.PutOrigin;
import io.journeyman.contracts.LocationId;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Where warehouses and stores are, over HTTP. */
@Path("/origins")
@Produces(MediaType.APPLICATION_JSON)
public final class OriginResource {
    private final Jdbi jdbi;
    private final Idempotency idempotency;
    private final InstantSource clock;

    public OriginResource(Jdbi jdbi, Idempotency idempotency, InstantSource clock) {
        this.jdbi = jdbi;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @GET
    public Origins getOrigins() {
        return new Origins(jdbi.withExtension(OriginTable.class, OriginTable::all));
    }

    @PUT
    @Path("/{locationId}")
    public Response putOrigin(@Context Call call, @PathParam("locationId") String locationId, PutOrigin request) {
        var location = new LocationId(locationId);
        return idempotency.once(call, 200, handle -> {
            var origin = OriginCheck.checked(
                    new Origin(location, request.name(), request.pincode(), request.opens(), request.closes()));
            handle.attach(OriginTable.class).put(origin, clock.instant());
            return origin;
        });
    }
}
