package io.journeyman.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.api.auth.Session;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The API as a member of the staff calls it. */
final class StaffApi {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final String token;

    StaffApi(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /**
     * The API and a token as the environment names them, else the API of an {@code up}, and a token signed with its key.
     *
     * @param data the data folder of that {@code up}, where it is named @param portBase and its port base
     */
    static StaffApi of(Optional<String> data, Optional<String> portBase, Map<String, String> environment) {
        var words = new ArrayList<String>();
        data.ifPresent(folder -> words.addAll(List.of("--data", folder)));
        portBase.ifPresent(base -> words.addAll(List.of("--port-base", base)));
        var options = Options.parse(words, environment);
        var base = environment.getOrDefault(
                "JOURNEYMAN_API", "http://127.0.0.1:" + options.ports().api());
        var token = Optional.ofNullable(environment.get("JOURNEYMAN_STAFF_TOKEN"))
                .orElseGet(() -> signed(new ShopAddress(options.data().path(), options.ports())));
        return new StaffApi(URI.create(base), token);
    }

    /** Whoever may read the shop's secrets is staff, under their name on this machine. */
    private static String signed(ShopAddress shop) {
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "");
        try {
            return shop.tokenOf(new Session.Staff("cli-" + (user.isEmpty() ? "staff" : user)));
        } catch (CannotStart noKey) {
            throw new CannotStart(
                    "nobody is known here as staff: set JOURNEYMAN_STAFF_TOKEN, or name the data folder of an up with --data.",
                    noKey);
        }
    }

    /** It said no, or nothing: a sentence that says what to do. */
    static final class Refused extends RuntimeException {
        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    JsonNode get(String path) {
        return Json.tree(send(request(path).GET().build()));
    }

    String text(String path) {
        return send(request(path).GET().build());
    }

    JsonNode post(String path, JsonNode body) {
        return Json.tree(send(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body.toString()))
                .build()));
    }

    void delete(String path) {
        send(request(path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .DELETE()
                .build());
    }

    /**
     * Sends a file as it is, and hands the answer's lines out as they come. It lasts as long as the shop needs for the file.
     *
     * @param content called once; closed when all of it is sent
     */
    void upload(String path, Supplier<InputStream> content, long length, Consumer<String> lines) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/octet-stream")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                // who may not send it is told so before it is sent
                .expectContinue(true)
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(content), length))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofLines());
            try (var body = answer.body()) {
                if (answer.statusCode() >= 400) {
                    throw new Refused(detail(answer.statusCode(), body.collect(Collectors.joining("\n"))), null);
                }
                body.forEach(lines);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new Refused(
                    "the API at " + base + " does not answer, or no longer: what was taken in is kept; try again.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted.", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() >= 400) {
                throw new Refused(detail(answer.statusCode(), answer.body()), null);
            }
            return answer.body();
        } catch (IOException e) {
            throw new Refused(
                    "the API at " + base + " does not answer: run ./journeyman up, or name it with JOURNEYMAN_API.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted.", e);
        }
    }

    private String detail(int status, String body) {
        try {
            return Json.read(body, Problem.class).detail();
        } catch (IllegalArgumentException noProblemDocument) {
            return "the API at " + base + " answered " + status + ".";
        }
    }
}
