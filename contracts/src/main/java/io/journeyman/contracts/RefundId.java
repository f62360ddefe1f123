package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The business key of a refund, given by who asks for it: the same one again never gives money back twice. */
public record RefundId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RefundId {
        Id.check("RefundId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
