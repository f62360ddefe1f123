package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One order; its checkout workflow is {@code checkout-<orderId>}. */
public record OrderId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrderId {
        Id.check("OrderId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
