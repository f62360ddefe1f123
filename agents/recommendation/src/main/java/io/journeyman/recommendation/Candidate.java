package io.journeyman.recommendation;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.ProductCard;
import java.util.List;

/**
 * A product that answers a wish.
 *
 * @param occasions what it is made for; beside a liked product, what both are made for
 * @param matched the customer's words that it matches
 */
public record Candidate(
        ProductId productId,
        String name,
        String category,
        String description,
        Money price,
        List<String> sizes,
        List<String> colors,
        List<String> occasions,
        List<String> matched) {
    ProductCard card(String reason) {
        return new ProductCard(productId, name, category, description, price, sizes, colors, reason);
    }
}
