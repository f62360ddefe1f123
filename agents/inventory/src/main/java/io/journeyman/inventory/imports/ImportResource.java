package io.journeyman.inventory.imports;

import io.journeyman.contracts.Inventory.ImportDeliveries;
import io.journeyman.contracts.Inventory.ImportLocations;
import io.journeyman.contracts.Inventory.ImportStock;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Imports over HTTP, as the contract names them. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class ImportResource {
    private final LocationImport locations;
    private final StockImport stock;
    private final DeliveryImport deliveries;
    private final Idempotency idempotency;

    public ImportResource(
            LocationImport locations, StockImport stock, DeliveryImport deliveries, Idempotency idempotency) {
        this.locations = locations;
        this.stock = stock;
        this.deliveries = deliveries;
        this.idempotency = idempotency;
    }

    @POST
    @Path("locations/import")
    public Response importLocations(@Context Call call, ImportLocations asked) {
        return idempotency.onceOrRehearsed(call, asked.dryRun(), handle -> locations.take(handle, asked.locations()));
    }

    @POST
    @Path("stock/import")
    public Response importStock(@Context Call call, ImportStock asked) {
        return idempotency.onceOrRehearsed(
                call, asked.dryRun(), handle -> stock.take(handle, asked.rows(), call.caller()));
    }

    @POST
    @Path("announcements/import")
    public Response importDeliveries(@Context Call call, ImportDeliveries asked) {
        return idempotency.onceOrRehearsed(call, asked.dryRun(), handle -> deliveries.take(handle, asked.rows()));
    }
}
