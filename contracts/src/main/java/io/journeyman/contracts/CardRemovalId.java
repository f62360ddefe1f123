package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One removal of kept cards; its workflow is {@code cardremoval-<removalId>}. */
public record CardRemovalId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CardRemovalId {
        Id.check("CardRemovalId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
