package io.journeyman.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Contract.Operation;
import io.journeyman.contracts.Contract.Violation;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls an agent over real HTTP as another process of the house would: with a service token and, for whatever is not a GET, an
 * Idempotency-Key (a new one unless one is given). Every answer must fit the agent's contract, else the call fails the test.
 */
public final class ContractClient {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI base;
    private final Contract contract;
    private final Map<String, String> headers;

    public ContractClient(URI base, Contract contract) {
        this(base, contract, Map.of("Authorization", "Bearer " + ServiceTokens.forAgent(contract.name())));
    }

    private ContractClient(URI base, Contract contract, Map<String, String> headers) {
        this.base = base;
        this.contract = contract;
        this.headers = headers;
    }

    /** The same client with one header set on every call; an empty value leaves the header out. */
    public ContractClient with(String header, String value) {
        Map<String, String> changed = new ConcurrentHashMap<>(headers);
        if (value.isEmpty()) {
            changed.remove(header);
        } else {
            changed.put(header, value);
        }
        return new ContractClient(base, contract, Map.copyOf(changed));
    }

    /** The same client, every call with this Idempotency-Key. */
    public ContractClient withKey(String key) {
        return with("Idempotency-Key", key);
    }

    public Answer get(String path) {
        return send("GET", path, Optional.empty());
    }

    /** @param body a record of the contract, or a String that is sent as it is */
    public Answer post(String path, Object body) {
        return send("POST", path, Optional.of(text(body)));
    }

    public Answer post(String path) {
        return send("POST", path, Optional.empty());
    }

    public Answer put(String path, Object body) {
        return send("PUT", path, Optional.of(text(body)));
    }

    public Answer send(String method, String path, Optional<String> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        if (!method.equals("GET") && !headers.containsKey("Idempotency-Key")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        headers.forEach(request::header);
        Answer answer = answer(request.build());
        check(method, path, answer);
        return answer;
    }

    private void check(String method, String path, Answer answer) {
        Optional<Operation> operation = contract.find(method, base.resolve(path).getRawPath());
        if (operation.isEmpty()) {
            return;
        }
        List<Violation> violations = contract.checkResponse(operation.get(), answer.status(), answer.body());
        if (!violations.isEmpty()) {
            throw new AssertionError("%s %s answered %d %s, which breaks the contract: %s"
                    .formatted(method, path, answer.status(), answer.body(), violations));
        }
    }

    private static Answer answer(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling " + request.uri(), e);
        }
    }

    private static String text(Object body) {
        return body instanceof String json ? json : Json.write(body);
    }

    /** What an agent answered. */
    public record Answer(int status, Map<String, List<String>> headers, String body) {
        public <T> T as(Class<T> type) {
            if (status >= 400) {
                throw new AssertionError(
                        "expected a " + type.getSimpleName() + ", but the answer is " + status + " " + body);
            }
            return Json.read(body, type);
        }

        public Problem problem() {
            if (status < 400) {
                throw new AssertionError("expected a problem, but the answer is " + status + " " + body);
            }
            return Json.read(body, Problem.class);
        }

        public JsonNode tree() {
            return Json.tree(body);
        }

        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(h -> h.getKey().equalsIgnoreCase(name))
                    .flatMap(h -> h.getValue().stream())
                    .findFirst();
        }
    }
}
