package io.journeyman.recommendation.meaning;

import io.journeyman.contracts.ProductId;

/** A product, and the cosine of the angle between its meaning and another: 1 for the same, about 0 for what has nothing to do with it. */
public record Nearness(ProductId productId, float cosine) {}
