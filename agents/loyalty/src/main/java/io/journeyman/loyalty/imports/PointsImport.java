package io.journeyman.loyalty.imports;

import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Loyalty.PointsBalance;
import io.journeyman.loyalty.points.PointsLedger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Takes customers' balances and tiers in. A balance is an opening entry of the ledger under a name, and comes in once; a tier is what
 * the customer has at least until a day.
 */
public final class PointsImport {
    private static final String OPENING = "opening";
    private static final Instant END_OF_ALL = Instant.parse("9999-12-31T23:59:59Z");

    private final InstantSource clock;

    public PointsImport(InstantSource clock) {
        this.clock = clock;
    }

    /** In the caller's transaction. */
    public ImportedRows take(Handle handle, List<PointsBalance> rows) {
        var table = handle.attach(BalanceTable.class);
        table.lock();
        var ledger = handle.attach(PointsLedger.class);
        Instant now = clock.instant();
        return new ImportedRows(
                rows.stream().map(row -> take(table, ledger, row, now)).toList());
    }

    private static ImportedRow take(BalanceTable table, PointsLedger ledger, PointsBalance row, Instant now) {
        if (row.tier().isPresent() != row.tierUntil().isPresent()) {
            return ImportedRow.refused("tier", "and tierUntil come together, or neither");
        }
        Instant expiresAt = row.expiresOn().map(PointsImport::endOf).orElse(now.plus(PointsLedger.VALID));
        String entry = row.entryId().orElse(OPENING);
        Optional<Long> before = table.opening(row.customerId(), entry);
        if (before.isPresent() && before.get() != row.points()) {
            return ImportedRow.refused(
                    "points",
                    "is another balance than the " + before.get() + " that came in as " + entry
                            + " before: give what is to be added an entry_id of its own");
        }
        boolean adds = before.isEmpty() && row.points() > 0;
        if (adds && !expiresAt.isAfter(now)) {
            return ImportedRow.refused("expiresOn", "has passed: those points could not be spent");
        }
        ledger.open(row.customerId(), now);
        if (adds) {
            table.add(row.customerId(), entry, row.points(), now, expiresAt);
        }
        boolean hadMore = row.orders().isPresent()
                && table.hadOrders(row.customerId(), row.orders().get());
        boolean granted = row.tier().isPresent()
                && table.grant(
                        row.customerId(),
                        row.tier().get(),
                        endOf(row.tierUntil().orElseThrow()));
        boolean changed = hadMore || granted;
        return ImportedRow.of(adds ? Result.created : changed ? Result.changed : Result.unchanged);
    }

    /** The last day of all ends a second early: nobody could read a year of five digits. */
    private static Instant endOf(LocalDate day) {
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return end.isBefore(END_OF_ALL) ? end : END_OF_ALL;
    }
}
