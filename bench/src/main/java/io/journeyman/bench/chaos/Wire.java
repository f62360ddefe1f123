package io.journeyman.bench.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What carries a request to an agent and brings its answer back. */
interface Wire extends AutoCloseable {
    Answer send(Call call) throws IOException, InterruptedException;

    @Override
    void close();

    /** A request, without what belongs to the connection. @param path with its query */
    record Call(String method, String path, Map<String, List<String>> headers, String body) {}

    /** The answer, in the same way. */
    record Answer(int status, Map<String, List<String>> headers, String body) {}

    /** What the sender or the HTTP client sets by itself. */
    Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade", "http2-settings");

    static Map<String, List<String>> passedOn(Map<String, List<String>> headers) {
        var kept = new HashMap<>(headers);
        kept.keySet()
                .removeIf(name -> name.startsWith(":") || OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)));
        return kept;
    }

    /** @param target the agent's base URL */
    static Wire to(URI target) {
        return new Http(target);
    }

    final class Http implements Wire {
        private static final Duration LONGEST = Duration.ofSeconds(30);

        private final URI target;
        private final HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .executor(Thread::startVirtualThread)
                .build();

        private Http(URI target) {
            this.target = target;
        }

        @Override
        public Answer send(Call call) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(URI.create(target + call.path()))
                    .timeout(LONGEST)
                    .method(
                            call.method(),
                            call.body().isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(call.body()));
            call.headers().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), passedOn(answer.headers().map()), answer.body());
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}
