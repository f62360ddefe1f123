package io.journeyman.api.journey;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Payment.PaymentMethods;
import io.journeyman.contracts.Payment.RemovePaymentMethod;
import io.journeyman.contracts.Payment.RemovedPaymentMethod;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What a customer had kept for the next time: they see it, pay with it, and have it removed. */
@Path("/v1/payment-methods")
@Produces(MediaType.APPLICATION_JSON)
public final class KeptMethodResource {
    private final KeptMethods kept;
    private final AgentClient payment;
    private final Access access;

    public KeptMethodResource(KeptMethods kept, AgentClient payment, Access access) {
        this.kept = kept;
        this.payment = payment;
        this.access = access;
    }

    @GET
    public PaymentMethods list(@Auth Session session) {
        return done(kept.of(access.customer(session)));
    }

    @DELETE
    @Path("/{token: [A-Za-z0-9._:-]{1,64}}")
    public RemovedPaymentMethod remove(
            @Auth Session session, @HeaderParam("Idempotency-Key") String header, @PathParam("token") String token) {
        CustomerId customer = access.customer(session);
        String key = Access.keyOf(session, header);
        return done(payment.change(
                "removePaymentMethod",
                "/payment-methods/" + AgentClient.segment(token) + "/remove",
                key,
                new RemovePaymentMethod(customer),
                RemovedPaymentMethod.class));
    }

    private static <T> T done(Answer<T> answer) {
        return switch (answer) {
            case Answer.Done<T> done -> done.value();
            case Answer.Refused<T> refused -> throw ProblemException.of(refused.problem());
            case Answer.Unavailable<T> _ -> throw ProblemMappers.unavailable("The payment service");
        };
    }
}
