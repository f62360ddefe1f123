package io.journeyman.activities.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The sales agent's mind: any LangChain4j model behind the shop's own manners. It keeps no state; ask again and it starts afresh. */
public final class SalesModel {
    /** Calls of one answer that are kept; a model that asks for more has lost its way. */
    public static final int MOST_CALLS = 8;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_-]{0,63}");

    private final ChatModel chat;
    private final String name;
    private final boolean offline;

    SalesModel(ChatModel chat, String name, boolean offline) {
        this.chat = chat;
        this.name = name;
        this.offline = offline;
    }

    /** The provider and model, such as {@code openai/gpt-4.1-mini}. */
    public String name() {
        return name;
    }

    /** Whether this is the model that needs no provider. */
    public boolean offline() {
        return offline;
    }

    /**
     * Decides one round. Arguments of a tool call are passed on as the model wrote them, also when they are not JSON.
     *
     * @throws ModelException when the model did not answer
     */
    public ModelAnswer ask(ModelQuestion question) {
        ChatRequest request = ChatRequest.builder()
                .messages(messages(question))
                .toolSpecifications(question.tools().stream()
                        .map(ToolSchemas::specification)
                        .toList())
                .build();
        ChatResponse response;
        try {
            response = chat.chat(request);
        } catch (RuntimeException e) {
            throw ModelErrors.sorted(e);
        }
        return answer(response);
    }

    private static List<ChatMessage> messages(ModelQuestion question) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(SalesPrompt.of(question)));
        for (ModelMessage message : question.messages()) {
            messages.add(
                    switch (message) {
                        case ModelMessage.Customer customer -> UserMessage.from(customer.text());
                        case ModelMessage.Assistant assistant -> assistant(assistant);
                        case ModelMessage.ToolResult result ->
                            ToolExecutionResultMessage.from(result.callId(), toolName(result.tool()), result.json());
                    });
        }
        return messages;
    }

    private static AiMessage assistant(ModelMessage.Assistant assistant) {
        AiMessage.Builder message = AiMessage.builder();
        if (!assistant.text().isBlank()) {
            message.text(assistant.text());
        }
        return message.toolExecutionRequests(assistant.calls().stream()
                        .map(call -> ToolExecutionRequest.builder()
                                .id(call.id())
                                .name(toolName(call.name()))
                                .arguments(ToolSchemas.objectOrEmpty(call.argumentsJson()))
                                .build())
                        .toList())
                .build();
    }

    /** Providers refuse a transcript with a name that none of their tools could have, though their model made it up. */
    private static String toolName(String name) {
        return NAME.matcher(name).matches() ? name : "unknown_tool";
    }

    private ModelAnswer answer(ChatResponse response) {
        String text = storable(response.aiMessage().text()).strip();
        List<ToolCall> calls = calls(response.aiMessage());
        if (calls.isEmpty() && response.finishReason() == FinishReason.LENGTH) {
            throw new ModelException("model_out_of_tokens", false, null);
        }
        if (text.isEmpty() && calls.isEmpty()) {
            throw new ModelException("model_empty", true, null);
        }
        return new ModelAnswer(
                text,
                calls,
                name,
                inputTokens(response).orElse(0),
                outputTokens(response).orElse(0));
    }

    /** Each call once: a model that asks the same thing twice in one answer means it once. */
    private static List<ToolCall> calls(AiMessage message) {
        record Wish(String name, String arguments) {}
        List<ToolCall> calls = new ArrayList<>();
        Set<Wish> wishes = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (ToolExecutionRequest request : message.toolExecutionRequests()) {
            String name = storable(request.name());
            String arguments = ToolSchemas.canonical(request.arguments());
            if (calls.size() < MOST_CALLS && wishes.add(new Wish(name, arguments))) {
                String id = request.id();
                if (id == null || id.isBlank() || !ids.add(id)) {
                    id = "call-" + (calls.size() + 1);
                    ids.add(id);
                }
                calls.add(new ToolCall(id, name, storable(request.arguments())));
            }
        }
        return calls;
    }

    /** Without what Postgres keeps in no text: NUL is left out, half a surrogate pair becomes a replacement character. */
    private static String storable(String text) {
        if (text == null) {
            return "";
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(c -> c != 0).map(c -> isHalf(c) ? '\ufffd' : c).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static Optional<Integer> inputTokens(ChatResponse response) {
        return Optional.ofNullable(response.tokenUsage()).map(usage -> usage.inputTokenCount());
    }

    private static Optional<Integer> outputTokens(ChatResponse response) {
        return Optional.ofNullable(response.tokenUsage()).map(usage -> usage.outputTokenCount());
    }
}
