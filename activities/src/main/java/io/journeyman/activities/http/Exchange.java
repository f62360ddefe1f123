package io.journeyman.activities.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One HTTP request and its whole answer within one time limit. The JDK's own limit ends with the head of the answer: a server
 * that starts to answer and never ends would hold its caller for ever.
 */
public final class Exchange {
    private Exchange() {}

    /**
     * @throws HttpTimeoutException when the last byte has not come in time; the connection is given up
     * @throws IOException when the connection is lost, or the handler refuses the body
     */
    public static <T> HttpResponse<T> within(
            Duration limit, HttpClient http, HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, handler);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no complete answer within " + limit);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case HttpTimeoutException slow -> throw slow;
                case IOException lost -> throw lost;
                default -> throw new IOException(e.getCause());
            }
        } finally {
            answer.cancel(true);
        }
    }
}
