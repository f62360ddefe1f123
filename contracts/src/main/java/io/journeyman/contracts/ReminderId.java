package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One reminder of what will end: whoever hears it twice hears the same one. */
public record ReminderId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ReminderId {
        Id.check("ReminderId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
