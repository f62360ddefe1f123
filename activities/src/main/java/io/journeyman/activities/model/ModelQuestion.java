package io.journeyman.activities.model;

import java.time.Instant;
import java.util.List;

/**
 * Everything the model may know when it decides one round of a turn. Nothing is remembered between two questions.
 *
 * @param messages the transcript, oldest first; every tool call of an assistant's message has its result behind it
 * @param tools what the model may choose in this turn
 * @param channel web, whatsapp, voice…: how the reply is shaped
 * @param signedIn whether the customer is known; a guest cannot order
 */
public record ModelQuestion(
        List<ModelMessage> messages, List<ToolSpec> tools, String channel, boolean signedIn, Instant now) {
    public ModelQuestion {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }
}
