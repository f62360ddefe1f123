package io.journeyman.activities.model.offline;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.Recommendation.ProductCard;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A product as a tool's result told of it.
 *
 * @param sizes every size it is made in; empty when no result said
 * @param colours likewise
 * @param rating what those think who bought it, such as "4.6 of 5 (12)"; empty where too few said
 * @param arrives from which day, where it is not in the shop and can be ordered ahead
 */
record Product(
        String id,
        String name,
        String category,
        String description,
        Money price,
        List<String> sizes,
        List<String> colours,
        String rating,
        Optional<LocalDate> arrives) {
    static Product of(ProductCard card, String rating, Optional<LocalDate> arrives) {
        return new Product(
                card.productId().value(),
                card.name(),
                card.category(),
                card.description(),
                card.price(),
                card.sizes(),
                card.colors(),
                rating,
                arrives);
    }

    static Product of(PricedLine line) {
        return new Product(
                line.productId().value(),
                line.name(),
                "",
                "",
                line.unitPrice(),
                List.of(),
                List.of(),
                "",
                Optional.empty());
    }

    /** Jeans are, a dress is. */
    boolean plural() {
        return name.endsWith("s") && !name.endsWith("ss");
    }

    String is() {
        return plural() ? " are " : " is ";
    }

    String costs() {
        return plural() ? " cost " : " costs ";
    }

    /** Whether the words have its whole name, whatever else they say; a "with" in it counts for nothing. */
    boolean isNamedIn(List<String> words) {
        return stems(words)
                .containsAll(nameWords().stream()
                        .filter(word -> !Vocabulary.INSTANCE.isOrdinary(word))
                        .toList());
    }

    boolean oneSize() {
        return sizes.equals(List.of("ONE"));
    }

    boolean isOf(String kind) {
        return Vocabulary.INSTANCE.kindsOf(kind).stream()
                .anyMatch(k -> k.equals(category) || nameWords().containsAll(stems(Interpreter.words(k))));
    }

    /** The size to ask for: letters for clothes, numbers for shoes, none where there is only one. */
    Optional<String> sizeOf(Facets wanted) {
        if (oneSize()) {
            return Optional.empty();
        }
        boolean numbered = sizes.stream().anyMatch(size -> Character.isDigit(size.charAt(0)));
        return numbered ? wanted.shoeSize() : wanted.size().or(wanted::shoeSize).filter(size -> !size.equals("ONE"));
    }

    boolean hasColour(String colour) {
        return colours.contains(colour);
    }

    /** Whether all the words say something of it: its name, its kind or its colours. */
    boolean answersTo(List<String> words) {
        Set<String> known = new HashSet<>(nameWords());
        known.addAll(stems(Interpreter.words(category)));
        colours.forEach(colour -> known.addAll(stems(List.of(colour))));
        return known.containsAll(stems(words));
    }

    /** Whether any of the words says something of it. */
    boolean shares(List<String> words) {
        Set<String> said = stems(words);
        return stems(List.of(name, category, description)).stream().anyMatch(said::contains);
    }

    Set<String> nameWords() {
        return stems(Interpreter.words(name));
    }

    private static Set<String> stems(List<String> words) {
        Set<String> stems = new HashSet<>();
        words.stream()
                .flatMap(phrase -> Interpreter.words(phrase).stream())
                .map(Vocabulary::singular)
                .forEach(stems::add);
        return stems;
    }
}
