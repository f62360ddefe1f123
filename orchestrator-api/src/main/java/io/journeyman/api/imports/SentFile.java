package io.journeyman.api.imports;

import io.journeyman.api.conversation.Access;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import java.io.InputStream;

/**
 * A file as it was sent, with what was said of it. The body is asked for when it is known that it is wanted: a parameter for it would be
 * read from before that.
 */
final class SentFile {
    @HeaderParam("Idempotency-Key")
    private String key;

    @QueryParam("format")
    @DefaultValue("")
    private String format;

    @QueryParam("dryRun")
    @DefaultValue("false")
    private boolean dryRun;

    @Context
    private ContainerRequestContext request;

    String key() {
        return Access.key(key);
    }

    String format() {
        return format;
    }

    /** Whether it only tells what would come of it. */
    boolean isDryRun() {
        return dryRun;
    }

    InputStream content() {
        return request.getEntityStream();
    }
}
