package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Items of a Google Merchant feed. Each is a variant; those with the same item_group_id are one product. */
final class GoogleItems {
    /** The contract's fields as a feed names them. */
    static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("productId", "item_group_id"),
            Map.entry("sku", "id"),
            Map.entry("name", "title"),
            Map.entry("categories", "product_type"),
            Map.entry("images", "image_link"),
            Map.entry("attributes", "product_detail"),
            Map.entry("salePrice", "sale_price"),
            Map.entry("saleFrom", "sale_price_effective_date"),
            Map.entry("saleUntil", "sale_price_effective_date"));

    private static final int MOST_IMAGES = 20;
    private static final int LONGEST_VALUE = 500;
    private static final int MOST_HIGHLIGHTS = 6;
    private static final Set<String> OF_PRODUCT =
            Set.of("condition", "energy_efficiency_class", "link", "size_system", "size_type");
    private static final Set<String> OF_VARIANT = Set.of(
            "mpn",
            "material",
            "multipack",
            "pattern",
            "product_height",
            "product_length",
            "product_weight",
            "product_width",
            "unit_pricing_measure");

    private final String currency;
    private final FeedSink sink;
    private final ProductAssembly assembly;

    GoogleItems(String currency, FeedSink sink) {
        this.currency = currency;
        this.sink = sink;
        this.assembly = new ProductAssembly(sink);
    }

    /** @param details product_detail: attribute_name and attribute_value */
    record Item(long line, Map<String, List<String>> fields, List<Map.Entry<String, String>> details) {
        Optional<String> first(String field) {
            return fields.getOrDefault(field, List.of()).stream()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .findFirst();
        }

        String needed(String field) throws BadField {
            return first(field).orElseThrow(() -> new BadField(field, "is missing"));
        }
    }

    void take(Item item) throws FeedUnreadable {
        try {
            String id = item.needed("id");
            item.needed("title");
            assembly.add(
                    item.line(),
                    FeedId.of(item.first("item_group_id").orElse(id)),
                    () -> head(item),
                    variant(item, id),
                    "id");
        } catch (BadField e) {
            sink.refused(e.of(item.line(), item.first("id").orElse("")));
        }
    }

    void end() {
        assembly.end();
    }

    private ObjectNode variant(Item item, String id) throws BadField {
        ObjectNode variant = ProductAssembly.emptyVariant().put("sku", FeedId.of(id));
        variant.set("price", FeedPrice.of("price", item.needed("price"), currency));
        Optional<String> sale = item.first("sale_price");
        if (sale.isPresent()) {
            variant.set("salePrice", FeedPrice.of("sale_price", sale.get(), currency));
            Optional<String> dates = item.first("sale_price_effective_date");
            if (dates.isPresent()) {
                SaleDates.put(dates.get(), variant);
            }
        }
        item.first("size").ifPresent(size -> variant.put("size", size));
        item.first("color").ifPresent(color -> variant.put("color", color));
        item.first("gtin").ifPresent(gtin -> variant.put("gtin", gtin.replaceAll("[\\s-]", "")));
        images(item, variant.withArray("images"));
        OF_VARIANT.stream().sorted().forEach(name -> attribute(item, name, variant));
        return variant;
    }

    private static ObjectNode head(Item item) {
        ObjectNode product = ProductAssembly.emptyProduct()
                .put("name", item.first("title").orElse(""))
                .put("description", PlainText.of(item.first("description").orElse("")));
        item.first("brand").ifPresent(brand -> product.put("brand", brand));
        item.fields().getOrDefault("product_type", List.of()).stream()
                .filter(path -> !path.isBlank())
                .limit(10)
                .forEach(product.withArray("categories")::add);
        if (product.path("categories").isEmpty()) {
            // Google's own taxonomy, where it is not just a number of it
            item.first("google_product_category")
                    .filter(path -> !path.matches("\\d+"))
                    .ifPresent(product.withArray("categories")::add);
        }
        audience(item).ifPresent(audience -> product.put("audience", audience));
        images(item, product.withArray("images"));
        OF_PRODUCT.stream().sorted().forEach(name -> attribute(item, name, product));
        item.fields().getOrDefault("product_highlight", List.of()).stream()
                .limit(MOST_HIGHLIGHTS)
                .forEach(highlight -> attribute("highlight", highlight, product));
        item.details().stream().limit(20).forEach(detail -> attribute(detail.getKey(), detail.getValue(), product));
        return product;
    }

    private static Optional<String> audience(Item item) {
        boolean kids = item.first("age_group")
                .filter(age -> !age.equalsIgnoreCase("adult"))
                .isPresent();
        if (kids) {
            return Optional.of("kids");
        }
        return item.first("gender").map(gender -> switch (gender.toLowerCase(Locale.ROOT)) {
            case "female" -> "women";
            case "male" -> "men";
            default -> gender.toLowerCase(Locale.ROOT);
        });
    }

    private static void images(Item item, ArrayNode images) {
        item.first("image_link").ifPresent(images::add);
        item.fields().getOrDefault("additional_image_link", List.of()).stream()
                // addresses have no commas of their own here: a feed writes those as %2C
                .flatMap(links -> java.util.Arrays.stream(links.split(",")))
                .map(String::strip)
                .filter(link -> !link.isEmpty())
                .limit(MOST_IMAGES - 1)
                .forEach(images::add);
    }

    private static void attribute(Item item, String name, ObjectNode of) {
        item.first(name).ifPresent(value -> attribute(name, value, of));
    }

    private static void attribute(String name, String value, ObjectNode of) {
        if (!name.isBlank() && !value.isBlank() && value.length() <= LONGEST_VALUE) {
            of.withArray("attributes").addObject().put("name", name.strip()).put("value", value.strip());
        }
    }
}
