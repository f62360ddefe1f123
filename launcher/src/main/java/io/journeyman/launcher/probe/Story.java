package io.journeyman.launcher.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Contract.Operation;
import io.journeyman.contracts.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The examples of a contract, told once more about new things: an order with a number of its own, recorded, confirmed, sent back. What
 * the example of a change begins with is what it is about (in our contracts a body's first field names it); wherever that comes again, in
 * another example or in a path, it is the same thing. What only the agent can know, such as a token, is taken from its answers.
 */
final class Story {
    private final SchemaValues values;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> renamed = new HashMap<>();
    private final Map<String, String> answered = new HashMap<>();

    /**
     * @param things what the agent has already, which no story makes anew
     * @param sign makes its new things differ from those of all other stories
     */
    Story(Contract contract, ExampleBodies examples, SchemaValues values, Set<String> things, String sign) {
        this.values = values;
        for (Operation operation : contract.operations()) {
            for (JsonNode example : examples.of(operation)) {
                collect(example);
                thing(operation, example)
                        .filter(name -> operation.keyed() && !things.contains(name))
                        .ifPresent(name -> renamed.put(name, name + "-" + sign));
            }
        }
    }

    /** What an example begins with, unless it is one of a few words, or a moment. */
    private Optional<String> thing(Operation operation, JsonNode example) {
        return example.properties().stream()
                .findFirst()
                .filter(first -> first.getValue().isTextual() && !isWord(operation, first.getKey()))
                .map(first -> first.getValue().asText());
    }

    private boolean isWord(Operation operation, String name) {
        JsonNode schema = values.resolved(operation.requestSchema().orElseThrow());
        JsonNode field = schema.path("properties").path(name);
        return field.has("enum") || field.has("format");
    }

    /** An operation's example in this story. */
    JsonNode body(Operation operation, JsonNode example) {
        JsonNode body = retold(example);
        if (body instanceof ObjectNode object) {
            answered.forEach((name, value) -> {
                String shown = object.path(name).asText();
                if (object.path(name).isTextual() && !renamed.containsValue(shown) && !isWord(operation, name)) {
                    object.put(name, value);
                }
            });
        }
        return body;
    }

    /** What a path's parameter is in this story; empty where it does not say. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(names.get(name))
                .filter(renamed::containsKey)
                .map(renamed::get)
                .or(() -> Optional.ofNullable(answered.get(name)))
                .or(() -> Optional.ofNullable(names.get(name)));
    }

    /** The agent's word, once it did what it was asked; of what it only repeats nothing is new, and the first word counts. */
    void heard(Operation operation, Optional<String> asked, JsonNode answer) {
        Set<String> said = new HashSet<>();
        operation.parameters().forEach(parameter -> said.add(parameter.name()));
        asked.ifPresent(body -> namesIn(Json.tree(body), said));
        hear(answer, said);
    }

    private void hear(JsonNode value, Set<String> said) {
        value.properties().forEach(member -> {
            boolean plain = member.getValue().isTextual() || member.getValue().isIntegralNumber();
            if (plain && !said.contains(member.getKey())) {
                answered.putIfAbsent(member.getKey(), member.getValue().asText());
            }
        });
        value.forEach(child -> hear(child, said));
    }

    private static void namesIn(JsonNode value, Set<String> names) {
        value.fieldNames().forEachRemaining(names::add);
        value.forEach(child -> namesIn(child, names));
    }

    private void collect(JsonNode value) {
        value.properties().forEach(member -> {
            if (member.getValue().isTextual() || member.getValue().isIntegralNumber()) {
                names.putIfAbsent(member.getKey(), member.getValue().asText());
            }
        });
        value.forEach(this::collect);
    }

    private JsonNode retold(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode told = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(member -> told.set(member.getKey(), retold(member.getValue())));
                yield told;
            }
            case ArrayNode array -> {
                ArrayNode told = JsonNodeFactory.instance.arrayNode();
                array.forEach(item -> told.add(retold(item)));
                yield told;
            }
            default ->
                value.isTextual()
                        ? JsonNodeFactory.instance.textNode(renamed.getOrDefault(value.asText(), value.asText()))
                        : value;
        };
    }
}
