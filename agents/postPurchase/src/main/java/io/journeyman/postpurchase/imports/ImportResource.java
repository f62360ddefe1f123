package io.journeyman.postpurchase.imports;

import io.journeyman.contracts.PostPurchase.ImportOrders;
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
@Path("/orders/import")
@Produces(MediaType.APPLICATION_JSON)
public final class ImportResource {
    private final HistoryImport history;
    private final Idempotency idempotency;
    private final Jdbi jdbi;

    public ImportResource(HistoryImport history, Idempotency idempotency, Jdbi jdbi) {
        this.history = history;
        this.idempotency = idempotency;
        this.jdbi = jdbi;
    }

    @POST
    public Response importOrders(@Context Call call, ImportOrders asked) {
        return asked.dryRun()
                ? Response.ok(Rehearsal.of(jdbi, handle -> history.take(handle, asked.rows())))
                        .build()
                : idempotency.once(call, 200, handle -> history.take(handle, asked.rows()));
    }
}
