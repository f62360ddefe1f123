package io.journeyman.api.staff;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.conversation.Words;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.Fulfillment.HandOver;
import io.journeyman.contracts.OrderId;
import io.journeyman.workflows.delivery.Delivery;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.Set;

/** Where the staff of a store, or its till, say that an order is ready, and hand it over. */
@Path("/v1/orders/{id: [A-Za-z0-9._:-]{1,64}}")
@Produces(MediaType.APPLICATION_JSON)
public final class CollectionResource {
    private static final Set<String> DONE = Set.of("ready", "handed_over");

    private final StaffJourneys journeys;
    private final StaffActions actions;
    private final Access access;

    public CollectionResource(StaffJourneys journeys, StaffActions actions, Access access) {
        this.journeys = journeys;
        this.actions = actions;
        this.access = access;
    }

    public record Code(String code) {}

    @POST
    @Path("/ready")
    @Consumes(MediaType.WILDCARD)
    public Code ready(
            @Auth Session session, @HeaderParam("Idempotency-Key") String header, @PathParam("id") String id) {
        return answer(actions.ready(wish(session, header, id, "set aside")));
    }

    @POST
    @Path("/handed-over")
    @Consumes(MediaType.APPLICATION_JSON)
    public Code handedOver(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("id") String id,
            HandOver said) {
        access.staff(session);
        String code = Words.kept(Optional.ofNullable(said).map(HandOver::pickupCode), StaffActions.LONGEST_CODE)
                .orElseThrow(() -> ProblemException.of(
                        400, "bad_request", "Give the pickupCode that the customer shows, such as 7KXM4P."));
        return answer(actions.handOver(wish(session, header, id, code)));
    }

    private StaffActions.Wish wish(Session session, String header, String id, String reason) {
        String staff = access.staff(session);
        String key = Access.key(header);
        var journey = journeys.find(Delivery.workflowId(new OrderId(id)))
                .orElseThrow(() -> ProblemException.of(
                        404, "unknown_collection", "No store keeps anything for an order of that number."));
        return new StaffActions.Wish(staff, journey, reason, key);
    }

    private static Code answer(String code) {
        if (DONE.contains(code)) {
            return new Code(code);
        }
        throw switch (code) {
            case "unavailable" -> ProblemMappers.unavailable("The fulfillment service");
            case "unknown_collection" -> ProblemException.of(404, code, StaffPages.said(code));
            default -> ProblemException.of(409, code, StaffPages.said(code));
        };
    }
}
