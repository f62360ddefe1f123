package io.journeyman.recommendation;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;

/** A product of the catalogue without its variants, which all cost the same. */
public record Item(ProductId productId, String name, String category, String description, Money price) {}
