package io.journeyman.launcher.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Contract.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Bodies that a contract does not allow: a good one with one thing broken. Whether it is broken the contract itself says. */
final class BrokenBodies {
    private static final int TRIES = 20;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<JsonNode> WRONG = List.of(
            JSON.nullNode(),
            JSON.numberNode(-1),
            JSON.numberNode(1.5),
            JSON.numberNode(Long.MAX_VALUE),
            JSON.booleanNode(true),
            JSON.textNode("x".repeat(5_000)),
            JSON.arrayNode(),
            JSON.objectNode());

    private final Contract contract;
    private final Random random;

    BrokenBodies(Contract contract, Random random) {
        this.contract = contract;
        this.random = random;
    }

    /** @return empty where whatever was tried is allowed */
    Optional<String> of(Operation operation, JsonNode good) {
        for (int tries = 0; tries < TRIES; tries++) {
            String broken = broken(good);
            if (!contract.checkRequest(operation, Optional.of(broken)).isEmpty()) {
                return Optional.of(broken);
            }
        }
        return Optional.empty();
    }

    private String broken(JsonNode good) {
        return switch (random.nextInt(8)) {
            case 0 ->
                good.toString()
                        .substring(0, random.nextInt(Math.max(1, good.toString().length())));
            case 1 -> "[" + good + "]";
            case 2 -> "[".repeat(500) + "]".repeat(500);
            default -> changed(good.deepCopy()).toString();
        };
    }

    private JsonNode changed(JsonNode body) {
        List<JsonNode> places = new ArrayList<>();
        containers(body, places);
        if (places.isEmpty()) {
            return WRONG.get(random.nextInt(WRONG.size()));
        }
        JsonNode wrong = WRONG.get(random.nextInt(WRONG.size()));
        switch (places.get(random.nextInt(places.size()))) {
            case ObjectNode object when object.isEmpty() || random.nextInt(5) == 0 -> object.set("surprise", wrong);
            case ObjectNode object -> {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = names.get(random.nextInt(names.size()));
                if (random.nextBoolean()) {
                    object.remove(name);
                } else {
                    object.set(name, wrong);
                }
            }
            case ArrayNode array when array.isEmpty() -> array.add(wrong);
            case ArrayNode array -> array.set(random.nextInt(array.size()), wrong);
            default -> throw new IllegalStateException("only containers are places");
        }
        return body;
    }

    private static void containers(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(child -> containers(child, places));
        }
    }
}
