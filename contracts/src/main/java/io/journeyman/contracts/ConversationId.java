package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One conversation, stable over channels; its workflow is {@code conversation-<conversationId>}. */
public record ConversationId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConversationId {
        Id.check("ConversationId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
