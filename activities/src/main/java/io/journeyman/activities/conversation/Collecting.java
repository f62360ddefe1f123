package io.journeyman.activities.conversation;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.CollectionPoint;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Inventory.Availability;
import io.journeyman.contracts.Inventory.LookUpStock;
import io.journeyman.contracts.Inventory.ProductStocks;
import io.journeyman.contracts.Inventory.Store;
import io.journeyman.contracts.Inventory.StoreStock;
import io.journeyman.contracts.Inventory.Stores;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.PricedLine;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** In which store an order is collected: one that has all of it, by its name or its city, or the nearest. */
final class Collecting {
    private static final int MOST_NAMED = 8;

    private final AgentClient inventory;

    Collecting(AgentClient inventory) {
        this.inventory = inventory;
    }

    /** Stores that have all pieces of every line. @param stocks of each line, its stores the nearest first */
    static List<StoreStock> haveAll(List<PricedLine> lines, List<Availability> stocks) {
        List<StoreStock> all = stocks.getFirst().stores();
        for (int i = 0; i < lines.size(); i++) {
            int pieces = lines.get(i).quantity();
            List<StoreStock> here = stocks.get(i).stores();
            all = all.stream()
                    .filter(store -> here.stream()
                            .anyMatch(other -> other.storeId().equals(store.storeId()) && other.available() >= pieces))
                    .toList();
        }
        return all;
    }

    /**
     * The store that is meant.
     *
     * @param said the store or city as the customer calls it; empty: the nearest
     * @param stores those that have all of it, the nearest first
     * @throws ToolRefusal in_no_store, not_in_that_store, which_store, unknown_store
     */
    StoreStock store(Optional<String> said, List<StoreStock> stores, List<PricedLine> lines) {
        if (stores.isEmpty()) {
            throw ToolRefusal.of(
                    "in_no_store",
                    "No store has all of it now.",
                    "Offer to send it, or to collect fewer pieces: check_inventory says which store has what.");
        }
        return said.map(name -> named(name, stores, lines)).orElseGet(() -> nearest(stores));
    }

    /** Its option, as a quote's delivery. @throws ToolRefusal no_collection_there */
    Quote.Delivery in(StoreStock store, List<DeliveryOption> options) {
        DeliveryOption option = options.stream()
                .filter(one -> one.collect()
                        .filter(point -> point.storeId().equals(store.storeId()))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> ToolRefusal.of(
                        "no_collection_there",
                        store.name() + " does not hand over orders.",
                        "Offer another store, or to send it."));
        CollectionPoint point = option.collect().orElseThrow();
        return new Quote.Delivery(
                address(point),
                option.optionId(),
                option.label(),
                option.fee(),
                Optional.empty(),
                option.promisedDate(),
                Optional.of(new Quote.Collect(point.storeId(), point.name(), point.keepUntil())));
    }

    private StoreStock named(String said, List<StoreStock> stores, List<PricedLine> lines) {
        List<LocationId> meant = meant(said, lines);
        List<StoreStock> fitting =
                stores.stream().filter(store -> meant.contains(store.storeId())).toList();
        if (fitting.isEmpty()) {
            throw ToolRefusal.of(
                    "not_in_that_store",
                    "Not all of it is there. All of it is in: " + names(stores) + ".",
                    "Offer one of these stores, or to send it.");
        }
        if (fitting.size() > 1) {
            throw whichStore(fitting);
        }
        return fitting.getFirst();
    }

    private List<LocationId> meant(String said, List<PricedLine> lines) {
        return ToolRefusal.said(inventory.ask(
                        "lookUpStock",
                        "/stock/lookup",
                        new LookUpStock(
                                List.of(lines.getFirst().productId()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(said)),
                        ProductStocks.class))
                .stores()
                .orElse(List.of())
                .stream()
                .map(Store::storeId)
                .toList();
    }

    /** Where nobody knows how far it is, the customer says which. */
    private static StoreStock nearest(List<StoreStock> stores) {
        if (stores.size() > 1 && stores.getFirst().distanceMetres().isEmpty()) {
            throw whichStore(stores);
        }
        return stores.getFirst();
    }

    private static ToolRefusal whichStore(List<StoreStock> stores) {
        return ToolRefusal.of(
                "which_store",
                "All of it is in: " + names(stores) + ".",
                "Ask the customer which of them, and call initiate_checkout with its name as store.");
    }

    /** The store's own. */
    private Address address(CollectionPoint point) {
        Store store = ToolRefusal.said(inventory.get("listStores", "/stores", Stores.class)).stores().stream()
                .filter(one -> one.storeId().equals(point.storeId()))
                .findFirst()
                .orElseThrow(() -> ToolRefusal.of(
                        "unknown_store",
                        "The shop has no such store any more.",
                        "Offer another store, or to send it."));
        return new Address(point.name(), store.address(), store.city(), point.pincode());
    }

    private static String names(List<StoreStock> stores) {
        return stores.stream()
                .limit(MOST_NAMED)
                .map(store -> store.name() + ", " + store.city())
                .collect(Collectors.joining("; "));
    }
}
