package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One return of bought pieces; its workflow is {@code return-<returnId>}. */
public record ReturnId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ReturnId {
        Id.check("ReturnId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
