package io.journeyman.launcher;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.journeyman.api.http.OwnHost;
import io.journeyman.contracts.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The door to the dev server's web UI. Everything passes as it is, but for settings that the UI has and the dev server has no
 * options for: that the browser sends staff's session cookie along when the UI asks the codec, without which the UI could read
 * nothing, and where to sign in. Who asks by a name that is not this machine's is refused ({@link OwnHost}).
 */
final class TemporalUi implements AutoCloseable {
    private static final String SETTINGS = "/api/v1/settings";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final byte[] AWAY = "Temporal's web UI does not answer just now.\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FOREIGN =
            "Temporal's web UI knows no other name here than localhost.\n".getBytes(StandardCharsets.UTF_8);
    /** Of one connection only (RFC 9110, 7.6.1); and nothing is compressed on its way through one machine. */
    private static final Set<String> OWN = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final URI behind;
    private final String signIn;
    private final HttpServer door;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private TemporalUi(HttpServer door, Ports ports) {
        this.door = door;
        this.behind = URI.create("http://127.0.0.1:" + ports.behindTemporalUi());
        this.signIn = "http://127.0.0.1:" + ports.api() + "/staff/sign-in";
    }

    /** Listens at once; the UI behind it may come and go. */
    static TemporalUi start(Ports ports) {
        Ports.requireFree("Temporal's web UI", ports.temporalUi());
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.temporalUi());
            var ui = new TemporalUi(HttpServer.create(address, 0), ports);
            ui.door.setExecutor(ui.threads);
            ui.door.createContext("/", ui::pass);
            ui.door.start();
            return ui;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
            if (!OwnHost.isOurs(exchange.getRequestHeaders().getFirst("Host"))) {
                send(exchange, 421, new ByteArrayInputStream(FOREIGN));
            } else if (body.length > MOST_BYTES) {
                send(exchange, 413, InputStream.nullInputStream());
            } else {
                pass(exchange, request(exchange, body));
            }
        }
    }

    private void pass(HttpExchange exchange, HttpRequest request) throws IOException {
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            answer.headers().map().forEach((name, values) -> {
                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            try (InputStream body = answer.body()) {
                boolean settings = exchange.getRequestURI().getPath().equals(SETTINGS) && answer.statusCode() == 200;
                send(exchange, answer.statusCode(), settings ? withCredentials(body) : body);
            }
        } catch (ConnectException | HttpTimeoutException e) {
            send(exchange, 502, new ByteArrayInputStream(AWAY));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        var asked = exchange.getRequestURI();
        var request = HttpRequest.newBuilder(URI.create(
                        behind + asked.getRawPath() + (asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery())))
                .timeout(PATIENCE)
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private InputStream withCredentials(InputStream settings) throws IOException {
        var tree = Json.tree(new String(settings.readAllBytes(), StandardCharsets.UTF_8));
        if (tree.path("Codec") instanceof ObjectNode codec) {
            codec.put("IncludeCredentials", true)
                    .put("DefaultErrorMessage", "Sign in as staff to read what is encrypted:")
                    .put("DefaultErrorLink", signIn);
        }
        return new ByteArrayInputStream(Json.write(tree).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, InputStream body) throws IOException {
        boolean empty = exchange.getRequestMethod().equals("HEAD") || status == 204 || status == 304;
        exchange.sendResponseHeaders(status, empty ? -1 : 0);
        if (!empty) {
            body.transferTo(exchange.getResponseBody());
        }
    }

    @Override
    public void close() {
        door.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
