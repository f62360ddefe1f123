package io.journeyman.inventory.stock;

import io.journeyman.contracts.Inventory.AnnouncedLine;
import io.journeyman.contracts.Inventory.StockChange;
import io.journeyman.contracts.Inventory.StockLine;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.Sku;
import io.journeyman.kit.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What staff book or announce: each variant once, in the order of their skus, which is the order in which stock rows are locked. */
public record StockLines(List<Pieces> all) {
    /** @throws ProblemException line_twice */
    public static StockLines ofUnits(List<StockLine> lines) {
        return of(lines.stream().map(line -> new Pieces(line.sku(), line.units())));
    }

    /** @throws ProblemException line_twice */
    public static StockLines ofAnnounced(List<AnnouncedLine> lines) {
        return of(lines.stream().map(line -> new Pieces(line.sku(), line.units())));
    }

    /** @throws ProblemException line_twice */
    public static StockLines ofChanges(List<StockChange> lines) {
        return of(lines.stream().map(line -> new Pieces(line.sku(), line.change())));
    }

    private static StockLines of(Stream<Pieces> lines) {
        List<Pieces> sorted = lines.sorted(
                        Comparator.comparing(pieces -> pieces.sku().value()))
                .toList();
        if (sorted.stream().map(Pieces::sku).distinct().count() < sorted.size()) {
            throw new ProblemException(Problem.of(422, "line_twice", "Name each variant once, with all its pieces."));
        }
        return new StockLines(sorted);
    }

    public List<Sku> skus() {
        return all.stream().map(Pieces::sku).toList();
    }

    public List<Integer> units() {
        return all.stream().map(Pieces::units).toList();
    }

    public List<StockLine> asUnits() {
        return all.stream()
                .map(pieces -> new StockLine(pieces.sku(), pieces.units()))
                .toList();
    }

    public List<StockChange> asChanges() {
        return all.stream()
                .map(pieces -> new StockChange(pieces.sku(), pieces.units()))
                .toList();
    }

    /** So many pieces of one variant; where a count is corrected, up or down. */
    public record Pieces(Sku sku, int units) {}
}
