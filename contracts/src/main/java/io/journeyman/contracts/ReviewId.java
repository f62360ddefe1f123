package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a customer thinks of one line of an order that was theirs to keep. */
public record ReviewId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ReviewId {
        Id.check("ReviewId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
