package io.journeyman.fulfillment.move;

import io.journeyman.contracts.Fulfillment.AddressChangeQuote;
import io.journeyman.contracts.Fulfillment.ChangeAddress;
import io.journeyman.contracts.Fulfillment.QuoteAddressChange;
import io.journeyman.fulfillment.parcel.CarrierRounds;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jdbi.v3.core.Jdbi;

/** Where shipments are sent elsewhere. What the carrier has taken already is asked before anything changes. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class MoveResource {
    private final Moves moves;
    private final CarrierRounds rounds;
    private final Idempotency idempotency;
    private final Jdbi jdbi;

    public MoveResource(Moves moves, CarrierRounds rounds, Idempotency idempotency, Jdbi jdbi) {
        this.moves = moves;
        this.rounds = rounds;
        this.idempotency = idempotency;
        this.jdbi = jdbi;
    }

    @POST
    @Path("address-change-quotes")
    public AddressChangeQuote quoteAddressChange(QuoteAddressChange asked) {
        return jdbi.inTransaction(handle -> moves.quote(handle, asked));
    }

    @POST
    @Path("address-changes")
    public Response changeAddress(@Context Call call, ChangeAddress request) {
        rounds.askAbout(request.trackingId());
        return idempotency.once(call, 201, handle -> moves.change(handle, request));
    }
}
