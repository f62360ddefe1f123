package io.journeyman.activities.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.journeyman.contracts.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;

/** A small server in a model provider's place: it keeps what was asked, and answers or fails as the test scripted. */
public final class ScriptedProvider implements AutoCloseable {
    private final HttpServer server;
    private final LinkedBlockingDeque<Script> scripts = new LinkedBlockingDeque<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch abandoned = new CountDownLatch(1);

    /** One request as it arrived; header names in lower case. */
    public record Asked(String path, String query, Map<String, String> headers, JsonNode body) {}

    private interface Script {
        void play(HttpExchange exchange) throws IOException, InterruptedException;
    }

    public ScriptedProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Each call of these methods scripts the answer to one more request. */
    public void answers(int status, String body) {
        scripts.add(exchange -> send(exchange, status, body, body.getBytes(StandardCharsets.UTF_8).length));
    }

    /** A refusal that says when to come again. */
    public void isBusy(String retryAfter, String body) {
        scripts.add(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            send(exchange, 429, body, body.getBytes(StandardCharsets.UTF_8).length);
        });
    }

    /** The connection closes in the middle of the body. */
    void cuts(String body) {
        byte[] whole = body.getBytes(StandardCharsets.UTF_8);
        scripts.add(exchange -> send(exchange, 200, body.substring(0, body.length() / 2), whole.length));
    }

    /** No answer at all. */
    void hangs() {
        scripts.add(exchange -> closed.await());
    }

    /** The head of an answer, and then one space after the other, until the client gives up. */
    public void drips() {
        scripts.add(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            try {
                while (closed.getCount() > 0) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    Thread.sleep(20);
                }
            } catch (IOException e) {
                abandoned.countDown();
                throw e;
            }
        });
    }

    /** An answer that never ends, as fast as it is read. */
    void floods() {
        scripts.add(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            try {
                while (closed.getCount() > 0) {
                    exchange.getResponseBody().write(spaces);
                }
            } catch (IOException e) {
                abandoned.countDown();
                throw e;
            }
        });
    }

    /** Opened when the client of {@link #drips} or {@link #floods} has gone. */
    public CountDownLatch abandoned() {
        return abandoned;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        asked.add(new Asked(
                exchange.getRequestURI().getPath(),
                Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""),
                Map.copyOf(headers),
                Json.tree(body)));
        Script script = scripts.poll();
        try (exchange) {
            if (script == null) {
                send(exchange, 418, "nothing is scripted", -1);
            } else {
                script.play(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body, int announced) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, announced < 0 ? bytes.length : announced == 0 ? -1 : announced);
        OutputStream out = exchange.getResponseBody();
        out.write(bytes);
        out.flush();
    }
}
