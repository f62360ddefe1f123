package io.journeyman.postpurchase;

import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.GetOrderStatus;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.Orders;
import io.journeyman.contracts.PostPurchase.RecordAddress;
import io.journeyman.contracts.PostPurchase.RecordOrder;
import io.journeyman.contracts.PostPurchase.TransitionOrder;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Orders over HTTP. */
@Path("/")
public final class OrderResource {
    private final Jdbi jdbi;
    private final Idempotency idempotency;
    private final InstantSource clock;

    OrderResource(Jdbi jdbi, Idempotency idempotency, InstantSource clock) {
        this.jdbi = jdbi;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @POST
    @Path("/orders")
    public Response record(@Context Call call, RecordOrder order) {
        return idempotency.once(call, 201, handle -> new OrderBook(handle).record(order, clock.instant()));
    }

    @GET
    @Path("/orders/{orderId}")
    public Order order(@PathParam("orderId") String orderId) {
        return jdbi.inTransaction(handle -> new OrderBook(handle).order(new OrderId(orderId)));
    }

    @POST
    @Path("/orders/{orderId}/transitions")
    public Response transition(@Context Call call, @PathParam("orderId") String orderId, TransitionOrder transition) {
        return idempotency.once(
                call,
                200,
                handle -> new OrderBook(handle).transition(new OrderId(orderId), transition, clock.instant()));
    }

    @POST
    @Path("/orders/{orderId}/address")
    public Response recordAddress(@Context Call call, @PathParam("orderId") String orderId, RecordAddress change) {
        return idempotency.once(
                call, 200, handle -> new OrderBook(handle).moveTo(new OrderId(orderId), change, clock.instant()));
    }

    /** The tool get_order_status. */
    @POST
    @Path("/order-status")
    public Orders status(GetOrderStatus asked) {
        return jdbi.inTransaction(
                handle -> new Orders(new OrderBook(handle).ordersOf(asked.customerId(), asked.orderId())));
    }
}
