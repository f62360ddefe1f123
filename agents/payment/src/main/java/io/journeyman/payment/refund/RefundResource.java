package io.journeyman.payment.refund;

import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Refund;
import io.journeyman.contracts.Payment.RefundPayment;
import io.journeyman.contracts.RefundId;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.payment.gateway.ChargeKey;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** Refunds over HTTP. The refund's id is the key of the effect, in our table and at the gateway. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class RefundResource {
    private final Refunds refunds;
    private final Idempotency idempotency;

    public RefundResource(Refunds refunds, Idempotency idempotency) {
        this.refunds = refunds;
        this.idempotency = idempotency;
    }

    @POST
    @Path("/attempts/{orderId}/{attempt}/refunds")
    public Response refundPayment(
            @Context Call call,
            @PathParam("orderId") String orderId,
            @PathParam("attempt") int attempt,
            RefundPayment request) {
        return settled(call, () -> refunds.refund(new ChargeKey(new OrderId(orderId), attempt), request));
    }

    @POST
    @Path("/refunds/{refundId}/inquire")
    public Response inquireRefund(@Context Call call, @PathParam("refundId") String refundId) {
        return settled(call, () -> refunds.inquire(new RefundId(refundId)));
    }

    /** An answer is kept for its key once it is final; what is pending may be asked again under the same key. */
    private Response settled(Call call, Supplier<Refund> work) {
        return idempotency.answered(call).orElseGet(() -> {
            Refund refund = work.get();
            return switch (refund.status()) {
                case refunded, failed -> idempotency.once(call, 200, handle -> refund);
                case pending -> Response.ok(refund).build();
            };
        });
    }
}
