package io.journeyman.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.bench.chaos.Wire.Call;
import io.journeyman.contracts.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests as they should not be, and answers of agents that have done nothing. */
final class Lies {
    private Lies() {}

    static Call with(Call call, String member, Object value) {
        var body = (ObjectNode) Json.tree(call.body());
        body.putPOJO(member, value);
        return LyingNetwork.saying(body.toString(), call);
    }

    static Call underAnotherKey(Call call) {
        var headers = new HashMap<>(call.headers());
        headers.replaceAll((name, values) -> name.equalsIgnoreCase("Idempotency-Key")
                ? values.stream().map(key -> key + "-again").toList()
                : values);
        return new Call(call.method(), call.path(), headers, call.body());
    }

    static Call dearer(Call call) {
        JsonNode body = Json.tree(call.body());
        var amount = (ObjectNode) body.path("amount");
        amount.put("minor", amount.path("minor").asLong() + 1);
        return LyingNetwork.saying(body.toString(), call);
    }

    static Map<String, Object> attempt(String order, String status) {
        return Map.of(
                "orderId",
                order,
                "attempt",
                1,
                "outcome",
                "secured",
                "status",
                status,
                "suggestions",
                List.of(),
                "amount",
                Map.of("minor", 1, "currency", "INR"));
    }

    /** @param status released or allocated */
    static Map<String, Object> hold(String id, String status) {
        return Map.of(
                "holdId",
                id,
                "status",
                status,
                "lines",
                List.of(),
                "incoming",
                List.of(),
                "expiresAt",
                "2030-01-01T00:00:00Z");
    }

    static Map<String, Object> creditUse(String order, String status) {
        return Map.of(
                "useId", order, "orderId", order, "status", status, "amount", Map.of("minor", 100, "currency", "INR"));
    }

    /** Of a parcel that was undone. */
    static Map<String, Object> cancelledShipment(String id) {
        return Map.of("orderId", id, "status", "cancelled", "parcels", List.of());
    }
}
