package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One reservation in a store; its workflow is {@code reservation-<reservationId>}. */
public record ReservationId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ReservationId {
        Id.check("ReservationId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
