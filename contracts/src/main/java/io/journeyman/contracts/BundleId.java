package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The business key of products that a shop sells together. */
public record BundleId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public BundleId {
        Id.check("BundleId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
