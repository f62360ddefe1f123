package io.journeyman.activities.model;

import java.util.List;

/** One message of the transcript, independent of any model provider. */
public sealed interface ModelMessage {
    /** What the customer wrote. */
    record Customer(String text) implements ModelMessage {}

    /** What the model said or chose; {@code text} is empty when it only called tools. */
    record Assistant(String text, List<ToolCall> calls) implements ModelMessage {
        public Assistant {
            calls = List.copyOf(calls);
        }
    }

    /** What a tool answered: the agent's JSON, or a problem ({@code code}, {@code detail}, {@code suggestions}). */
    record ToolResult(String callId, String tool, String json) implements ModelMessage {}
}
