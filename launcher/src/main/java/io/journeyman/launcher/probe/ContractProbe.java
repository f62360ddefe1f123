package io.journeyman.launcher.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Contract.Operation;
import io.journeyman.contracts.Contract.Parameter;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks an agent, in whatever language it is written, what its contract allows and what it does not, and holds each answer to the
 * contract. First it tells the contract's examples as a {@link Story}, until each operation was done once; then inputs are drawn from a
 * seed, half of them from those examples. What it asks is asked for real: it wants an agent whose data may be spoilt.
 *
 * <p>What it demands: each input is answered, and not by a 5xx; each answer's status, type and body are what the contract says; what the
 * contract does not allow is refused with a problem (RFC 9457); a change that is asked again under its key is answered as before, under no
 * key not at all.
 */
public final class ContractProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LARGEST_ANSWER = 8 << 20;
    private static final int MOST_FAULTS = 50;

    /** An agent that leaves so many inputs in a row without an answer has none any more. */
    private static final int MOST_UNANSWERED = 3;

    /** For each input that is wanted: what chance builds is not always allowed. */
    private static final long MOST_TURNS = 20;

    private static final int LONGEST_SHOWN = 400;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Contract contract;
    private final URI agent;
    private final Supplier<Optional<String>> token;
    private final Random random;
    private final SchemaValues values;
    private final Set<String> things;
    private final ExampleBodies examples;
    private final BrokenBodies broken;
    private final Map<String, Counts> counts = new TreeMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private boolean hasAnswered;
    private int unanswered;

    /** What an operation was asked, and how often it answered with which status. */
    public record Counts(int allowed, int refused, int repeated, Map<Integer, Integer> statuses) {
        /** Whether it was ever done: else nothing is known of how it does it. */
        public boolean succeeded() {
            return statuses.keySet().stream().anyMatch(status -> status / 100 == 2);
        }

        private Counts plus(Kind kind, int status) {
            Map<Integer, Integer> after = new TreeMap<>(statuses);
            after.merge(status, 1, Integer::sum);
            return new Counts(
                    allowed + (kind == Kind.allowed ? 1 : 0),
                    refused + (kind == Kind.not_allowed || kind == Kind.without_key ? 1 : 0),
                    repeated + (kind == Kind.repeated ? 1 : 0),
                    after);
        }
    }

    /** An answer that the contract does not have. @param request as it was sent, shortened @param status empty where there was no answer */
    public record Fault(String operation, String request, Optional<Integer> status, String wrong) {}

    /** What a whole run found. @param faults the first ones */
    public record Findings(int inputs, Map<String, Counts> counts, List<Fault> faults) {}

    private enum Kind {
        allowed,
        not_allowed,
        without_key,
        repeated
    }

    private record Input(Operation operation, String path, Optional<String> body, Optional<String> key) {
        private Fault fault(Optional<Integer> status, String wrong) {
            return new Fault(
                    operation.id(),
                    shown("%s %s %s".formatted(operation.method(), path, body.orElse(""))),
                    status,
                    shown(wrong));
        }

        private static String shown(String text) {
            return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        }
    }

    /**
     * @param token of a caller that the agent knows, anew for each call; empty where it asks for none
     * @param known values of things that are there, by the names of their fields: {@code sku}
     */
    public ContractProbe(
            Contract contract,
            URI agent,
            Supplier<Optional<String>> token,
            Map<String, List<String>> known,
            long seed) {
        this.contract = contract;
        this.agent = agent;
        this.token = token;
        this.random = new Random(seed);
        this.values = new SchemaValues(contract.document(), random);
        this.examples = new ExampleBodies(contract, values, random, LocalDate.now(ZoneOffset.UTC));
        this.broken = new BrokenBodies(contract, random);
        this.things = known.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        new TreeMap<>(known).forEach((name, all) -> all.forEach(value -> values.remember(name, value)));
    }

    /**
     * Sends that many inputs, spread over all operations.
     *
     * @throws IOException when the agent has never answered
     */
    public Findings run(int inputs) throws IOException, InterruptedException {
        List<Operation> operations = contract.operations();
        int sent = 0;
        for (Operation operation : operations) {
            if (goesOn() && !isDone(operation)) {
                sent += answered(() -> tell(operation));
            }
        }
        int told = sent;
        for (long turn = 0; sent - told < inputs && goesOn() && turn < MOST_TURNS * inputs; turn++) {
            Operation operation = operations.get((int) (turn % operations.size()));
            sent += answered(() -> probe(operation));
        }
        return new Findings(sent, counts, faults);
    }

    private boolean goesOn() {
        return faults.size() < MOST_FAULTS && unanswered < MOST_UNANSWERED;
    }

    /** Some inputs, up to the first one that has no answer. */
    private interface Inputs {
        /** @return how many they were */
        int send() throws IOException, InterruptedException;
    }

    private int answered(Inputs inputs) throws IOException, InterruptedException {
        try {
            return inputs.send();
        } catch (Unanswered without) {
            faults.add(without.fault);
            return 1;
        }
    }

    private boolean isDone(Operation operation) {
        return counts.containsKey(operation.id()) && counts.get(operation.id()).succeeded();
    }

    /**
     * A story that ends with this operation; where the examples alone do not lead to it, another one with the steps that need none, such as
     * accepting what is settled then.
     *
     * @return how many inputs it took
     */
    private int tell(Operation last) throws IOException, InterruptedException {
        int sent = tell(last, List.of());
        return isDone(last) ? sent : sent + tell(last, stepsBefore(last));
    }

    /** The changes without a body that the contract names before it: whatever comes after it may undo what it needs. */
    private List<Operation> stepsBefore(Operation last) {
        return contract.operations().stream()
                .takeWhile(operation -> !operation.equals(last))
                .filter(operation ->
                        operation.keyed() && operation.requestSchema().isEmpty())
                .toList();
    }

    /** Whatever others undo comes too late for the last. */
    private int tell(Operation last, List<Operation> steps) throws IOException, InterruptedException {
        var story = new Story(contract, examples, values, things, Integer.toHexString(random.nextInt(1 << 24)));
        int sent = 0;
        for (Operation operation : contract.operations()) {
            if (steps.contains(operation)) {
                sent += tell(story, operation, Optional.empty());
            }
            for (JsonNode example : operation.equals(last) ? List.<JsonNode>of() : examples.of(operation)) {
                sent += tell(story, operation, Optional.of(example));
            }
        }
        for (JsonNode example : examples.of(last)) {
            sent += tell(story, last, Optional.of(example));
        }
        return examples.of(last).isEmpty() ? sent + tell(story, last, Optional.empty()) : sent;
    }

    private int tell(Story story, Operation operation, Optional<JsonNode> example)
            throws IOException, InterruptedException {
        Input input = new Input(
                operation,
                path(operation, name -> story.parameter(name).or(() -> values.told(name))),
                example.map(shown -> story.body(operation, shown).toString()),
                key(operation));
        return allowed(input) ? ask(input, answer -> story.heard(operation, input.body(), answer)) : 0;
    }

    private Optional<String> key(Operation operation) {
        return operation.keyed() ? Optional.of("probe-" + Long.toHexString(random.nextLong())) : Optional.empty();
    }

    /** @return how many inputs it took */
    private int probe(Operation operation) throws IOException, InterruptedException {
        Map<String, String> told = random.nextBoolean() ? values.toldTogether(names(operation)) : Map.of();
        String path = path(operation, name -> Optional.ofNullable(told.get(name)));
        Optional<JsonNode> good = drawn(operation, told);
        Optional<String> key = key(operation);
        Input input = new Input(operation, path, good.map(JsonNode::toString), key);
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                Optional<String> bad = good.flatMap(body -> broken.of(operation, body));
                if (bad.isPresent()) {
                    refused(Kind.not_allowed, new Input(operation, path, bad, key));
                    return 1;
                }
            }
            case 2 -> {
                if (key.isPresent()) {
                    refused(Kind.without_key, new Input(operation, path, input.body(), Optional.empty()));
                    return 1;
                }
            }
            default -> {}
        }
        return allowed(input) ? ask(input, done -> {}) : 0;
    }

    /** Asks what is allowed, and a change twice under its key. @param done hears what was answered to what could be done */
    private int ask(Input input, Consumer<JsonNode> done) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(input);
        boolean kept = check(Kind.allowed, input, answer);
        if (kept && answer.statusCode() / 100 == 2 && !answer.body().isEmpty()) {
            JsonNode told = Json.tree(answer.body());
            values.remember(told);
            done.accept(told);
        }
        if (input.key().isEmpty()) {
            return 1;
        }
        HttpResponse<String> again = send(input);
        check(Kind.repeated, input, again);
        if (answer.statusCode() / 100 == 2
                && (again.statusCode() != answer.statusCode() || !again.body().equals(answer.body()))) {
            fault(
                    input,
                    again,
                    "the same key was answered otherwise before: " + answer.statusCode() + " " + answer.body());
        }
        return 2;
    }

    /** Of what it is asked about: a payment's order and attempt, which only together name one. */
    private Set<String> names(Operation operation) {
        Set<String> names = new TreeSet<>();
        operation.parameters().forEach(parameter -> names.add(parameter.name()));
        operation
                .requestSchema()
                .ifPresent(schema ->
                        values.resolved(schema).path("properties").fieldNames().forEachRemaining(names::add));
        return names;
    }

    private Optional<JsonNode> drawn(Operation operation, Map<String, String> told) {
        Optional<JsonNode> changed = random.nextBoolean() ? examples.changed(operation, told) : Optional.empty();
        return changed.or(() -> operation.requestSchema().map(schema -> values.value("", schema)));
    }

    /** Chance sometimes builds what a rule between two fields forbids. */
    private boolean allowed(Input input) {
        String[] parts = input.path().split("\\?", 2);
        return contract.checkRequest(input.operation(), input.body()).isEmpty()
                && contract.checkParameters(input.operation(), decoded(parts[0]), query(parts))
                        .isEmpty();
    }

    private void refused(Kind kind, Input input) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(input);
        if (check(kind, input, answer) && answer.statusCode() / 100 != 4) {
            fault(input, answer, kind == Kind.without_key ? "it has no Idempotency-Key" : "its body is not allowed");
        }
    }

    /** @return whether it is what the contract says */
    private boolean check(Kind kind, Input input, HttpResponse<String> answer) {
        int status = answer.statusCode();
        counts.merge(
                input.operation().id(),
                new Counts(0, 0, 0, Map.of()).plus(kind, status),
                (before, one) -> before.plus(kind, status));
        if (status >= 500) {
            return fault(input, answer, "the agent failed: " + answer.body());
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        if (status >= 400 && !type.equals(Problem.MEDIA_TYPE)) {
            return fault(input, answer, "a refusal is " + Problem.MEDIA_TYPE + ", not " + type);
        }
        if (status == 204) {
            return true;
        }
        var violations = contract.checkResponse(input.operation(), status, answer.body());
        return violations.isEmpty() || fault(input, answer, violations + ": " + answer.body());
    }

    private boolean fault(Input input, HttpResponse<String> answer, String wrong) {
        faults.add(input.fault(Optional.of(answer.statusCode()), wrong));
        return false;
    }

    /** Of an agent that has answered others. */
    private static final class Unanswered extends IOException {
        private final transient Fault fault;

        private Unanswered(Fault fault, IOException why) {
            super(why);
            this.fault = fault;
        }
    }

    private HttpResponse<String> send(Input input) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(agent.toString().replaceAll("/+$", "") + input.path()))
                .timeout(PATIENCE)
                .header("Accept", "application/json, " + Problem.MEDIA_TYPE);
        input.body().ifPresent(body -> request.header("Content-Type", "application/json"));
        input.key().ifPresent(key -> request.header(Contract.IDEMPOTENCY_KEY, key));
        token.get().ifPresent(known -> request.header("Authorization", "Bearer " + known));
        request.method(
                input.operation().method(),
                input.body().map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        try {
            HttpResponse<String> answer = http.send(
                    request.build(),
                    BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST_ANSWER));
            hasAnswered = true;
            unanswered = 0;
            return answer;
        } catch (IOException e) {
            unanswered++;
            throw hasAnswered
                    ? new Unanswered(input.fault(Optional.empty(), "it was not answered: " + e.getMessage()), e)
                    : e;
        }
    }

    /** @param known what some parameters are, by their names; all others are drawn */
    private String path(Operation operation, Function<String, Optional<String>> known) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            String value = encoded(known.apply(parameter.name())
                    .orElseGet(() ->
                            values.value(parameter.name(), parameter.schema()).asText()));
            if (parameter.in().equals("path")) {
                path = path.replace("{" + parameter.name() + "}", value);
            } else if (parameter.required() || random.nextBoolean()) {
                query.add(encoded(parameter.name()) + "=" + value);
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private static Map<String, String> query(String[] parts) {
        Map<String, String> query = new LinkedHashMap<>();
        if (parts.length > 1) {
            for (String pair : parts[1].split("&", -1)) {
                String[] both = pair.split("=", 2);
                query.put(decoded(both[0]), decoded(both[1]));
            }
        }
        return query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** For a table: {@code 200 ×12, 404 ×3}. */
    public static String shown(Map<Integer, Integer> statuses) {
        return statuses.entrySet().stream()
                .map(status -> status.getKey() + " ×" + status.getValue())
                .collect(Collectors.joining(", "));
    }
}
