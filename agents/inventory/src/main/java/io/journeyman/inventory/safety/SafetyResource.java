package io.journeyman.inventory.safety;

import io.journeyman.contracts.Inventory.SafetyStock;
import io.journeyman.contracts.Inventory.SetSafetyStock;
import io.journeyman.contracts.LocationId;
import io.journeyman.inventory.stock.Assortment;
import io.journeyman.inventory.stock.GoodsLedger;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jdbi.v3.core.Handle;

/** What a place keeps back of each variant, whoever asks. What is held already stays held. */
@Path("/locations/{locationId}/safety-stock")
@Produces(MediaType.APPLICATION_JSON)
public final class SafetyResource {
    private final Idempotency idempotency;

    public SafetyResource(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    @PUT
    public Response setSafetyStock(
            @Context Call call, @PathParam("locationId") String locationId, SetSafetyStock request) {
        return idempotency.once(call, 200, handle -> set(handle, new LocationId(locationId), request));
    }

    private static SafetyStock set(Handle handle, LocationId location, SetSafetyStock wanted) {
        Assortment.require(handle, location);
        var table = handle.attach(SafetyTable.class);
        if (wanted.skus().isEmpty()) {
            table.beginWith(location, wanted.units());
            table.keepBackOfAll(location, wanted.units());
        } else {
            Assortment.require(handle, wanted.skus());
            handle.attach(GoodsLedger.class).open(wanted.skus(), location);
            table.keepBack(location, wanted.skus(), wanted.units());
        }
        return new SafetyStock(location, wanted.units(), table.variantsWith(location, wanted.units()));
    }
}
