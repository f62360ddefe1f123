package io.journeyman.bench.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/**
 * The network between worker and API on one side and one agent on the other: it loses requests before the agent sees them and
 * answers after it has acted, delays both, and sends requests twice. Whoever is cut off sees a closed connection.
 */
public final class FaultProxy implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final int LONGEST_DELAY_MS = 1_500;

    /** What the sender or the HTTP client sets by itself. */
    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade", "http2-settings");

    private enum Fault {
        none,
        requestLost,
        answerLost,
        late,
        twice
    }

    private final Part agent;
    private final URI target;
    private final RandomGenerator chance;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(threads)
            .build();
    private final Collection<Outage> troubles = new ConcurrentLinkedQueue<>();
    private volatile boolean faulty;

    /** @param target the agent's base URL */
    public FaultProxy(Part agent, URI target, RandomGenerator chance) throws IOException {
        this.agent = agent;
        this.target = target;
        this.chance = chance;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::pass);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void faulty(boolean wanted) {
        faulty = wanted;
    }

    /** What was lost, and what took long. */
    Collection<Outage> troubles() {
        return troubles;
    }

    private void pass(HttpExchange exchange) throws IOException {
        var from = Instant.now();
        try (exchange) {
            var request = request(exchange);
            switch (faulty ? draw() : Fault.none) {
                case none -> answer(exchange, send(request));
                case requestLost -> lost();
                case answerLost -> {
                    send(request);
                    lost();
                }
                case late -> {
                    Thread.sleep(delay());
                    var answer = send(request);
                    Thread.sleep(delay());
                    answer(exchange, answer);
                }
                case twice -> {
                    send(request);
                    answer(exchange, send(request));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (from.plus(SLOW).isBefore(Instant.now())) {
                troubles.add(new Outage(agent, Outage.Kind.slow, from, Instant.now()));
            }
        }
    }

    private synchronized Fault draw() {
        int drawn = chance.nextInt(1_000);
        if (drawn < 15) {
            return Fault.requestLost;
        } else if (drawn < 30) {
            return Fault.answerLost;
        } else if (drawn < 60) {
            return Fault.late;
        }
        return drawn < 90 ? Fault.twice : Fault.none;
    }

    private synchronized int delay() {
        return chance.nextInt(LONGEST_DELAY_MS / 2);
    }

    private void lost() {
        var now = Instant.now();
        troubles.add(new Outage(agent, Outage.Kind.lost, now, now));
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var request = HttpRequest.newBuilder(
                        URI.create(target + exchange.getRequestURI().toString()))
                .timeout(LONGEST)
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
        threads.shutdownNow();
    }
}
