package io.journeyman.fulfillment.shipment;

import io.journeyman.contracts.Fulfillment.SendBack;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What goes back to customers over HTTP. */
@Path("/send-backs")
@Produces(MediaType.APPLICATION_JSON)
public final class SendBackResource {
    private final Shipments shipments;
    private final Idempotency idempotency;

    public SendBackResource(Shipments shipments, Idempotency idempotency) {
        this.shipments = shipments;
        this.idempotency = idempotency;
    }

    @POST
    public Response sendBack(@Context Call call, SendBack request) {
        return idempotency.once(call, 201, handle -> shipments.sendBack(handle, request));
    }
}
