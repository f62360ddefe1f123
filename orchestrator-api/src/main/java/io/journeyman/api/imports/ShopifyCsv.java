package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.api.imports.Table.Row;
import io.journeyman.contracts.Money;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;

/**
 * Reads Shopify's product export. Rows with the same handle are one product: the first says what it is, each with a price is a
 * variant, and others bring further pictures. A compare-at price is the regular one, and then the price is that of a sale.
 */
final class ShopifyCsv {
    /** The contract's fields as an export names them. */
    static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("productId", "Handle"),
            Map.entry("sku", "Variant SKU"),
            Map.entry("name", "Title"),
            Map.entry("description", "Body (HTML)"),
            Map.entry("brand", "Vendor"),
            Map.entry("categories", "Type"),
            Map.entry("tags", "Tags"),
            Map.entry("images", "Image Src"),
            Map.entry("price", "Variant Price"),
            Map.entry("salePrice", "Variant Compare At Price"),
            Map.entry("gtin", "Variant Barcode"));

    private static final List<String> HANDLE = List.of("handle", "url_handle");
    private static final List<String> PRICE = List.of("variant_price", "price");
    private static final List<String> COMPARE_AT = List.of("variant_compare_at_price", "compare-at_price");
    private static final List<String> SKU = List.of("variant_sku", "sku");
    private static final List<String> BARCODE = List.of("variant_barcode", "barcode");
    private static final List<String> IMAGE = List.of("image_src", "product_image_url");
    private static final List<String> VARIANT_IMAGE = List.of("variant_image", "variant_image_url");
    private static final List<String> BODY = List.of("body_(html)", "description");
    private static final List<String> GENDER =
            List.of("google_shopping_/_gender", "target_gender_(product.metafields.shopify.target-gender)");
    private static final List<String> AGE =
            List.of("google_shopping_/_age_group", "age_group_(product.metafields.shopify.age-group)");
    private static final List<String> PUBLISHED = List.of("published", "published_on_online_store");
    /** A field of the shop's own: {@code Fabric (product.metafields.custom.fabric)}, as {@link Table} names it. */
    private static final Pattern METAFIELD = Pattern.compile("(.+?)_?\\((product|variant)\\.metafields\\..+\\)");

    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_VALUE = 500;
    private static final int MOST_ATTRIBUTES = 30;
    private static final String GTIN = "[0-9]{8}|[0-9]{12,14}";
    private static final int LONGEST_CATEGORY_PATH = 200;
    private static final int LONGEST_TAG = 60;
    private static final int MOST_TAGS = 50;

    private final String currency;
    private final FeedSink sink;
    private final ProductAssembly assembly;
    private Optional<Group> group = Optional.empty();

    /** The product whose rows are read. @param options what its up to three options are called */
    private record Group(String handle, Row head, List<String> options, boolean sold) {}

    ShopifyCsv(String currency, FeedSink sink) {
        this.currency = currency;
        this.sink = sink;
        this.assembly = new ProductAssembly(sink);
    }

    void read(InputStream file) throws IOException, FeedUnreadable {
        try {
            new Table(CSVFormat.RFC4180).read(file, List.of(HANDLE, List.of("title"), PRICE), this::row);
        } finally {
            assembly.end();
        }
    }

    private void row(Row row) throws FeedUnreadable {
        String handle = said(row, HANDLE).orElse("");
        try {
            if (!row.isUtf8()) {
                throw new BadField("row", "is not UTF-8");
            }
            if (handle.isEmpty()) {
                throw new BadField("Handle", "is missing");
            }
            if (group.filter(open -> open.handle().equals(handle)).isEmpty()) {
                group = Optional.empty();
                group = Optional.of(begun(handle, row));
            }
            Group product = group.orElseThrow();
            if (!product.sold()) {
                return;
            }
            if (said(row, PRICE).isPresent() || row.first("option1_value").isPresent()) {
                assembly.add(
                        row.line(),
                        FeedId.of(handle),
                        () -> head(product.head()),
                        variant(row, product),
                        "Variant SKU");
            }
            said(row, IMAGE).ifPresent(image -> assembly.image(FeedId.of(handle), image));
        } catch (BadField e) {
            sink.refused(e.of(row.line(), said(row, SKU).orElse(handle)));
        }
    }

    private Group begun(String handle, Row row) throws BadField {
        if (row.first("title").isEmpty()) {
            throw new BadField("Title", "is missing in the product's first row");
        }
        List<String> options = Stream.of(1, 2, 3)
                .map(n -> row.first("option" + n + "_name").orElse("").toLowerCase(Locale.ROOT))
                .toList();
        Optional<Refusal> unsold = unsold(handle, row);
        unsold.ifPresent(sink::refused);
        return new Group(handle, row, options, unsold.isEmpty());
    }

    private static Optional<Refusal> unsold(String handle, Row row) {
        Optional<Refusal> inactive = row.first("status")
                .filter(status -> !status.equalsIgnoreCase("active"))
                .map(status -> new Refusal(row.line(), handle, "Status", "is not active: the product is not for sale"));
        return inactive.or(() -> said(row, PUBLISHED)
                .filter(published -> published.equalsIgnoreCase("false"))
                .map(no -> new Refusal(row.line(), handle, "Published", "is false: the product is not for sale")));
    }

    private ObjectNode variant(Row row, Group product) throws BadField {
        ObjectNode variant = ProductAssembly.emptyVariant();
        List<String> sizes = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < product.options().size(); i++) {
            String option = product.options().get(i);
            Optional<String> value = row.first("option" + (i + 1) + "_value");
            if (option.isEmpty() || option.equals("title") || value.isEmpty()) {
                continue;
            }
            values.add(value.get());
            if (option.contains("color") || option.contains("colour")) {
                variant.put("color", value.get());
            } else if (option.contains("size")) {
                sizes.addFirst(value.get());
            } else {
                // what is neither size nor colour, such as a scent, stands with the size: customers choose by it
                sizes.add(value.get());
                variant.withArray("attributes").addObject().put("name", option).put("value", value.get());
            }
        }
        if (!sizes.isEmpty()) {
            variant.put("size", String.join(" / ", sizes));
        }
        variant.put(
                "sku",
                FeedId.of(said(row, SKU)
                        .orElseGet(() -> Stream.concat(Stream.of(product.handle()), values.stream())
                                .collect(Collectors.joining("-")))));
        price(row, variant);
        said(row, BARCODE)
                .map(code -> code.replaceAll("[\\s'-]", ""))
                .filter(code -> code.matches(GTIN))
                .ifPresent(code -> variant.put("gtin", code));
        said(row, VARIANT_IMAGE).ifPresent(variant.withArray("images")::add);
        row.first("google_shopping_/_mpn").ifPresent(mpn -> attribute("mpn", mpn, variant));
        metafields("variant", row, variant);
        return variant;
    }

    private void price(Row row, ObjectNode variant) throws BadField {
        String text = said(row, PRICE).orElseThrow(() -> new BadField("Variant Price", "is missing"));
        Money price = FeedPrice.money("Variant Price", text, currency);
        variant.set("price", FeedPrice.of("Variant Price", text, currency));
        Optional<String> compareAt = said(row, COMPARE_AT);
        if (compareAt.isPresent()) {
            Money regular = FeedPrice.money("Variant Compare At Price", compareAt.get(), currency);
            if (regular.minor() > price.minor()) {
                variant.set("salePrice", variant.path("price"));
                variant.set("price", FeedPrice.of("Variant Compare At Price", compareAt.get(), currency));
            }
        }
    }

    private static ObjectNode head(Row row) {
        ObjectNode product = ProductAssembly.emptyProduct()
                .put("name", row.first("title").orElse(""))
                .put("description", PlainText.of(said(row, BODY).orElse("")));
        row.first("vendor").ifPresent(vendor -> product.put("brand", vendor));
        category(row).ifPresent(product.withArray("categories")::add);
        row.first("collection")
                .filter(collection -> collection.length() <= LONGEST_CATEGORY_PATH)
                .ifPresent(product.withArray("categories")::add);
        audience(row).ifPresent(audience -> product.put("audience", audience));
        Arrays.stream(row.first("tags").orElse("").split(","))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty() && tag.length() <= LONGEST_TAG)
                .limit(MOST_TAGS)
                .forEach(product.withArray("tags")::add);
        row.first("google_shopping_/_condition").ifPresent(condition -> attribute("condition", condition, product));
        metafields("product", row, product);
        return product;
    }

    /** What a shop says of its products beyond Shopify's own fields. What is written for programs (JSON) is left out. */
    private static void metafields(String of, Row row, ObjectNode node) {
        Set<String> audience = Stream.concat(GENDER.stream(), AGE.stream()).collect(Collectors.toSet());
        row.columns().entrySet().stream()
                .filter(column -> !audience.contains(column.getKey()))
                .sorted(Comparator.comparing(column -> column.getValue().getFirst()))
                .forEach(column -> {
                    Matcher field = METAFIELD.matcher(column.getKey());
                    if (field.matches() && field.group(2).equals(of)) {
                        row.first(column.getKey())
                                .filter(value -> !value.startsWith("{") && !value.startsWith("["))
                                .ifPresent(value -> attribute(field.group(1).replace('_', ' '), value, node));
                    }
                });
    }

    private static void attribute(String name, String value, ObjectNode of) {
        var attributes = of.withArray("attributes");
        if (name.length() <= LONGEST_NAME && value.length() <= LONGEST_VALUE && attributes.size() < MOST_ATTRIBUTES) {
            attributes.addObject().put("name", name).put("value", value);
        }
    }

    /** The shop's own type, within Shopify's category where that is given. */
    private static Optional<String> category(Row row) {
        Optional<String> type = row.first("type");
        Optional<String> standard = row.first("product_category");
        if (type.isEmpty() || standard.isEmpty()) {
            return type.or(() -> standard);
        }
        String last =
                standard.get().substring(standard.get().lastIndexOf('>') + 1).strip();
        String path = last.equalsIgnoreCase(type.get()) ? standard.get() : standard.get() + " > " + type.get();
        return path.length() <= LONGEST_CATEGORY_PATH ? Optional.of(path) : type;
    }

    private static Optional<String> audience(Row row) {
        boolean kids = said(row, AGE)
                .map(age -> age.toLowerCase(Locale.ROOT))
                .filter(age -> !age.contains("adult") && !age.contains("all ages"))
                .isPresent();
        if (kids) {
            return Optional.of("kids");
        }
        return said(row, GENDER).map(gender -> switch (gender.toLowerCase(Locale.ROOT)) {
            case "female" -> "women";
            case "male" -> "men";
            default -> "unisex";
        });
    }

    private static Optional<String> said(Row row, List<String> names) {
        return names.stream().flatMap(name -> row.all(name).stream()).findFirst();
    }
}
