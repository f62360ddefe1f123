package io.journeyman.activities.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tools' arguments between JSON text and LangChain4j. Only what every provider understands of JSON Schema is passed on (types,
 * enums, required, descriptions); the contract itself still checks what the model makes of it.
 */
final class ToolSchemas {
    private static final int DEEPEST = 6;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private ToolSchemas() {}

    static ToolSpecification specification(ToolSpec tool) {
        return ToolSpecification.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(object(parse(tool.jsonSchema()), DEEPEST))
                .build();
    }

    /** The arguments where they are a JSON object, else {@code {}}: providers accept no other in a transcript. */
    static String objectOrEmpty(String argumentsJson) {
        return parse(argumentsJson).isObject() ? argumentsJson : "{}";
    }

    /** The same text for the same arguments, whatever the spaces and the order of members. */
    static String canonical(String argumentsJson) {
        JsonNode arguments = parse(argumentsJson);
        if (!arguments.isObject()) {
            return String.valueOf(argumentsJson);
        }
        try {
            return JSON.writeValueAsString(JSON.convertValue(arguments, Map.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a parsed JSON object can always be written", e);
        }
    }

    private static JsonNode parse(String json) {
        if (json == null || json.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            // not JSON is an answer here: the callers ask isObject
            return MissingNode.getInstance();
        }
    }

    private static JsonObjectSchema object(JsonNode schema, int depth) {
        JsonObjectSchema.Builder object = JsonObjectSchema.builder();
        if (schema.hasNonNull("description")) {
            object.description(schema.get("description").asText());
        }
        List<String> required = new ArrayList<>();
        schema.path("properties")
                .properties()
                .forEach(property -> object.addProperty(property.getKey(), element(property.getValue(), depth - 1)));
        schema.path("required").forEach(name -> required.add(name.asText()));
        return object.required(required).build();
    }

    private static JsonSchemaElement element(JsonNode schema, int depth) {
        String description = described(schema);
        if (schema.has("enum")) {
            List<String> values = new ArrayList<>();
            schema.get("enum").forEach(value -> values.add(value.asText()));
            return JsonEnumSchema.builder()
                    .enumValues(values)
                    .description(description)
                    .build();
        }
        JsonNode choices = schema.has("anyOf") ? schema.get("anyOf") : schema.path("oneOf");
        if (depth > 0 && choices.isArray() && !choices.isEmpty()) {
            List<JsonSchemaElement> elements = new ArrayList<>();
            choices.forEach(choice -> elements.add(element(choice, depth - 1)));
            return JsonAnyOfSchema.builder()
                    .anyOf(elements)
                    .description(description)
                    .build();
        }
        return switch (type(schema)) {
            case "object" ->
                depth > 0 ? object(schema, depth) : JsonObjectSchema.builder().build();
            case "array" ->
                JsonArraySchema.builder()
                        .items(
                                depth > 0
                                        ? element(schema.path("items"), depth - 1)
                                        : JsonStringSchema.builder().build())
                        .description(description)
                        .build();
            case "integer" ->
                JsonIntegerSchema.builder().description(description).build();
            case "number" -> JsonNumberSchema.builder().description(description).build();
            case "boolean" ->
                JsonBooleanSchema.builder().description(description).build();
            default -> JsonStringSchema.builder().description(description).build();
        };
    }

    /** JSON Schema allows a list of types; the first that is not null says what to write. */
    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (!one.asText().equals("null")) {
                    return one.asText();
                }
            }
        }
        if (type.isMissingNode() && schema.has("properties")) {
            return "object";
        }
        return type.asText("string");
    }

    /** The description, with the limits that would be lost otherwise. */
    private static String described(JsonNode schema) {
        List<String> words = new ArrayList<>();
        if (schema.hasNonNull("description")) {
            words.add(schema.get("description").asText());
        }
        for (String limit : List.of("pattern", "format", "minimum", "maximum", "maxLength")) {
            if (schema.hasNonNull(limit)) {
                words.add(limit + " " + schema.get(limit).asText());
            }
        }
        return words.isEmpty() ? null : String.join("; ", words);
    }
}
