package io.journeyman.inventory.imports;

import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.Inventory.StockCount;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.imports.StockImportTable.Balance;
import io.journeyman.inventory.imports.StockImportTable.KnownVariant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One request's counts: decides of each, against what stands and what came before it in the request, and writes what changed. */
final class Counting {
    private static final String ONE_SIZE = "ONE";
    private static final String ONE_COLOR = "one colour";

    private final StockImportTable table;
    private final Map<Sku, KnownVariant> variants;
    private final Set<LocationId> locations;
    private final Map<Place, Balance> balances;
    private final Set<Place> counted = new HashSet<>();

    private final Map<Sku, KnownVariant> settled = new HashMap<>();
    private final Map<Sku, KnownVariant> changedVariants = new LinkedHashMap<>();
    private final Set<Place> opened = new HashSet<>();
    private final List<StockCount> taken = new ArrayList<>();
    private final Map<Place, Integer> keptBack = new LinkedHashMap<>();
    private final Map<LocationId, SortedMap<Sku, Integer>> differences =
            new TreeMap<>(Comparator.comparing(LocationId::value));

    private record Place(Sku sku, LocationId location) {}

    /** Locks the stock rows that the counts are about, so that what is decided here still holds when it is written. */
    Counting(StockImportTable table, List<StockCount> rows) {
        this.table = table;
        List<Sku> skus = rows.stream().map(StockCount::sku).toList();
        List<LocationId> places = rows.stream().map(StockCount::locationId).toList();
        this.variants = table.variants(skus).stream().collect(Collectors.toMap(KnownVariant::sku, Function.identity()));
        this.locations = table.locations(places);
        this.balances = table.lock(skus, places).stream()
                .collect(Collectors.toMap(
                        balance -> new Place(balance.sku(), balance.location()), Function.identity(), (a, b) -> a));
    }

    ImportedRow take(StockCount row) {
        var place = new Place(row.sku(), row.locationId());
        if (!counted.add(place)) {
            return ImportedRow.refused("sku", "was counted in that place before in the same request");
        }
        if (!locations.contains(row.locationId())) {
            return ImportedRow.refused(
                    "locationId", "is no warehouse or store of the shop: import the locations first");
        }
        Optional<KnownVariant> before = Optional.ofNullable(variants.get(row.sku()));
        if (before.isEmpty() && row.productId().isEmpty()) {
            return ImportedRow.refused("sku", "is of no product: import the products first, or name its product here");
        }
        KnownVariant variant = variant(row, before);
        if (before.filter(known -> !known.productId().equals(variant.productId()))
                .isPresent()) {
            return ImportedRow.refused(
                    "productId",
                    "is another one: the variant belongs to "
                            + before.orElseThrow().productId() + " already");
        }
        if (settled.containsKey(row.sku()) && !settled.get(row.sku()).equals(variant)) {
            return ImportedRow.refused("sku", "came before in the same request in another size or colour");
        }
        Optional<Balance> balance = Optional.ofNullable(balances.get(place));
        boolean news = balance.filter(standing -> standing.hasTaken(row)).isEmpty();
        if (balance.filter(standing -> standing.isNewerThan(row)).isPresent()) {
            return ImportedRow.refused("countedAt", "is older than the count that came in last");
        }
        int held = balance.map(Balance::held).orElse(0);
        if (news && row.onHand() < held) {
            return ImportedRow.refused(
                    "onHand",
                    "is less than the " + held + " that are set aside for orders and reservations there: count again"
                            + " when they are gone, or cancel those first");
        }
        if (news) {
            taken.add(row);
        }
        return settle(row, place, variant, before, balance, news);
    }

    private ImportedRow settle(
            StockCount row,
            Place place,
            KnownVariant variant,
            Optional<KnownVariant> before,
            Optional<Balance> balance,
            boolean news) {
        settled.put(row.sku(), variant);
        boolean changed = !before.equals(Optional.of(variant));
        if (changed) {
            changedVariants.put(row.sku(), variant);
        }
        if (balance.isEmpty()) {
            opened.add(place);
        }
        if (row.safetyStock().isPresent() && !balance.map(Balance::safetyStock).equals(row.safetyStock())) {
            keptBack.put(place, row.safetyStock().get());
            changed = true;
        }
        if (news && balance.map(Balance::onHand).orElse(0) != row.onHand()) {
            differences
                    .computeIfAbsent(row.locationId(), location -> new TreeMap<>(Comparator.comparing(Sku::value)))
                    .put(row.sku(), row.onHand());
            changed = true;
        }
        Result known = changed ? Result.changed : Result.unchanged;
        return ImportedRow.of(balance.isEmpty() ? Result.created : known);
    }

    /** Variants, the rows of those that were never in a place, and what places keep back; not the counts. */
    void write() {
        table.put(changedVariants.values());
        List<Place> fresh = List.copyOf(opened);
        table.open(skus(fresh), places(fresh));
        List<Place> kept = List.copyOf(keptBack.keySet());
        table.keepBack(skus(kept), places(kept), List.copyOf(keptBack.values()));
        table.remember(taken);
    }

    /** The counts that are others than what stands, by place. */
    Map<LocationId, SortedMap<Sku, Integer>> differences() {
        return differences;
    }

    private static KnownVariant variant(StockCount row, Optional<KnownVariant> before) {
        ProductId product =
                row.productId().or(() -> before.map(KnownVariant::productId)).orElseThrow();
        return new KnownVariant(
                row.sku(),
                product,
                row.size()
                        .map(size -> size.strip().toUpperCase(Locale.ROOT))
                        .or(() -> before.map(KnownVariant::size))
                        .orElse(ONE_SIZE),
                row.color()
                        .map(color -> color.strip().toLowerCase(Locale.ROOT))
                        .or(() -> before.map(KnownVariant::color))
                        .orElse(ONE_COLOR));
    }

    private static List<Sku> skus(List<Place> places) {
        return places.stream().map(Place::sku).toList();
    }

    private static List<LocationId> places(List<Place> places) {
        return places.stream().map(Place::location).toList();
    }
}
