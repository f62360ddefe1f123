package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One signed-in customer, opaque. It comes from the session, never from the model or a request's body. */
public record CustomerId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CustomerId {
        Id.check("CustomerId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
