package io.journeyman.recommendation.meaning;

import io.journeyman.contracts.ProductId;

/** A product's meaning as it is stored. @param change counts up with each that is stored */
public record Learned(ProductId productId, Meaning meaning, long change) {}
