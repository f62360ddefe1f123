package io.journeyman.activities.model;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.journeyman.activities.http.Exchange;
import io.journeyman.activities.http.RetryAfter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * How LangChain4j reaches a provider: one try, a limit on the time of the whole exchange and on the size of the answer. It
 * writes nothing to any log.
 */
final class ProviderHttp implements HttpClient {
    /** An answer of 32,000 tokens is some hundred kilobytes. */
    private static final long LARGEST_ANSWER = 4 << 20;

    /** A customer waits, three minutes in all. */
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(1);

    private static final java.net.http.HttpClient HTTP = java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /** A status that is no success. */
    static final class Refusal extends HttpException {
        private final transient Optional<Duration> retryAfter;

        private Refusal(HttpResponse<byte[]> answer) {
            super(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
            this.retryAfter = RetryAfter.of(answer, LONGEST_RETRY_AFTER);
        }

        Optional<Duration> retryAfter() {
            return retryAfter;
        }
    }

    private final Duration limit;
    private final UnaryOperator<String> rewrite;

    private ProviderHttp(Duration limit, UnaryOperator<String> rewrite) {
        this.limit = limit;
        this.rewrite = rewrite;
    }

    /** @param limit from the request's first byte to the answer's last */
    static HttpClientBuilder within(Duration limit) {
        return new Builder(limit, UnaryOperator.identity());
    }

    /** @param rewrite what becomes of a request's body before it is sent */
    static HttpClientBuilder within(Duration limit, UnaryOperator<String> rewrite) {
        return new Builder(limit, rewrite);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        java.net.http.HttpRequest.Builder sent = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), BodyPublishers.ofString(rewrite.apply(request.body())));
        request.headers().forEach((name, values) -> values.forEach(value -> sent.header(name, value)));
        try {
            HttpResponse<byte[]> answer = Exchange.within(
                    limit, HTTP, sent.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
            if (answer.statusCode() / 100 != 2) {
                throw new Refusal(answer);
            }
            return SuccessfulHttpResponse.builder()
                    .statusCode(answer.statusCode())
                    .headers(answer.headers().map())
                    .body(answer.body())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("stopped while the model was asked", e));
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("answers are read whole, never as a stream");
    }

    /** LangChain4j sets its own timeouts on it; the one limit stands above them. */
    private record Builder(Duration limit, UnaryOperator<String> rewrite) implements HttpClientBuilder {
        @Override
        public Duration connectTimeout() {
            return limit;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return limit;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return new ProviderHttp(limit, rewrite);
        }
    }
}
