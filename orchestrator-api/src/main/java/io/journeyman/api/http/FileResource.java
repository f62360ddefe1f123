package io.journeyman.api.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** The page's few static files. */
@Path("/assets")
public final class FileResource {
    private final Map<String, JarFile> files = Map.of(
            "chat.js", JarFile.of("/assets/chat.js", "text/javascript; charset=utf-8"),
            "stripe.js", JarFile.of("/assets/stripe.js", "text/javascript; charset=utf-8"),
            "staff.js", JarFile.of("/assets/staff.js", "text/javascript; charset=utf-8"),
            "chat.css", JarFile.of("/assets/chat.css", "text/css; charset=utf-8"),
            "staff.css", JarFile.of("/assets/staff.css", "text/css; charset=utf-8"),
            "icon.svg", JarFile.of("/assets/icon.svg", "image/svg+xml"));

    @GET
    @Path("{file}")
    public Response asset(@PathParam("file") String name, @Context Request request) {
        var file = files.get(name);
        if (file == null) {
            throw new NotFoundException();
        }
        return file.answer(request);
    }
}
