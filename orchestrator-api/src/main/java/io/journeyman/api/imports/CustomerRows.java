package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is known of customers: where their parcels go, which points and tier they have, and what they bought before. */
final class CustomerRows {
    private final LastingAgent fulfillment;
    private final LastingAgent loyalty;
    private final LastingAgent orders;

    CustomerRows(LastingAgent fulfillment, LastingAgent loyalty, LastingAgent orders) {
        this.fulfillment = fulfillment;
        this.loyalty = loyalty;
        this.orders = orders;
    }

    RowKind addresses() {
        return new RowKind(
                "customers",
                Contract.load("fulfillment"),
                "CustomerAddress",
                List.of("customerId"),
                Map.of(
                        "id", "customerId",
                        "customer", "customerId",
                        "address", "line1",
                        "address1", "line1",
                        "street", "line1",
                        "zip", "pincode",
                        "postalcode", "pincode"),
                Optional.empty(),
                RowKind.sentTo(fulfillment, "importAddresses", "/addresses/import", "rows"));
    }

    RowKind points() {
        return new RowKind(
                "points",
                Contract.load("loyalty"),
                "PointsBalance",
                List.of("customerId", "entryId"),
                Map.of("id", "customerId", "customer", "customerId", "balance", "points", "expires", "expiresOn"),
                Optional.empty(),
                RowKind.sentTo(loyalty, "importPoints", "/points/import", "rows"));
    }

    /** A row is a line of an order. Who has an order already gets no offer for the first one. */
    RowKind orders(String currency) {
        RowKind.Taker sent = RowKind.sentTo(orders, "importOrders", "/orders/import", "rows");
        RowKind.Taker had = RowKind.sentTo(loyalty, "importPoints", "/points/import", "rows");
        return new RowKind(
                "orders",
                Contract.load("postPurchase"),
                "PastOrderLine",
                List.of("orderId", "sku"),
                Map.of(
                        "order", "orderId",
                        "customer", "customerId",
                        "date", "placedAt",
                        "colour", "color",
                        "price", "unitPrice",
                        "shipping", "deliveryFee",
                        "tax", "taxIncluded"),
                Optional.of(currency),
                (rows, key, dryRun) -> {
                    List<ImportedRow> results = sent.take(rows, key, dryRun);
                    List<ObjectNode> buyers = buyers(rows, results);
                    if (!buyers.isEmpty()) {
                        had.take(buyers, key + "-had", dryRun);
                    }
                    return results;
                });
    }

    private static List<ObjectNode> buyers(List<ObjectNode> rows, List<ImportedRow> results) {
        return IntStream.range(0, rows.size())
                .filter(i -> results.get(i).result() != ImportedRow.Result.refused)
                .mapToObj(rows::get)
                .filter(row -> !row.path("status").asText().equals("cancelled"))
                .map(row -> row.path("customerId").asText())
                .distinct()
                .map(customer -> Json.mapper()
                        .createObjectNode()
                        .put("customerId", customer)
                        .put("points", 0)
                        .put("orders", 1))
                .toList();
    }
}
