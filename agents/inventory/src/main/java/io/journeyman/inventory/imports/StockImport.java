package io.journeyman.inventory.imports;

import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Inventory.StockCount;
import io.journeyman.inventory.booking.Bookings;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Takes counts of a shop's own stock in. A count is a target: the ledger gets the difference, and nobody's pieces are taken away. The
 * count that came in last is no news, so that an import that is begun again does not bring back what was sold meanwhile. Good rows go
 * in also where others are refused.
 */
public final class StockImport {
    private final Bookings bookings;

    public StockImport(Bookings bookings) {
        this.bookings = bookings;
    }

    /** In the caller's transaction. @param caller the process that asks for it */
    public ImportedRows take(Handle handle, List<StockCount> rows, String caller) {
        var table = handle.attach(StockImportTable.class);
        table.lock();
        var counting = new Counting(table, rows);
        List<ImportedRow> results = new ArrayList<>();
        for (StockCount row : rows) {
            results.add(counting.take(row));
        }
        counting.write();
        counting.differences().forEach((location, counts) -> bookings.count(handle, location, counts, caller));
        return new ImportedRows(results);
    }
}
