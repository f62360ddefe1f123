package io.journeyman.bench.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.journeyman.bench.chaos.Wire.Answer;
import io.journeyman.bench.chaos.Wire.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/**
 * The network between worker and API on one side and one agent on the other: it loses requests before the agent sees them and
 * answers after it has acted, delays both, and sends requests twice. Whoever is cut off sees a closed connection.
 */
final class FaultProxy implements AutoCloseable {
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final int LONGEST_DELAY_MS = 1_500;

    private enum Fault {
        none,
        requestLost,
        answerLost,
        late,
        twice
    }

    private final Part agent;
    private final Wire wire;
    private final RandomGenerator chance;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Collection<Outage> troubles = new ConcurrentLinkedQueue<>();
    private volatile boolean faulty;

    /** @param wire to the agent */
    FaultProxy(Part agent, Wire wire, RandomGenerator chance) throws IOException {
        this.agent = agent;
        this.wire = wire;
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
            var call = received(exchange);
            switch (faulty ? draw() : Fault.none) {
                case none -> answer(exchange, wire.send(call));
                case requestLost -> lost();
                case answerLost -> {
                    wire.send(call);
                    lost();
                }
                case late -> {
                    Thread.sleep(delay());
                    var answer = wire.send(call);
                    Thread.sleep(delay());
                    answer(exchange, answer);
                }
                case twice -> {
                    wire.send(call);
                    answer(exchange, wire.send(call));
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

    private static Call received(HttpExchange exchange) throws IOException {
        return new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Wire.passedOn(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::put);
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        wire.close();
        threads.shutdownNow();
    }
}
