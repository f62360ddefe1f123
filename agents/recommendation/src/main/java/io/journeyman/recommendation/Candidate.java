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
 * @param toTheTaste whether it is like what the customer chose before
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
        List<String> matched,
        boolean toTheTaste) {
    private static final int LONGEST_SHOWN = 500;

    ProductCard card(String reason) {
        return new ProductCard(productId, name, category, shown(description), price, sizes, colors, reason);
    }

    /** A card is read at a glance: a long description ends after a word. */
    private static String shown(String description) {
        if (description.length() <= LONGEST_SHOWN) {
            return description;
        }
        int end = description.lastIndexOf(' ', LONGEST_SHOWN - 1);
        return description.substring(0, end > 0 ? end : LONGEST_SHOWN - 1) + "…";
    }
}
