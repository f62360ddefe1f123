package io.journeyman.activities.model.offline;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A customer's talk with the offline model over {@link SmallShop}: as the conversation runs it, round by round. */
final class Talk {
    static final List<String> TOOLS = List.of(
            "get_recommendations",
            "check_inventory",
            "add_to_cart",
            "remove_from_cart",
            "show_cart",
            "get_applicable_offers",
            "get_store_credit",
            "initiate_checkout",
            "reserve_in_store",
            "get_order_status",
            "return_items",
            "exchange_items",
            "order_again",
            "cancel_items",
            "get_warranty",
            "claim_warranty",
            "change_address",
            "get_saved_cards",
            "forget_cards");
    private static final int MOST_ROUNDS = 6;

    final SmallShop shop = new SmallShop();
    private final OfflineModel model = new OfflineModel();
    private final List<ChatMessage> messages = new ArrayList<>();
    private List<String> calls = new ArrayList<>();
    private List<String> tools = TOOLS;
    private String channel = "web";
    private boolean signedIn = true;
    private int ids;

    Talk on(String where) {
        channel = where;
        return this;
    }

    Talk asGuest() {
        signedIn = false;
        return this;
    }

    Talk with(String tool) {
        tools = Stream.concat(tools.stream(), Stream.of(tool)).toList();
        return this;
    }

    Talk without(String tool) {
        tools = tools.stream().filter(name -> !name.equals(tool)).toList();
        return this;
    }

    /** The calls of the last message, as {@code tool {arguments}}. */
    List<String> calls() {
        return calls;
    }

    void news(String text) {
        messages.add(AiMessage.from(text));
    }

    /** From now on that is what every tool is said to have answered before. */
    void spoil(String result) {
        messages.replaceAll(message -> message instanceof ToolExecutionResultMessage answer
                ? ToolExecutionResultMessage.from(answer.id(), answer.toolName(), result)
                : message);
    }

    /** Says it, runs the tools that the model asks for, and answers its reply. */
    String says(String text) {
        messages.add(UserMessage.from(text));
        calls = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            AiMessage answer = ask();
            if (!answer.hasToolExecutionRequests()) {
                messages.add(answer);
                return answer.text();
            }
            List<ToolExecutionRequest> named = answer.toolExecutionRequests().stream()
                    .map(call -> ToolExecutionRequest.builder()
                            .id("t" + ++ids)
                            .name(call.name())
                            .arguments(call.arguments())
                            .build())
                    .toList();
            messages.add(AiMessage.from(named));
            for (ToolExecutionRequest call : named) {
                assertThat(tools).as("tools that may be called").contains(call.name());
                assertThat(asked.add(call.name() + call.arguments()))
                        .as("called twice in a turn: %s %s", call.name(), call.arguments())
                        .isTrue();
                JsonNode arguments = Json.tree(call.arguments());
                calls.add(call.name() + " " + arguments);
                messages.add(ToolExecutionResultMessage.from(
                        call.id(),
                        call.name(),
                        shop.answer(call.name(), arguments).toString()));
            }
        }
        throw new AssertionError("no reply after " + MOST_ROUNDS + " rounds: " + calls);
    }

    /** Twice the same question has the same answer. */
    private AiMessage ask() {
        AiMessage answer = model.chat(request()).aiMessage();
        assertThat(new OfflineModel().chat(request()).aiMessage()).isEqualTo(answer);
        return answer;
    }

    private ChatRequest request() {
        List<ChatMessage> all = new ArrayList<>();
        all.add(SystemMessage.from("Manners.\n# This turn\nToday is Tuesday 24 November 2026.\nChannel: " + channel
                + ". Shape.\n" + (signedIn ? "The customer is signed in." : "The customer is a guest: …") + "\n"));
        all.addAll(messages);
        return ChatRequest.builder()
                .messages(all)
                .toolSpecifications(tools.stream()
                        .map(tool -> ToolSpecification.builder().name(tool).build())
                        .toList())
                .build();
    }
}
