package io.journeyman.inventory.imports;

import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Inventory.ImportLocation;
import io.journeyman.contracts.LocationId;
import io.journeyman.inventory.imports.LocationTable.LocationRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Takes a shop's own warehouses and stores in. What is given as it is already stays untouched. */
public final class LocationImport {
    /** In the caller's transaction. */
    public ImportedRows take(Handle handle, List<ImportLocation> rows) {
        var table = handle.attach(LocationTable.class);
        table.lock();
        Map<LocationId, LocationRow> known =
                table.all().stream().collect(Collectors.toMap(LocationRow::id, Function.identity()));
        Set<LocationId> seen = new HashSet<>();
        List<ImportedRow> results = new ArrayList<>();
        List<LocationRow> changed = new ArrayList<>();
        for (ImportLocation row : rows) {
            Optional<LocationRow> before = Optional.ofNullable(known.get(row.locationId()));
            if (!seen.add(row.locationId())) {
                results.add(ImportedRow.refused("locationId", "came before in the same request"));
            } else if (row.latitude().isPresent() != row.longitude().isPresent()) {
                results.add(ImportedRow.refused("latitude", "and longitude come together, or neither"));
            } else {
                LocationRow after = merged(row, before);
                if (before.equals(Optional.of(after))) {
                    results.add(ImportedRow.of(Result.unchanged));
                } else {
                    changed.add(after);
                    results.add(ImportedRow.of(before.isPresent() ? Result.changed : Result.created));
                }
            }
        }
        if (!changed.isEmpty()) {
            table.put(changed);
            table.warehousesFirst();
        }
        return new ImportedRows(results);
    }

    private static LocationRow merged(ImportLocation row, Optional<LocationRow> before) {
        return new LocationRow(
                row.locationId(),
                row.kind(),
                row.name().strip(),
                row.city().strip(),
                row.address().strip(),
                row.latitude().or(() -> before.flatMap(LocationRow::latitude)),
                row.longitude().or(() -> before.flatMap(LocationRow::longitude)),
                row.safetyStock().orElse(before.map(LocationRow::safetyStock).orElse(0)));
    }
}
