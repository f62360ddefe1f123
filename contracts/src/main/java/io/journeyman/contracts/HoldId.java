package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The business key of a stock hold: an order id or a reservation id. */
public record HoldId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HoldId {
        Id.check("HoldId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
