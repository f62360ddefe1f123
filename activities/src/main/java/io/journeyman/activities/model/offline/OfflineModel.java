package io.journeyman.activities.model.offline;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.journeyman.activities.model.offline.Step.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * The model that needs no provider. It reads the same messages and tools as any other, follows the same manners, and is
 * deterministic: the same request has the same answer. It keeps nothing between two requests. What it says of products,
 * stock, offers and orders stands in a tool result of the request.
 */
public final class OfflineModel implements ChatModel {
    public static final String NAME = "offline";

    /** Answers with tool calls in one turn; then there must be words. */
    private static final int MOST_ROUNDS = 5;

    /** A transcript that is cut at its beginning may not show that the introduction was said. */
    private static final int LONG_CONVERSATION = 20;

    @Override
    public ChatResponse doChat(ChatRequest request) {
        Transcript transcript = Transcript.of(request);
        return ChatResponse.builder()
                .aiMessage(
                        switch (next(transcript)) {
                            case Step.Ask ask -> AiMessage.from(requests(ask.calls(), transcript));
                            case Step.Say say -> AiMessage.from(say.text());
                        })
                .modelName(NAME)
                .build();
    }

    private static Step next(Transcript transcript) {
        Scene scene = new Scene(transcript);
        try {
            return new Step.Say(introduced(new Planner(scene).reply(), scene));
        } catch (Scene.Unanswered unanswered) {
            int rounds = transcript.now().done().stream()
                    .mapToInt(Transcript.Done::rounds)
                    .max()
                    .orElse(0);
            return rounds < MOST_ROUNDS
                    ? new Step.Ask(unanswered.calls())
                    : new Step.Say("I am sorry, that took too many steps. Could you ask for it in smaller ones?");
        }
    }

    private static String introduced(String reply, Scene scene) {
        boolean known = scene.memory().saidBefore(Phrases.INTRODUCTION)
                || scene.memory().turnsBefore() >= LONG_CONVERSATION;
        String hello = scene.wish().does(Act.greet) ? "Hello! " : "";
        return (hello + (known ? "" : Phrases.INTRODUCTION + " ") + reply).strip();
    }

    private static List<ToolExecutionRequest> requests(List<Call> calls, Transcript transcript) {
        List<ToolExecutionRequest> requests = new ArrayList<>();
        int done = transcript.now().done().size();
        for (Call call : calls) {
            requests.add(ToolExecutionRequest.builder()
                    .id("call-" + (done + requests.size() + 1))
                    .name(call.tool())
                    .arguments(call.arguments().toString())
                    .build());
        }
        return requests;
    }
}
