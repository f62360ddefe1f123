package io.journeyman.activities.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.activities.model.ToolSpec;
import io.journeyman.activities.tool.ToolCatalogue;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Contract.Effect;
import io.journeyman.contracts.Contract.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a contract must be to join a running shop (design §4): questions only, under names of their own, that learn nothing of the
 * customer. Whatever is wrong is told at once.
 */
final class RegistrableContract {
    /** Of one agent: each costs the model attention in every turn. */
    static final int MOST_TOOLS = 10;

    private static final int LONGEST_WHEN = 500;
    private static final int LONGEST_SCHEMA = 4_000;
    private static final Pattern IN_PATH = Pattern.compile("\\{([^}]*)}");

    private final List<Contract> house;

    /** @param house the contracts of the house's own agents */
    RegistrableContract(List<Contract> house) {
        this.house = List.copyOf(house);
    }

    /**
     * @param others the contracts of those that are registered already
     * @return a sentence for each mistake; none when it may be registered
     */
    List<String> mistakes(Contract contract, List<Contract> others) {
        List<String> mistakes = new ArrayList<>();
        if (house.stream().anyMatch(own -> own.name().equals(contract.name()))) {
            mistakes.add("%s is an agent of the house: choose another name".formatted(contract.name()));
        }
        List<Operation> tools = contract.tools();
        if (tools.isEmpty()) {
            mistakes.add(
                    "it offers no tool: give an operation x-tool with a name and when to use it, and x-effect read");
        }
        if (tools.size() > MOST_TOOLS) {
            mistakes.add("it offers %d tools: %d is the most".formatted(tools.size(), MOST_TOOLS));
        }
        Map<String, String> taken = namesOf(others);
        tools.forEach(tool -> mistakes.addAll(mistakes(tool, taken)));
        if (leavesTheDocument(contract.document())) {
            mistakes.add("it refers to another document: every $ref must begin with #/");
        }
        if (mistakes.isEmpty()) {
            mistakes.addAll(schemaMistakes(contract));
        }
        return List.copyOf(mistakes);
    }

    private static List<String> mistakes(Operation operation, Map<String, String> taken) {
        List<String> mistakes = new ArrayList<>();
        Contract.Tool tool = operation.tool().orElseThrow();
        String owner = taken.get(tool.name());
        if (owner != null) {
            mistakes.add("the tool %s is there already, of %s: name yours otherwise".formatted(tool.name(), owner));
        }
        if (!operation.effect().equals(Optional.of(Effect.read)) || operation.keyed()) {
            mistakes.add("it must only read: x-effect read, and no Idempotency-Key");
        }
        if (operation.journey().isPresent()) {
            mistakes.add("x-journey is for the house's own agents: leave it out");
        }
        if (!tool.session().isEmpty()) {
            mistakes.add("it learns nothing of the customer: leave x-tool.session out");
        }
        if (tool.when().length() > LONGEST_WHEN) {
            mistakes.add("x-tool.when has %d characters: %d is the most"
                    .formatted(tool.when().length(), LONGEST_WHEN));
        }
        if (!operation.method().equals("POST") && !operation.method().equals("GET")) {
            mistakes.add("%s is not how a tool is asked: use POST or GET".formatted(operation.method()));
        }
        if (operation.parameters().stream().anyMatch(parameter -> parameter.in().equals("query"))) {
            mistakes.add("a tool's arguments stand in its body or its path: it has query parameters");
        }
        if (!operation.responses().containsKey("200")
                || operation.responseSchema(200).isEmpty()) {
            mistakes.add("it does not say what it answers: give the response 200 a JSON schema");
        }
        return mistakes.stream().map(mistake -> operation.id() + ": " + mistake).toList();
    }

    private Map<String, String> namesOf(List<Contract> others) {
        Map<String, String> names = new HashMap<>();
        ToolCatalogue.of(house).specs().forEach(tool -> names.put(tool.name(), "the house"));
        others.forEach(other -> other.tools()
                .forEach(tool -> names.put(tool.tool().orElseThrow().name(), other.name())));
        return names;
    }

    private static boolean leavesTheDocument(JsonNode node) {
        return node.findValues("$ref").stream()
                .anyMatch(reference -> !reference.asText().startsWith("#/"));
    }

    private static List<String> schemaMistakes(Contract contract) {
        List<String> mistakes = new ArrayList<>();
        try {
            ToolCatalogue offered = ToolCatalogue.of(List.of(contract));
            for (Operation operation : contract.tools()) {
                ToolSpec spec = offered.specs().stream()
                        .filter(tool -> tool.name()
                                .equals(operation.tool().orElseThrow().name()))
                        .findFirst()
                        .orElseThrow();
                if (spec.jsonSchema().length() > LONGEST_SCHEMA) {
                    mistakes.add("%s: the schema of its arguments has %d characters: %d is the most"
                            .formatted(operation.id(), spec.jsonSchema().length(), LONGEST_SCHEMA));
                }
                for (Matcher named = IN_PATH.matcher(operation.path()); named.find(); ) {
                    if (!spec.jsonSchema().contains("\"" + named.group(1) + "\"")) {
                        mistakes.add("%s: nothing says what {%s} of its path is: name it in x-tool.parameters"
                                .formatted(operation.id(), named.group(1)));
                    }
                }
                offered.check(offered.named(spec.name()).orElseThrow(), "{}");
                contract.checkResponse(operation, 200, "{}");
            }
        } catch (RuntimeException unreadable) {
            mistakes.add("the schema of a tool's arguments or answer cannot be used: " + unreadable.getMessage());
        }
        return mistakes;
    }
}
