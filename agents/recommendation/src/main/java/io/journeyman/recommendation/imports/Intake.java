package io.journeyman.recommendation.imports;

import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Audience;
import io.journeyman.contracts.Recommendation.ImportProduct;
import io.journeyman.contracts.Recommendation.ImportRefusal;
import io.journeyman.contracts.Recommendation.ImportResult;
import io.journeyman.contracts.Recommendation.ImportVariant;
import io.journeyman.contracts.Recommendation.ImportedProduct;
import io.journeyman.contracts.Sku;
import io.journeyman.recommendation.imports.ImportTable.KnownProduct;
import io.journeyman.recommendation.imports.ImportTable.KnownVariant;
import io.journeyman.recommendation.imports.ImportTable.ProductRow;
import io.journeyman.recommendation.imports.ImportTable.VariantRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One request's products: decides of each, against what is stored and what came before it in the request, and writes what changed. */
final class Intake {
    private static final int LONGEST_CATEGORY = 60;
    private static final String ONE_SIZE = "ONE";
    private static final String ONE_COLOR = "one colour";

    private final ImportTable table;
    private final String currency;
    private final Map<ProductId, String> contents;
    private final Map<Sku, KnownVariant> variants;
    private final Map<Place, Sku> places = new HashMap<>();
    private final Set<ProductId> taken = new HashSet<>();
    private int nextPosition;

    private final Map<String, String> families = new LinkedHashMap<>();
    private final Set<String> occasions = new LinkedHashSet<>();
    private final List<ProductRow> changedProducts = new ArrayList<>();
    private final List<VariantRow> changedVariants = new ArrayList<>();
    private final List<Sku> replaced = new ArrayList<>();
    private final Set<ProductId> touched = new LinkedHashSet<>();

    /** A customer names a variant by these. */
    private record Place(ProductId productId, String size, String color) {}

    Intake(ImportTable table, List<ImportProduct> products, String currency) {
        this.table = table;
        this.currency = currency;
        List<ProductId> ids =
                products.stream().map(ImportProduct::productId).distinct().toList();
        List<Sku> skus = products.stream()
                .flatMap(product -> product.variants().stream())
                .map(ImportVariant::sku)
                .distinct()
                .toList();
        this.contents =
                table.products(ids).stream().collect(Collectors.toMap(KnownProduct::productId, KnownProduct::content));
        this.variants = new HashMap<>();
        table.variants(ids, skus).forEach(this::remember);
        this.nextPosition = table.nextPosition();
    }

    ImportedProduct take(ImportProduct product) {
        if (!product.continued() && !taken.add(product.productId())) {
            return refused(product, "productId", "came before in the same request");
        }
        CategoryPath path = CategoryPath.of(product);
        if (path.category().length() > LONGEST_CATEGORY) {
            return refused(
                    product,
                    "categories",
                    "the last part of the first has more than " + LONGEST_CATEGORY + " characters");
        }
        boolean known = contents.containsKey(product.productId());
        List<ImportRefusal> refusals = new ArrayList<>();
        Map<ImportResult, Integer> counts = new HashMap<>();
        Set<Sku> listed = product.variants().stream().map(ImportVariant::sku).collect(Collectors.toSet());
        Set<Sku> seen = new HashSet<>();
        for (ImportVariant variant : product.variants()) {
            Optional<ImportRefusal> refusal = seen.add(variant.sku())
                    ? refusal(product, variant, listed)
                    : Optional.of(VariantRules.refusal(variant, "sku", "came before in the same product"));
            refusal.ifPresentOrElse(
                    refusals::add, () -> counts.merge(put(product.productId(), variant), 1, Integer::sum));
        }
        if (counts.isEmpty()) {
            return new ImportedProduct(product.productId(), ImportResult.refused, 0, 0, 0, refusals);
        }
        int created = counts.getOrDefault(ImportResult.created, 0);
        int changed = counts.getOrDefault(ImportResult.changed, 0);
        boolean different = putProduct(product, path, known);
        if (different || created + changed > 0) {
            touched.add(product.productId());
        }
        ImportResult result = !known
                ? ImportResult.created
                : different || created + changed > 0 ? ImportResult.changed : ImportResult.unchanged;
        return new ImportedProduct(
                product.productId(),
                result,
                created,
                changed,
                counts.getOrDefault(ImportResult.unchanged, 0),
                refusals);
    }

    void write() {
        if (touched.isEmpty()) {
            return;
        }
        table.addCategories(families.keySet(), families.values());
        table.addOccasions(occasions);
        table.putProducts(changedProducts);
        table.removeVariants(replaced);
        table.putVariants(changedVariants);
        table.index(List.copyOf(touched));
        table.learn(List.copyOf(touched));
        table.addTerms(List.copyOf(touched));
        table.forgetMeaning(changedProducts.stream().map(ProductRow::productId).toList());
    }

    private Optional<ImportRefusal> refusal(ImportProduct product, ImportVariant variant, Set<Sku> listed) {
        return VariantRules.broken(variant, currency)
                .or(() -> Optional.ofNullable(variants.get(variant.sku()))
                        .filter(owned -> !owned.productId().equals(product.productId()))
                        .map(owned -> VariantRules.refusal(
                                variant, "sku", "belongs to the product " + owned.productId() + " already")))
                .or(() -> Optional.ofNullable(places.get(place(product.productId(), variant)))
                        .filter(there -> !there.equals(variant.sku()))
                        .filter(there -> product.continued() || listed.contains(there))
                        .map(there -> VariantRules.refusal(
                                variant, "size", "the product has this size and colour already, as " + there)));
    }

    private ImportResult put(ProductId product, ImportVariant variant) {
        String content = digest(variant);
        Optional<KnownVariant> before = Optional.ofNullable(variants.get(variant.sku()));
        if (before.filter(known -> known.content().equals(content)).isPresent()) {
            return ImportResult.unchanged;
        }
        Place place = place(product, variant);
        Optional.ofNullable(places.get(place))
                .filter(there -> !there.equals(variant.sku()))
                .ifPresent(there -> {
                    replaced.add(there);
                    changedVariants.removeIf(row -> row.sku().equals(there));
                    forget(variants.get(there));
                });
        int position = before.map(KnownVariant::position).orElseGet(() -> nextPlaceOf(product));
        before.ifPresent(this::forget);
        remember(new KnownVariant(variant.sku(), product, place.size(), place.color(), position, content));
        changedVariants.add(new VariantRow(
                variant.sku(),
                product,
                position,
                place.size(),
                place.color(),
                variant.price().minor(),
                variant.salePrice().map(Money::minor),
                variant.saleFrom(),
                variant.saleUntil(),
                variant.gtin(),
                variant.images(),
                Json.write(variant.attributes()),
                content));
        return before.isPresent() ? ImportResult.changed : ImportResult.created;
    }

    /** Whether its own fields are others than before; a continued product's are not looked at, unless it is new. */
    private boolean putProduct(ImportProduct product, CategoryPath path, boolean known) {
        String content = digest(alone(product));
        if (known && (product.continued() || contents.get(product.productId()).equals(content))) {
            return false;
        }
        contents.put(product.productId(), content);
        families.putIfAbsent(path.category(), path.family());
        List<String> madeFor = product.occasions().stream()
                .map(occasion -> occasion.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        occasions.addAll(madeFor);
        changedProducts.add(new ProductRow(
                product.productId(),
                known ? 0 : nextPosition++,
                product.name().strip(),
                path.category(),
                product.audience().orElse(Audience.unisex).name(),
                product.description().strip(),
                currency,
                madeFor,
                product.goesWith().stream()
                        .map(category -> category.strip().toLowerCase(Locale.ROOT))
                        .toList(),
                product.brand().map(String::strip),
                product.images(),
                product.categories(),
                product.tags(),
                Json.write(product.attributes()),
                path.kinds(),
                content));
        return true;
    }

    private static ImportedProduct refused(ImportProduct product, String field, String reason) {
        return new ImportedProduct(
                product.productId(),
                ImportResult.refused,
                0,
                0,
                0,
                List.of(new ImportRefusal(Optional.empty(), field, reason)));
    }

    private void remember(KnownVariant variant) {
        variants.put(variant.sku(), variant);
        places.put(new Place(variant.productId(), variant.size(), variant.color()), variant.sku());
    }

    private void forget(KnownVariant variant) {
        variants.remove(variant.sku());
        places.remove(new Place(variant.productId(), variant.size(), variant.color()), variant.sku());
    }

    private int nextPlaceOf(ProductId product) {
        return variants.values().stream()
                        .filter(variant -> variant.productId().equals(product))
                        .mapToInt(KnownVariant::position)
                        .max()
                        .orElse(-1)
                + 1;
    }

    private static Place place(ProductId product, ImportVariant variant) {
        return new Place(
                product,
                variant.size().orElse(ONE_SIZE).strip().toUpperCase(Locale.ROOT),
                variant.color().orElse(ONE_COLOR).strip().toLowerCase(Locale.ROOT));
    }

    private static ImportProduct alone(ImportProduct product) {
        return new ImportProduct(
                product.productId(),
                product.name(),
                product.description(),
                product.brand(),
                product.categories(),
                product.audience(),
                product.occasions(),
                product.goesWith(),
                product.tags(),
                product.images(),
                product.attributes(),
                false,
                List.of());
    }

    private static String digest(Object value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Json.write(value).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
