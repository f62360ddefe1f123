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

    /** The same question without what was said before the customer's last message. */
    public ModelQuestion lastMessageOnly() {
        int from = messages.size() - 1;
        while (from > 0 && !(messages.get(from) instanceof ModelMessage.Customer)) {
            from--;
        }
        return new ModelQuestion(messages.subList(Math.max(0, from), messages.size()), tools, channel, signedIn, now);
    }
}
