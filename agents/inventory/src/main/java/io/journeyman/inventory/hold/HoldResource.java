package io.journeyman.inventory.hold;

import io.journeyman.contracts.HoldId;
import io.journeyman.contracts.Inventory.GiveBack;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.PlaceHold;
import io.journeyman.contracts.Inventory.RenewHold;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.kit.OneMoment;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jdbi.v3.core.Jdbi;

/** Holds over HTTP, each operation as the contract names it. */
@Path("/holds")
@Produces(MediaType.APPLICATION_JSON)
public final class HoldResource {
    private final Holds holds;
    private final Idempotency idempotency;
    private final Jdbi jdbi;

    public HoldResource(Holds holds, Idempotency idempotency, Jdbi jdbi) {
        this.holds = holds;
        this.idempotency = idempotency;
        this.jdbi = jdbi;
    }

    @POST
    public Response placeHold(@Context Call call, PlaceHold request) {
        return idempotency.once(call, 201, handle -> holds.place(handle, request));
    }

    /** At one moment: pieces that come meanwhile are still to come, or are there. */
    @GET
    @Path("/{holdId}")
    public Hold getHold(@PathParam("holdId") String holdId) {
        return OneMoment.of(jdbi, handle -> holds.find(handle, new HoldId(holdId)));
    }

    @POST
    @Path("/{holdId}/renew")
    public Response renewHold(@Context Call call, @PathParam("holdId") String holdId, RenewHold request) {
        return idempotency.once(call, 200, handle -> holds.renew(handle, new HoldId(holdId), request.expiresAt()));
    }

    @POST
    @Path("/{holdId}/allocate")
    public Response allocateHold(@Context Call call, @PathParam("holdId") String holdId) {
        return idempotency.once(call, 200, handle -> holds.allocate(handle, new HoldId(holdId)));
    }

    @POST
    @Path("/{holdId}/give-back")
    public Response giveBackPieces(@Context Call call, @PathParam("holdId") String holdId, GiveBack request) {
        return idempotency.once(call, 200, handle -> holds.giveBack(handle, new HoldId(holdId), request));
    }

    @POST
    @Path("/{holdId}/release")
    public Response releaseHold(@Context Call call, @PathParam("holdId") String holdId) {
        return idempotency.once(call, 200, handle -> holds.release(handle, new HoldId(holdId)));
    }
}
