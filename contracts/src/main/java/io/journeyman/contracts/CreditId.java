package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The business key of a grant of store credit, or of its use for an order: the same one again moves nothing twice. */
public record CreditId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CreditId {
        Id.check("CreditId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
