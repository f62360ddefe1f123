package io.journeyman.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.serialization.NodeReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;

/**
 * An agent's contract: its OpenAPI 3.1 document, ready to find the operation of a request, to check requests and answers
 * against it, and to list the tools it offers to the model. Immutable and safe to share between threads.
 */
public final class Contract {
    /** The house's agents, each with its {@code contracts/<agent>.json}. */
    public static final List<String> AGENTS =
            List.of("fulfillment", "recommendation", "inventory", "postPurchase", "payment", "loyalty", "giftWrapping");

    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            // a schema carries the document's components along, for its references; they check nothing by themselves
            Dialect.builder(Dialects.getDraft202012())
                    .keyword(new NonValidationKeyword("components"))
                    .build(),
            registry -> registry.schemaCacheEnabled(false)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .locale(Locale.ENGLISH)
                            .build()));
    private static final NodeReader SCHEMA_READER = NodeReader.builder().build();
    private static final String ESCAPED_NUL = "\\u0000";
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

    /** The house's contracts that were asked for: agents and whoever calls them share what was compiled of one. */
    private static final Map<String, Contract> LOADED = new ConcurrentHashMap<>();

    private final String name;
    private final String text;
    private final JsonNode document;
    private final List<Operation> operations;
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();
    /** In the validator's own tree, of which every compiled schema has a part. */
    private final tools.jackson.databind.JsonNode components;

    private Contract(String name, String text) {
        this.name = name;
        this.text = text;
        this.document = Json.tree(text);
        if (!document.path("openapi").asText().startsWith("3.1")) {
            throw new IllegalArgumentException("the contract of " + name + " is not an OpenAPI 3.1 document");
        }
        this.operations = operationsOf(document);
        this.components = forValidator(document.path("components"));
        requireDistinctNames();
    }

    /** The contract of one of the house's agents, {@code contracts/<agent>.json} on the classpath. */
    public static Contract load(String agent) {
        return find(agent).orElseThrow(() -> new IllegalArgumentException("there is no contracts/" + agent + ".json"));
    }

    /** As {@link #load}, empty when the house has no such contract. */
    public static Optional<Contract> find(String agent) {
        return agent.matches("[A-Za-z][A-Za-z0-9]{0,39}")
                ? Optional.ofNullable(
                        LOADED.computeIfAbsent(agent, name -> read(name).orElse(null)))
                : Optional.empty();
    }

    private static Optional<Contract> read(String agent) {
        try (InputStream in = Contract.class.getResourceAsStream("/contracts/" + agent + ".json")) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new Contract(agent, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalArgumentException when the text is no OpenAPI 3.1 document; the message says what is wrong */
    public static Contract parse(String name, String text) {
        return new Contract(name, text);
    }

    public String name() {
        return name;
    }

    /** Whether its operations want to know who calls, where they do not say otherwise. */
    public boolean secured() {
        return !document.path("security").isEmpty();
    }

    /**
     * The day that is today in its examples, as {@code x-examples-on} of its {@code info} says: their dates count from it.
     *
     * @throws IllegalArgumentException when it says something else than a day
     */
    public Optional<LocalDate> examplesOn() {
        String day = document.at("/info/x-examples-on").asText();
        try {
            return day.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(day));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("info.x-examples-on must be a day such as 2026-11-26, not " + day, e);
        }
    }

    /** The document as it was written. */
    public String text() {
        return text;
    }

    /** A copy of the document as a tree. */
    public JsonNode document() {
        return document.deepCopy();
    }

    public List<Operation> operations() {
        return operations;
    }

    public Optional<Operation> operation(String operationId) {
        return operations.stream().filter(o -> o.id().equals(operationId)).findFirst();
    }

    /** The operations that the model may choose. */
    public List<Operation> tools() {
        return operations.stream().filter(o -> o.tool().isPresent()).toList();
    }

    /** The operation of a request's method and path ({@code /holds/h-1}, without query); fixed segments win over parameters. */
    public Optional<Operation> find(String method, String path) {
        return operations.stream()
                .filter(o -> o.method().equalsIgnoreCase(method)
                        && o.pathParameters(path).isPresent())
                .min((a, b) -> Integer.compare(
                        a.pathParameters(path).orElseThrow().size(),
                        b.pathParameters(path).orElseThrow().size()));
    }

    /** Whether any operation has this path, whatever its method. */
    public boolean knowsPath(String path) {
        return operations.stream().anyMatch(o -> o.pathParameters(path).isPresent());
    }

    /** What is wrong with a request's body; empty when nothing is. An empty body is given as {@code Optional.empty()}. */
    public List<Violation> checkRequest(Operation operation, Optional<String> body) {
        if (operation.requestSchema().isEmpty()) {
            return body.isEmpty() ? List.of() : List.of(new Violation("", "no body is expected"));
        }
        if (body.isEmpty()) {
            return operation.requestRequired() ? List.of(new Violation("", "a JSON body is required")) : List.of();
        }
        return check(operation.id() + ".request", operation.requestSchema().get(), body.get());
    }

    /** What is wrong with the parameters of a request's path and query. */
    public List<Violation> checkParameters(Operation operation, String path, Map<String, String> query) {
        Map<String, String> inPath = operation.pathParameters(path).orElse(Map.of());
        List<Violation> violations = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            Optional<String> value = Optional.ofNullable(
                    parameter.in().equals("path") ? inPath.get(parameter.name()) : query.get(parameter.name()));
            if (value.isEmpty()) {
                if (parameter.required()) {
                    violations.add(new Violation(parameter.name(), "is required"));
                }
                continue;
            }
            String type = parameter.schema().path("type").asText("string");
            boolean number = type.equals("integer") || type.equals("number");
            if (number && !INTEGER.matcher(value.get()).matches()) {
                violations.add(new Violation(parameter.name(), "must be a number"));
                continue;
            }
            String json = number || type.equals("boolean") ? value.get() : Json.write(value.get());
            check(operation.id() + ".parameter." + parameter.name(), parameter.schema(), json)
                    .forEach(v -> violations.add(new Violation(parameter.name(), v.message())));
        }
        return violations;
    }

    /** What is wrong with an answer: a status the contract does not name, or a body that does not fit that status. */
    public List<Violation> checkResponse(Operation operation, int status, String body) {
        Optional<JsonNode> schema = operation.responseSchema(status);
        return schema.isEmpty()
                ? List.of(new Violation("", "the contract names no answer with status " + status))
                : check(operation.id() + ".response." + status, schema.get(), body);
    }

    /** What is wrong with a value of a named schema of the document, such as {@code PlaceHold}. */
    public List<Violation> checkSchema(String schemaName, String json) {
        JsonNode schema = document.at("/components/schemas").path(schemaName);
        if (schema.isMissingNode()) {
            throw new IllegalArgumentException("the contract of " + name + " has no schema " + schemaName);
        }
        return check("schema." + schemaName, schema, json);
    }

    private List<Violation> check(String key, JsonNode schema, String json) {
        try {
            List<Error> errors =
                    compiled.computeIfAbsent(key, k -> compile(schema)).validate(json, InputFormat.JSON);
            if (errors.isEmpty() && json.contains(ESCAPED_NUL)) {
                return nul("", Json.tree(json)).toList();
            }
            return errors.stream().map(Contract::violation).distinct().toList();
        } catch (JacksonException unreadable) {
            // the validator's own parser has narrower limits than ours
            return List.of(new Violation("", "is not JSON, is nested too deeply, or holds too long a number or name"));
        }
    }

    /** No text holds NUL, which PostgreSQL does not store (its documentation, 8.3), whatever a schema allows. */
    private static Stream<Violation> nul(String field, JsonNode value) {
        if (value.isTextual()) {
            return value.textValue().indexOf(0) < 0
                    ? Stream.empty()
                    : Stream.of(new Violation(field, "holds the character NUL"));
        }
        var members = IntStream.range(0, value.isArray() ? value.size() : 0)
                .boxed()
                .flatMap(i -> nul(in(field, String.valueOf(i)), value.get(i)));
        return Stream.concat(
                members,
                value.properties().stream()
                        .flatMap(member -> member.getKey().indexOf(0) < 0
                                ? nul(in(field, member.getKey()), member.getValue())
                                : Stream.of(new Violation(field, "has a name that holds the character NUL"))));
    }

    private static String in(String field, String member) {
        return field.isEmpty() ? member : field + "." + member;
    }

    private Schema compile(JsonNode schema) {
        // each schema becomes a document of its own that carries the components, so that "#/components/…" resolves
        var standalone = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        standalone.putArray("allOf").add(forValidator(schema));
        standalone.set("components", components);
        return SCHEMAS.getSchema(standalone);
    }

    private static tools.jackson.databind.JsonNode forValidator(JsonNode node) {
        return SCHEMA_READER.readSchema(node.isMissingNode() ? "{}" : node.toString(), InputFormat.JSON);
    }

    private static Violation violation(Error error) {
        String at = error.getInstanceLocation() == null
                ? ""
                : error.getInstanceLocation().toString();
        String field = at.replaceFirst("^/", "").replace('/', '.');
        if (error.getProperty() != null) {
            field = field.isEmpty() ? error.getProperty() : field + "." + error.getProperty();
        }
        return new Violation(field, error.getMessage());
    }

    private void requireDistinctNames() {
        Set<String> seen = new HashSet<>();
        for (Operation operation : operations) {
            if (!seen.add(operation.id())) {
                throw new IllegalArgumentException(
                        "the contract of " + name + " names two operations " + operation.id());
            }
        }
    }

    private static List<Operation> operationsOf(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        for (var path : document.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    operations.add(
                            operation(document, path.getKey(), path.getValue(), method.getKey(), method.getValue()));
                }
            }
        }
        return List.copyOf(operations);
    }

    private static Operation operation(
            JsonNode document, String template, JsonNode path, String method, JsonNode node) {
        String id = node.path("operationId").asText("");
        if (id.isEmpty()) {
            throw new IllegalArgumentException(method + " " + template + " has no operationId");
        }
        List<Parameter> parameters = new ArrayList<>();
        boolean keyed = false;
        for (JsonNode declared : List.of(path.path("parameters"), node.path("parameters"))) {
            for (JsonNode reference : declared) {
                JsonNode parameter = resolve(document, reference);
                String in = parameter.path("in").asText();
                keyed |= in.equals("header") && parameter.path("name").asText().equalsIgnoreCase(IDEMPOTENCY_KEY);
                if (in.equals("path") || in.equals("query")) {
                    parameters.add(new Parameter(
                            parameter.path("name").asText(),
                            in,
                            parameter.path("required").asBoolean(in.equals("path")),
                            resolve(document, parameter.path("schema"))));
                }
            }
        }
        JsonNode request = resolve(document, node.path("requestBody"));
        Map<String, JsonNode> responses = new LinkedHashMap<>();
        for (var response : node.path("responses").properties()) {
            responses.put(response.getKey(), schemaOf(resolve(document, response.getValue())));
        }
        return new Operation(
                id,
                method.toUpperCase(Locale.ROOT),
                template,
                node.path("summary").asText(node.path("description").asText("")),
                !node.has("security") || !node.path("security").isEmpty(),
                keyed,
                List.copyOf(parameters),
                Optional.of(schemaOf(request)).filter(s -> !s.isMissingNode()),
                request.path("required").asBoolean(false),
                examplesOf(request.path("content").path("application/json")),
                responses,
                node.has("x-effect")
                        ? Optional.of(effect(id, node.path("x-effect").asText()))
                        : Optional.empty(),
                node.has("x-journey") ? Optional.of(node.path("x-journey").asText()) : Optional.empty(),
                node.has("x-tool") ? Optional.of(tool(id, node.path("x-tool"))) : Optional.empty());
    }

    private static List<JsonNode> examplesOf(JsonNode content) {
        List<JsonNode> examples = new ArrayList<>();
        if (content.has("example")) {
            examples.add(content.path("example"));
        }
        content.path("examples").forEach(example -> examples.add(example.path("value")));
        return List.copyOf(examples);
    }

    private static JsonNode schemaOf(JsonNode withContent) {
        JsonNode content = withContent.path("content");
        JsonNode json = content.path("application/json").path("schema");
        return json.isMissingNode() ? content.path(Problem.MEDIA_TYPE).path("schema") : json;
    }

    private static JsonNode resolve(JsonNode document, JsonNode node) {
        JsonNode at = node;
        for (int depth = 0; at.has("$ref"); depth++) {
            String reference = at.path("$ref").asText();
            if (!reference.startsWith("#/") || depth > 8) {
                throw new IllegalArgumentException("cannot follow the reference " + reference);
            }
            at = document.at(reference.substring(1));
        }
        return at;
    }

    private static Effect effect(String id, String value) {
        return Arrays.stream(Effect.values())
                .filter(e -> e.name().equals(value))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(id + ": x-effect must be read, write or money, not " + value));
    }

    private static Tool tool(String id, JsonNode node) {
        String name = node.path("name").asText("");
        String when = node.path("when").asText("");
        if (!name.matches("[a-z][a-z0-9_]{0,63}") || when.isEmpty()) {
            throw new IllegalArgumentException(id + ": x-tool needs a name in snake_case and when to use it");
        }
        Map<String, String> session = new LinkedHashMap<>();
        for (var field : node.path("session").properties()) {
            session.put(field.getKey(), field.getValue().asText());
        }
        return new Tool(
                name,
                when,
                Map.copyOf(session),
                node.has("parameters") ? Optional.of(node.path("parameters").deepCopy()) : Optional.empty());
    }

    /** What an operation does when it is called: nothing (read), something that can be undone (write), or it moves money. */
    public enum Effect {
        read,
        write,
        money
    }

    /** What is wrong: the field ({@code lines.0.quantity}; empty for the whole) and the rule it breaks. It never quotes the value. */
    public record Violation(String field, String message) {
        @Override
        public String toString() {
            return field.isEmpty() ? message : field + ": " + message;
        }
    }

    /** A parameter in the path or the query. */
    public record Parameter(String name, String in, boolean required, JsonNode schema) {}

    /**
     * The model's view of an operation.
     *
     * @param session fields of the request that come from the session, never from the model: field → name of the session's value
     * @param parameters the JSON Schema shown to the model where it differs from the request's own
     */
    public record Tool(String name, String when, Map<String, String> session, Optional<JsonNode> parameters) {}

    /**
     * One operation of the contract.
     *
     * @param secured whether a service token is needed (the contract says {@code "security": []} where not)
     * @param keyed whether it changes something, so that the header {@code Idempotency-Key} is required
     * @param examples bodies that the contract shows; those of all its operations tell one story
     * @param journey the workflow that the confirmed proposal starts
     */
    public record Operation(
            String id,
            String method,
            String path,
            String summary,
            boolean secured,
            boolean keyed,
            List<Parameter> parameters,
            Optional<JsonNode> requestSchema,
            boolean requestRequired,
            List<JsonNode> examples,
            Map<String, JsonNode> responses,
            Optional<Effect> effect,
            Optional<String> journey,
            Optional<Tool> tool) {

        /** The schema of the answer with this status, else the one of {@code default}. */
        public Optional<JsonNode> responseSchema(int status) {
            JsonNode schema = responses.getOrDefault(String.valueOf(status), responses.get("default"));
            return Optional.ofNullable(schema).filter(s -> !s.isMissingNode());
        }

        /** The values of the path's parameters when this operation's path fits the request's path. */
        public Optional<Map<String, String>> pathParameters(String requestPath) {
            String[] template = path.split("/", -1);
            String[] actual = requestPath.split("/", -1);
            if (template.length != actual.length) {
                return Optional.empty();
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < template.length; i++) {
                if (template[i].startsWith("{") && !actual[i].isEmpty()) {
                    values.put(template[i].substring(1, template[i].length() - 1), actual[i]);
                } else if (!template[i].equals(actual[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(values);
        }
    }
}
