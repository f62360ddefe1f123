package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The business key of a delivery that a shop expects: the number of its purchase order. */
public record DeliveryId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DeliveryId {
        Id.check("DeliveryId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
