package io.journeyman.api.staff;

import io.journeyman.api.auth.Session;
import io.journeyman.api.auth.SessionFilter;
import io.journeyman.api.conversation.Access;
import io.journeyman.api.conversation.Words;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;

/** Who may look into the console: signed-in staff; everybody else is led to where they sign in. */
public final class StaffDoor {
    private final SessionFilter sessions;
    private final Access access;

    public StaffDoor(SessionFilter sessions, Access access) {
        this.sessions = sessions;
        this.access = access;
    }

    /** Who of the staff asks; a form that another site's page posts is refused. */
    String staff(ContainerRequestContext request) {
        var session = sessions.session(request);
        if (session.orElse(null) instanceof Session.Staff) {
            return access.staff(session.get());
        }
        throw new WebApplicationException(
                Response.seeOther(URI.create("/staff/sign-in")).build());
    }

    /** A form's fields; none when there was no form. */
    static MultivaluedMap<String, String> fields(MultivaluedMap<String, String> form) {
        return form == null ? new MultivaluedHashMap<>() : form;
    }

    /** A form's key, made anew for each page, so that a form that is sent twice is one wish. */
    static Optional<String> key(MultivaluedMap<String, String> form) {
        return Optional.ofNullable(form.getFirst("key")).filter(key -> key.matches("[A-Za-z0-9-]{1,48}"));
    }

    static Optional<String> reason(String given) {
        return Words.reason(Optional.ofNullable(given));
    }

    /** After a form: on to that page, which says this. */
    static Response to(String path, String said) {
        return Response.seeOther(
                        UriBuilder.fromPath(path).queryParam("said", said).build())
                .build();
    }
}
