package io.journeyman.inventory.sample;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Inventory.MovementKind;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Sku;
import io.journeyman.inventory.stock.GoodsLedger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.jdbi.v3.core.Handle;

/**
 * The sample shop's stock: each variant of the catalogue in each location, the same at every first start. Products that
 * {@code stock.json} names are out of stock, low in stock (with exactly that many units) or miss a size everywhere; every
 * other one has 50 units and more.
 */
public final class SampleStock {
    private static final int LEAST_IN_WAREHOUSE = 40;
    private static final int SPREAD_IN_WAREHOUSE = 61;
    private static final int SPREAD_IN_STORE = 9;

    private final JsonNode catalogue;
    private final Plan plan;

    /** @param catalogue {@code catalogue.json} @param stock {@code inventory/stock.json} */
    public SampleStock(JsonNode catalogue, JsonNode stock) {
        this.catalogue = catalogue;
        this.plan = Json.convert(stock, Plan.class);
    }

    /** Loads it into empty tables, or does nothing; in the caller's transaction. */
    public void load(Handle handle, Instant now) {
        var table = handle.attach(SampleTable.class);
        table.lock();
        if (table.anyLocation()) {
            // a shop from before places had positions learns where they are
            table.place(plan.locations());
            return;
        }
        table.addLocations(
                plan.locations(),
                IntStream.range(0, plan.locations().size()).boxed().toList());
        List<VariantRow> variants = new ArrayList<>();
        var arrivals = new Arrivals(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (JsonNode json : catalogue.path("products")) {
            Product product = Json.convert(json, Product.class);
            product.variants()
                    .forEach(variant -> variants.add(new VariantRow(
                            variant.sku(), product.productId(), variant.size(), variant.color(), variants.size())));
            stock(product, arrivals);
        }
        table.addVariants(variants);
        handle.attach(GoodsLedger.class)
                .takeIn(
                        MovementKind.received,
                        Optional.empty(),
                        arrivals.skus(),
                        arrivals.locations(),
                        arrivals.units(),
                        now);
    }

    private void stock(Product product, Arrivals arrivals) {
        int variants = product.variants().size();
        int places = plan.locations().size();
        int[][] units = new int[variants][places];
        Optional<Low> low = plan.low(product.productId());
        if (low.isPresent()) {
            // one by one over the variants, and from variant to variant to another place, so that no place has many
            for (int unit = 0; unit < low.get().units(); unit++) {
                units[unit % variants][(unit / variants + unit % variants) % places]++;
            }
        } else if (!plan.isOut(product.productId())) {
            for (int v = 0; v < variants; v++) {
                Variant variant = product.variants().get(v);
                for (int p = 0; p < places && !plan.isMissing(product.productId(), variant.size()); p++) {
                    units[v][p] = wellStocked(variant.sku(), plan.locations().get(p));
                }
            }
        }
        for (int v = 0; v < variants; v++) {
            for (int p = 0; p < places; p++) {
                arrivals.add(
                        product.variants().get(v).sku(), plan.locations().get(p).id(), units[v][p]);
            }
        }
    }

    private static int wellStocked(Sku sku, Location location) {
        var digest = new CRC32();
        digest.update((sku.value() + "@" + location.id().value()).getBytes(StandardCharsets.UTF_8));
        int draw = (int) (digest.getValue() & 0x7fff_ffff);
        return location.kind().equals("warehouse")
                ? LEAST_IN_WAREHOUSE + draw % SPREAD_IN_WAREHOUSE
                : draw % SPREAD_IN_STORE;
    }

    record Product(ProductId productId, List<Variant> variants) {}

    record Variant(Sku sku, String size, String color) {}

    /** A row of the table location; its place in the list is its pick order, its position in degrees (WGS 84). */
    public record Location(
            LocationId id, String kind, String name, String city, String address, double latitude, double longitude) {}

    /** A row of the table variant. */
    public record VariantRow(Sku sku, ProductId productId, String size, String color, int position) {}

    /** What {@code stock.json} says; its locations stand in the order in which holds look for their lines. */
    record Plan(List<Location> locations, List<Named> outOfStock, List<Low> lowStock, List<Missing> missingSize) {
        Optional<Low> low(ProductId product) {
            return lowStock.stream()
                    .filter(low -> low.productId().equals(product))
                    .findFirst();
        }

        boolean isOut(ProductId product) {
            return outOfStock.contains(new Named(product));
        }

        boolean isMissing(ProductId product, String size) {
            return missingSize.contains(new Missing(product, size));
        }
    }

    record Named(ProductId productId) {}

    record Low(ProductId productId, int units) {}

    record Missing(ProductId productId, String size) {}

    /** Columns of what the ledger receives, in step. */
    private record Arrivals(List<Sku> skus, List<LocationId> locations, List<Integer> units) {
        void add(Sku sku, LocationId location, int count) {
            skus.add(sku);
            locations.add(location);
            units.add(count);
        }
    }
}
