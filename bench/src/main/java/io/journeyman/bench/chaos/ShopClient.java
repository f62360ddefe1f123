package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Json;
import io.journeyman.launcher.ShopAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * One signed-in caller of the API who keeps trying, as the chat page does: when nothing or "not now" comes back it sends the
 * same request again under the same key.
 */
final class ShopClient {
    /** All customers share connections, as they would behind a gateway. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration PAUSE = Duration.ofMillis(400);

    private final String api;
    private final String token;
    private final Consumer<String> complaints;

    /** @param complaints told of every answer that no caller should ever get, such as a 500 */
    ShopClient(ShopAddress shop, String token, Consumer<String> complaints) {
        this.api = shop.api().toString();
        this.token = token;
        this.complaints = complaints;
    }

    /** @param status of HTTP */
    record Answered(int status, JsonNode body) {
        boolean ok() {
            return status / 100 == 2;
        }
    }

    /** The shop did not answer for minutes. */
    static final class GaveUp extends Exception {
        private static final long serialVersionUID = 1;

        GaveUp(String what) {
            super(what);
        }
    }

    Answered get(String path) throws GaveUp, InterruptedException {
        return insist(request(path).GET().build());
    }

    Answered post(String path, String key, Object body) throws GaveUp, InterruptedException {
        return insist(request(path)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build());
    }

    /** One try, whatever comes of it; for a customer who goes away before the answer. */
    void postAndLeave(String path, String key, Object body) throws InterruptedException {
        try {
            HTTP.send(
                    request(path)
                            .timeout(Duration.ofMillis(40))
                            .header("Idempotency-Key", key)
                            .POST(BodyPublishers.ofString(Json.write(body)))
                            .build(),
                    BodyHandlers.discarding());
        } catch (IOException gone) {
            // that is what it is for
        }
    }

    /**
     * Types a card into the card form, which goes straight to the payment agent.
     *
     * @param keep whether it is kept for the next time
     * @return the token; empty when the form was not to be reached
     */
    Optional<String> card(String number, boolean keep, String key) throws GaveUp, InterruptedException {
        var session = post("/v1/payment-sessions", key, Map.of());
        if (!session.ok()) {
            return Optional.empty();
        }
        var form = Map.of(
                "sessionId",
                session.body().path("sessionId").asText(),
                "secret",
                session.body().path("secret").asText(),
                "cardNumber",
                number,
                "expiry",
                "12/31",
                "keep",
                keep);
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(session.body().path("url").asText()))
                            .timeout(LONGEST_CALL)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(Json.write(form)))
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() / 100 == 2
                    ? Optional.of(Json.tree(answer.body()).path("token").asText())
                    : Optional.empty();
        } catch (IOException lost) {
            return Optional.empty();
        }
    }

    /**
     * Confirms a payment on the page of their bank that the shop leads to.
     *
     * @return false when it was not to be reached, or nothing is to be confirmed any more
     */
    boolean confirmsAtTheBank(String workflowId) throws InterruptedException {
        try {
            var led = HTTP.send(
                    request("/v1/journeys/" + workflowId + "/payment-confirmation")
                            .GET()
                            .build(),
                    BodyHandlers.discarding());
            var bank = led.headers().firstValue("Location");
            return bank.isPresent()
                    && HTTP.send(
                                    HttpRequest.newBuilder(URI.create(bank.get() + "/approve"))
                                            .timeout(LONGEST_CALL)
                                            .POST(BodyPublishers.noBody())
                                            .build(),
                                    BodyHandlers.ofString())
                            .body()
                            .contains("You have confirmed the payment");
        } catch (IOException lost) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api + path))
                .timeout(LONGEST_CALL)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private Answered insist(HttpRequest request) throws GaveUp, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            try {
                var answer = HTTP.send(request, BodyHandlers.ofString());
                switch (answer.statusCode()) {
                    case 202, 429, 503 -> {}
                    default -> {
                        if (answer.statusCode() < 500) {
                            return new Answered(answer.statusCode(), body(answer));
                        }
                        complaints.accept("%s %s answered %d: %s"
                                .formatted(
                                        request.method(), request.uri().getPath(), answer.statusCode(), answer.body()));
                    }
                }
            } catch (IOException down) {
                // the same again, under the same key
            }
            Thread.sleep(PAUSE);
        }
        throw new GaveUp(request.method() + " " + request.uri().getPath());
    }

    private static JsonNode body(HttpResponse<String> answer) {
        return answer.body().isBlank() ? Json.mapper().createObjectNode() : Json.tree(answer.body());
    }
}
