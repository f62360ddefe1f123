package io.journeyman.inventory.imports;

import io.journeyman.contracts.DeliveryId;
import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Inventory.AnnounceDelivery;
import io.journeyman.contracts.Inventory.AnnouncedLine;
import io.journeyman.contracts.Inventory.Delivery;
import io.journeyman.contracts.Inventory.DeliveryLine;
import io.journeyman.contracts.Inventory.DeliveryRow;
import io.journeyman.contracts.Inventory.DeliveryStatus;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.delivery.Deliveries;
import io.journeyman.inventory.stock.StockShelf;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Takes a shop's orders to its suppliers in: a row sets one variant of a delivery, and what that has besides stays as it is. A file may
 * have its rows of one delivery in several requests.
 */
public final class DeliveryImport {
    private final Deliveries deliveries;

    public DeliveryImport(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** In the caller's transaction, one import after the other: each hands on all lines that its deliveries have. */
    public ImportedRows take(Handle handle, List<DeliveryRow> rows) {
        handle.attach(StockImportTable.class).lock();
        deliveries.lock(handle, rows.stream().map(DeliveryRow::deliveryId).toList());
        var shelf = handle.attach(StockShelf.class);
        Set<Sku> known = Set.copyOf(
                shelf.known(rows.stream().map(DeliveryRow::sku).distinct().toList()));
        Map<DeliveryId, Optional<Delivery>> before = new LinkedHashMap<>();
        Map<DeliveryId, List<DeliveryRow>> wanted = new LinkedHashMap<>();
        Set<List<Object>> seen = new HashSet<>();
        List<ImportedRow> results = new ArrayList<>();
        for (DeliveryRow row : rows) {
            Optional<Delivery> standing =
                    before.computeIfAbsent(row.deliveryId(), id -> deliveries.standing(handle, id));
            List<DeliveryRow> others = wanted.getOrDefault(row.deliveryId(), List.of());
            Optional<ImportedRow> refusal = refusal(row, standing, others, known, shelf.knows(row.locationId()));
            if (!seen.add(List.of(row.deliveryId(), row.sku()))) {
                results.add(ImportedRow.refused("sku", "came before in the same request"));
            } else if (refusal.isPresent()) {
                results.add(refusal.get());
            } else {
                wanted.computeIfAbsent(row.deliveryId(), id -> new ArrayList<>())
                        .add(row);
                results.add(ImportedRow.of(result(row, standing)));
            }
        }
        wanted.forEach((id, lines) -> deliveries.announce(handle, id, announced(lines, before.get(id))));
        return new ImportedRows(results);
    }

    private static Optional<ImportedRow> refusal(
            DeliveryRow row, Optional<Delivery> standing, List<DeliveryRow> others, Set<Sku> known, boolean placed) {
        if (!placed) {
            return Optional.of(ImportedRow.refused(
                    "locationId", "is no warehouse or store of the shop: import the locations first"));
        }
        if (!known.contains(row.sku())) {
            return Optional.of(
                    ImportedRow.refused("sku", "is of no product: import the products and their stock first"));
        }
        if (standing.filter(one -> one.status() == DeliveryStatus.cancelled).isPresent()) {
            return Optional.of(ImportedRow.refused("deliveryId", "was cancelled: give what comes another id"));
        }
        if (others.stream().anyMatch(other -> !other.locationId().equals(row.locationId()))
                || standing.filter(one -> hasBegunElsewhere(one, row.locationId()))
                        .isPresent()) {
            return Optional.of(ImportedRow.refused(
                    "locationId", "is another place than that to which its delivery comes: give it another id"));
        }
        if (others.stream().anyMatch(other -> !other.dueOn().equals(row.dueOn()))) {
            return Optional.of(ImportedRow.refused("dueOn", "is another day than in the rows before of its delivery"));
        }
        return Optional.empty();
    }

    private static boolean hasBegunElsewhere(Delivery standing, LocationId wanted) {
        return !standing.locationId().equals(Optional.of(wanted))
                && standing.lines().stream().anyMatch(line -> line.received() > 0);
    }

    private static Result result(DeliveryRow row, Optional<Delivery> standing) {
        Optional<DeliveryLine> line = standing.flatMap(one -> one.lines().stream()
                .filter(other -> other.sku().equals(row.sku()) && other.announced() > 0)
                .findFirst());
        if (line.isEmpty()) {
            return Result.created;
        }
        boolean same = line.get().announced() == row.units()
                && row.promisable()
                        .map(pieces -> pieces == line.get().promisable())
                        .orElse(true)
                && standing.flatMap(Delivery::dueOn).equals(Optional.of(row.dueOn()))
                && standing.flatMap(Delivery::locationId).equals(Optional.of(row.locationId()));
        return same ? Result.unchanged : Result.changed;
    }

    /** The rows' lines, and those that the delivery has besides. */
    private static AnnounceDelivery announced(List<DeliveryRow> rows, Optional<Delivery> standing) {
        Map<Sku, AnnouncedLine> lines = new LinkedHashMap<>();
        standing.map(Delivery::lines).orElse(List.of()).stream()
                .filter(line -> line.announced() > 0)
                .forEach(line ->
                        lines.put(line.sku(), new AnnouncedLine(line.sku(), line.announced(), Optional.empty())));
        rows.forEach(row -> lines.put(row.sku(), new AnnouncedLine(row.sku(), row.units(), row.promisable())));
        DeliveryRow first = rows.getFirst();
        return new AnnounceDelivery(first.locationId(), first.dueOn(), List.copyOf(lines.values()));
    }
}
