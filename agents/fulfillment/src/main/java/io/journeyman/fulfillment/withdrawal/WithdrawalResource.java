package io.journeyman.fulfillment.withdrawal;

import io.journeyman.contracts.Fulfillment.WithdrawPieces;
import io.journeyman.fulfillment.parcel.CarrierRounds;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Where pieces are taken out of parcels. What the carrier has taken already is asked first: our books may not know it yet. */
@Path("/withdrawals")
@Produces(MediaType.APPLICATION_JSON)
public final class WithdrawalResource {
    private final Withdrawals withdrawals;
    private final CarrierRounds rounds;
    private final Idempotency idempotency;

    public WithdrawalResource(Withdrawals withdrawals, CarrierRounds rounds, Idempotency idempotency) {
        this.withdrawals = withdrawals;
        this.rounds = rounds;
        this.idempotency = idempotency;
    }

    @POST
    public Response withdrawPieces(@Context Call call, WithdrawPieces request) {
        rounds.askAbout(request.trackingId());
        return idempotency.once(call, 201, handle -> withdrawals.withdraw(handle, request));
    }
}
