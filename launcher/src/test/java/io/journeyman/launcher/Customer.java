package io.journeyman.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.api.auth.Session;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** A customer at the chat API: what a script of a shop's developer would do, over HTTP and nothing else. */
final class Customer {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Set<Integer> COME_BACK = Set.of(202, 429, 503);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String api;
    private final String token;

    private Customer(Ports ports, String token) {
        this.api = "http://127.0.0.1:" + ports.api();
        this.token = token;
    }

    /** Signs in as the demo customer, as the page's button does. */
    static Customer demo(Ports ports) throws IOException, InterruptedException {
        return signedInAs(ports, "customer");
    }

    private static Customer signedInAs(Ports ports, String as) throws IOException, InterruptedException {
        var opened = new Customer(ports, "").post("/v1/sessions/demo", Map.of("as", as));
        return new Customer(ports, opened.path("token").asText());
    }

    static Customer staff(Ports ports) throws IOException, InterruptedException {
        return signedInAs(ports, "staff");
    }

    /** Somebody new, with a session signed by the shop's own key, as a shop's identity provider would. */
    static Customer newcomer(Ports ports, Path data) {
        var session = new Session.Customer(new CustomerId("cust-" + UUID.randomUUID()));
        return new Customer(ports, new ShopAddress(data, ports).tokenOf(session));
    }

    static Customer staff(Ports ports, Path data, String name) {
        return new Customer(ports, new ShopAddress(data, ports).tokenOf(new Session.Staff(name)));
    }

    String token() {
        return token;
    }

    /** The customer's id, as the token says. */
    String id() {
        var claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        return Json.tree(new String(claims, StandardCharsets.UTF_8)).path("sub").asText();
    }

    /** Says it and returns the reply. */
    JsonNode says(String text) throws IOException, InterruptedException {
        return says(text, "web");
    }

    JsonNode says(String text, String channel) throws IOException, InterruptedException {
        var answered = post("/v1/conversations/messages", Map.of("text", text, "channel", channel));
        assertThat(answered.path("status").asText())
                .as("answer to '%s': %s", text, answered)
                .isEqualTo("answered");
        return answered.path("reply");
    }

    /** Buys it, by card. @return the order's id, once it is confirmed */
    String buys(String what) throws IOException, InterruptedException {
        says("Add " + what + " to my cart");
        says("checkout, send it to Meera Nair, 4 Park Street, Kolkata 700016");
        var order = confirms(openProposal(), card("4242")).path("journeyId").asText();
        awaits("checkout-" + order, status("completed"));
        return order;
    }

    JsonNode openProposal() throws IOException, InterruptedException {
        return get("/v1/conversations/proposals/open").path("proposal");
    }

    /** @return the confirmation, with the journey's {@code workflowId} and {@code journeyId} */
    JsonNode confirms(JsonNode proposal, String paymentToken) throws IOException, InterruptedException {
        return post(
                "/v1/conversations/proposals/" + proposal.path("proposalId").asText() + "/confirm",
                Map.of("paymentMethod", Map.of("token", paymentToken)));
    }

    JsonNode confirms(JsonNode proposal) throws IOException, InterruptedException {
        return post("/v1/conversations/proposals/" + proposal.path("proposalId").asText() + "/confirm", Map.of());
    }

    /** Types a card into the card form: straight to the payment agent, which answers with a token. */
    String card(String number) throws IOException, InterruptedException {
        return card(Map.of("cardNumber", number));
    }

    /** As {@link #card}, of one that shall be kept for the next time. */
    String keeps(String number) throws IOException, InterruptedException {
        return card(Map.of("cardNumber", number, "expiry", "12/30", "keep", true));
    }

    private String card(Map<String, Object> typed) throws IOException, InterruptedException {
        var session = post("/v1/payment-sessions", Map.of());
        var card = new HashMap<>(typed);
        card.put("sessionId", session.path("sessionId").asText());
        card.put("secret", session.path("secret").asText());
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(session.path("url").asText()))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.mapper().writeValueAsString(card)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return Json.mapper().readTree(answer.body()).path("token").asText();
    }

    /** Follows a link of the page. @return where it leads */
    String ledTo(String link) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(api + link))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    /** Sends an empty form, as a button of somebody else's page does. @return the page that follows */
    String submits(String form) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(form))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    JsonNode pays(String workflowId, String paymentToken) throws IOException, InterruptedException {
        return post("/v1/journeys/" + workflowId + "/payment-method", Map.of("token", paymentToken));
    }

    /** Pays, if the order waits for it. @return accepted, or the code of the refusal */
    String offers(String workflowId, String paymentToken) throws IOException, InterruptedException {
        var answer = answered(posting("/v1/journeys/" + workflowId + "/payment-method", Map.of("token", paymentToken)));
        return answer.statusCode() < 300
                ? "accepted"
                : Json.tree(answer.body()).path("code").asText();
    }

    /** Sends it until it is done: what it is about may not be there yet. */
    void untilDone(String path, Object body) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (true) {
            var answer = answered(posting(path, body));
            if (answer.statusCode() < 300) {
                return;
            }
            assertThat(Instant.now()).as("still refused: %s", answer.body()).isBefore(deadline);
            Thread.sleep(250);
        }
    }

    /** @return the code of the refusal */
    String refusedFor(String path, Object body) throws IOException, InterruptedException {
        var answer = answered(posting(path, body));
        assertThat(answer.statusCode()).as(answer.body()).isGreaterThanOrEqualTo(400);
        return Json.tree(answer.body()).path("code").asText();
    }

    JsonNode journey(String workflowId) throws IOException, InterruptedException {
        return find(workflowId).orElseThrow(() -> new AssertionError("no journey " + workflowId));
    }

    private Optional<JsonNode> find(String workflowId) throws IOException, InterruptedException {
        return StreamSupport.stream(
                        get("/v1/conversations/journeys").path("journeys").spliterator(), false)
                .filter(journey -> journey.path("workflowId").asText().equals(workflowId))
                .findFirst();
    }

    /** Waits until the journey is as wanted, also until it begins; whatever stands between is passed over. */
    JsonNode awaits(String workflowId, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (true) {
            var journey = find(workflowId);
            if (journey.filter(wanted).isPresent()) {
                return journey.get();
            }
            assertThat(Instant.now())
                    .as("still waiting for %s: %s", workflowId, journey)
                    .isBefore(deadline);
            Thread.sleep(100);
        }
    }

    /** What the conversation was told of a journey: the event of that code. */
    JsonNode newsOf(String workflowId, String code) throws IOException, InterruptedException {
        var events = http.send(
                request("/v1/conversations/events?after=0")
                        .header("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
        try (var lines = events.body()) {
            return lines.filter(line -> line.startsWith("data:"))
                    .map(line -> Json.tree(line.substring(5)).path("body"))
                    .filter(body -> body.path("workflowId").asText().equals(workflowId)
                            && body.path("code").asText().equals(code))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("never told " + code));
        }
    }

    /** What a reply says. */
    static String text(JsonNode reply) {
        return reply.path("text").asText();
    }

    static Predicate<JsonNode> status(String status) {
        return journey -> journey.path("status").asText().equals(status);
    }

    static Predicate<JsonNode> code(String code) {
        return journey -> journey.path("code").asText().equals(code);
    }

    static Predicate<JsonNode> waitsFor(String what) {
        return journey -> journey.path("waitingFor").asText().equals(what);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return sent(() -> request(path).GET().build());
    }

    /** Sends it, and again with the same key when the API does not answer or is not ready: as the page does. */
    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return sent(posting(path, body));
    }

    private interface Request {
        HttpRequest make();
    }

    private Request posting(String path, Object body) {
        var key = UUID.randomUUID().toString();
        var json = Json.write(body);
        return () -> request(path)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
    }

    private JsonNode sent(Request request) throws IOException, InterruptedException {
        var answer = answered(request);
        assertThat(answer.statusCode())
                .as("%s: %s", answer.request().uri(), answer.body())
                .isLessThan(300);
        return Json.tree(answer.body());
    }

    private HttpResponse<String> answered(Request request) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                var answer = http.send(request.make(), HttpResponse.BodyHandlers.ofString());
                if (!COME_BACK.contains(answer.statusCode())) {
                    return answer;
                }
            } catch (IOException lost) {
                if (Instant.now().isAfter(deadline)) {
                    throw lost;
                }
            }
            assertThat(Instant.now())
                    .as("%s never answered", request.make().uri())
                    .isBefore(deadline);
            Thread.sleep(250);
        }
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(api + path))
                .timeout(Duration.ofSeconds(70))
                .header("Content-Type", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }
}
