package io.journeyman.recommendation;

import io.journeyman.contracts.Recommendation.GetRecommendations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a customer wants, in words that the catalogue knows.
 *
 * @param said the words of the query
 * @param meantKind the words of the wanted category
 * @param now when it is said: prices are of that moment
 */
public record Wish(
        List<Word> said,
        List<Word> meantKind,
        Optional<String> size,
        Optional<String> color,
        Optional<Long> maxPriceMinor,
        int limit,
        Instant now) {
    private static final int CARDS = 5;

    static Wish of(GetRecommendations asked, Shelf shelf, Instant now) {
        return new Wish(
                asked.query().map(shelf::understand).orElse(List.of()),
                asked.category().map(shelf::understand).orElse(List.of()),
                asked.size().map(String::strip),
                asked.color().map(String::strip),
                asked.maxPriceMinor(),
                asked.limit().orElse(CARDS),
                now);
    }

    /** Whether the customer named something of which the shop has never heard, and nothing else. */
    boolean isUnheardOf() {
        return unheardOf(meantKind) || (meantKind.isEmpty() && unheardOf(said));
    }

    private static boolean unheardOf(List<Word> words) {
        return !words.isEmpty() && words.stream().noneMatch(Word::known);
    }

    /** Any of the query's words, as a tsquery; empty when there is none. */
    public String query() {
        return tsquery(said, " | ");
    }

    /** All of the category's words, as a tsquery. */
    public Optional<String> kind() {
        return Optional.of(tsquery(meantKind, " & ")).filter(words -> !words.isEmpty());
    }

    public List<String> audiences() {
        return Stream.concat(said.stream(), meantKind.stream())
                .flatMap(word -> word.audience().stream())
                .distinct()
                .toList();
    }

    public List<String> words() {
        return naming(said).map(Word::word).toList();
    }

    public List<String> lexemes() {
        return naming(said).map(Word::lexeme).toList();
    }

    private static String tsquery(List<Word> words, String operator) {
        // a lexeme has only letters and digits, so that quoting it needs no escape
        return String.join(
                operator,
                naming(words).map(word -> "'" + word.lexeme() + "'").distinct().toList());
    }

    private static Stream<Word> naming(List<Word> words) {
        return words.stream().filter(word -> word.known() && word.audience().isEmpty());
    }
}
