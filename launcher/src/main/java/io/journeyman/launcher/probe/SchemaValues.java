package io.journeyman.launcher.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.curiousoddman.rgxgen.RgxGen;
import com.github.curiousoddman.rgxgen.config.RgxGenOption;
import com.github.curiousoddman.rgxgen.config.RgxGenProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Values as a JSON schema allows them, drawn by chance: the same random numbers give the same values. Ends of ranges and awkward
 * texts come more often than chance would have them. Strings and whole numbers that the agent has told before come again under the same
 * name, so that what is asked is also about things that are there.
 */
final class SchemaValues {
    private static final int DEEPEST = 12;
    private static final int MOST_ITEMS = 4;
    private static final int LONGEST_TEXT = 60;
    private static final int MOST_REMEMBERED = 50;
    private static final int MOST_TOGETHER = 300;
    private static final Instant SOME_DAY = Instant.parse("2026-11-26T00:00:00Z");
    private static final List<String> AWKWARD = List.of(
            "", " ", "'; DROP TABLE x; --", "<b>&amp;</b>", "नमस्ते", "👗", "null", "%s%n", "../../etc", "\"\\", "\t");

    private final JsonNode document;
    private final Random random;
    private final Map<String, List<String>> told = new HashMap<>();
    private final List<Map<String, String>> toldTogether = new ArrayList<>();
    private final Map<String, RgxGen> patterns = new HashMap<>();

    /** @param document the contract, for its references */
    SchemaValues(JsonNode document, Random random) {
        this.document = document;
        this.random = random;
    }

    /** Remembers the strings and whole numbers of an answer, by their names, and which of them came together. */
    synchronized void remember(JsonNode answer) {
        Map<String, String> together = new TreeMap<>();
        answer.properties().forEach(member -> {
            if (member.getValue().isTextual() || member.getValue().isIntegralNumber()) {
                together.put(member.getKey(), member.getValue().asText());
            }
        });
        together.forEach(this::remember);
        if (together.size() > 1) {
            remember(toldTogether, MOST_TOGETHER, together);
        }
        answer.forEach(this::remember);
    }

    /** Something that was remembered under that name. */
    synchronized Optional<String> told(String name) {
        return Optional.ofNullable(told.get(name)).map(known -> known.get(random.nextInt(known.size())));
    }

    /** A schema, or the one that it refers to. */
    JsonNode resolved(JsonNode schema) {
        return schema.has("$ref")
                ? resolved(document.at(schema.path("$ref").asText().substring(1)))
                : schema;
    }

    synchronized void remember(String name, String value) {
        remember(told.computeIfAbsent(name, same -> new ArrayList<>()), MOST_REMEMBERED, value);
    }

    private <T> void remember(List<T> known, int most, T one) {
        if (known.size() < most) {
            known.add(one);
        } else {
            known.set(random.nextInt(most), one);
        }
    }

    /** What one answer told under several names, some of these among them; empty where none did. */
    synchronized Map<String, String> toldTogether(Set<String> names) {
        List<Map<String, String>> fitting = toldTogether.stream()
                .filter(one -> !Collections.disjoint(one.keySet(), names))
                .toList();
        return fitting.isEmpty() ? Map.of() : fitting.get(random.nextInt(fitting.size()));
    }

    /** A value about which the agent has told nothing. */
    synchronized JsonNode fresh(JsonNode schema) {
        return value("", schema);
    }

    /** @param name under which the value stands */
    synchronized JsonNode value(String name, JsonNode schema) {
        return value(name, schema, DEEPEST);
    }

    private JsonNode value(String name, JsonNode schema, int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (schema.has("$ref")) {
            return value(name, resolved(schema), depth);
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.has("enum")) {
            return any(schema.path("enum"));
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (schema.has(choice)) {
                return value(name, any(schema.path(choice)), depth);
            }
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(name, schema, depth);
            case "integer" -> json.numberNode(integer(name, schema));
            case "number" -> json.numberNode(integer(name, schema));
            case "boolean" -> json.booleanNode(random.nextBoolean());
            case "null" -> json.nullNode();
            default -> json.textNode(text(name, schema));
        };
    }

    private String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? any(type).asText() : type.asText(schema.has("properties") ? "object" : "string");
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("properties").properties().forEach(member -> {
            boolean wanted = required.contains(member.getKey()) || (depth > 0 && random.nextInt(3) > 0);
            if (wanted) {
                object.set(member.getKey(), value(member.getKey(), member.getValue(), depth - 1));
            }
        });
        if (schema.path("additionalProperties").isObject() && depth > 0) {
            for (int i = random.nextInt(3); i > 0; i--) {
                object.set("key" + i, value("key", schema.path("additionalProperties"), depth - 1));
            }
        }
        return object;
    }

    private ArrayNode array(String name, JsonNode schema, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        int least = schema.path("minItems").asInt(0);
        int most = Math.min(schema.path("maxItems").asInt(MOST_ITEMS), Math.max(least, MOST_ITEMS));
        int size = depth > 0 ? between(least, most) : least;
        for (int i = 0; i < size; i++) {
            array.add(value(name, schema.path("items"), depth - 1));
        }
        return array;
    }

    private long integer(String name, JsonNode schema) {
        Optional<Long> known = random.nextInt(3) == 0
                ? told(name).filter(text -> text.matches("-?[0-9]{1,18}")).map(Long::valueOf)
                : Optional.empty();
        if (known.isPresent()) {
            return known.get();
        }
        long least =
                schema.path("minimum").asLong(schema.path("exclusiveMinimum").asLong(-1_000) + 1);
        long most = schema.path("maximum")
                .asLong(
                        schema.path("format").asText().equals("int64")
                                ? Long.MAX_VALUE
                                : Math.max(least, 0) + 1_000_000);
        return switch (random.nextInt(6)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> Math.min(most, Math.max(least, random.nextInt(4)));
            default -> least + (long) (random.nextDouble() * (Math.min(most, Math.max(least, 0) + 1_000_000) - least));
        };
    }

    private String text(String name, JsonNode schema) {
        Optional<String> known = random.nextInt(3) > 0 ? told(name) : Optional.empty();
        if (known.isPresent()) {
            return known.get();
        }
        switch (schema.path("format").asText()) {
            case "date" -> {
                return someTime().atZone(ZoneOffset.UTC).toLocalDate().toString();
            }
            case "date-time" -> {
                return someTime().toString();
            }
            case "uri" -> {
                return "https://shop.example/" + random.nextInt(1_000) + ".jpg";
            }
            default -> {}
        }
        if (schema.has("pattern")) {
            return patterns.computeIfAbsent(schema.path("pattern").asText(), SchemaValues::generator)
                    .generate(random);
        }
        int least = schema.path("minLength").asInt(0);
        int most = schema.path("maxLength").asInt(LONGEST_TEXT);
        String text = random.nextInt(4) == 0
                ? AWKWARD.get(random.nextInt(AWKWARD.size()))
                : "x".repeat(random.nextInt(5) == 0 ? most : between(least, Math.min(most, LONGEST_TEXT)));
        text = text.length() < least ? text + "y".repeat(least - text.length()) : text;
        return text.length() > most ? text.substring(0, most) : text;
    }

    private static RgxGen generator(String pattern) {
        RgxGenProperties properties = new RgxGenProperties();
        RgxGenOption.INFINITE_PATTERN_REPETITION.setInProperties(properties, 12);
        return RgxGen.parse(properties, pattern.replaceAll("^\\^|\\$$", ""));
    }

    private Instant someTime() {
        return SOME_DAY.plus(Duration.ofHours(random.nextInt(24 * 400) - 24L * 200))
                .truncatedTo(ChronoUnit.SECONDS);
    }

    private int between(int least, int most) {
        return least + random.nextInt(Math.max(0, most - least) + 1);
    }

    private JsonNode any(JsonNode list) {
        return list.get(random.nextInt(list.size()));
    }
}
