package io.journeyman.api.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The page's few static files and the API's own document, read once from the jar. */
@Path("/")
public final class FileResource {
    private static final Map<String, String> TYPES = Map.of(
            "chat.js", "text/javascript; charset=utf-8",
            "chat.css", "text/css; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private final byte[] document = read("/openapi.json");
    private final Map<String, byte[]> files =
            TYPES.keySet().stream().collect(Collectors.toMap(file -> file, file -> read("/assets/" + file)));

    @GET
    @Path("assets/{file}")
    public Response asset(@PathParam("file") String file, @Context Request request) {
        String type = TYPES.get(file);
        if (type == null) {
            throw new NotFoundException();
        }
        return answer(files.get(file), type, request);
    }

    @GET
    @Path("v1/openapi.json")
    public Response openApi(@Context Request request) {
        return answer(document, "application/json", request);
    }

    private static Response answer(byte[] bytes, String type, Request request) {
        var tag = new EntityTag(Integer.toHexString(Arrays.hashCode(bytes)));
        var fresh = new CacheControl();
        fresh.setNoCache(true);
        var unchanged = request.evaluatePreconditions(tag);
        var response = unchanged == null ? Response.ok(bytes, type) : unchanged;
        return response.tag(tag).cacheControl(fresh).build();
    }

    private static byte[] read(String resource) {
        try (var in = FileResource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
