package io.journeyman.recommendation.bundle;

import io.journeyman.contracts.BundleId;
import io.journeyman.contracts.Recommendation;
import io.journeyman.contracts.Recommendation.PutBundle;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Bundles over HTTP, each operation as the contract names it. */
@Path("/bundles")
public final class BundleResource {
    private final Bundles bundles;
    private final Idempotency idempotency;

    public BundleResource(Bundles bundles, Idempotency idempotency) {
        this.bundles = bundles;
        this.idempotency = idempotency;
    }

    @GET
    public Recommendation.Bundles listBundles() {
        return new Recommendation.Bundles(bundles.all());
    }

    @PUT
    @Path("/{bundleId}")
    public Response putBundle(@Context Call call, @PathParam("bundleId") String bundleId, PutBundle asked) {
        return idempotency.once(call, 200, handle -> bundles.put(handle, new BundleId(bundleId), asked));
    }

    @POST
    @Path("/{bundleId}/end")
    public Response endBundle(@Context Call call, @PathParam("bundleId") String bundleId) {
        return idempotency.once(call, 200, handle -> bundles.end(handle, new BundleId(bundleId)));
    }
}
