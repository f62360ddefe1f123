package io.journeyman.inventory.stock;

import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.Sku;
import io.journeyman.kit.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What the shop knows: its variants and its places. What it does not know cannot be booked. */
public final class Assortment {
    private Assortment() {}

    /** @throws ProblemException unknown_location */
    public static void require(Handle handle, LocationId location) {
        if (!handle.attach(StockShelf.class).knows(location)) {
            throw new ProblemException(
                    Problem.of(404, "unknown_location", "There is no warehouse or store " + location + "."));
        }
    }

    /** For a shop that has no place at all yet. */
    public static ProblemException unknownLocation() {
        return new ProblemException(Problem.of(404, "unknown_location", "There is no warehouse or store yet."));
    }

    /** @throws ProblemException unknown_variant, with the {@code skus} that are none */
    public static void require(Handle handle, List<Sku> skus) {
        Set<Sku> known = Set.copyOf(handle.attach(StockShelf.class).known(skus));
        List<Sku> unknown = skus.stream().filter(sku -> !known.contains(sku)).toList();
        if (!unknown.isEmpty()) {
            throw new ProblemException(
                    Problem.of(404, "unknown_variant", "The catalogue has no such variant. Nothing is done."),
                    Map.of("skus", unknown));
        }
    }
}
