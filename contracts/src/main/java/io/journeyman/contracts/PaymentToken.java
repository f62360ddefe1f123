package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A tokenised payment method. It stands for a card without being one. */
public record PaymentToken(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PaymentToken {
        Id.check("PaymentToken", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
