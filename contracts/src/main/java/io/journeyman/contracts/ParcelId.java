package io.journeyman.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One parcel: the shipment's tracking number, a dash, and its place among the shipment's parcels. */
public record ParcelId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ParcelId {
        Id.check("ParcelId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
