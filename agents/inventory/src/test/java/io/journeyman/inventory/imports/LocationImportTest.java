package io.journeyman.inventory.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Inventory.Hold;
import io.journeyman.contracts.Inventory.ImportLocation;
import io.journeyman.contracts.Inventory.ImportLocations;
import io.journeyman.contracts.Inventory.ImportStock;
import io.journeyman.contracts.Inventory.LocationKind;
import io.journeyman.contracts.Inventory.StockCount;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.TestShop;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A shop's own warehouses and stores come in. */
class LocationImportTest {
    private TestShop shop;

    @BeforeEach
    void open() {
        shop = new TestShop();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void createsChangesAndLeavesAlone() {
        var store = location("DELHI", LocationKind.store, "Khan Market", Optional.of(28.6));

        assertThat(taken(store)).containsExactly(ImportedRow.of(Result.created));
        assertThat(taken(store)).containsExactly(ImportedRow.of(Result.unchanged));
        assertThat(taken(location("DELHI", LocationKind.store, "Khan Market II", Optional.empty())))
                .containsExactly(ImportedRow.of(Result.changed));

        assertThat(shop.client().get("/stores").tree().path("stores").toString())
                .contains("Khan Market II");
    }

    @Test
    void refusesHalfAPositionAndAPlaceNamedTwice() {
        var half = new ImportLocation(
                new LocationId("HALF"),
                LocationKind.store,
                "Half",
                "Pune",
                "1 Road",
                Optional.of(18.5),
                Optional.empty(),
                Optional.empty());
        var whole = location("WHOLE", LocationKind.store, "Whole", Optional.of(18.5));

        assertThat(taken(half, whole, whole))
                .extracting(row ->
                        row.result() + row.field().map(field -> " " + field).orElse(""))
                .containsExactly("refused latitude", "created", "refused locationId");
    }

    @Test
    void looksForAnOrdersPiecesInAWarehouseThatCameLateBeforeTheStores() {
        var late = location("LATE", LocationKind.warehouse, "Second warehouse", Optional.empty());
        taken(late);
        var sku = new Sku("BAG-1");
        shop.client()
                .post(
                        "/stock/import",
                        new ImportStock(
                                false,
                                Stream.of(TestShop.FIRST_STORE, late.locationId())
                                        .map(place -> new StockCount(
                                                sku,
                                                Optional.of(new ProductId("BAG")),
                                                Optional.empty(),
                                                Optional.empty(),
                                                place,
                                                1,
                                                Optional.empty(),
                                                Optional.empty()))
                                        .toList()));

        Hold hold = shop.client()
                .post("/holds", shop.hold(shop.newHold(), new Line(sku, 1)))
                .as(Hold.class);

        assertThat(hold.lines()).extracting(line -> line.location().value()).containsExactly("LATE");
    }

    private static ImportLocation location(String id, LocationKind kind, String name, Optional<Double> latitude) {
        return new ImportLocation(
                new LocationId(id),
                kind,
                name,
                "Delhi",
                "1 Ring Road",
                latitude,
                latitude.map(north -> 77.2),
                Optional.empty());
    }

    private List<ImportedRow> taken(ImportLocation... rows) {
        return shop.client()
                .post("/locations/import", new ImportLocations(false, List.of(rows)))
                .as(ImportedRows.class)
                .rows();
    }
}
