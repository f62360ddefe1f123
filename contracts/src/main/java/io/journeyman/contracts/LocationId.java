package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A warehouse or a store. */
public record LocationId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LocationId {
        Id.check("LocationId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
