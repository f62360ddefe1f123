package io.journeyman.postpurchase.imports;

import io.journeyman.contracts.PostPurchase.ImportOrders;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Imports over HTTP, as the contract names them. */
@Path("/orders/import")
@Produces(MediaType.APPLICATION_JSON)
public final class ImportResource {
    private final HistoryImport history;
    private final Idempotency idempotency;

    public ImportResource(HistoryImport history, Idempotency idempotency) {
        this.history = history;
        this.idempotency = idempotency;
    }

    @POST
    public Response importOrders(@Context Call call, ImportOrders asked) {
        return idempotency.onceOrRehearsed(call, asked.dryRun(), handle -> history.take(handle, asked.rows()));
    }
}
