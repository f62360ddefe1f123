package io.journeyman.activities.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.journeyman.activities.registry.Toolbox;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Contract.Operation;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A small server that plays every agent: it checks each request against the agent's contract, as the real one does at its edge,
 * and answers what the test scripted. A request or an answer that does not fit is a {@link #violations violation}.
 */
public final class ScriptedAgents implements AutoCloseable {
    public static final String SECRET = "a-secret-of-tests-that-is-long-enough-for-hs256";

    private final HttpServer server;
    private final Map<String, Contract> contracts = new ConcurrentHashMap<>();
    private final Map<String, Function<JsonNode, Scripted>> answers = new ConcurrentHashMap<>();
    private final Map<String, ArrayDeque<Scripted>> once = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();

    /** @param fault whether the answer breaks the contract on purpose */
    public record Scripted(int status, String body, Map<String, String> headers, Duration delay, boolean fault) {}

    public record Seen(String operation, String path, Optional<String> key, JsonNode body) {}

    public ScriptedAgents() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    public AgentClient client(String agent) {
        return client(agent, Duration.ofSeconds(10));
    }

    public AgentClient client(String agent, Duration timeout) {
        return client(agent, timeout, System::nanoTime);
    }

    AgentClient client(String agent, Duration timeout, LongSupplier nanos) {
        return new AgentClient(
                contract(agent),
                url(agent),
                Optional.of(new ServiceTokens(SECRET, "worker", InstantSource.system())),
                timeout,
                nanos);
    }

    /** The house's tools, asked here; an agent that joins is asked where it is. */
    public Toolbox toolbox() {
        return toolbox(Contract.AGENTS.stream().map(Contract::load).toList());
    }

    public Toolbox toolbox(List<Contract> house) {
        return new Toolbox(
                house, clients(), (contract, url) -> AgentClient.withoutToken(contract, url, Duration.ofSeconds(10)));
    }

    public Map<String, AgentClient> clients() {
        Map<String, AgentClient> clients = new HashMap<>();
        Contract.AGENTS.forEach(agent -> clients.put(agent, client(agent)));
        return Map.copyOf(clients);
    }

    public URI url(String agent) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + agent);
    }

    /** From now on this operation ({@code inventory.placeHold}) answers so. */
    public void answers(String operation, int status, Object body) {
        answers(operation, request -> new Scripted(status, Json.write(body), Map.of(), Duration.ZERO, false));
    }

    public void answers(String operation, Function<JsonNode, Scripted> answer) {
        answers.put(operation, answer);
    }

    public void refuses(String operation, int status, String code) {
        answers(operation, status, Problem.of(status, code, "It is so.", "Do something else."));
    }

    /** The next calls answer so, one after the other, before what {@link #answers} says. */
    public void fails(String operation, int status, String body, Map<String, String> headers, Duration delay) {
        once.computeIfAbsent(operation, name -> new ArrayDeque<>())
                .add(new Scripted(status, body, headers, delay, true));
    }

    public List<Seen> seen(String operation) {
        return seen.stream().filter(s -> s.operation().equals(operation)).toList();
    }

    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** For a test that breaks a contract on purpose: they are forgotten. */
    public List<String> takeViolations() {
        List<String> taken = List.copyOf(violations);
        violations.clear();
        return taken;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String[] parts = exchange.getRequestURI().getPath().split("/", 3);
        String agent = parts[1];
        String path = "/" + parts[2];
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Optional<String> key = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        Contract contract = contract(agent);
        Optional<Operation> operation = contract.find(exchange.getRequestMethod(), path);
        if (operation.isEmpty()) {
            violations.add("the contract has no " + exchange.getRequestMethod() + " " + path);
            send(exchange, new Scripted(404, "", Map.of(), Duration.ZERO, true));
            return;
        }
        String name = agent + "." + operation.get().id();
        contract.checkRequest(operation.get(), Optional.of(text).filter(t -> !t.isEmpty()))
                .forEach(v -> violations.add(name + ": " + v));
        contract.checkParameters(operation.get(), path, Map.of()).forEach(v -> violations.add(name + ": " + v));
        checkHeaders(exchange, agent, name, contract, operation.get(), key);
        JsonNode body = Json.tree(text.isEmpty() ? "{}" : text);
        seen.add(new Seen(name, path, key, body));
        Scripted scripted = next(name, body);
        if (!scripted.fault()) {
            contract.checkResponse(operation.get(), scripted.status(), scripted.body())
                    .forEach(v -> violations.add("scripted answer of " + name + ": " + v));
        }
        send(exchange, scripted);
    }

    private void checkHeaders(
            HttpExchange exchange,
            String agent,
            String name,
            Contract contract,
            Operation operation,
            Optional<String> key) {
        boolean keyNeeded = contract.document()
                .at("/paths")
                .path(operation.path())
                .path(operation.method().toLowerCase(Locale.ROOT))
                .path("parameters")
                .toString()
                .contains("IdempotencyKey");
        if (keyNeeded && key.filter(k -> k.length() <= 200).isEmpty()) {
            violations.add(name + ": needs an Idempotency-Key of at most 200 characters");
        }
        String token = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("")
                .replaceFirst("^Bearer ", "");
        try {
            if (!SignedJWT.parse(token).getJWTClaimsSet().getAudience().contains(agent)) {
                violations.add(name + ": the token is not for this agent");
            }
        } catch (ParseException e) {
            violations.add(name + ": has no service token");
        }
    }

    private Contract contract(String agent) {
        return contracts.computeIfAbsent(agent, Contract::load);
    }

    private Scripted next(String name, JsonNode body) {
        ArrayDeque<Scripted> first = once.get(name);
        if (first != null && !first.isEmpty()) {
            return first.removeFirst();
        }
        Function<JsonNode, Scripted> answer = answers.get(name);
        if (answer == null) {
            violations.add("nothing is scripted for " + name);
            return new Scripted(500, "", Map.of(), Duration.ZERO, true);
        }
        return answer.apply(body);
    }

    private static void send(HttpExchange exchange, Scripted scripted) throws IOException {
        try {
            Thread.sleep(scripted.delay());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        scripted.headers()
                .forEach((header, value) -> exchange.getResponseHeaders().set(header, value));
        byte[] bytes = scripted.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(scripted.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
