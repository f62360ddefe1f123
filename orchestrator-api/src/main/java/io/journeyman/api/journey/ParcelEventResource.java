package io.journeyman.api.journey;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.activities.staff.StaffJourneys.Deed;
import io.journeyman.api.auth.Session;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.conversation.Engine;
import io.journeyman.api.conversation.Words;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.workflows.delivery.Delivery;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** Where carriers outside the house tell of parcels: the fulfillment agent keeps it, and the delivery looks at once. Who told it is written down. */
@Path("/v1/parcels/{id: [A-Za-z0-9._:-]{1,64}}/events")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class ParcelEventResource {
    private final AgentClient fulfillment;
    private final Engine engine;
    private final StaffJourneys record;
    private final Access access;

    public ParcelEventResource(AgentClient fulfillment, Engine engine, StaffJourneys record, Access access) {
        this.fulfillment = fulfillment;
        this.engine = engine;
        this.record = record;
        this.access = access;
    }

    @POST
    public Parcel tell(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @PathParam("id") String id,
            ParcelEvent event) {
        String staff = access.staff(session);
        String key = Access.keyOf(session, header);
        if (event == null || event.eventId() == null || event.status() == null || event.happenedAt() == null) {
            throw ProblemException.of(400, "bad_request", "Give an event with eventId, status and happenedAt.");
        }
        String named = Words.reason(Optional.of(event.eventId()))
                .orElseThrow(
                        () -> ProblemException.of(400, "bad_request", "eventId is the carrier's own, such as D-17."));
        var answer = record.recorded(
                new Deed(staff, "parcel-" + id, "tell " + event.status(), named, Access.key(header)),
                () -> fulfillment.change(
                        "recordParcelEvent",
                        "/parcels/" + AgentClient.segment(id) + "/events",
                        key,
                        event,
                        Parcel.class),
                _ -> "told");
        return switch (answer) {
            case Answer.Done<Parcel>(Parcel parcel) -> {
                parcel.forReturn()
                        .map(Delivery::workflowId)
                        .or(() -> parcel.forOrder().map(Delivery::workflowId))
                        .ifPresent(delivery -> engine.hint(delivery, "parcelMoved"));
                yield parcel;
            }
            case Answer.Refused<Parcel> refused -> throw ProblemException.of(refused.problem());
            case Answer.Unavailable<Parcel> _ -> throw ProblemMappers.unavailable("The fulfillment service");
        };
    }
}
