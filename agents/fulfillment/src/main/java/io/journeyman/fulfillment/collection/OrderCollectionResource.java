package io.journeyman.fulfillment.collection;

import io.journeyman.contracts.Fulfillment.HandOver;
import io.journeyman.contracts.Fulfillment.KeepCollection;
import io.journeyman.contracts.Fulfillment.StoreCollection;
import io.journeyman.contracts.OrderId;
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
import org.jdbi.v3.core.Jdbi;

/** Orders that are collected in stores, over HTTP, each operation as the contract names it. */
@Path("/order-collections/{orderId}")
@Produces(MediaType.APPLICATION_JSON)
public final class OrderCollectionResource {
    private final OrderCollections collections;
    private final Idempotency idempotency;
    private final Jdbi jdbi;

    public OrderCollectionResource(OrderCollections collections, Idempotency idempotency, Jdbi jdbi) {
        this.collections = collections;
        this.idempotency = idempotency;
        this.jdbi = jdbi;
    }

    @GET
    public StoreCollection getOrderCollection(@PathParam("orderId") String orderId) {
        return jdbi.withHandle(handle -> collections.find(handle, new OrderId(orderId)));
    }

    @POST
    @Path("/ready")
    public Response markOrderReady(@Context Call call, @PathParam("orderId") String orderId) {
        return idempotency.once(call, 200, handle -> collections.ready(handle, new OrderId(orderId)));
    }

    @POST
    @Path("/keep")
    public Response keepOrderCollection(
            @Context Call call, @PathParam("orderId") String orderId, KeepCollection request) {
        return idempotency.once(
                call, 200, handle -> collections.keep(handle, new OrderId(orderId), request.keepUntil()));
    }

    @POST
    @Path("/hand-over")
    public Response handOver(@Context Call call, @PathParam("orderId") String orderId, HandOver said) {
        return idempotency.once(call, 200, handle -> collections.handOver(handle, new OrderId(orderId), said));
    }
}
