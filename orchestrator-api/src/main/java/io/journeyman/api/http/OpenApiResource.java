package io.journeyman.api.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

/**
 * The API's own document. A class of its own, since JAX-RS chooses the class by the longest matching path first: below {@code /v1}
 * only a class whose path begins so is asked.
 */
@Path("/v1/openapi.json")
public final class OpenApiResource {
    private static final JarFile DOCUMENT = JarFile.of("/openapi.json", "application/json");

    public static String text() {
        return DOCUMENT.text();
    }

    @GET
    public Response document(@Context Request request) {
        return DOCUMENT.answer(request);
    }
}
