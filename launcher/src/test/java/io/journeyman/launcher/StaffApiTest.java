package io.journeyman.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a file is sent to a shop that is slow, or that says no. */
@Timeout(120)
class StaffApiTest {
    /** Longer than the 5 seconds for which some clients wait before they send unasked. */
    private static final Duration SLOW = Duration.ofMillis(5_500);

    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final byte[] FILE =
            "sku,location_id,on_hand\n".repeat(10_000).getBytes(US_ASCII);

    @Test
    void readsTheAnswerOfAShopThatTakesItsTimeBeforeItAsksForTheFile() throws Exception {
        try (var shop = new PlayedShop((in, answer) -> {
            Thread.sleep(SLOW);
            answer.send(CONTINUE);
            assertThat(in.readNBytes(FILE.length)).isEqualTo(FILE);
            answer.send(response("200 OK", "application/jsonl", "{\"refused\":{}}\n{\"summary\":{}}\n"));
        })) {
            assertThat(upload(shop)).containsExactly("{\"refused\":{}}", "{\"summary\":{}}");
        }
    }

    @Test
    void saysTheRefusalOfAShopThatTakesItsTime() throws Exception {
        try (var shop = new PlayedShop((in, answer) -> {
            Thread.sleep(SLOW);
            answer.send(refusal("403 Forbidden", "Only the shop's staff may do this."));
        })) {
            assertThatThrownBy(() -> upload(shop))
                    .isInstanceOf(StaffApi.Refused.class)
                    .hasMessage("Only the shop's staff may do this.");
        }
    }

    @Test
    void doesNotSendAFileThatNobodyWants() throws Exception {
        try (var shop = new PlayedShop((in, answer) -> {
            answer.send(refusal("429 Too Many Requests", "Two imports are running."));
            assertThat(firstByte(in)).as("nothing of the file").isNegative();
        })) {
            assertThatThrownBy(() -> upload(shop)).hasMessage("Two imports are running.");
            shop.awaitEnd();
        }
    }

    @Test
    void saysWhatIsNoAddressOfAShop() {
        for (String said : List.of(
                "shop.example:5080",
                "shop.example",
                "//shop.example",
                "http://shop example",
                "http:///v1",
                "ftp://shop")) {
            var environment = Map.of("JOURNEYMAN_API", said, "JOURNEYMAN_STAFF_TOKEN", "token");

            assertThatThrownBy(() -> StaffApi.of(Optional.empty(), Optional.empty(), environment))
                    .as(said)
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("JOURNEYMAN_API is %s, which is no address such as http://127.0.0.1:5080.", said);
        }
    }

    @Test
    void asksForTheAgentThatIsNamedWhateverItsName() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var asked = new ArrayList<String>();
        server.createContext("/", exchange -> {
            asked.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            var shop = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            var said = new StringWriter();
            var out = new PrintWriter(said);

            int status = AgentsCommand.run(
                    List.of("remove", "gift wrapping?"), out, out, (data, base) -> new StaffApi(shop, "token"));

            assertThat(status).isEqualTo(1);
            assertThat(asked).containsExactly("DELETE /v1/agents/gift wrapping?");
            assertThat(said.toString()).contains("answered 404");
        } finally {
            server.stop(0);
        }
    }

    /** -1 when the client hangs up, politely or not. */
    private static int firstByte(InputStream in) throws IOException {
        try {
            return in.read();
        } catch (SocketException hungUp) {
            return -1;
        }
    }

    private static List<String> upload(PlayedShop shop) {
        var lines = new ArrayList<String>();
        new StaffApi(shop.uri(), "token")
                .upload("/v1/imports/stock?format=csv", () -> new ByteArrayInputStream(FILE), FILE.length, lines::add);
        return lines;
    }

    private static String refusal(String status, String detail) {
        return response(status, "application/problem+json", """
                {"type":"about:blank","title":"no","status":%s,"code":"no","detail":"%s","suggestions":[]}""".formatted(status.substring(0, 3), detail));
    }

    private static String response(String status, String type, String body) {
        return "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, type, body.length(), body);
    }

    /** Answers one request, byte by byte. */
    private static final class PlayedShop implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final CompletableFuture<Void> answered;

        private interface Script {
            void play(InputStream afterTheHead, Answer answer) throws Exception;
        }

        private interface Answer {
            void send(String text) throws IOException;
        }

        PlayedShop(Script script) throws IOException {
            answered = CompletableFuture.runAsync(
                    () -> answer(script), task -> Thread.ofVirtual().start(task));
        }

        private void answer(Script script) {
            try (Socket client = server.accept()) {
                client.setSoTimeout(30_000);
                var in = new BufferedInputStream(client.getInputStream());
                skipHead(in);
                script.play(in, text -> {
                    client.getOutputStream().write(text.getBytes(US_ASCII));
                    client.getOutputStream().flush();
                });
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static void skipHead(InputStream in) throws IOException {
            var last = new StringBuilder();
            while (!last.toString().endsWith("\r\n\r\n")) {
                last.append((char) in.read());
            }
            assertThat(last.toString().toLowerCase(Locale.ROOT)).contains("expect: 100-continue");
        }

        URI uri() {
            return URI.create("http://127.0.0.1:" + server.getLocalPort());
        }

        void awaitEnd() throws Exception {
            answered.get(60, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
