package io.journeyman.activities.model;

import java.util.List;

/**
 * What the model decided: a reply, or tool calls (then {@code text} may be empty). One of the two is always there.
 *
 * @param model the model's name, for the record
 * @param inputTokens as the provider counted, 0 when it does not say
 */
public record ModelAnswer(String text, List<ToolCall> calls, String model, int inputTokens, int outputTokens) {
    public ModelAnswer {
        calls = List.copyOf(calls);
    }
}
