package io.journeyman.inventory.stock;

import io.journeyman.contracts.Inventory;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.CheckInventory;
import io.journeyman.contracts.Inventory.ExpectedKind;
import io.journeyman.contracts.Inventory.ExpectedStock;
import io.journeyman.contracts.Inventory.OnlineStatus;
import io.journeyman.contracts.Inventory.OrderAhead;
import io.journeyman.contracts.Inventory.StoreStock;
import io.journeyman.contracts.Inventory.VariantStock;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.stock.StockShelf.Shelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Answers check_inventory from a product's shelves. The seed's edge cases 2 to 4 are decided here: under 50 units over
 * warehouse and stores is low_stock with the exact counts, none anywhere is out_of_stock, and a size or colour that is not
 * there has an empty list of stores. What is announced is told with its day, and never counted. Sizes, colours and cities are
 * compared without regard to case.
 */
final class AvailabilityReport {
    /** Dates told as suggestions; all of them are with the variants. */
    private static final int MOST_COMING = 3;

    private final CheckInventory question;
    private final List<Shelf> all;
    private final List<Shelf> fitting;
    private final ExpectedArrivals arrivals;

    /** @param all every shelf of the product; at least one */
    AvailabilityReport(CheckInventory question, List<Shelf> all, ExpectedArrivals arrivals) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("a product without a shelf has no report");
        }
        this.question = question;
        this.all = all;
        this.arrivals = arrivals;
        this.fitting = all.stream()
                .filter(shelf -> same(question.size(), shelf.size()) && same(question.color(), shelf.color()))
                .toList();
    }

    Availability answer() {
        int available = units(all, shelf -> true);
        boolean fits = units(fitting, shelf -> true) > 0;
        return new Availability(
                question.productId(),
                status(available),
                available,
                units(all, Shelf::warehouse),
                fits,
                stores(),
                variants(),
                fits ? List.of() : suggestions(available));
    }

    private static OnlineStatus status(int available) {
        if (available == 0) {
            return OnlineStatus.out_of_stock;
        }
        return available < Inventory.LOW_STOCK ? OnlineStatus.low_stock : OnlineStatus.in_stock;
    }

    private List<StoreStock> stores() {
        Map<LocationId, StoreStock> stores = new LinkedHashMap<>();
        for (Shelf shelf : fitting) {
            if (!shelf.warehouse() && shelf.free() > 0) {
                stores.merge(
                        shelf.location(),
                        new StoreStock(shelf.location(), shelf.name(), shelf.city(), shelf.free(), shelf.metres()),
                        (a, b) -> new StoreStock(
                                a.storeId(), a.name(), a.city(), a.available() + b.available(), a.distanceMetres()));
            }
        }
        var sorted = new ArrayList<>(stores.values());
        question.city().ifPresent(city -> sorted.sort(nearestTo(city.strip())));
        return List.copyOf(sorted);
    }

    /** Those in the city itself first, as people expect them, then by distance; where that is not known, as before. */
    private static Comparator<StoreStock> nearestTo(String city) {
        return Comparator.comparing((StoreStock store) -> !store.city().equalsIgnoreCase(city))
                .thenComparing(store -> store.distanceMetres().orElse(Integer.MAX_VALUE));
    }

    private List<VariantStock> variants() {
        Map<Sku, VariantStock> variants = new LinkedHashMap<>();
        for (Shelf shelf : fitting) {
            int warehouse = shelf.warehouse() ? shelf.free() : 0;
            variants.merge(
                    shelf.sku(),
                    new VariantStock(
                            shelf.sku(),
                            shelf.size(),
                            shelf.color(),
                            warehouse,
                            shelf.free() - warehouse,
                            Optional.of(shelf.free()),
                            arrivals.of(shelf.sku()),
                            arrivals.ahead(shelf.sku())),
                    (a, b) -> new VariantStock(
                            a.sku(),
                            a.size(),
                            a.color(),
                            a.warehouse() + b.warehouse(),
                            a.stores() + b.stores(),
                            Optional.of(Math.max(a.together(), b.together())),
                            a.expected(),
                            a.orderAhead()));
        }
        return List.copyOf(variants.values());
    }

    private List<String> suggestions(int available) {
        List<String> coming = coming();
        List<String> instead = available > 0
                ? alternatives()
                : coming.isEmpty()
                        ? List.of("Look at similar items that are in stock.", "Ask again later: stock may come back.")
                        : List.of("Look at similar items that are in stock.");
        return Stream.concat(coming.stream(), instead.stream()).toList();
    }

    /** When what was asked for is due. */
    private List<String> coming() {
        return variants().stream()
                .flatMap(variant -> variant.expected().stream()
                        .map(expected ->
                                variant.size() + " in " + variant.color() + words(expected, variant.orderAhead())))
                .limit(MOST_COMING)
                .toList();
    }

    private static String words(ExpectedStock expected, Optional<OrderAhead> ahead) {
        String now = ahead.map(order -> order.dueOn().equals(expected.dueOn())
                        ? " It can be ordered now."
                        : " It can be ordered now for " + order.dueOn() + ".")
                .orElse("");
        return (expected.kind() == ExpectedKind.preorder ? " comes to the shop on " : " is expected again on ")
                + expected.dueOn() + "." + now;
    }

    private List<String> alternatives() {
        var suggestions = new ArrayList<String>();
        question.size().ifPresent(size -> {
            offer(
                    suggestions,
                    "In size " + size + " there is: ",
                    Shelf::color,
                    shelf -> same(question.size(), shelf.size()));
        });
        question.color().ifPresent(color -> {
            offer(
                    suggestions,
                    "In " + color + " there is size: ",
                    Shelf::size,
                    shelf -> same(question.color(), shelf.color()));
        });
        if (suggestions.isEmpty()) {
            offer(suggestions, "Available sizes: ", Shelf::size, shelf -> true);
            offer(suggestions, "Available colours: ", Shelf::color, shelf -> true);
        }
        suggestions.add("Look at similar items" + wanted() + ".");
        return List.copyOf(suggestions);
    }

    private void offer(List<String> to, String words, Function<Shelf, String> what, Predicate<Shelf> among) {
        List<String> there = all.stream()
                .filter(shelf -> shelf.free() > 0)
                .filter(among)
                .map(what)
                .distinct()
                .toList();
        if (!there.isEmpty()) {
            to.add(words + String.join(", ", there) + ".");
        }
    }

    private String wanted() {
        String size = question.size().map(s -> " in size " + s).orElse("");
        return size + question.color().map(c -> " in " + c).orElse("");
    }

    private static boolean same(Optional<String> asked, String is) {
        return asked.isEmpty() || asked.get().strip().equalsIgnoreCase(is);
    }

    private static int units(List<Shelf> shelves, Predicate<Shelf> among) {
        return shelves.stream().filter(among).mapToInt(Shelf::free).sum();
    }
}
