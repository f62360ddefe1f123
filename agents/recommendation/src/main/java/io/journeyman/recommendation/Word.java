package io.journeyman.recommendation;

import java.util.Optional;

/**
 * One word of a customer, as the shop understood it.
 *
 * @param word as it was said, or as it was meant when it was mistyped
 * @param audience for whom, when the word says that
 * @param products about how many products have it
 */
public record Word(String word, String lexeme, Optional<String> audience, boolean known, int products) {}
