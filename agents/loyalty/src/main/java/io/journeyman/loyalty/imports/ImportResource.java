package io.journeyman.loyalty.imports;

import io.journeyman.contracts.Loyalty.ImportPoints;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.kit.Rehearsal;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jdbi.v3.core.Jdbi;

/** Imports over HTTP, as the contract names them. */
@Path("/points/import")
@Produces(MediaType.APPLICATION_JSON)
public final class ImportResource {
    private final PointsImport points;
    private final Idempotency idempotency;
    private final Jdbi jdbi;

    public ImportResource(PointsImport points, Idempotency idempotency, Jdbi jdbi) {
        this.points = points;
        this.idempotency = idempotency;
        this.jdbi = jdbi;
    }

    @POST
    public Response importPoints(@Context Call call, ImportPoints asked) {
        return asked.dryRun()
                ? Response.ok(Rehearsal.of(jdbi, handle -> points.take(handle, asked.rows())))
                        .build()
                : idempotency.once(call, 200, handle -> points.take(handle, asked.rows()));
    }
}
