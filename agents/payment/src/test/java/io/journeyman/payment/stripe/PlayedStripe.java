package io.journeyman.payment.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.journeyman.contracts.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * Stripe's intents and refunds as its documentation tells them: with state, with idempotency keys, and with answers that can be
 * lost. Whether a request looks as Stripe wants it is asked of stripe-mock ({@link StripeMockTest}); here is what becomes of it.
 */
final class PlayedStripe implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new ArrayList<>();
    private final Map<String, Reply> kept = new LinkedHashMap<>();
    private final Map<String, ObjectNode> intents = new LinkedHashMap<>();
    private final Map<String, ObjectNode> refunds = new LinkedHashMap<>();
    private String losing = "";
    private int status = 200;

    /** @param key its Idempotency-Key, empty when it has none */
    record Request(String method, String path, Map<String, String> form, String key) {}

    private record Reply(int status, JsonNode body) {}

    PlayedStripe() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on the answers to such requests are lost; what they ask for is done. */
    synchronized void loseAnswers(String pathEnd) {
        losing = pathEnd;
    }

    /** From now on every request is refused with this status, and nothing is done. */
    synchronized void refuseAll(int with) {
        status = with;
    }

    synchronized void behave() {
        losing = "";
        status = 200;
    }

    synchronized List<Request> requests(String pathEnd) {
        return requests.stream()
                .filter(request -> request.path().endsWith(pathEnd))
                .toList();
    }

    synchronized List<ObjectNode> intentsOf(String orderId) {
        return intents.values().stream()
                .filter(intent -> intent.at("/metadata/orderId").asText().equals(orderId))
                .toList();
    }

    synchronized List<ObjectNode> refundsOf(String orderId) {
        return refunds.values().stream()
                .filter(refund -> refund.at("/metadata/orderId").asText().equals(orderId))
                .toList();
    }

    /** The customer, the bank or staff at the Dashboard change what is there. */
    synchronized void change(ObjectNode object, String name, String value) {
        object.put(name, value);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var uri = exchange.getRequestURI();
            var form =
                    form(body.isEmpty() ? Optional.ofNullable(uri.getRawQuery()).orElse("") : body);
            String key = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key"))
                    .orElse("");
            var request = new Request(exchange.getRequestMethod(), uri.getPath(), form, key);
            Reply reply;
            synchronized (this) {
                requests.add(request);
                reply = status == 200 ? once(request) : error(status, "api_error", "down", "");
                if (!losing.isEmpty() && request.path().endsWith(losing)) {
                    return;
                }
            }
            byte[] bytes = reply.body().toString().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Request-Id", "req_" + requests.size());
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply once(Request request) {
        if (request.method().equals("GET")) {
            return reply(request);
        }
        Reply before = kept.get(request.key());
        Reply reply = before == null ? reply(request) : before;
        kept.put(request.key(), reply);
        return reply;
    }

    private Reply reply(Request request) {
        String[] path = request.path().substring("/v1/".length()).split("/", -1);
        return switch (path[0]) {
            case "payment_methods" ->
                path.length == 1
                        ? new Reply(200, object("pm_made" + requests.size(), "payment_method"))
                        : made(path[1]);
            case "refunds" -> request.method().equals("GET") ? list(refunds, request) : refund(request.form());
            case "payment_intents" -> {
                if (path.length == 1) {
                    yield request.method().equals("GET") ? list(intents, request) : create(request.form());
                }
                ObjectNode intent = intents.get(path[1]);
                if (intent == null) {
                    yield error(404, "invalid_request_error", "resource_missing", "");
                }
                yield path.length == 2 ? copy(intent) : step(intent, path[2], request.form());
            }
            default -> error(404, "invalid_request_error", "resource_missing", "");
        };
    }

    /** What Stripe's form has made of a card; a bank account is none. */
    private static Reply made(String id) {
        return switch (id) {
            case "pm_ofTheForm" -> {
                ObjectNode method = object(id, "payment_method").put("type", "card");
                method.putObject("card")
                        .put("brand", "mastercard")
                        .put("last4", "4444")
                        .put("exp_month", 11)
                        .put("exp_year", 2031);
                yield new Reply(200, method);
            }
            case "pm_ofABankAccount" ->
                new Reply(200, object(id, "payment_method").put("type", "us_bank_account"));
            default -> error(404, "invalid_request_error", "resource_missing", "");
        };
    }

    private Reply create(Map<String, String> form) {
        ObjectNode intent = object("pi_" + (intents.size() + 1), "payment_intent")
                .put("amount", Long.parseLong(form.get("amount")))
                .put("amount_received", 0)
                .put("currency", form.get("currency"))
                .put("capture_method", form.get("capture_method"))
                .put("payment_method", form.get("payment_method"))
                .put("status", "requires_confirmation");
        intent.putObject("metadata")
                .put("orderId", form.get("metadata[orderId]"))
                .put("attempt", form.get("metadata[attempt]"));
        intents.put(intent.path("id").asText(), intent);
        return copy(intent);
    }

    private Reply step(ObjectNode intent, String step, Map<String, String> form) {
        String is = intent.path("status").asText();
        return switch (step) {
            case "confirm" -> is.equals("requires_confirmation") ? confirm(intent, form) : unexpectedState();
            case "capture" -> {
                if (!is.equals("requires_capture")) {
                    yield unexpectedState();
                }
                intent.put("amount_received", Long.parseLong(form.get("amount_to_capture")));
                yield copy(intent.put("status", "succeeded"));
            }
            case "cancel" -> {
                if (is.equals("succeeded") || is.equals("canceled") || is.equals("processing")) {
                    yield unexpectedState();
                }
                yield copy(
                        intent.put("status", "canceled").put("cancellation_reason", form.get("cancellation_reason")));
            }
            default -> error(404, "invalid_request_error", "resource_missing", "");
        };
    }

    private Reply confirm(ObjectNode intent, Map<String, String> form) {
        return switch (intent.path("payment_method").asText()) {
            case "pm_card_visa_chargeDeclinedInsufficientFunds" ->
                declined(intent, "card_declined", "insufficient_funds");
            case "pm_card_chargeDeclinedExpiredCard" -> declined(intent, "expired_card", "expired_card");
            case "pm_card_riskLevelElevated" -> copy(intent.put("status", "processing"));
            case "pm_card_authenticationRequired" -> {
                intent.putObject("next_action")
                        .put("type", "redirect_to_url")
                        .putObject("redirect_to_url")
                        .put(
                                "url",
                                "https://hooks.stripe.com/3d_secure_2/"
                                        + intent.path("id").asText())
                        .put("return_url", form.get("return_url"));
                yield copy(intent.put("status", "requires_action"));
            }
            default -> copy(intent.put("status", "requires_capture"));
        };
    }

    private Reply declined(ObjectNode intent, String code, String declineCode) {
        intent.put("status", "requires_payment_method");
        intent.putObject("last_payment_error")
                .put("type", "card_error")
                .put("code", code)
                .put("decline_code", declineCode);
        return error(402, "card_error", code, declineCode);
    }

    private Reply refund(Map<String, String> form) {
        ObjectNode intent = intents.get(form.get("payment_intent"));
        long back = refunds.values().stream()
                .filter(refund -> refund.path("payment_intent").asText().equals(form.get("payment_intent")))
                .filter(refund -> !refund.path("status").asText().equals("failed"))
                .mapToLong(refund -> refund.path("amount").asLong())
                .sum();
        long left = intent.path("amount_received").asLong() - back;
        long amount = form.containsKey("amount") ? Long.parseLong(form.get("amount")) : left;
        if (left == 0) {
            return error(400, "invalid_request_error", "charge_already_refunded", "");
        }
        if (amount > left) {
            return error(400, "invalid_request_error", "amount_too_large", "");
        }
        boolean fails = intent.path("payment_method").asText().equals("pm_card_refundFail");
        boolean takesTime = intent.path("payment_method").asText().equals("pm_card_pendingRefund");
        ObjectNode refund = object("re_" + (refunds.size() + 1), "refund")
                .put("amount", amount)
                .put("currency", intent.path("currency").asText())
                .put("payment_intent", form.get("payment_intent"))
                .put("status", fails ? "failed" : takesTime ? "pending" : "succeeded");
        if (fails) {
            refund.put("failure_reason", "lost_or_stolen_card");
        }
        refund.putObject("metadata")
                .put("orderId", form.get("metadata[orderId]"))
                .put("refundId", form.getOrDefault("metadata[refundId]", ""));
        refunds.put(refund.path("id").asText(), refund);
        return copy(refund);
    }

    private Reply list(Map<String, ObjectNode> all, Request request) {
        var list = Json.mapper().createObjectNode().put("object", "list").put("url", request.path());
        var data = list.putArray("data");
        String intent = request.form().getOrDefault("payment_intent", "");
        String after = request.form().getOrDefault("starting_after", "");
        if (!after.isEmpty() && !all.containsKey(after)) {
            return error(400, "invalid_request_error", "resource_missing", "");
        }
        int limit = Integer.parseInt(request.form().getOrDefault("limit", "10"));
        var newestFirst = new ArrayList<>(all.values())
                .reversed().stream()
                        .filter(object -> intent.isEmpty()
                                || object.path("payment_intent").asText().equals(intent))
                        .toList();
        int from = 0;
        for (int i = 0; i < newestFirst.size() && !after.isEmpty(); i++) {
            if (newestFirst.get(i).path("id").asText().equals(after)) {
                from = i + 1;
            }
        }
        int to = Math.min(newestFirst.size(), from + limit);
        newestFirst.subList(from, to).forEach(object -> data.add(object.deepCopy()));
        list.put("has_more", to < newestFirst.size());
        return new Reply(200, list);
    }

    private static ObjectNode object(String id, String kind) {
        return Json.mapper()
                .createObjectNode()
                .put("id", id)
                .put("object", kind)
                .put("created", 1_795_000_000L);
    }

    private static Reply copy(ObjectNode object) {
        return new Reply(200, object.deepCopy());
    }

    private static Reply unexpectedState() {
        return error(400, "invalid_request_error", "payment_intent_unexpected_state", "");
    }

    private static Reply error(int status, String type, String code, String declineCode) {
        var body = Json.mapper().createObjectNode();
        var error = body.putObject("error").put("type", type).put("code", code).put("message", "as Stripe would say");
        if (!declineCode.isEmpty()) {
            error.put("decline_code", declineCode);
        }
        return new Reply(status, body);
    }

    private static Map<String, String> form(String text) {
        var form = new LinkedHashMap<String, String>();
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] parts = pair.split("=", 2);
                form.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
            }
        }
        return form;
    }
}
