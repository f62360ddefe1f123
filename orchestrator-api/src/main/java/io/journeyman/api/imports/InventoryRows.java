package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Recommendation.LookUpVariants;
import io.journeyman.contracts.Recommendation.PricedVariant;
import io.journeyman.contracts.Recommendation.PricedVariants;
import io.journeyman.contracts.Sku;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the inventory takes: how many pieces of which variant are where, and what is to come. */
final class InventoryRows {
    private static final Contract CONTRACT = Contract.load("inventory");

    private final LastingAgent inventory;
    private final LastingAgent catalogue;

    InventoryRows(LastingAgent inventory, LastingAgent catalogue) {
        this.inventory = inventory;
        this.catalogue = catalogue;
    }

    /** A variant that the catalogue has is of that product, size and colour there, whatever the file says. */
    RowKind stock() {
        RowKind.Taker sent = RowKind.sentTo(inventory, "importStock", "/stock/import", "rows");
        return new RowKind(
                "stock",
                CONTRACT,
                "StockCount",
                List.of("sku", "locationId"),
                Map.of(
                        "location",
                        "locationId",
                        "product",
                        "productId",
                        "colour",
                        "color",
                        "quantity",
                        "onHand",
                        "safety",
                        "safetyStock"),
                Optional.empty(),
                (rows, key, dryRun) -> {
                    asTheCatalogueHasThem(rows);
                    return sent.take(rows, key, dryRun);
                });
    }

    RowKind deliveries() {
        return new RowKind(
                "deliveries",
                CONTRACT,
                "DeliveryRow",
                List.of("deliveryId", "sku"),
                Map.of("delivery", "deliveryId", "location", "locationId", "due", "dueOn", "quantity", "units"),
                Optional.empty(),
                RowKind.sentTo(inventory, "importDeliveries", "/announcements/import", "rows"));
    }

    private void asTheCatalogueHasThem(List<ObjectNode> rows) {
        List<Sku> skus = rows.stream()
                .map(row -> row.path("sku").asText())
                .distinct()
                .map(Sku::new)
                .toList();
        Map<String, PricedVariant> known = catalogue
                .ask("lookUpVariants", "/variants/lookup", new LookUpVariants(skus), PricedVariants.class)
                .variants()
                .stream()
                .collect(Collectors.toMap(variant -> variant.sku().value(), Function.identity()));
        for (ObjectNode row : rows) {
            PricedVariant variant = known.get(row.path("sku").asText());
            if (variant != null) {
                row.put("productId", variant.productId().value())
                        .put("size", variant.size())
                        .put("color", variant.color());
            }
        }
    }
}
