package io.journeyman.loyalty.imports;

import io.journeyman.contracts.Loyalty.ImportPoints;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Imports over HTTP, as the contract names them. */
@Path("/points/import")
@Produces(MediaType.APPLICATION_JSON)
public final class ImportResource {
    private final PointsImport points;
    private final Idempotency idempotency;

    public ImportResource(PointsImport points, Idempotency idempotency) {
        this.points = points;
        this.idempotency = idempotency;
    }

    @POST
    public Response importPoints(@Context Call call, ImportPoints asked) {
        return idempotency.onceOrRehearsed(call, asked.dryRun(), handle -> points.take(handle, asked.rows()));
    }
}
