package io.journeyman.api.staff;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.function.Function;

/** Where the staff of a store, or its till, say that what is reserved there is set aside, and that it was taken along. */
@Path("/v1/reservations/{id: [A-Za-z0-9._:-]{1,80}}")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public final class ReservationResource {
    private final StaffJourneys journeys;
    private final StaffActions actions;
    private final Access access;

    public ReservationResource(StaffJourneys journeys, StaffActions actions, Access access) {
        this.journeys = journeys;
        this.actions = actions;
        this.access = access;
    }

    public record Code(String code) {}

    @POST
    @Path("/ready")
    public Code ready(
            @Auth Session session, @HeaderParam("Idempotency-Key") String header, @PathParam("id") String id) {
        return answer(session, header, id, "set aside", actions::setAside);
    }

    @POST
    @Path("/collected")
    public Code collected(
            @Auth Session session, @HeaderParam("Idempotency-Key") String header, @PathParam("id") String id) {
        return answer(session, header, id, "taken along", actions::collected);
    }

    private Code answer(
            Session session, String header, String id, String reason, Function<StaffActions.Wish, String> action) {
        String staff = access.staff(session);
        String key = Access.key(header);
        String code = journeys.find("reservation-" + id)
                .map(journey -> action.apply(new StaffActions.Wish(staff, journey, reason, key)))
                .orElse("not_waiting");
        return switch (code) {
            case "ready", "collected" -> new Code(code);
            case StaffJourneys.AGENT_AWAY -> throw ProblemMappers.unavailable("The fulfillment service");
            case "unavailable" -> throw ProblemMappers.unavailable("The shop's workflow engine");
            default -> throw ProblemException.of(409, "not_waiting", "Nothing is waiting for that any more.");
        };
    }
}
