package io.journeyman.postpurchase.cancellation;

import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.PostPurchase.Cancellation;
import io.journeyman.contracts.PostPurchase.CancellationQuote;
import io.journeyman.contracts.PostPurchase.QuoteCancellation;
import io.journeyman.contracts.PostPurchase.RecordCancellation;
import io.journeyman.contracts.PostPurchase.SettleCancellation;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Cancellations over HTTP, each operation as the contract names it. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class CancellationResource {
    private final Jdbi jdbi;
    private final Idempotency idempotency;
    private final InstantSource clock;

    public CancellationResource(Jdbi jdbi, Idempotency idempotency, InstantSource clock) {
        this.jdbi = jdbi;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @POST
    @Path("cancellation-quotes")
    public CancellationQuote quoteCancellation(QuoteCancellation asked) {
        return jdbi.inTransaction(handle -> new Cancellations(handle).quote(asked));
    }

    @POST
    @Path("cancellations")
    public Response recordCancellation(@Context Call call, RecordCancellation wanted) {
        return idempotency.once(call, 201, handle -> new Cancellations(handle).record(wanted, clock.instant()));
    }

    @GET
    @Path("cancellations/{cancellationId}")
    public Cancellation getCancellation(@PathParam("cancellationId") String id) {
        return jdbi.inTransaction(handle -> new Cancellations(handle).find(new CancellationId(id)));
    }

    @POST
    @Path("cancellations/{cancellationId}/accept")
    public Response acceptCancellation(@Context Call call, @PathParam("cancellationId") String id) {
        return idempotency.once(
                call, 200, handle -> new Cancellations(handle).accept(new CancellationId(id), clock.instant()));
    }

    @POST
    @Path("cancellations/{cancellationId}/close")
    public Response closeCancellation(@Context Call call, @PathParam("cancellationId") String id) {
        return idempotency.once(
                call, 200, handle -> new Cancellations(handle).close(new CancellationId(id), clock.instant()));
    }

    @POST
    @Path("cancellations/{cancellationId}/settle")
    public Response settleCancellation(
            @Context Call call, @PathParam("cancellationId") String id, SettleCancellation settlement) {
        return idempotency.once(
                call,
                200,
                handle -> new Cancellations(handle).settle(new CancellationId(id), settlement, clock.instant()));
    }
}
