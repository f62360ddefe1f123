package io.journeyman.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code ./journeyman import} brings in, and the forms in which it comes; the API has a path of each name. */
enum ShopData {
    products,
    locations,
    origins,
    stock,
    deliveries,
    customers,
    points,
    orders,
    aliases;

    static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** What the report counts. */
    List<String> counted() {
        return this == products ? List.of(name(), "variants") : List.of(name());
    }

    /** Whether a row of the file is one of what is counted; a product may have many. */
    boolean hasARowEach() {
        return this != products;
    }

    /** @param ending of a file's name */
    Optional<String> format(String ending) {
        return switch (ending) {
            case "xml" -> hasARowEach() ? Optional.empty() : Optional.of("google_xml");
            case "tsv", "txt" -> Optional.of(hasARowEach() ? "tsv" : "google_tsv");
            case "csv" -> Optional.of(hasARowEach() ? "csv" : "shopify_csv");
            case "jsonl", "ndjson" -> Optional.of("jsonl");
            default -> Optional.empty();
        };
    }

    /** For the page of help. */
    String description() {
        return switch (this) {
            case products ->
                "Products: a Google Merchant feed (.xml, .tsv, .txt; google_xml, google_tsv), Shopify's export (.csv;"
                        + " shopify_csv), or a product in each line (.jsonl; jsonl).";
            case locations ->
                "Warehouses and stores (.csv, .tsv, .jsonl): location_id, kind (warehouse or store), name, city, address,"
                        + " and where they are known latitude, longitude, safety_stock.";
            case origins ->
                "Where warehouses and stores are, from which parcels leave (.csv, .tsv, .jsonl): location_id, name, pincode,"
                        + " and of stores where orders can be collected opens, closes (10:00). A file may have the columns of"
                        + " locations, too.";
            case stock ->
                "How many pieces are where (.csv, .tsv, .jsonl): sku, location_id, on_hand, and where wanted safety_stock,"
                        + " counted_at (the same count of a later moment is a new one). A variant that the catalogue does"
                        + " not have needs its product_id, too, and may have size and color.";
            case deliveries ->
                "What is to come from suppliers (.csv, .tsv, .jsonl): delivery_id, location_id, due_on, sku, units, and where wanted"
                        + " promisable: how many of them may be sold before they are there.";
            case customers -> "Customers' addresses (.csv, .tsv, .jsonl): customer_id, name, line1, city, pincode.";
            case points ->
                "Customers' points and tiers (.csv, .tsv, .jsonl): customer_id, points, and where wanted entry_id (names the"
                        + " balance, which comes in once), expires_on, orders (how many they had before), tier and"
                        + " tier_until.";
            case orders ->
                "Orders that customers placed elsewhere, a line of them in each row (.csv, .tsv, .jsonl): order_id,"
                        + " customer_id, placed_at, status (confirmed, shipped, delivered, cancelled), sku, name, quantity,"
                        + " unit_price, and where known product_id, size, color, discount, delivery_fee, tax_included,"
                        + " tracking_id, promised_date.";
            case aliases ->
                "By what customers are known on other channels (.csv, .tsv, .jsonl): customer_id, channel (whatsapp, sms, email,"
                        + " voice, kiosk), alias (what the channel's bridge calls them).";
        };
    }
}
