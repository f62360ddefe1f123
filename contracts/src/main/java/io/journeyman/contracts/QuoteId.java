package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One frozen quote. */
public record QuoteId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public QuoteId {
        Id.check("QuoteId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
