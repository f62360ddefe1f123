package io.journeyman.activities.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.model.ToolSpec;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Contract.Effect;
import io.journeyman.contracts.Contract.Operation;
import io.journeyman.contracts.Contract.Violation;
import io.journeyman.contracts.Json;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every tool that the model may choose: read from the agents' contracts, and the cart's own. Immutable. */
public final class ToolCatalogue {
    public static final String ADD_TO_CART = "conversation.addToCart";
    public static final String REMOVE_FROM_CART = "conversation.removeFromCart";
    public static final String SHOW_CART = "conversation.showCart";
    public static final String ORDER_AGAIN = "conversation.orderAgain";

    private static final int DEEPEST = 24;
    private static final int LONGEST_ARGUMENTS = 8_000;
    private static final String VARIANT = """
            {"type": "object", "additionalProperties": false, "properties": {
              "sku": {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,64}$", "description": "the variant, when it is known"},
              "productId": {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,64}$", "description": "the product, when the sku is not known"},
              "size": {"type": "string", "maxLength": 40, "description": "size as the customer said it"},
              "color": {"type": "string", "maxLength": 40, "description": "colour as the customer said it"},
              "quantity": {"type": "integer", "minimum": 1, "maximum": 20, "description": "%s"}}}""";

    private final Map<String, Tool> byName = new LinkedHashMap<>();
    private final Contract arguments;

    private ToolCatalogue(Collection<Contract> agents) {
        own(
                "add_to_cart",
                ADD_TO_CART,
                "When the customer wants an item: puts it into the cart. Nothing is ordered by"
                        + " it. Name the variant by sku, or by productId with size and color.",
                VARIANT.formatted("pieces, 1 when not said"));
        own(
                "remove_from_cart",
                REMOVE_FROM_CART,
                "When the customer does not want an item of the cart any more, or fewer" + " of it.",
                VARIANT.formatted("pieces to take out, all when not said"));
        own("show_cart", SHOW_CART, "To see what is in the cart and what it costs.", """
                {"type": "object", "additionalProperties": false, "properties": {}}""");
        own(
                "order_again",
                ORDER_AGAIN,
                "When the customer wants the same as in an earlier order once more: puts what of it can be had"
                        + " today into the cart, at today's prices, and says what cannot. Nothing is ordered by it. Without an orderId"
                        + " their latest order is meant.",
                """
                {"type": "object", "additionalProperties": false, "properties": {
                  "orderId": {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,64}$", "description": "the order; the latest one when not said"}}}""");
        for (Contract agent : agents) {
            for (Operation operation : agent.tools()) {
                put(tool(agent, operation));
            }
        }
        this.arguments = Contract.parse("tools", schemas().toString());
    }

    /** The tools of these agents. */
    public static ToolCatalogue of(Collection<Contract> agents) {
        return new ToolCatalogue(agents);
    }

    public List<ToolSpec> specs() {
        return byName.values().stream()
                .map(tool -> new ToolSpec(tool.name(), tool.description(), tool.jsonSchema()))
                .toList();
    }

    public Optional<Tool> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** What the model gave: arguments that fit, or what is wrong with them, in words that the model can act on. */
    public sealed interface Checked {
        record Valid(ObjectNode arguments) implements Checked {}

        record Invalid(String detail) implements Checked {}
    }

    /** A model can name no field of the session: such members are dropped, like those that are null. */
    public Checked check(Tool tool, String argumentsJson) {
        if (argumentsJson.length() > LONGEST_ARGUMENTS) {
            return new Checked.Invalid("the arguments are too long");
        }
        JsonNode given;
        try {
            given = Json.tree(argumentsJson.isBlank() ? "{}" : argumentsJson);
        } catch (IllegalArgumentException e) {
            return new Checked.Invalid("the arguments are not JSON");
        }
        if (!(given instanceof ObjectNode object)) {
            return new Checked.Invalid("the arguments must be a JSON object");
        }
        ObjectNode asked = object.deepCopy();
        tool.session().keySet().forEach(asked::remove);
        asked.properties().stream()
                .filter(member -> member.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList()
                .forEach(asked::remove);
        List<Violation> violations = arguments.checkSchema(tool.name(), asked.toString());
        return violations.isEmpty()
                ? new Checked.Valid(asked)
                : new Checked.Invalid(
                        violations.stream().limit(5).map(Violation::toString).collect(Collectors.joining("; ")));
    }

    private void own(String name, String operation, String description, String schema) {
        put(new Tool(
                name, operation, description, schema, false, Optional.empty(), Map.of(), Set.of(), Optional.empty()));
    }

    private void put(Tool tool) {
        if (byName.putIfAbsent(tool.name(), tool) != null) {
            throw new IllegalArgumentException("two tools are named " + tool.name());
        }
    }

    private static Tool tool(Contract agent, Operation operation) {
        Contract.Tool declared = operation.tool().orElseThrow();
        Effect effect = operation
                .effect()
                .orElseThrow(() -> new IllegalArgumentException(operation.id() + ": a tool needs x-effect"));
        if (effect != Effect.read && operation.journey().isEmpty()) {
            throw new IllegalArgumentException(operation.id() + ": a tool that writes needs x-journey");
        }
        JsonNode schema = declared.parameters()
                .or(operation::requestSchema)
                .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("type", "object"));
        return new Tool(
                declared.name(),
                agent.name() + "." + operation.id(),
                declared.when(),
                withoutSession(inlined(agent.document(), schema, DEEPEST), declared.session())
                        .toString(),
                effect != Effect.read,
                operation.journey(),
                declared.session(),
                needed(agent, operation, declared.session()),
                Optional.of(operation));
    }

    private static Set<String> needed(Contract agent, Operation operation, Map<String, String> session) {
        JsonNode request = operation.requestSchema().orElseGet(JsonNodeFactory.instance::objectNode);
        Set<String> needed = new HashSet<>();
        for (JsonNode name : inlined(agent.document(), request, DEEPEST).path("required")) {
            if (session.containsKey(name.asText())) {
                needed.add(name.asText());
            }
        }
        return Set.copyOf(needed);
    }

    /** References become what they refer to: models and their libraries follow none. */
    private static JsonNode inlined(JsonNode document, JsonNode schema, int depth) {
        if (depth == 0) {
            throw new IllegalArgumentException("a tool's parameters are nested too deeply");
        }
        if (schema instanceof ObjectNode object) {
            String reference = object.path("$ref").asText("");
            if (reference.startsWith("#/")) {
                return inlined(document, document.at(reference.substring(1)), depth - 1);
            }
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(m -> copy.set(m.getKey(), inlined(document, m.getValue(), depth - 1)));
            return copy;
        }
        if (schema instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(inlined(document, element, depth - 1)));
            return copy;
        }
        return schema;
    }

    private static JsonNode withoutSession(JsonNode schema, Map<String, String> session) {
        if (schema.path("properties") instanceof ObjectNode properties) {
            session.keySet().forEach(properties::remove);
        }
        if (schema instanceof ObjectNode object && schema.path("required") instanceof ArrayNode required) {
            ArrayNode left = JsonNodeFactory.instance.arrayNode();
            required.forEach(name -> {
                if (!session.containsKey(name.asText())) {
                    left.add(name);
                }
            });
            object.set("required", left);
        }
        return schema;
    }

    private ObjectNode schemas() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        document.putObject("paths");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        byName.values().forEach(tool -> schemas.set(tool.name(), Json.tree(tool.jsonSchema())));
        return document;
    }
}
