package io.journeyman.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The records of {@code recommendation.json}: catalogue and prices. */
public interface Recommendation {
    /**
     * The tool get_recommendations. {@code query} in the customer's own words; {@code likeProductId} asks for items similar
     * to it (alternatives, with the wanted size or color) or, with purpose complementary, for what goes with it.
     */
    record GetRecommendations(
            Optional<String> query,
            Optional<ProductId> likeProductId,
            Optional<Purpose> purpose,
            Optional<String> category,
            Optional<String> size,
            Optional<String> color,
            Optional<String> brand,
            Optional<Long> minPriceMinor,
            Optional<Long> maxPriceMinor,
            Optional<Integer> limit,
            Optional<Boolean> facets,
            Optional<CustomerId> customerId,
            Optional<List<ProductId>> chosen) {}

    enum Purpose {
        search,
        alternatives,
        complementary
    }

    /**
     * @param facets of all that a search found, when they were asked for
     * @param bundles of which the liked product is a part, where it was asked what goes with it
     */
    record Recommendations(List<ProductCard> products, Optional<List<Facet>> facets, Optional<List<Bundle>> bundles) {}

    /** What the shop sells together. @param total what its parts cost together now, in their cheapest variants */
    record Bundle(BundleId bundleId, String name, List<BundlePart> parts, Money total) {}

    /** @param price the lowest of its variants now */
    record BundlePart(ProductId productId, String name, Money price) {}

    /** Two to six different products that are sold together from now on under this name. */
    record PutBundle(String name, List<ProductId> productIds) {}

    record StandingBundle(BundleId bundleId, BundleStatus status) {}

    /** What has ended is not sold again: another bundle has another id. */
    enum BundleStatus {
        sold,
        ended
    }

    record Bundles(List<Bundle> bundles) {}

    /** @param facet category, brand, color or size @param products how many of what was found are such */
    record Facet(String facet, String value, int products) {}

    /** @param reason one short sentence: why this item is here */
    record ProductCard(
            ProductId productId,
            String name,
            String category,
            String description,
            Money price,
            List<String> sizes,
            List<String> colors,
            String reason) {}

    /** @param price the lowest of its variants now @param images addresses of pictures, the main one first */
    record Product(
            ProductId productId,
            String name,
            String category,
            String description,
            Money price,
            Optional<String> brand,
            List<String> images,
            List<String> categories,
            List<Attribute> attributes,
            List<Variant> variants) {}

    /** @param price what it costs now @param regularPrice what it costs when it is not on sale; only while it is */
    record Variant(
            Sku sku,
            String size,
            String color,
            Money price,
            Optional<Money> regularPrice,
            Optional<Instant> saleUntil,
            Optional<String> gtin,
            List<String> images,
            List<Attribute> attributes) {}

    /** Something that the shop says of a product, such as its material. */
    record Attribute(String name, String value) {}

    /** Prices of variants now; unknown skus are left out of the answer. */
    record LookUpVariants(List<Sku> skus) {}

    record PricedVariants(List<PricedVariant> variants) {}

    /** @param warrantyMonths for how long the shop answers for what is bought now; empty where it does not */
    record PricedVariant(
            Sku sku,
            ProductId productId,
            String name,
            String size,
            String color,
            Money price,
            Optional<Integer> warrantyMonths) {}

    /** @param category the catalogue's, in small letters; {@code *} for all others @param months 0 for none */
    record WarrantyRule(String category, int months) {}

    record WarrantyRules(List<WarrantyRule> rules) {}

    /** @param currency the shop's: each price is in it */
    record Catalogue(String currency, long products, long variants) {}

    /** At most 100 products of the shop's own data; a dry run answers what would become of them and changes nothing. */
    record ImportProducts(boolean dryRun, List<ImportProduct> products) {}

    /**
     * @param categories paths from the widest to the narrowest, parted by {@code >}; what stands last in the first is the category
     * @param continued these are further variants of a product that came before: where it is in the catalogue, only they count
     */
    record ImportProduct(
            ProductId productId,
            String name,
            String description,
            Optional<String> brand,
            List<String> categories,
            Optional<Audience> audience,
            List<String> occasions,
            List<String> goesWith,
            List<String> tags,
            List<String> images,
            List<Attribute> attributes,
            boolean continued,
            List<ImportVariant> variants) {}

    enum Audience {
        women,
        men,
        kids,
        unisex
    }

    /** @param price the regular one @param salePrice less than that, from {@code saleFrom} (or before) until {@code saleUntil} (or for ever) */
    record ImportVariant(
            Sku sku,
            Optional<String> size,
            Optional<String> color,
            Money price,
            Optional<Money> salePrice,
            Optional<Instant> saleFrom,
            Optional<Instant> saleUntil,
            Optional<String> gtin,
            List<String> images,
            List<Attribute> attributes) {}

    record ImportedProducts(List<ImportedProduct> products) {}

    /** What became of a product; the counts are of its variants. */
    record ImportedProduct(
            ProductId productId,
            ImportResult result,
            int variantsCreated,
            int variantsChanged,
            int variantsUnchanged,
            List<ImportRefusal> refusals) {}

    /** changed also where only a variant is; refused where nothing of it went in. */
    enum ImportResult {
        created,
        changed,
        unchanged,
        refused
    }

    /** @param sku the variant that did not go in; the whole product when empty */
    record ImportRefusal(Optional<Sku> sku, String field, String reason) {}
}
