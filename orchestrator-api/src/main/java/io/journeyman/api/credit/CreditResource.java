package io.journeyman.api.credit;

import io.dropwizard.auth.Auth;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.CreditAccount;
import io.journeyman.contracts.Payment.CreditGrant;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;

/** Staff look at a customer's store credit, give it, and take it back as long as it is not spent. */
@Path("/v1/customers/{customerId: [A-Za-z0-9._:-]{1,64}}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class CreditResource {
    private final CreditDesk desk;
    private final Access access;

    public CreditResource(CreditDesk desk, Access access) {
        this.desk = desk;
        this.access = access;
    }

    /**
     * @param reason the customer may see it
     * @param expiresAt until when it can be used
     */
    public record Grant(
            Money amount,
            String reason,
            Optional<OrderId> orderId,
            Optional<Instant> expiresAt,
            Optional<Boolean> neverExpires) {}

    public record TakeBack(String reason) {}

    @GET
    @Path("/credit")
    public CreditAccount look(@Auth Session session, @PathParam("customerId") String customerId) {
        access.staff(session);
        return desk.account(new CustomerId(customerId));
    }

    @POST
    @Path("/credit-grants")
    public CreditGrant grant(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("customerId") String customerId,
            Grant wish) {
        String staff = access.staff(session);
        String key = Access.key(header);
        if (wish == null || wish.amount() == null) {
            throw ProblemException.of(400, "bad_request", "Say how much: amount, of minor units above zero.");
        }
        return desk.grant(new CreditDesk.Wish(
                staff,
                key,
                new CustomerId(customerId),
                wish.amount(),
                wish.reason(),
                wish.orderId(),
                wish.expiresAt(),
                wish.neverExpires().orElse(false)));
    }

    @POST
    @Path("/credit-grants/{grantId: [A-Za-z0-9._:-]{1,64}}/take-back")
    public CreditGrant takeBack(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("customerId") String customerId,
            @PathParam("grantId") String grantId,
            TakeBack wish) {
        String staff = access.staff(session);
        return desk.takeBack(
                staff,
                Access.key(header),
                new CustomerId(customerId),
                new CreditId(grantId),
                wish == null ? null : wish.reason());
    }
}
