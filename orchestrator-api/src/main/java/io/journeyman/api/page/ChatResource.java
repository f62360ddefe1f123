package io.journeyman.api.page;

import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.api.auth.Session;
import io.journeyman.api.auth.SessionFilter;
import io.journeyman.api.conversation.Access;
import io.journeyman.contracts.ConversationId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import java.util.Optional;

/** The chat page, whole at {@code /} and without its frame at {@code /chat/view}, which the script fetches when something happened. */
@Path("/")
@Produces("text/html; charset=utf-8")
public final class ChatResource {
    private final ChatPage page;
    private final SessionFilter sessions;
    private final Access access;

    public ChatResource(ChatPage page, SessionFilter sessions, Access access) {
        this.page = page;
        this.sessions = sessions;
        this.access = access;
    }

    @GET
    public String page(@Context ContainerRequestContext request) {
        var session = sessions.session(request);
        if (session.isEmpty() && "cross-site".equals(request.getHeaderString("Sec-Fetch-Site"))) {
            // a strict cookie does not come along with a link from elsewhere; it does with the page's own reload
            return "<!doctype html><html lang=\"en\"><meta http-equiv=\"refresh\" content=\"0\"><title>Journeyman</title></html>";
        }
        return page.whole(session, conversation(session));
    }

    @GET
    @Path("chat/view")
    public String view(@Context ContainerRequestContext request) {
        var session = sessions.session(request);
        return page.view(session, conversation(session));
    }

    /** Staff have none. */
    private Optional<ConversationId> conversation(Optional<Session> session) {
        return session.filter(one -> !(one instanceof Session.Staff)).map(access::conversation);
    }

    static int transcriptLength() {
        return Math.min(60, ConversationStore.LONGEST_PAGE);
    }
}
