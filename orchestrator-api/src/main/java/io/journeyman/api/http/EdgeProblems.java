package io.journeyman.api.http;

import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problem documents for requests that the server turns away before any resource sees them: a broken address, a head too long. */
final class EdgeProblems extends ErrorHandler {
    @Override
    protected void generateResponse(
            Request request, Response response, int status, String message, Throwable cause, Callback callback) {
        describe(response.getHeaders());
        Content.Sink.write(response, true, document(status), callback);
    }

    private static void describe(HttpFields.Mutable headers) {
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
    }

    private static String document(int status) {
        return Json.write(
                switch (status) {
                    case 404 -> Problem.of(404, "not_found", "There is nothing at this address.");
                    case 431 ->
                        Problem.of(
                                431,
                                "head_too_large",
                                "The request's head is larger than " + ApiServerFactory.LARGEST_HEAD_KIB + " KiB.");
                    default ->
                        status < 500
                                ? Problem.of(
                                        status, "bad_request", "The request's head or address is not as HTTP wants it.")
                                : Problem.of(status, "internal_error", "Something went wrong on our side.");
                });
    }
}
