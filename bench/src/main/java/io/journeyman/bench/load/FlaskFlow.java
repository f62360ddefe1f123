package io.journeyman.bench.load;

import io.journeyman.bench.shop.Site;
import io.journeyman.contracts.Json;
import io.journeyman.launcher.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** The peer: {@code bench/flask/shop.py}, one process per agent, and eight calls of it in a row for each checkout. */
final class FlaskFlow implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    /** A step and the agent, counted from 0, whose it is. */
    private record Step(String path, int agent) {}

    private static final List<Step> STEPS = List.of(
            new Step("/orders", 0),
            new Step("/holds", 1),
            new Step("/benefits", 2),
            new Step("/attempts", 3),
            new Step("/allocations", 1),
            new Step("/shipments", 4),
            new Step("/captures", 3),
            new Step("/completions", 0));
    private static final int AGENTS = 5;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Site site;
    private final List<Integer> ports = new ArrayList<>();

    /** Why there is no such figure. */
    static final class Missing extends Exception {
        Missing(String why) {
            super(why);
        }
    }

    private FlaskFlow(Site site) {
        this.site = site;
    }

    /** Brings Flask into the cache folder the first time. */
    static FlaskFlow start() throws Missing, IOException, InterruptedException {
        var python = python();
        var site = Site.create("bench-flask");
        var flow = new FlaskFlow(site);
        var script = site.folder().resolve("shop.py");
        try (InputStream in = FlaskFlow.class.getResourceAsStream("/flask/shop.py")) {
            Files.write(script, in.readAllBytes());
            for (int agent = 0; agent < AGENTS; agent++) {
                int port = DefaultEngine.freePort();
                flow.ports.add(port);
                site.keep(new ProcessBuilder(python.toString(), script.toString(), Integer.toString(port))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
            }
            flow.awaitAnswers();
            return flow;
        } catch (IOException | InterruptedException | Missing e) {
            flow.close();
            throw e;
        }
    }

    private static Path python() throws Missing, InterruptedException {
        try {
            return Tools.flask();
        } catch (IOException e) {
            throw new Missing(e.getMessage());
        }
    }

    private void awaitAnswers() throws Missing, IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        for (int port : ports) {
            while (!answers(port)) {
                if (System.nanoTime() > deadline) {
                    throw new Missing("Flask did not start");
                }
                Thread.sleep(50);
            }
        }
    }

    private boolean answers(int port) throws IOException, InterruptedException {
        try {
            http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                            .build(),
                    BodyHandlers.discarding());
            return true;
        } catch (ConnectException notYet) {
            return false;
        }
    }

    Pace checkouts(int customers, int count) throws InterruptedException {
        return Pace.of(
                customers,
                IntStream.range(0, count)
                        .<Callable<Duration>>mapToObj(n -> this::checkout)
                        .toList());
    }

    private Duration checkout() throws IOException, InterruptedException {
        var body = Json.write(Map.of(
                "orderId",
                "JM-" + UUID.randomUUID(),
                "lines",
                List.of(Map.of("sku", "P-1002-BLU-L", "quantity", 1)),
                "card",
                "4242",
                "total",
                129_900));
        long began = System.nanoTime();
        for (var step : STEPS) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(step.agent()) + step.path()))
                            .timeout(Duration.ofSeconds(60))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("%s was answered with %d".formatted(step.path(), answer.statusCode()));
            }
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Override
    public void close() throws IOException {
        site.close();
    }
}
