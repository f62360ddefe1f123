package io.journeyman.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.journeyman.contracts.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A model that takes no time, behind OpenAI's protocol: what a turn takes with it is the shop's own part. A message
 * {@code call TOOL {arguments}} makes it call that tool; once it has the result, and for any other message, it says "Done.". Where the
 * message begins with {@code think N}, each answer takes so many milliseconds.
 */
final class InstantModel implements AutoCloseable {
    private static final Pattern THOUGHT = Pattern.compile("think (\\d{1,4}) .*", Pattern.DOTALL);
    private static final Pattern WISH = Pattern.compile("call ([a-z_]+) (\\{.*})", Pattern.DOTALL);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private InstantModel(HttpServer server) {
        this.server = server;
    }

    static InstantModel start() throws IOException {
        var model = new InstantModel(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        model.server.createContext("/v1/chat/completions", InstantModel::answer);
        model.server.setExecutor(model.threads);
        model.server.start();
        return model;
    }

    /** What makes a shop talk with it. */
    Map<String, String> environment() {
        return Map.of(
                "JOURNEYMAN_MODEL",
                "openai",
                "OPENAI_API_KEY",
                "none-needed",
                "OPENAI_MODEL",
                "instant",
                "OPENAI_BASE_URL",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var asked = Json.tree(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var messages = asked.path("messages");
            think(messages);
            var body = Json.write(Map.of(
                            "id",
                            "instant",
                            "object",
                            "chat.completion",
                            "created",
                            0,
                            "model",
                            "instant",
                            "choices",
                            List.of(choice(messages.path(messages.size() - 1))),
                            "usage",
                            Map.of("prompt_tokens", 1, "completion_tokens", 1, "total_tokens", 2)))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void think(JsonNode messages) {
        String said = "";
        for (var message : messages) {
            if (message.path("role").asText().equals("user")) {
                said = message.path("content").asText();
            }
        }
        var thought = THOUGHT.matcher(said);
        if (thought.matches()) {
            LockSupport.parkNanos(
                    Duration.ofMillis(Integer.parseInt(thought.group(1))).toNanos());
        }
    }

    private static Map<String, Object> choice(JsonNode last) {
        var wish = WISH.matcher(last.path("content").asText());
        if (!last.path("role").asText().equals("user") || !wish.find()) {
            return Map.of(
                    "index", 0, "finish_reason", "stop", "message", Map.of("role", "assistant", "content", "Done."));
        }
        var call = Map.of(
                "id",
                "call-1",
                "type",
                "function",
                "function",
                Map.of("name", wish.group(1), "arguments", wish.group(2)));
        return Map.of(
                "index",
                0,
                "finish_reason",
                "tool_calls",
                "message",
                Map.of("role", "assistant", "tool_calls", List.of(call)));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
