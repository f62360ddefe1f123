package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Recommendation.ProductCard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request as a conversation: turns of a customer's message, the tools called for it with their results, and what was replied.
 *
 * @param tools the names of those that may be called now
 * @param turns oldest first; the last one is to be answered
 */
record Transcript(String channel, boolean signedIn, Set<String> tools, List<Turn> turns) {
    private static final String CHANNEL = "Channel: ";

    /** @param replies what was said after it; journeys' news come behind the reply */
    record Turn(String said, List<Done> done, List<String> replies) {
        String reply() {
            return String.join(" ", replies);
        }
    }

    /** @param rounds in how many answers tools were asked before this one, within the turn */
    record Done(String tool, JsonNode arguments, JsonNode result, int rounds) {
        boolean problem() {
            return result.hasNonNull("code");
        }

        String code() {
            return result.path("code").asText("");
        }

        <T> T as(Class<T> type) {
            return Json.convert(result, type);
        }
    }

    static Transcript of(ChatRequest request) {
        String system = request.messages().stream()
                .filter(SystemMessage.class::isInstance)
                .map(message -> ((SystemMessage) message).text())
                .collect(Collectors.joining("\n"));
        Set<String> tools = request.toolSpecifications() == null
                ? Set.of()
                : request.toolSpecifications().stream()
                        .map(ToolSpecification::name)
                        .collect(Collectors.toUnmodifiableSet());
        return new Transcript(
                channel(system), system.contains("The customer is signed in."), tools, turns(request.messages()));
    }

    Turn now() {
        return turns.getLast();
    }

    List<Turn> before() {
        return turns.subList(0, turns.size() - 1);
    }

    private static String channel(String system) {
        int at = system.lastIndexOf(CHANNEL);
        if (at < 0) {
            return "web";
        }
        int end = system.indexOf('.', at);
        return system.substring(at + CHANNEL.length(), end < 0 ? system.length() : end);
    }

    private static List<Turn> turns(List<ChatMessage> messages) {
        List<Turn> turns = new ArrayList<>();
        turns.add(new Turn("", new ArrayList<>(), new ArrayList<>()));
        Map<String, ToolExecutionRequest> open = new HashMap<>();
        int round = 0;
        for (ChatMessage message : messages) {
            Turn turn = turns.getLast();
            switch (message) {
                case UserMessage customer -> {
                    turns.add(new Turn(customer.singleText(), new ArrayList<>(), new ArrayList<>()));
                    round = 0;
                }
                case AiMessage said
                when said.hasToolExecutionRequests() -> {
                    open.clear();
                    said.toolExecutionRequests().forEach(call -> open.put(call.id(), call));
                    round++;
                }
                case AiMessage said when said.text() != null -> turn.replies().add(said.text());
                case ToolExecutionResultMessage result -> {
                    ToolExecutionRequest call = open.get(result.id());
                    turn.done()
                            .add(new Done(
                                    result.toolName(),
                                    tree(call == null ? "{}" : call.arguments()),
                                    result(result.text()),
                                    round));
                }
                default -> {
                    // the system's message is read as a whole
                }
            }
        }
        return turns;
    }

    /** What a tool answered; one that is not in the shape that is read here is a problem like any other. */
    private static JsonNode result(String json) {
        JsonNode result = tree(json);
        boolean readable = result.isObject()
                && holds(result.path("products"), ProductCard.class, "productId", "name", "price")
                && holds(result.path("lines"), PricedLine.class, "productId", "sku", "name", "unitPrice");
        return readable ? result : unreadable();
    }

    private static boolean holds(JsonNode list, Class<?> type, String... needed) {
        try {
            for (JsonNode element : list) {
                if (!Stream.of(needed).allMatch(element::hasNonNull)) {
                    return false;
                }
                Json.convert(element, type);
            }
            return true;
        } catch (IllegalArgumentException other) {
            return false;
        }
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json == null || json.isBlank() ? "{}" : json);
        } catch (IllegalArgumentException e) {
            return unreadable();
        }
    }

    private static JsonNode unreadable() {
        return Json.mapper().createObjectNode().put("code", "unreadable");
    }
}
