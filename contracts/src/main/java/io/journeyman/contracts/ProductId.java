package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One product of the catalogue. */
public record ProductId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProductId {
        Id.check("ProductId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
