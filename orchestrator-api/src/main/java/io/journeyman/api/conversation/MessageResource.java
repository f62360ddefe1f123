package io.journeyman.api.conversation;

import io.dropwizard.auth.Auth;
import io.journeyman.activities.conversation.Accepted;
import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.activities.conversation.Reply;
import io.journeyman.api.auth.Session;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.api.http.RateLimit;
import io.journeyman.api.http.TrustedProxies;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Messages in, replies out: a message that was accepted is answered exactly once, whoever falls over meanwhile. */
@Path("/v1/conversations/messages")
@Produces(MediaType.APPLICATION_JSON)
public final class MessageResource {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final ConversationStore store;
    private final Engine engine;
    private final Access access;
    private final RateLimit pace;
    private final RateLimit ofOneAddress;
    private final TrustedProxies proxies;
    private final UpiAddresses addresses;

    /**
     * @param pace of one customer's messages, each of which costs a turn
     * @param ofOneAddress of all guests there, since anybody may be as many guests as they like
     */
    public MessageResource(
            ConversationStore store,
            Engine engine,
            Access access,
            RateLimit pace,
            RateLimit ofOneAddress,
            TrustedProxies proxies,
            UpiAddresses addresses) {
        this.addresses = addresses;
        this.store = store;
        this.engine = engine;
        this.access = access;
        this.pace = pace;
        this.ofOneAddress = ofOneAddress;
        this.proxies = proxies;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response say(
            @Auth Session session,
            @HeaderParam("Idempotency-Key") String header,
            @Context HttpServletRequest http,
            Message message) {
        pace.take(session.getName());
        if (session instanceof Session.Guest guest && !guest.bridged()) {
            ofOneAddress.take(proxies.client(http));
        }
        var conversation = access.conversation(session);
        String key = Access.key(header);
        if (message == null || message.text() == null || message.text().isBlank()) {
            throw ProblemException.of(400, "bad_request", "text is missing: say something.");
        }
        if (!Words.areText(message.text())) {
            throw ProblemException.of(
                    400, "bad_request", "text holds control characters or halves of signs; send plain text.");
        }
        var said = addresses.said(Redaction.redact(message.text().strip()), customer(session), key);
        String text = said.text();
        if (text.length() > ConversationStore.LONGEST_MESSAGE) {
            throw ProblemException.of(
                    400,
                    "bad_request",
                    "text is longer than " + ConversationStore.LONGEST_MESSAGE + " characters; send it in parts.");
        }
        var channel = message.channel() == null ? Channel.web : message.channel();
        return switch (store.accept(conversation, key, channel.name(), text, said.token())) {
            case Accepted.New(int turn) -> await(conversation, turn);
            case Accepted.Repeated(int turn) ->
                store.reply(conversation, turn)
                        .map(reply -> Response.ok(Answered.done(turn, reply)).build())
                        .orElseGet(() -> await(conversation, turn));
            case Accepted.LeftBehind(ConversationId guest, int turn) -> leftBehind(guest, turn);
            case Accepted.OtherText() ->
                throw ProblemException.of(
                        422, "key_reused", "This Idempotency-Key came with another message before; use a new one.");
            case Accepted.TooMany() ->
                throw ProblemException.of(
                                429,
                                "too_many_unanswered",
                                "Your earlier messages are still being answered. Please wait for a reply first.")
                        .retryAfter(Duration.ofSeconds(5));
        };
    }

    /** The reply of a turn, for those who were told to come back for it. */
    @GET
    @Path("/{turn: [0-9]{1,8}}")
    public Response reply(@Auth Session session, @PathParam("turn") int turn) {
        var conversation = access.conversation(session);
        boolean known = store.transcript(conversation, turn + 1, 1).stream().anyMatch(said -> said.turn() == turn);
        if (!known) {
            throw ProblemException.of(404, "turn_unknown", "There is no such message in your conversation.");
        }
        return store.reply(conversation, turn)
                .map(reply -> Response.ok(Answered.done(turn, reply)).build())
                .orElseGet(() -> later(turn));
    }

    private Response await(ConversationId conversation, int turn) {
        try {
            engine.answered(engine.turn(conversation, turn), LONGEST_WAIT);
        } catch (TimeoutException e) {
            return later(turn);
        } catch (ExecutionException e) {
            // stored meanwhile by another process, or handed over once the engine is back
            if (store.reply(conversation, turn).isEmpty()) {
                throw ProblemMappers.unavailable("The shop's workflow engine");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return later(turn);
        }
        return store.reply(conversation, turn)
                .map(reply -> Response.ok(Answered.done(turn, reply)).build())
                .orElseGet(() -> later(turn));
    }

    /** One that takes its time is asked for by the same message again: its turn's number says nothing in the conversation that they have now. */
    private Response leftBehind(ConversationId guest, int turn) {
        var answered = await(guest, turn);
        if (answered.getStatus() == 202) {
            throw ProblemMappers.unavailable("The answer to what you said before you signed in");
        }
        return answered;
    }

    private static Optional<CustomerId> customer(Session session) {
        return session instanceof Session.Customer customer ? Optional.of(customer.customerId()) : Optional.empty();
    }

    private static Response later(int turn) {
        var link = URI.create("/v1/conversations/messages/" + turn);
        return Response.status(202)
                .location(link)
                .header("Retry-After", 5)
                .entity(new Answered(turn, "pending", Optional.empty(), Optional.of(link.toString())))
                .build();
    }

    public enum Channel {
        web,
        whatsapp,
        mobile,
        kiosk,
        voice,
        sms,
        email
    }

    /** @param channel where it was said; web when it says nothing */
    public record Message(String text, Channel channel) {}

    /** @param status answered or pending; {@code link} where a pending reply will be */
    public record Answered(int turn, String status, Optional<Reply> reply, Optional<String> link) {
        static Answered done(int turn, Reply reply) {
            return new Answered(turn, "answered", Optional.of(reply), Optional.empty());
        }
    }
}
