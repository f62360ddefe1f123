package io.journeyman.recommendation;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Attribute;
import io.journeyman.contracts.Recommendation.Product;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.json.Json;

/** A product of the catalogue without its variants. @param price the lowest of them now */
public record Item(
        ProductId productId,
        String name,
        String category,
        String description,
        Money price,
        Optional<String> brand,
        List<String> images,
        List<String> categories,
        @Json List<Attribute> attributes) {
    Product with(List<Made> variants) {
        return new Product(
                productId,
                name,
                category,
                description,
                price,
                brand,
                images,
                categories,
                attributes,
                variants.stream().map(Made::variant).toList());
    }
}
