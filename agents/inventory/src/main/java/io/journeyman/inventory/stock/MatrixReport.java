package io.journeyman.inventory.stock;

import io.journeyman.contracts.Inventory.CellStatus;
import io.journeyman.contracts.Inventory.ExpectedStock;
import io.journeyman.contracts.Inventory.MatrixCell;
import io.journeyman.contracts.Inventory.MatrixRow;
import io.journeyman.contracts.Inventory.SizeColorMatrix;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.stock.StockShelf.Shelf;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Every size of a product with every colour. Sizes and colours stand in the catalogue's order, as their shelves do. */
final class MatrixReport {
    private final ProductId product;
    private final List<Shelf> shelves;
    private final Predicate<Shelf> counted;
    private final ExpectedArrivals arrivals;

    /** @param shelves every shelf of the product @param counted those whose units are counted */
    MatrixReport(ProductId product, List<Shelf> shelves, Predicate<Shelf> counted, ExpectedArrivals arrivals) {
        this.product = product;
        this.shelves = shelves;
        this.counted = counted;
        this.arrivals = arrivals;
    }

    SizeColorMatrix answer() {
        List<String> sizes = shelves.stream().map(Shelf::size).distinct().toList();
        List<String> colors = shelves.stream().map(Shelf::color).distinct().toList();
        List<MatrixRow> rows = sizes.stream()
                .map(size -> new MatrixRow(
                        size, colors.stream().map(color -> cell(size, color)).toList()))
                .toList();
        return new SizeColorMatrix(product, sizes, colors, rows);
    }

    private MatrixCell cell(String size, String color) {
        List<Shelf> here = shelves.stream()
                .filter(shelf -> shelf.size().equals(size) && shelf.color().equals(color))
                .toList();
        if (here.isEmpty()) {
            return new MatrixCell(color, CellStatus.not_made, Optional.empty(), 0, Optional.empty());
        }
        Sku sku = here.getFirst().sku();
        int available = here.stream().filter(counted).mapToInt(Shelf::free).sum();
        Optional<ExpectedStock> expected = arrivals.of(sku);
        return new MatrixCell(color, status(available, expected), Optional.of(sku), available, expected);
    }

    private static CellStatus status(int available, Optional<ExpectedStock> expected) {
        if (available > 0) {
            return CellStatus.in_stock;
        }
        return expected.map(soon -> switch (soon.kind()) {
                    case backorder -> CellStatus.backorder;
                    case preorder -> CellStatus.preorder;
                })
                .orElse(CellStatus.out_of_stock);
    }
}
