package io.journeyman.inventory.stock;

import io.journeyman.contracts.Inventory.ExpectedStock;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.stock.StockShelf.ToCome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The next arrival of each variant of a product. A day that has passed, by UTC, is no promise any more and is not told. */
final class ExpectedArrivals {
    private final Map<Sku, ToCome> next;

    /** @param toCome of each variant the earliest first */
    ExpectedArrivals(List<ToCome> toCome) {
        this.next =
                toCome.stream().collect(Collectors.toMap(ToCome::sku, Function.identity(), (first, later) -> first));
    }

    Optional<ExpectedStock> of(Sku sku) {
        return Optional.ofNullable(next.get(sku)).map(ToCome::expected);
    }
}
