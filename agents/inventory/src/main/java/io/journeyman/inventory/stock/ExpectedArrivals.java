package io.journeyman.inventory.stock;

import io.journeyman.contracts.Inventory.ExpectedStock;
import io.journeyman.contracts.Inventory.OrderAhead;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.stock.StockShelf.ToCome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The next arrival of each variant of a product, and the next of which something can be ordered before. A day that has passed, in the shop, is no promise any more and is not told. */
final class ExpectedArrivals {
    private final Map<Sku, ToCome> next;
    private final Map<Sku, ToCome> nextWithRoom;

    /** @param toCome of each variant the earliest first */
    ExpectedArrivals(List<ToCome> toCome) {
        this.next = first(toCome.stream());
        this.nextWithRoom = first(toCome.stream().filter(soon -> soon.room() > 0));
    }

    private static Map<Sku, ToCome> first(Stream<ToCome> toCome) {
        return toCome.collect(Collectors.toMap(ToCome::sku, Function.identity(), (first, later) -> first));
    }

    Optional<ExpectedStock> of(Sku sku) {
        return Optional.ofNullable(next.get(sku)).map(ToCome::expected);
    }

    Optional<OrderAhead> ahead(Sku sku) {
        return Optional.ofNullable(nextWithRoom.get(sku)).map(ToCome::ahead);
    }
}
