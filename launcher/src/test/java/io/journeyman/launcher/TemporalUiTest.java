package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.journeyman.contracts.Json;
import io.journeyman.testing.RawConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The door to Temporal's web UI, before a small server; {@link ChatPageTest} goes through it to the real one. */
@Timeout(60)
class TemporalUiTest {
    private final Ports ports = Ports.findFree();
    private final HttpClient http = HttpClient.newHttpClient();
    private final TemporalUi door = TemporalUi.start(ports);

    @AfterEach
    void close() {
        door.close();
        http.shutdownNow();
    }

    @Test
    void letsTheCookieGoToTheCodecAndSaysWhereToSignIn() throws Exception {
        try (var _ = behind(
                200, "{\"Version\":\"2\",\"Codec\":{\"Endpoint\":\"http://codec\",\"IncludeCredentials\":false}}")) {
            var settings = Json.tree(send("GET", "/api/v1/settings?", "").body());

            assertThat(settings.path("Version").asText()).isEqualTo("2");
            assertThat(settings.at("/Codec/Endpoint").asText()).isEqualTo("http://codec");
            assertThat(settings.at("/Codec/IncludeCredentials").asBoolean()).isTrue();
            assertThat(settings.at("/Codec/DefaultErrorLink").asText())
                    .isEqualTo("http://127.0.0.1:" + ports.api() + "/staff/sign-in");
        }
    }

    @Test
    void passesEverythingElseOnAsItIs() throws Exception {
        try (var _ = behind(409, "")) {
            var answer = send("POST", "//elsewhere.example/api/v1/x%20y?query=a%3D%22b%22", "{\"reason\":1}");

            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.headers().firstValue("X-Of-The-UI")).hasValue("yes");
            assertThat(answer.body()).isEqualTo("POST /api/v1/x%20y?query=a%3D%22b%22 token=t {\"reason\":1}");
        }
    }

    @Test
    void saysThatTheUiIsAwayAndRefusesWhatIsTooLong() throws Exception {
        assertThat(send("GET", "/", "").statusCode()).isEqualTo(502);
        assertThat(send("POST", "/api", "x".repeat(4 * 1024 * 1024 + 1)).statusCode())
                .isEqualTo(413);
    }

    /** Else a foreign site whose name leads here could do in the UI what its pages like. */
    @Test
    void isReachedByNoNameButItsMachines() throws Exception {
        try (var _ = behind(200, "")) {
            for (String host : List.of("127.0.0.1:" + ports.temporalUi(), "localhost", "[::1]:" + ports.temporalUi())) {
                assertThat(asks(host)).as(host).isEqualTo("200");
            }
            for (String host : List.of("evil.example:" + ports.temporalUi(), "127.0.0.1.evil.example")) {
                assertThat(asks(host)).as(host).isEqualTo("421");
            }
        }
    }

    private String asks(String host) throws IOException {
        try (var connection = new RawConnection(ports.temporalUi())) {
            connection.send("GET /namespaces HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            return connection.read().status();
        }
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.temporalUi() + path))
                        .header("X-Csrf-Token", "t")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Answers with {@code body}, or else with what it was asked. */
    private AutoCloseable behind(int status, String body) throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.behindTemporalUi()), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                var said = body.isEmpty()
                        ? "%s %s token=%s %s"
                                .formatted(
                                        exchange.getRequestMethod(),
                                        exchange.getRequestURI(),
                                        exchange.getRequestHeaders().getFirst("X-Csrf-Token"),
                                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                        : body;
                exchange.getResponseHeaders().set("X-Of-The-UI", "yes");
                exchange.sendResponseHeaders(status, 0);
                exchange.getResponseBody().write(said.getBytes(StandardCharsets.UTF_8));
            }
        });
        server.start();
        return () -> server.stop(0);
    }
}
