package io.journeyman.recommendation.meaning;

import io.journeyman.contracts.ProductId;

/** A product whose meaning is not known yet. @param content the digest of what is said of it @param text that, as a sentence */
public record Unlearned(ProductId productId, String content, String text) {}
