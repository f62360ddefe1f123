package io.journeyman.postpurchase.imports;

import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.PastOrderLine;
import io.journeyman.contracts.PostPurchase.PastStatus;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopTime;
import io.journeyman.postpurchase.imports.HistoryTable.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Takes orders in that customers placed elsewhere, line by line, so that they are told of them like of any other. An order moves on
 * only, as it does here: confirmed, shipped, delivered, or cancelled from confirmed.
 */
public final class HistoryImport {
    private static final int MOST_LINES = 50;
    /** Ten billion rupees, as for the shop's own orders. */
    private static final long HIGHEST_MINOR = 1_000_000_000_000L;

    private final InstantSource clock;

    public HistoryImport(InstantSource clock) {
        this.clock = clock;
    }

    /** In the caller's transaction. */
    public ImportedRows take(Handle handle, List<PastOrderLine> rows) {
        var table = handle.attach(HistoryTable.class);
        table.lock();
        Instant now = clock.instant();
        return new ImportedRows(rows.stream().map(row -> take(table, row, now)).toList());
    }

    private static ImportedRow take(HistoryTable table, PastOrderLine row, Instant now) {
        Optional<Standing> before = table.find(row.orderId());
        Optional<ImportedRow> refusal = refusal(row, now).or(() -> before.flatMap(known -> refusal(table, row, known)));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        boolean changed = false;
        if (before.isEmpty()) {
            begin(table, row);
        } else {
            changed = moved(table, row, before.get(), now);
        }
        PricedLine line = line(row);
        Optional<PricedLine> standing = table.line(row.orderId(), row.sku());
        if (!standing.equals(Optional.of(line))) {
            table.dropLine(row.orderId(), row.sku());
            table.addLine(row.orderId(), line, row.unitPrice().currency());
            changed = true;
        }
        changed |= table.head(row, minor(row.discount()), minor(row.deliveryFee()));
        changed |= table.sum(row.orderId(), minor(row.taxIncluded()));
        Result known = changed ? Result.changed : Result.unchanged;
        return ImportedRow.of(standing.isEmpty() ? Result.created : known);
    }

    private static Optional<ImportedRow> refusal(PastOrderLine row, Instant now) {
        if (row.placedAt().isAfter(now)) {
            return refused("placedAt", "is still to come");
        }
        boolean usable = Stream.of(Optional.of(row.unitPrice()), row.discount(), row.deliveryFee(), row.taxIncluded())
                .flatMap(Optional::stream)
                .allMatch(money ->
                        ShopCurrency.here().isOf(money) && money.minor() >= 0 && money.minor() <= HIGHEST_MINOR);
        return usable
                ? Optional.empty()
                : refused(
                        "unitPrice",
                        "and all other amounts must be in "
                                + ShopCurrency.here().code() + ", and not below zero");
    }

    private static Optional<ImportedRow> refusal(HistoryTable table, PastOrderLine row, Standing known) {
        if (!known.imported()) {
            return refused("orderId", "is an order that was placed here");
        }
        if (!known.customerId().equals(Optional.of(row.customerId()))) {
            return refused("customerId", "is another one than the order's customer");
        }
        if (known.lines() >= MOST_LINES && table.line(row.orderId(), row.sku()).isEmpty()) {
            return refused("sku", "is one too many: an order has " + MOST_LINES + " lines at most");
        }
        return canBecome(known.status(), row.status())
                ? Optional.empty()
                : refused("status", "cannot be " + row.status() + " any more: the order is " + known.status());
    }

    private static boolean canBecome(OrderStatus from, PastStatus to) {
        return switch (to) {
            case confirmed -> from == OrderStatus.confirmed;
            case shipped -> from == OrderStatus.confirmed || from == OrderStatus.shipped;
            case delivered ->
                from == OrderStatus.confirmed || from == OrderStatus.shipped || from == OrderStatus.delivered;
            case cancelled -> from == OrderStatus.confirmed || from == OrderStatus.cancelled;
        };
    }

    private static void begin(HistoryTable table, PastOrderLine row) {
        table.begin(row.orderId(), row.status());
        table.place(row, row.unitPrice().currency(), row.promisedDate().orElse(ShopTime.dayOf(row.placedAt())));
        table.happened(row.orderId(), PastStatus.confirmed, row.placedAt());
        if (row.status() != PastStatus.confirmed) {
            table.happened(row.orderId(), row.status(), row.placedAt());
        }
    }

    private static boolean moved(HistoryTable table, PastOrderLine row, Standing known, Instant now) {
        if (known.status().name().equals(row.status().name())) {
            return false;
        }
        table.turn(row.orderId(), row.status());
        table.happened(row.orderId(), row.status(), now);
        return true;
    }

    private static PricedLine line(PastOrderLine row) {
        return new PricedLine(
                row.sku(),
                row.productId().orElse(new ProductId(row.sku().value())),
                row.name(),
                row.size().orElse(""),
                row.color().orElse(""),
                row.quantity(),
                row.unitPrice());
    }

    private static Optional<Long> minor(Optional<Money> money) {
        return money.map(Money::minor);
    }

    private static Optional<ImportedRow> refused(String field, String reason) {
        return Optional.of(ImportedRow.refused(field, reason));
    }
}
