package io.journeyman.fulfillment.address;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Fulfillment.SaveAddress;
import io.journeyman.contracts.Fulfillment.SavedAddress;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Customers' saved addresses over HTTP. */
@Path("/customers/{customerId}/address")
@Produces(MediaType.APPLICATION_JSON)
public final class AddressResource {
    private final Jdbi jdbi;
    private final Idempotency idempotency;
    private final InstantSource clock;

    public AddressResource(Jdbi jdbi, Idempotency idempotency, InstantSource clock) {
        this.jdbi = jdbi;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @GET
    public SavedAddress getAddress(@PathParam("customerId") String customerId) {
        return new SavedAddress(
                jdbi.withExtension(SavedAddressTable.class, table -> table.find(new CustomerId(customerId))));
    }

    @PUT
    public Response saveAddress(@Context Call call, @PathParam("customerId") String customerId, SaveAddress request) {
        return idempotency.once(call, 200, handle -> {
            Address address = AddressCheck.checked(request.address());
            handle.attach(SavedAddressTable.class).save(new CustomerId(customerId), address, clock.instant());
            return new SavedAddress(Optional.of(address));
        });
    }
}
