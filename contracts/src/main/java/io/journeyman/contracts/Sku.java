package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One sellable variant of a product: a size and a colour. */
public record Sku(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sku {
        Id.check("Sku", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
