package io.journeyman.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.journeyman.contracts.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server that speaks OpenAI's protocol and does what the customer's message says, so that a test's script stands in the test:
 *
 * <pre>
 * use show_cart {}       calls the tool, and says "Done." to its result
 * wait for NAME          says nothing until the test {@link #release releases} NAME
 * anything else          says "You said: anything else"
 * </pre>
 */
final class ScriptedModel implements AutoCloseable {
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, CountDownLatch> waits = new ConcurrentHashMap<>();

    ScriptedModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often the model was asked for its first word on this message. */
    long asked(String message) {
        return asked.stream().filter(message::equals).count();
    }

    /** All that ever reached the model. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    void release(String name) {
        waits.computeIfAbsent(name, n -> new CountDownLatch(1)).countDown();
    }

    @Override
    public void close() {
        waits.values().forEach(CountDownLatch::countDown);
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(text);
        String message = "";
        boolean hasResults = false;
        for (JsonNode said : Json.tree(text).path("messages")) {
            switch (said.path("role").asText()) {
                case "user" -> {
                    message = said.path("content").asText();
                    hasResults = false;
                }
                case "tool" -> hasResults = true;
                default -> {}
            }
        }
        byte[] answer = answer(message, hasResults).toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        try (var out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    private ObjectNode answer(String message, boolean hasResults) {
        if (hasResults) {
            return says("Done.");
        }
        asked.add(message);
        if (message.startsWith("use ")) {
            int arguments = message.indexOf('{');
            return calls(message.substring(4, arguments).strip(), message.substring(arguments));
        }
        if (message.startsWith("wait for ")) {
            try {
                var wait = waits.computeIfAbsent(message.substring(9), n -> new CountDownLatch(1));
                return says(wait.await(50, TimeUnit.SECONDS) ? "Here I am." : "Nobody came.");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return says("You said: " + message);
    }

    private static ObjectNode says(String text) {
        var completion = completion("stop");
        ((ObjectNode) completion.at("/choices/0/message")).put("content", text);
        return completion;
    }

    private static ObjectNode calls(String tool, String arguments) {
        var completion = completion("tool_calls");
        var call = ((ObjectNode) completion.at("/choices/0/message"))
                .putArray("tool_calls")
                .addObject();
        call.put("id", "call-1").put("type", "function");
        call.putObject("function").put("name", tool).put("arguments", arguments);
        return completion;
    }

    private static ObjectNode completion(String reason) {
        return (ObjectNode) Json.tree("""
                {"id": "c", "object": "chat.completion", "created": 1, "model": "scripted",
                 "choices": [{"index": 0, "finish_reason": "%s", "message": {"role": "assistant"}}],
                 "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}""".formatted(reason));
    }
}
