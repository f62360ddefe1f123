package io.journeyman.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Contract.Operation;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Calls the API as a client with one session would. Every answer of a described route must be as the served document says,
 * and every error a problem document, else the call fails the test.
 */
final class ApiClient {
    static final Contract DOCUMENT = document();
    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI base;
    private final Map<String, String> headers;

    ApiClient(URI base) {
        this(base, Map.of());
    }

    private ApiClient(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** The same client with one header on every call; an empty value leaves the header out. */
    ApiClient with(String header, String value) {
        var changed = new LinkedHashMap<>(headers);
        changed.put(header, value);
        return new ApiClient(base, changed);
    }

    ApiClient bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    ApiClient key(String key) {
        return with("Idempotency-Key", key);
    }

    Answer get(String path) {
        return send("GET", path, Optional.empty());
    }

    Answer delete(String path) {
        return send("DELETE", path, Optional.empty());
    }

    Answer post(String path) {
        return send("POST", path, Optional.empty());
    }

    /** @param body what is sent as JSON; a String is sent as it is */
    Answer post(String path, Object body) {
        String text = body instanceof String json ? json : Json.write(body);
        return send("POST", path, Optional.of(BodyPublishers.ofString(text)));
    }

    Answer say(String text) {
        return say(text, "web");
    }

    Answer say(String text, String channel) {
        return post("/v1/conversations/messages", Map.of("text", text, "channel", channel));
    }

    Answer send(String method, String path, Optional<BodyPublisher> body) {
        try {
            var response = HTTP.send(request(method, path, body), BodyHandlers.ofString(StandardCharsets.UTF_8));
            var answer = new Answer(response.statusCode(), response.headers().map(), response.body());
            check(method, path, answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The open event stream. */
    EventReader events(String query) {
        try {
            var response = HTTP.send(
                    request("GET", "/v1/conversations/events" + query, Optional.empty()), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
                var answer =
                        new Answer(response.statusCode(), response.headers().map(), body);
                check("GET", "/v1/conversations/events", answer);
                throw new Refused(answer);
            }
            return new EventReader(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String method, String path, Optional<BodyPublisher> body) {
        var all = new LinkedHashMap<String, String>();
        if (body.isPresent()) {
            all.put("Content-Type", "application/json");
        }
        if (!method.equals("GET")) {
            all.put("Idempotency-Key", UUID.randomUUID().toString());
        }
        all.putAll(headers);
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(90))
                .method(method, body.orElse(BodyPublishers.noBody()));
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        return request.build();
    }

    private void check(String method, String path, Answer answer) {
        String at = method + " " + path + " answered " + answer.status() + " " + answer.body();
        if (answer.status() >= 400
                && !path.equals("/health")
                && !answer.header("Content-Type").orElse("").equals(Problem.MEDIA_TYPE)) {
            throw new AssertionError(at + ", which is no problem document");
        }
        var operation = DOCUMENT.find(method, base.resolve(path).getPath());
        if (operation.isEmpty()
                || (Set.of(204, 303, 304).contains(answer.status())
                        && answer.body().isEmpty())) {
            return;
        }
        String type = answer.header("Content-Type").orElse("").replaceFirst(";.*", "");
        var described = described(operation.get(), answer.status());
        if (!described.contains(type)) {
            throw new AssertionError(at + " as " + type + ", but the document says " + described);
        }
        if (type.endsWith("json")) {
            var violations = DOCUMENT.checkResponse(operation.get(), answer.status(), answer.body());
            if (!violations.isEmpty()) {
                throw new AssertionError(at + ", which is not what the document says: " + violations);
            }
        }
    }

    /** The media types that the document names for this answer. */
    private static Set<String> described(Operation operation, int status) {
        var document = DOCUMENT.document();
        var responses = document.path("paths")
                .path(operation.path())
                .path(operation.method().toLowerCase(Locale.ROOT))
                .path("responses");
        var response = responses.has(String.valueOf(status))
                ? responses.path(String.valueOf(status))
                : document.at("/components/responses/Problem");
        return response.path("content").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Contract document() {
        try (var in = ApiClient.class.getResourceAsStream("/openapi.json")) {
            return Contract.parse("api", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An event stream that was not opened. */
    static final class Refused extends RuntimeException {
        final transient Answer answer;

        Refused(Answer answer) {
            super(answer.body());
            this.answer = answer;
        }
    }

    record Answer(int status, Map<String, java.util.List<String>> headers, String body) {
        JsonNode tree() {
            if (status >= 400) {
                throw new AssertionError("expected success, but the answer is " + status + " " + body);
            }
            return Json.tree(body);
        }

        Problem problem() {
            if (status < 400) {
                throw new AssertionError("expected a problem, but the answer is " + status + " " + body);
            }
            return Json.read(body, Problem.class);
        }

        /** The status and code of a problem, such as {@code 404 journey_unknown}. */
        String refusal() {
            return status + " " + problem().code();
        }

        int turn() {
            return tree().path("turn").asInt();
        }

        String reply() {
            return tree().at("/reply/text").asText();
        }

        Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .findFirst();
        }
    }
}
