package io.journeyman.inventory.booking;

import io.journeyman.contracts.BookingId;
import io.journeyman.contracts.Inventory.AdjustStock;
import io.journeyman.contracts.Inventory.ReceiveStock;
import io.journeyman.contracts.Inventory.SendTransfer;
import io.journeyman.contracts.Inventory.TakeBackReturn;
import io.journeyman.contracts.Inventory.Transfer;
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

/** What staff book and customers send back over HTTP, each operation as the contract names it. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class BookingResource {
    private final Bookings bookings;
    private final Transfers transfers;
    private final CustomerReturns returns;
    private final Idempotency idempotency;
    private final Jdbi jdbi;

    public BookingResource(
            Bookings bookings, Transfers transfers, CustomerReturns returns, Idempotency idempotency, Jdbi jdbi) {
        this.bookings = bookings;
        this.transfers = transfers;
        this.returns = returns;
        this.idempotency = idempotency;
        this.jdbi = jdbi;
    }

    @POST
    @Path("receipts")
    public Response receiveStock(@Context Call call, ReceiveStock request) {
        return idempotency.once(call, 201, handle -> bookings.receive(handle, request, call.caller()));
    }

    @POST
    @Path("adjustments")
    public Response adjustStock(@Context Call call, AdjustStock request) {
        return idempotency.once(call, 201, handle -> bookings.adjust(handle, request, call.caller()));
    }

    @POST
    @Path("returns")
    public Response takeBackReturn(@Context Call call, TakeBackReturn request) {
        return idempotency.once(call, 201, handle -> returns.takeBack(handle, request, call.caller()));
    }

    @POST
    @Path("returns/{returnId}/cancel")
    public Response cancelReturn(@Context Call call, @PathParam("returnId") String returnId) {
        return idempotency.once(call, 200, handle -> returns.cancel(handle, new BookingId(returnId), call.caller()));
    }

    @POST
    @Path("transfers")
    public Response sendTransfer(@Context Call call, SendTransfer request) {
        return idempotency.once(call, 201, handle -> transfers.send(handle, request, call.caller()));
    }

    @GET
    @Path("transfers/{transferId}")
    public Transfer getTransfer(@PathParam("transferId") String transferId) {
        return jdbi.withHandle(handle -> transfers.find(handle, new BookingId(transferId)));
    }

    @POST
    @Path("transfers/{transferId}/arrive")
    public Response arriveTransfer(@Context Call call, @PathParam("transferId") String transferId) {
        return idempotency.once(call, 200, handle -> transfers.arrive(handle, new BookingId(transferId)));
    }

    @POST
    @Path("transfers/{transferId}/cancel")
    public Response cancelTransfer(@Context Call call, @PathParam("transferId") String transferId) {
        return idempotency.once(
                call, 200, handle -> transfers.cancel(handle, new BookingId(transferId), call.caller()));
    }
}
