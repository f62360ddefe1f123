package io.journeyman.loyalty.benefits;

import io.journeyman.contracts.Loyalty.CommitBenefits;
import io.journeyman.contracts.Loyalty.ReserveBenefits;
import io.journeyman.contracts.Loyalty.ReturnBenefits;
import io.journeyman.contracts.OrderId;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An order's points and coupons over HTTP, each operation as the contract names it. */
@Path("/benefits")
@Produces(MediaType.APPLICATION_JSON)
public final class BenefitsResource {
    private final OrderBenefits benefits;
    private final BenefitsOfReturns returns;
    private final Idempotency idempotency;

    public BenefitsResource(OrderBenefits benefits, BenefitsOfReturns returns, Idempotency idempotency) {
        this.benefits = benefits;
        this.returns = returns;
        this.idempotency = idempotency;
    }

    @POST
    public Response reserveBenefits(@Context Call call, ReserveBenefits request) {
        return idempotency.once(call, 201, handle -> benefits.reserve(handle, request));
    }

    @POST
    @Path("/{orderId}/commit")
    public Response commitBenefits(@Context Call call, @PathParam("orderId") String orderId, CommitBenefits request) {
        return idempotency.once(call, 200, handle -> benefits.commit(handle, new OrderId(orderId), request.paid()));
    }

    @POST
    @Path("/{orderId}/release")
    public Response releaseBenefits(@Context Call call, @PathParam("orderId") String orderId) {
        return idempotency.once(call, 200, handle -> benefits.release(handle, new OrderId(orderId)));
    }

    @POST
    @Path("/{orderId}/returns")
    public Response returnBenefits(@Context Call call, @PathParam("orderId") String orderId, ReturnBenefits request) {
        return idempotency.once(call, 200, handle -> returns.giveBack(handle, new OrderId(orderId), request));
    }
}
