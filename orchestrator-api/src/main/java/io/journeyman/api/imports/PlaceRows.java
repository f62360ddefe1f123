package io.journeyman.api.imports;

import io.journeyman.contracts.Contract;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shop's warehouses and stores: what is kept there, and what leaves from there. One file may say both. */
final class PlaceRows {
    private final LastingAgent inventory;
    private final LastingAgent fulfillment;

    PlaceRows(LastingAgent inventory, LastingAgent fulfillment) {
        this.inventory = inventory;
        this.fulfillment = fulfillment;
    }

    RowKind locations() {
        return new RowKind(
                "locations",
                Contract.load("inventory"),
                "ImportLocation",
                List.of("locationId"),
                Map.of("id", "locationId", "location", "locationId", "lat", "latitude", "lng", "longitude"),
                Optional.empty(),
                RowKind.sentTo(inventory, "importLocations", "/locations/import", "locations"));
    }

    RowKind origins() {
        return new RowKind(
                "origins",
                Contract.load("fulfillment"),
                "Origin",
                List.of("locationId"),
                Map.of("id", "locationId", "location", "locationId", "zip", "pincode", "postalcode", "pincode"),
                Optional.empty(),
                RowKind.sentTo(fulfillment, "importOrigins", "/origins/import", "rows"));
    }
}
