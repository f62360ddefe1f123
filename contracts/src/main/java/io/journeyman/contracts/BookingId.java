package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The business key of a receipt, an adjustment, a transfer or a return of stock: whoever books it names it. */
public record BookingId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public BookingId {
        Id.check("BookingId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
