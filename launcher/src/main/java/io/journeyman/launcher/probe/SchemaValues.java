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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Values as a JSON schema allows them, drawn by chance: the same random numbers give the same values. Ends of ranges and awkward
 * texts come more often than chance would have them. Strings that the agent has told before come again under the same name, so that
 * what is asked is also about things that are there.
 */
final class SchemaValues {
    private static final int DEEPEST = 12;
    private static final int MOST_ITEMS = 4;
    private static final int LONGEST_TEXT = 60;
    private static final int MOST_REMEMBERED = 50;
    private static final Instant SOME_DAY = Instant.parse("2026-11-26T00:00:00Z");
    private static final List<String> AWKWARD = List.of(
            "", " ", "'; DROP TABLE x; --", "<b>&amp;</b>", "नमस्ते", "👗", "null", "%s%n", "../../etc", "\"\\", "\t");

    private final JsonNode document;
    private final Random random;
    private final Map<String, List<String>> told = new HashMap<>();
    private final Map<String, RgxGen> patterns = new HashMap<>();

    /** @param document the contract, for its references */
    SchemaValues(JsonNode document, Random random) {
        this.document = document;
        this.random = random;
    }

    /** Remembers the strings of an answer, by their names. */
    synchronized void remember(JsonNode answer) {
        answer.properties().forEach(member -> {
            if (member.getValue().isTextual()) {
                remember(member.getKey(), member.getValue().asText());
            }
        });
        answer.forEach(this::remember);
    }

    synchronized void remember(String name, String value) {
        List<String> known = told.computeIfAbsent(name, same -> new ArrayList<>());
        if (known.size() < MOST_REMEMBERED) {
            known.add(value);
        } else {
            known.set(random.nextInt(MOST_REMEMBERED), value);
        }
    }

    /** @param name under which the value stands */
    synchronized JsonNode value(String name, JsonNode schema) {
        return value(name, schema, DEEPEST);
    }

    private JsonNode value(String name, JsonNode schema, int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (schema.has("$ref")) {
            return value(name, document.at(schema.path("$ref").asText().substring(1)), depth);
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
            case "integer" -> json.numberNode(integer(schema));
            case "number" -> json.numberNode(integer(schema));
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

    private long integer(JsonNode schema) {
        long least =
                schema.path("minimum").asLong(schema.path("exclusiveMinimum").asLong(-1_000) + 1);
        long most = schema.path("maximum").asLong(Math.max(least, 0) + 1_000_000);
        return switch (random.nextInt(6)) {
            case 0 -> least;
            case 1 -> most;
            case 2 -> Math.min(most, Math.max(least, random.nextInt(4)));
            default -> least + (long) (random.nextDouble() * (most - least));
        };
    }

    private String text(String name, JsonNode schema) {
        if (told.containsKey(name) && random.nextInt(3) > 0) {
            List<String> known = told.get(name);
            return known.get(random.nextInt(known.size()));
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
