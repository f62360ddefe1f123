package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Pieces of one order that are not sent after all; its workflow is {@code cancellation-<cancellationId>}. */
public record CancellationId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CancellationId {
        Id.check("CancellationId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
