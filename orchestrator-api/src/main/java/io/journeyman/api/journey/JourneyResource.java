package io.journeyman.api.journey;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.activities.conversation.JourneyView;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.conversation.Engine;
import io.journeyman.api.conversation.GatewayMethods;
import io.journeyman.api.conversation.UpiAddresses;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.Payment.Attempts;
import io.journeyman.contracts.Payment.OpenTokenisation;
import io.journeyman.contracts.Payment.TokenisationSession;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Set;

/** What a customer may tell their own running journeys. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class JourneyResource {
    private static final String ID = "{id: [A-Za-z0-9._:-]{1,80}}";

    /** What travels cannot be called back, and what is being cancelled not be had after all. */
    private static final Set<String> UNSTOPPABLE =
            Set.of("Delivery", "Cancellation", "AddressChange", "Feedback", "CardRemoval");

    private final ConversationStore store;
    private final Engine engine;
    private final Access access;
    private final AgentClient payment;
    private final UpiAddresses addresses;
    private final GatewayMethods made;

    public JourneyResource(
            ConversationStore store,
            Engine engine,
            Access access,
            AgentClient payment,
            UpiAddresses addresses,
            GatewayMethods made) {
        this.addresses = addresses;
        this.made = made;
        this.store = store;
        this.engine = engine;
        this.access = access;
        this.payment = payment;
    }

    /** Opens a one-time session in which the page sends one card straight to the payment agent. */
    @POST
    @Path("/payment-sessions")
    @Consumes(MediaType.WILDCARD)
    public Response openPaymentSession(@Auth Session session, @HeaderParam("Idempotency-Key") String header) {
        var customer = access.customer(session);
        String key = Access.keyOf(session, header);
        var answer = payment.change(
                "openTokenisation",
                "/tokenisation-sessions",
                key,
                new OpenTokenisation(customer),
                TokenisationSession.class);
        return switch (answer) {
            case Answer.Done<TokenisationSession> done ->
                Response.status(201).entity(done.value()).build();
            case Answer.Refused<TokenisationSession> refused -> throw ProblemException.of(refused.problem());
            case Answer.Unavailable<TokenisationSession> _ -> throw ProblemMappers.unavailable("The payment service");
        };
    }

    @POST
    @Path("/journeys/" + ID + "/payment-method")
    @Consumes(MediaType.APPLICATION_JSON)
    public Code pay(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("id") String id,
            ChosenMethod chosen) {
        var journey = own(session, id);
        String key = Access.key(header);
        if (chosen == null) {
            throw ProblemException.of(
                    400, "bad_request", "Give one of token, gatewayMethod, vpa, or cashOnDelivery: true.");
        }
        var method = chosen.method(addresses, made, access.customer(session), key);
        if (!journey.kind().equals("Checkout")) {
            throw ProblemException.of(409, "not_waiting", "This journey takes no payment.");
        }
        return accepted(engine.tell(journey.workflowId(), "pay", key, method));
    }

    /** Leads the customer to their bank, which asks them to confirm the payment. */
    @GET
    @Path("/journeys/" + ID + "/payment-confirmation")
    public Response confirmPayment(@Auth Session session, @PathParam("id") String id) {
        var journey = own(session, id);
        String path = "/orders/" + AgentClient.segment(journey.journeyId()) + "/attempts";
        return switch (payment.get("getAttempts", path, Attempts.class)) {
            case Answer.Done<Attempts>(Attempts attempts) ->
                attempts.attempts().stream()
                        .flatMap(attempt -> attempt.confirmAt().stream())
                        .findFirst()
                        .map(bank -> Response.seeOther(URI.create(bank)).build())
                        .orElseThrow(() -> ProblemException.of(
                                409, "not_waiting", "Your bank does not ask for a confirmation (any more)."));
            case Answer.Refused<Attempts> refused -> throw ProblemException.of(refused.problem());
            case Answer.Unavailable<Attempts> _ -> throw ProblemMappers.unavailable("The payment service");
        };
    }

    @POST
    @Path("/journeys/" + ID + "/cancel")
    @Consumes(MediaType.WILDCARD)
    public Code cancel(
            @Auth Session session, @HeaderParam("Idempotency-Key") String header, @PathParam("id") String id) {
        var journey = own(session, id);
        if (UNSTOPPABLE.contains(journey.kind())) {
            return accepted("too_late");
        }
        return accepted(engine.tell(journey.workflowId(), "cancel", Access.key(header), "cancelled_by_customer"));
    }

    private JourneyView own(Session session, String id) {
        return store.journey(access.conversation(session), id)
                .orElseThrow(() ->
                        ProblemException.of(404, "journey_unknown", "There is no such order or reservation of yours."));
    }

    private static Code accepted(String code) {
        return switch (code) {
            case "accepted", "cancelling" -> new Code(code);
            case "payment_unresolved" ->
                throw ProblemException.of(
                        409,
                        code,
                        "We are still finding out whether your bank took the money. Until then nothing is charged again or"
                                + " cancelled.");
            case "too_late" -> throw ProblemException.of(409, code, "It is too late to cancel: it is done already.");
            default -> throw ProblemException.of(409, "not_waiting", "Nothing is waiting for that any more.");
        };
    }

    public record Code(String code) {}
}
