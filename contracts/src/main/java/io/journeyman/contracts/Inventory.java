package io.journeyman.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The records of {@code inventory.json}: stock and holds. */
public interface Inventory {
    /** Units under which a product is low in stock, over warehouse and stores (the seed's edge case 3). */
    int LOW_STOCK = 50;

    /** Question of the tool check_inventory; size and color filter, city puts its stores first. */
    record CheckInventory(ProductId productId, Optional<String> size, Optional<String> color, Optional<String> city) {}

    /**
     * @param onlineStatus of the product over warehouse and all stores: in_stock, low_stock (1 to 49) or out_of_stock
     * @param available units of the product over warehouse and stores
     * @param stores only those that have a variant which fits the asked attributes, with the units that fit
     * @param variants every variant that fits the asked attributes, available or not
     * @param attributesAvailable whether any unit fits the asked attributes
     * @param suggestions what to do next when nothing fits
     */
    record Availability(
            ProductId productId,
            OnlineStatus onlineStatus,
            int available,
            int warehouse,
            boolean attributesAvailable,
            List<StoreStock> stores,
            List<VariantStock> variants,
            List<String> suggestions) {}

    enum OnlineStatus {
        in_stock,
        low_stock,
        out_of_stock
    }

    record StoreStock(LocationId storeId, String name, String city, int available) {}

    record VariantStock(Sku sku, String size, String color, int warehouse, int stores) {}

    record Store(LocationId storeId, String name, String city, String address) {}

    record Stores(List<Store> stores) {}

    /**
     * Holds all lines or none; where {@code storeId} is empty, the warehouse first, else one store that has the line whole.
     *
     * @param insteadOf a hold with the same lines, which ends as released: its pieces pass to this one, where they lie, while it keeps
     *     them
     */
    record PlaceHold(
            HoldId holdId,
            List<Line> lines,
            Optional<LocationId> storeId,
            Optional<HoldId> insteadOf,
            Instant expiresAt) {}

    record RenewHold(Instant expiresAt) {}

    record Hold(HoldId holdId, HoldStatus status, List<HeldLine> lines, Instant expiresAt) {}

    record HeldLine(Sku sku, int quantity, LocationId location) {}

    /**
     * held: reserved and not sold. allocated: sold, taken off on_hand. released: given back (also after allocated, or before
     * the hold ever came: then a late hold answers {@code released} and holds nothing). expired: its time ran out.
     */
    enum HoldStatus {
        held,
        allocated,
        released,
        expired
    }
}
