package io.journeyman.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each schema component and the record of the same name say the same: fields, types, what is required, enums. */
class RecordsMatchContractsTest {
    private static final Map<String, Class<?>> BINDINGS = Map.of(
            "recommendation", Recommendation.class,
            "inventory", Inventory.class,
            "fulfillment", Fulfillment.class,
            "payment", Payment.class,
            "postPurchase", PostPurchase.class,
            "loyalty", Loyalty.class,
            "giftWrapping", GiftWrapping.class);
    private static final List<Class<?>> SHARED = List.of(
            Money.class,
            Line.class,
            PricedLine.class,
            Address.class,
            Problem.class,
            ImportedRow.class,
            ImportedRows.class);

    static Stream<String> agents() {
        return BINDINGS.keySet().stream().sorted();
    }

    @Test
    void knowTheRecordsOfEveryDocument() {
        assertThat(BINDINGS.keySet()).containsExactlyInAnyOrderElementsOf(Contract.AGENTS);
    }

    @ParameterizedTest
    @MethodSource("agents")
    void agree(String agent) {
        JsonNode schemas = Json.tree(Contract.load(agent).text()).at("/components/schemas");
        Map<String, Class<?>> records = new HashMap<>();
        SHARED.forEach(type -> records.put(type.getSimpleName(), type));
        Arrays.stream(BINDINGS.get(agent).getDeclaredClasses())
                .filter(Class::isRecord)
                .forEach(type -> records.put(type.getSimpleName(), type));

        var differences = new ArrayList<String>();
        schemas.fieldNames().forEachRemaining(name -> {
            if (!records.containsKey(name)) {
                differences.add("no record for the schema " + name);
            } else {
                compare(name, records.get(name), schemas.get(name), schemas, differences);
            }
        });
        Arrays.stream(BINDINGS.get(agent).getDeclaredClasses())
                .filter(Class::isRecord)
                .map(Class::getSimpleName)
                .filter(name -> !schemas.has(name))
                .forEach(name -> differences.add("no schema for the record " + name));

        assertThat(differences).isEmpty();
        assertThat(schemas.size()).isPositive();
    }

    private static void compare(
            String name, Class<?> type, JsonNode schema, JsonNode schemas, List<String> differences) {
        var required = new TreeSet<String>();
        schema.path("required").forEach(field -> required.add(field.asText()));
        var fields = new TreeSet<String>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        var components = new TreeSet<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            String field = name + "." + component.getName();
            components.add(component.getName());
            JsonNode property = schema.path("properties").path(component.getName());
            if (property.isMissingNode()) {
                differences.add(field + " is not in the schema");
                continue;
            }
            boolean optional = component.getType() == Optional.class;
            if (optional == required.contains(component.getName())) {
                differences.add(field + (optional ? " is Optional and required" : " is not required and not Optional"));
            }
            Type value = optional
                    ? ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                    : component.getGenericType();
            check(field, value, property, schemas, differences);
        }
        fields.removeAll(components);
        fields.forEach(field -> differences.add(name + "." + field + " is not in the record"));
    }

    private static void check(String field, Type type, JsonNode property, JsonNode schemas, List<String> differences) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            if (!property.path("type").asText().equals("array")) {
                differences.add(field + " must be an array");
            } else {
                check(field + "[]", list.getActualTypeArguments()[0], property.path("items"), schemas, differences);
            }
            return;
        }
        Class<?> is = (Class<?>) type;
        String said = property.path("type").asText();
        String format = property.path("format").asText();
        boolean right;
        if (is.isEnum()) {
            var values = StreamSupport.stream(property.path("enum").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            right = values.equals(
                    Arrays.stream(is.getEnumConstants()).map(Object::toString).toList());
        } else if (Id.class.isAssignableFrom(is)) {
            right = said.equals("string") && property.has("pattern");
        } else if (is == Instant.class) {
            right = said.equals("string") && format.equals("date-time");
        } else if (is == LocalDate.class) {
            right = said.equals("string") && format.equals("date");
        } else if (is == String.class) {
            right = said.equals("string");
        } else if (is == int.class || is == Integer.class || is == long.class || is == Long.class) {
            right = said.equals("integer");
        } else if (is == double.class || is == Double.class) {
            right = said.equals("number");
        } else if (is == boolean.class || is == Boolean.class) {
            right = said.equals("boolean");
        } else {
            right = property.path("$ref").asText().equals("#/components/schemas/" + is.getSimpleName())
                    && schemas.has(is.getSimpleName());
        }
        if (!right) {
            differences.add(field + " is a " + is.getSimpleName() + ", and the schema says " + property);
        }
    }
}
