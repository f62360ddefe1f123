package io.journeyman.recommendation.imports;

import io.journeyman.contracts.Recommendation.ImportProducts;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Imports over HTTP, as the contract names them. */
@Path("/products/import")
public final class ImportResource {
    private final CatalogueImport imports;
    private final Idempotency idempotency;

    public ImportResource(CatalogueImport imports, Idempotency idempotency) {
        this.imports = imports;
        this.idempotency = idempotency;
    }

    @POST
    public Response importProducts(@Context Call call, ImportProducts asked) {
        return idempotency.onceOrRehearsed(call, asked.dryRun(), handle -> imports.take(handle, asked.products()));
    }
}
