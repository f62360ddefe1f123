package io.journeyman.api.conversation;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.conversation.CartView;
import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.activities.conversation.JourneyView;
import io.journeyman.activities.conversation.TranscriptTurn;
import io.journeyman.api.auth.Session;
import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.ConversationId;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What the conversation holds, for its own customer or guest only. */
@Path("/v1/conversations")
@Produces(MediaType.APPLICATION_JSON)
public final class ConversationResource {
    private final ConversationStore store;
    private final EventStreams streams;
    private final Access access;

    public ConversationResource(ConversationStore store, EventStreams streams, Access access) {
        this.store = store;
        this.streams = streams;
        this.access = access;
    }

    /** Events after Last-Event-ID (or {@code after}), then live ones; a stream ends after some minutes and is resumed. */
    @GET
    @Path("/events")
    @Produces("text/event-stream")
    public Response events(
            @Auth Session session,
            @HeaderParam("Last-Event-ID") String lastEventId,
            @QueryParam("after") @DefaultValue("0") String after) {
        var conversation = access.conversation(session);
        String from = lastEventId == null ? after : lastEventId;
        if (!from.matches("\\d{1,18}")) {
            throw ProblemException.of(400, "bad_request", "Last-Event-ID and after are numbers of events.");
        }
        return Response.ok(streams.open(conversation, Long.parseLong(from), () -> isTheirs(session, conversation)))
                .header("X-Accel-Buffering", "no")
                .build();
    }

    /** A guest's conversation becomes the customer's who signs in there, and whoever has the guest's token hears no more of it. */
    private boolean isTheirs(Session session, ConversationId conversation) {
        return !(session instanceof Session.Guest) || store.isGuests(conversation);
    }

    @GET
    @Path("/transcript")
    public Transcript transcript(
            @Auth Session session,
            @QueryParam("before") @DefaultValue("2147483647") int before,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        var conversation = access.conversation(session);
        long lastEvent = store.lastEvent(conversation);
        return new Transcript(store.transcript(conversation, before, limit), lastEvent);
    }

    @GET
    @Path("/cart")
    public CartView cart(@Auth Session session) {
        return store.cart(access.conversation(session));
    }

    @GET
    @Path("/journeys")
    public Journeys journeys(
            @Auth Session session,
            @QueryParam("before") @DefaultValue("") String before,
            @QueryParam("limit") @DefaultValue("50") int limit) {
        return new Journeys(store.journeys(access.conversation(session), before, limit));
    }

    /** @param lastEvent where the event stream goes on after this transcript */
    public record Transcript(List<TranscriptTurn> turns, long lastEvent) {}

    public record Journeys(List<JourneyView> journeys) {}
}
