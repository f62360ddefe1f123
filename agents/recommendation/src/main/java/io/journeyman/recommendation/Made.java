package io.journeyman.recommendation;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.Recommendation.Attribute;
import io.journeyman.contracts.Recommendation.Variant;
import io.journeyman.contracts.Sku;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.json.Json;

/** A variant as it is now. @param price what it costs @param regular what it costs when it is not on sale */
public record Made(
        Sku sku,
        String size,
        String color,
        Money price,
        Money regular,
        boolean onSale,
        Optional<Instant> saleUntil,
        Optional<String> gtin,
        List<String> images,
        @Json List<Attribute> attributes) {
    Variant variant() {
        return new Variant(
                sku,
                size,
                color,
                price,
                Optional.of(regular).filter(price -> onSale),
                saleUntil.filter(until -> onSale),
                gtin,
                images,
                attributes);
    }
}
