package io.journeyman.launcher.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Contract.Operation;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Bodies that begin as an example of the contract: what chance alone never builds, since its fields belong together (a total that is
 * the sum of its lines, an order that was recorded before). Their dates are as far from now as the examples' are from
 * {@link Contract#examplesOn their day}.
 */
final class ExampleBodies {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern INSTANT = Pattern.compile(DAY + "T\\d\\d:\\d\\d:\\d\\dZ");

    private final SchemaValues values;
    private final Random random;
    private final Map<String, List<JsonNode>> examples = new HashMap<>();

    /** What the examples name is remembered among the values, as if the agent had told it. */
    ExampleBodies(Contract contract, SchemaValues values, Random random, LocalDate today) {
        this.values = values;
        this.random = random;
        long days = contract.examplesOn()
                .map(day -> ChronoUnit.DAYS.between(day, today))
                .orElse(0L);
        for (Operation operation : contract.operations()) {
            List<JsonNode> moved = operation.examples().stream()
                    .map(example -> moved(example, days))
                    .toList();
            moved.forEach(values::remember);
            examples.put(operation.id(), moved);
        }
    }

    /** All of an operation's examples. */
    List<JsonNode> of(Operation operation) {
        return examples.get(operation.id());
    }

    /**
     * One of its examples: as it is, about something new (by its first field, which names it in our contracts), or with one field changed.
     *
     * @param told what the agent has told in one answer; it stands in the place of its fields
     */
    Optional<JsonNode> changed(Operation operation, Map<String, String> told) {
        List<JsonNode> all = examples.get(operation.id());
        if (all.isEmpty()) {
            return Optional.empty();
        }
        JsonNode example = retold(all.get(random.nextInt(all.size())).deepCopy(), told);
        JsonNode schema = operation.requestSchema().orElseThrow();
        return Optional.of(
                switch (random.nextInt(4)) {
                    case 0 -> example;
                    case 1 -> ofSomethingNew(example, schema);
                    default -> drawnAnew("", example, schema);
                });
    }

    private JsonNode ofSomethingNew(JsonNode example, JsonNode reference) {
        if (example instanceof ObjectNode object && !object.isEmpty()) {
            String first = object.fieldNames().next();
            object.set(
                    first,
                    values.fresh(values.resolved(reference).path("properties").path(first)));
        }
        return example;
    }

    private JsonNode drawnAnew(String name, JsonNode value, JsonNode reference) {
        JsonNode schema = values.resolved(reference);
        switch (value) {
            case ObjectNode object
            when !schema.path("properties").isEmpty() -> {
                List<String> names = new ArrayList<>();
                schema.path("properties").fieldNames().forEachRemaining(names::add);
                String field = names.get(random.nextInt(names.size()));
                JsonNode of = schema.path("properties").path(field);
                if (!object.has(field)) {
                    object.set(field, values.value(field, of));
                } else if (random.nextInt(4) == 0) {
                    object.remove(field);
                } else {
                    object.set(field, drawnAnew(field, object.path(field), of));
                }
                return object;
            }
            case ArrayNode array
            when !array.isEmpty() -> {
                int at = random.nextInt(array.size());
                switch (random.nextInt(4)) {
                    case 0 -> array.add(values.value(name, schema.path("items")));
                    case 1 -> array.add(array.get(at));
                    default -> array.set(at, drawnAnew(name, array.get(at), schema.path("items")));
                }
                return array;
            }
            default -> {
                return values.value(name, schema);
            }
        }
    }

    private static JsonNode retold(JsonNode value, Map<String, String> told) {
        if (value instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (field.getValue().isTextual() && told.containsKey(field.getKey())) {
                    field.setValue(JsonNodeFactory.instance.textNode(told.get(field.getKey())));
                }
            });
        }
        value.forEach(child -> retold(child, told));
        return value;
    }

    private static JsonNode moved(JsonNode value, long days) {
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode moved = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(field -> moved.set(field.getKey(), moved(field.getValue(), days)));
                yield moved;
            }
            case ArrayNode array -> {
                ArrayNode moved = JsonNodeFactory.instance.arrayNode();
                array.forEach(item -> moved.add(moved(item, days)));
                yield moved;
            }
            default -> value.isTextual() ? JsonNodeFactory.instance.textNode(moved(value.asText(), days)) : value;
        };
    }

    private static String moved(String text, long days) {
        if (DAY.matcher(text).matches()) {
            return LocalDate.parse(text).plusDays(days).toString();
        }
        return INSTANT.matcher(text).matches()
                ? Instant.parse(text).plus(days, ChronoUnit.DAYS).toString()
                : text;
    }
}
