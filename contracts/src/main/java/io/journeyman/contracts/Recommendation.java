package io.journeyman.contracts;

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
            Optional<Long> maxPriceMinor,
            Optional<Integer> limit,
            Optional<CustomerId> customerId) {}

    enum Purpose {
        search,
        alternatives,
        complementary
    }

    record Recommendations(List<ProductCard> products) {}

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

    record Product(
            ProductId productId,
            String name,
            String category,
            String description,
            Money price,
            List<Variant> variants) {}

    record Variant(Sku sku, String size, String color, Money price) {}

    /** Prices of variants now; unknown skus are left out of the answer. */
    record LookUpVariants(List<Sku> skus) {}

    record PricedVariants(List<PricedVariant> variants) {}

    record PricedVariant(Sku sku, ProductId productId, String name, String size, String color, Money price) {}
}
