package io.journeyman.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.api.auth.Session;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import io.journeyman.launcher.ShopAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A customer at the API. Nothing is sent twice: what is not answered is a failure of the run. */
final class Shopper {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private final URI api;
    private final String customer;
    private final String token;

    private Shopper(ShopAddress shop, String customer) {
        this.api = shop.api();
        this.customer = customer;
        this.token = shop.tokenOf(new Session.Customer(new CustomerId(customer)));
    }

    static Shopper newcomer(ShopAddress shop) {
        return named(shop, "cust-" + UUID.randomUUID());
    }

    static Shopper named(ShopAddress shop, String customer) {
        return new Shopper(shop, customer);
    }

    String customer() {
        return customer;
    }

    /** @return how long the reply took */
    Duration says(String text) throws IOException, InterruptedException {
        long began = System.nanoTime();
        int status = trySaying(text);
        if (status != 200) {
            throw new IOException("a message was answered with " + status);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** @return the answer's status: 200, or 429 for who talks too fast */
    int trySaying(String text) throws IOException, InterruptedException {
        return post(api.resolve("/v1/conversations/messages"), Map.of("text", text))
                .statusCode();
    }

    JsonNode openProposal() throws IOException, InterruptedException {
        var answer = HTTP.send(
                request(api.resolve("/v1/conversations/proposals/open")).GET().build(), BodyHandlers.ofString());
        return wanted(answer).path("proposal");
    }

    /** Types the test card into the card form; its token pays once. */
    String card() throws IOException, InterruptedException {
        var session = wanted(post(api.resolve("/v1/payment-sessions"), Map.of()));
        return wanted(post(
                        URI.create(session.path("url").asText()),
                        Map.of(
                                "sessionId", session.path("sessionId").asText(),
                                "secret", session.path("secret").asText(),
                                "cardNumber", "4242")))
                .path("token")
                .asText();
    }

    void confirms(String proposal, String card) throws IOException, InterruptedException {
        wanted(post(
                api.resolve("/v1/conversations/proposals/" + proposal + "/confirm"),
                Map.of("paymentMethod", Map.of("token", card))));
    }

    /** Listens as the page does; done when the journey has told its end, in nanoseconds of this machine's clock. */
    CompletableFuture<Long> orderConfirmed() throws IOException, InterruptedException {
        HttpResponse<Stream<String>> stream = HTTP.send(
                request(api.resolve("/v1/conversations/events"))
                        .header("Accept", "text/event-stream")
                        .GET()
                        .build(),
                BodyHandlers.ofLines());
        if (stream.statusCode() != 200) {
            throw new IOException("the event stream was answered with " + stream.statusCode());
        }
        var done = new CompletableFuture<Long>();
        var _ = Thread.startVirtualThread(() -> {
            try (var lines = stream.body()) {
                boolean confirmed = lines.filter(line -> line.startsWith("data:"))
                        .map(line -> Json.tree(line.substring("data:".length())).path("body"))
                        .map(body -> body.path("code").asText())
                        .filter(code -> code.startsWith("order_") || code.startsWith("payment_"))
                        .findFirst()
                        .filter("order_confirmed"::equals)
                        .isPresent();
                long at = System.nanoTime();
                if (confirmed) {
                    done.complete(at);
                } else {
                    done.completeExceptionally(new IOException("an order was not confirmed"));
                }
            } catch (RuntimeException cut) {
                done.completeExceptionally(cut);
            }
        });
        return done;
    }

    private HttpResponse<String> post(URI uri, Object body) throws IOException, InterruptedException {
        return HTTP.send(
                request(uri)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    private static JsonNode wanted(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s was answered with %d: %s"
                    .formatted(answer.uri().getPath(), answer.statusCode(), answer.body()));
        }
        return Json.tree(answer.body());
    }
}
