package io.journeyman.activities.registry;

import com.sun.net.httpserver.HttpServer;
import io.journeyman.contracts.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody else's agent: one question, and the contract that says how to ask it. */
public final class JoiningAgent implements AutoCloseable {
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    public JoiningAgent() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/ask", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = "{\"answer\": \"yes\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    /** A contract with one tool of that name, which may be registered. */
    public static Contract contract(String agent, String tool) {
        return Contract.parse(agent, """
                {"openapi": "3.1.0", "info": {"title": "%s agent", "version": "1"}, "paths": {"/ask": {"post": {
                  "operationId": "ask", "x-effect": "read", "x-tool": {"name": "%s", "when": "Whenever it helps."},
                  "requestBody": {"required": true, "content": {"application/json": {"schema": {
                    "type": "object", "required": ["what"], "properties": {"what": {"type": "string", "maxLength": 20}}}}}},
                  "responses": {"200": {"description": "so it is", "content": {"application/json": {"schema": {
                    "type": "object", "required": ["answer"], "properties": {"answer": {"type": "string"}}}}}}}}}}}""".formatted(agent, tool));
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void answers(int newStatus) {
        status = newStatus;
    }

    public List<String> asked() {
        return asked;
    }

    /** What stood in Authorization, for each question. */
    public List<String> tokens() {
        return tokens;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
