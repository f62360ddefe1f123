package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One change of where an order goes; its workflow is {@code addresschange-<changeId>}. */
public record AddressChangeId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AddressChangeId {
        Id.check("AddressChangeId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
