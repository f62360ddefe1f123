package io.journeyman.api.conversation;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.conversation.Confirmation;
import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.activities.conversation.Proposal;
import io.journeyman.api.auth.Session;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.journey.ChosenMethod;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.ProposalId;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Optional;

/** The customer's word on a proposal, by its id. What runs is the stored proposal, whatever the model says. */
@Path("/v1/conversations/proposals")
@Produces(MediaType.APPLICATION_JSON)
public final class ProposalResource {
    private static final String ID = "/{id: [A-Za-z0-9._:-]{1,64}}";

    private final ConversationStore store;
    private final Engine engine;
    private final Access access;
    private final UpiAddresses addresses;
    private final GatewayMethods made;

    public ProposalResource(
            ConversationStore store, Engine engine, Access access, UpiAddresses addresses, GatewayMethods made) {
        this.addresses = addresses;
        this.made = made;
        this.store = store;
        this.engine = engine;
        this.access = access;
    }

    @GET
    @Path("/open")
    public OpenProposal open(@Auth Session session) {
        return new OpenProposal(store.openProposal(access.conversation(session)));
    }

    @POST
    @Path(ID + "/confirm")
    @Consumes(MediaType.WILDCARD)
    public Confirmed confirm(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("id") String id,
            Confirm confirm) {
        var conversation = access.conversation(session);
        String key = Access.key(header);
        var customer = access.customer(session);
        var proposal = own(conversation, id);
        var method = Optional.ofNullable(confirm)
                .map(Confirm::paymentMethod)
                .map(chosen -> chosen.method(addresses, made, customer, key));
        return switch (engine.confirm(conversation, proposal, method, key)) {
            case Confirmation.Confirmed confirmed ->
                new Confirmed(
                        "confirmed",
                        confirmed.kind(),
                        confirmed.journeyId(),
                        confirmed.kind().toLowerCase(Locale.ROOT) + "-" + confirmed.journeyId());
            case Confirmation.Refused refused -> throw refusal(refused.code());
        };
    }

    @POST
    @Path(ID + "/decline")
    @Consumes(MediaType.WILDCARD)
    public Declined decline(
            @Auth Session session, @HeaderParam("Idempotency-Key") String header, @PathParam("id") String id) {
        var conversation = access.conversation(session);
        String key = Access.key(header);
        String code = engine.decline(conversation, own(conversation, id), key);
        if (code.equals("declined") || code.equals("proposal_declined")) {
            return new Declined("declined");
        }
        throw refusal(code);
    }

    /** Only what is there wakes the engine: a stray id ends here. */
    private ProposalId own(ConversationId conversation, String id) {
        return store.proposal(conversation, new ProposalId(id))
                .map(Proposal::proposalId)
                .orElseThrow(() -> refusal("proposal_unknown"));
    }

    private static ProblemException refusal(String code) {
        return switch (code) {
            case "proposal_unknown" ->
                ProblemException.of(404, code, "There is no such proposal in your conversation.");
            case "proposal_expired" ->
                ProblemException.of(409, code, "This proposal is too old to confirm.", "ask for a new one in the chat");
            case "proposal_void" ->
                ProblemException.of(
                        409,
                        code,
                        "This proposal does not hold any more, because the cart changed or a newer one came.",
                        "confirm the newer one, or ask for it in the chat");
            case "sign_in_needed" ->
                ProblemException.of(
                        403, code, "Please sign in first; your cart comes along.", "sign in and confirm again");
            default -> ProblemException.of(409, code, "That is not possible any more for this proposal.");
        };
    }

    public record Confirm(ChosenMethod paymentMethod) {}

    public record Confirmed(String status, String kind, String journeyId, String workflowId) {}

    public record Declined(String status) {}

    public record OpenProposal(Optional<Proposal> proposal) {}
}
