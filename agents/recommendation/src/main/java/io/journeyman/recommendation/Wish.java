package io.journeyman.recommendation;

import io.journeyman.contracts.Recommendation.GetRecommendations;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a customer wants, in words that the catalogue knows. What was asked for expressly counts before what the query says.
 *
 * @param said the words of the query
 * @param meantKind the words of the wanted category
 * @param unwanted the words of what it shall not be
 * @param now when it is said: prices are of that moment
 */
public record Wish(
        List<Word> said,
        List<Word> meantKind,
        List<Word> unwanted,
        Optional<String> size,
        Optional<String> color,
        Optional<String> brand,
        Optional<Long> minPriceMinor,
        Optional<Long> maxPriceMinor,
        int limit,
        Instant now) {
    private static final int CARDS = 5;

    /** The products that any of these words may bring are ranked all; of more, those that have most of the words. */
    static final int RANKED = 300;

    static Wish of(GetRecommendations asked, Shelf shelf, Instant now) {
        Sentence sentence = read(asked.query().orElse(""), shelf);
        return new Wish(
                shelf.understand(sentence.wanted()),
                asked.category().map(shelf::understand).orElse(List.of()),
                sentence.unwanted().isEmpty() ? List.of() : shelf.understand(sentence.unwanted()),
                asked.size().or(sentence::size).map(String::strip),
                asked.color().map(String::strip),
                asked.brand().map(String::strip),
                asked.minPriceMinor().or(sentence::leastMinor),
                asked.maxPriceMinor().or(sentence::mostMinor),
                asked.limit().orElse(CARDS),
                now);
    }

    /** A product is called as it is called: "Air Max 500" says no price, and who wants the "Mug Without Handle" wants that one. */
    private static Sentence read(String query, Shelf shelf) {
        Sentence sentence = Sentence.of(query);
        if (!sentence.narrows()) {
            return sentence;
        }
        return shelf.called(Recommender.names(query)).stream()
                .filter(name -> Sentence.of(name).narrows())
                .findFirst()
                .map(name -> Sentence.beside(name, query))
                .orElse(sentence);
    }

    /** The words alone, whatever size, colour and price. */
    Wish asItIsSaid() {
        return new Wish(
                said,
                List.of(),
                unwanted,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit,
                now);
    }

    /** Whatever is of the kind, fits and costs that. */
    Wish withoutWords() {
        return new Wish(List.of(), meantKind, unwanted, size, color, brand, minPriceMinor, maxPriceMinor, limit, now);
    }

    /** Whether the customer named a kind of thing of which the shop has never heard. */
    boolean isOfAnUnheardKind() {
        return !meantKind.isEmpty() && meantKind.stream().noneMatch(Word::known);
    }

    /** Whether the shop knows none of what was said. */
    boolean isUnheardOf() {
        return said.stream().noneMatch(Word::known);
    }

    /** Whether nothing was said that could be looked up, or nothing beside the kind: then all of it that suits and fits is as good. */
    public boolean wordless() {
        return naming(said).isEmpty() && (named(said).isEmpty() || !meantKind.isEmpty());
    }

    /** Any of the query's words, as a tsquery; empty when there is none. */
    public String query() {
        return tsquery(naming(said), " | ");
    }

    /**
     * The tsqueries to look up one after another: any of the words, where few products have them; else all of them, then the
     * rarer ones of them, so that "red tent" looks at tents and not at all that is red.
     */
    public List<String> queries() {
        List<Word> rarestFirst = naming(said).stream()
                .sorted(Comparator.comparingInt(Word::products))
                .toList();
        if (rarestFirst.isEmpty()) {
            return List.of();
        }
        if (rarestFirst.stream().mapToLong(Word::products).sum() <= RANKED) {
            return List.of(query());
        }
        return IntStream.iterate(rarestFirst.size(), words -> words > 0, words -> Math.min(3, words - 1))
                .mapToObj(words -> tsquery(rarestFirst.subList(0, words), " & "))
                .toList();
    }

    /** All of the category's words, as a tsquery. */
    public Optional<String> kind() {
        return Optional.of(tsquery(naming(meantKind), " & ")).filter(words -> !words.isEmpty());
    }

    /**
     * Any of the unwanted words, as a tsquery for what a product says of itself. Its colours are not looked at, since what comes in
     * red and in blue is not red; nor what its kind is also called: there are sandals without heels.
     */
    public Optional<String> unwantedWithin() {
        return Optional.of(naming(unwanted).stream()
                        .map(word -> "'" + word.lexeme() + "':ACD")
                        .collect(Collectors.joining(" | ")))
                .filter(words -> !words.isEmpty());
    }

    public List<String> unwantedWords() {
        return naming(unwanted).stream().map(Word::word).toList();
    }

    /** Whether it matters in what a product is made, or what it costs. */
    public boolean narrow() {
        return size.isPresent() || color.isPresent() || priced() || !unwanted.isEmpty();
    }

    public boolean priced() {
        return minPriceMinor.isPresent() || maxPriceMinor.isPresent();
    }

    /** Whether only its variants say if a product fits: a size or colour is wanted, and something else is not. */
    public boolean closely() {
        return !unwanted.isEmpty() && (size.isPresent() || color.isPresent());
    }

    public List<String> audiences() {
        return Stream.concat(said.stream(), meantKind.stream())
                .flatMap(word -> word.audience().stream())
                .distinct()
                .toList();
    }

    public List<String> words() {
        return naming(said).stream().map(Word::word).toList();
    }

    public List<String> lexemes() {
        return naming(said).stream().map(Word::lexeme).toList();
    }

    /** All of it in one sentence, for whoever looks at meanings; empty when nothing was said. */
    String sentence() {
        return named(said).isEmpty()
                ? ""
                : Stream.concat(said.stream(), meantKind.stream())
                        .map(Word::word)
                        .collect(Collectors.joining(" "));
    }

    private static String tsquery(List<Word> words, String operator) {
        // a lexeme has only letters and digits, so that quoting it needs no escape
        return words.stream().map(word -> "'" + word.lexeme() + "'").distinct().collect(Collectors.joining(operator));
    }

    private static List<Word> naming(List<Word> words) {
        return named(words).stream().filter(Word::known).toList();
    }

    private static List<Word> named(List<Word> words) {
        return words.stream().filter(word -> word.audience().isEmpty()).toList();
    }
}
