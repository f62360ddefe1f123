package io.journeyman.inventory.imports;

import io.journeyman.contracts.Inventory.ImportDeliveries;
import io.journeyman.contracts.Inventory.ImportLocations;
import io.journeyman.contracts.Inventory.ImportStock;
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
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class ImportResource {
    private final LocationImport locations;
    private final StockImport stock;
    private final DeliveryImport deliveries;
    private final Idempotency idempotency;
    private final Jdbi jdbi;

    public ImportResource(
            LocationImport locations,
            StockImport stock,
            DeliveryImport deliveries,
            Idempotency idempotency,
            Jdbi jdbi) {
        this.locations = locations;
        this.stock = stock;
        this.deliveries = deliveries;
        this.idempotency = idempotency;
        this.jdbi = jdbi;
    }

    @POST
    @Path("locations/import")
    public Response importLocations(@Context Call call, ImportLocations asked) {
        return asked.dryRun()
                ? Response.ok(Rehearsal.of(jdbi, handle -> locations.take(handle, asked.locations())))
                        .build()
                : idempotency.once(call, 200, handle -> locations.take(handle, asked.locations()));
    }

    @POST
    @Path("stock/import")
    public Response importStock(@Context Call call, ImportStock asked) {
        return asked.dryRun()
                ? Response.ok(Rehearsal.of(jdbi, handle -> stock.take(handle, asked.rows(), call.caller())))
                        .build()
                : idempotency.once(call, 200, handle -> stock.take(handle, asked.rows(), call.caller()));
    }

    @POST
    @Path("announcements/import")
    public Response importDeliveries(@Context Call call, ImportDeliveries asked) {
        return asked.dryRun()
                ? Response.ok(Rehearsal.of(jdbi, handle -> deliveries.take(handle, asked.rows())))
                        .build()
                : idempotency.once(call, 200, handle -> deliveries.take(handle, asked.rows()));
    }
}
