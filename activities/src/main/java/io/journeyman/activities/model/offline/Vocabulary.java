package io.journeyman.activities.model.offline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Words and phrases with their meanings, as {@code vocabulary.txt} lists them; mistyped words are forgiven. */
final class Vocabulary {
    static final Vocabulary INSTANCE = read();

    private static final int LONGEST_PHRASE = 6;
    private static final int SHORTEST_CORRECTED = 4;
    private static final int LONG_WORD = 8;
    private static final int LONGEST_CORRECTED = 24;

    /** @param kind category, colour, size, occasion, audience, style, city, ordinal, number, act or ordinary */
    record Meaning(String kind, String value) {}

    /** @param words how many words of the sentence it took */
    record Found(Meaning meaning, int words, String text) {}

    private final Map<String, Meaning> phrases = new HashMap<>();
    private final Map<String, List<String>> families = new HashMap<>();
    private final List<String> correctable;

    private Vocabulary(Stream<String> lines) {
        lines.map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(this::take);
        this.correctable = phrases.entrySet().stream()
                .filter(entry -> !entry.getValue().kind().equals("ordinary"))
                .map(Map.Entry::getKey)
                .filter(word -> word.length() >= SHORTEST_CORRECTED && word.indexOf(' ') < 0)
                // a short word is more easily another word than a mistyped deed: slip is not ship
                .filter(word -> word.length() > SHORTEST_CORRECTED
                        || !phrases.get(word).kind().equals("act"))
                .sorted()
                .toList();
    }

    private void take(String line) {
        int colon = line.indexOf(':');
        String head = line.substring(0, colon).strip();
        int space = head.indexOf(' ');
        String kind = space < 0 ? head : head.substring(0, space);
        String value = space < 0 ? "" : head.substring(space + 1).strip();
        List<String> words = Stream.of(line.substring(colon + 1).split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        if (kind.equals("family")) {
            families.put(value, words);
        } else {
            words.forEach(word -> phrases.putIfAbsent(word, new Meaning(kind, value)));
        }
    }

    /** The longest phrase that starts at {@code at}. */
    Optional<Found> phraseAt(List<String> words, int at) {
        for (int length = Math.min(LONGEST_PHRASE, words.size() - at); length > 0; length--) {
            String text = String.join(" ", words.subList(at, at + length));
            Optional<Meaning> meaning = length == 1 ? meaning(text) : Optional.ofNullable(phrases.get(text));
            if (meaning.isPresent()) {
                return Optional.of(new Found(meaning.get(), length, text));
            }
        }
        return Optional.empty();
    }

    private Optional<Meaning> meaning(String word) {
        Meaning exact = phrases.get(word);
        return Optional.ofNullable(exact != null ? exact : phrases.get(singular(word)));
    }

    /** Whether the word alone says nothing: "with", "the". */
    boolean isOrdinary(String word) {
        return meaning(word)
                .filter(meaning -> meaning.kind().equals("ordinary"))
                .isPresent();
    }

    /** The word that a mistyped one was meant to be, among the vocabulary's and {@code names}. */
    Optional<String> corrected(String word, Set<String> names) {
        if (word.length() < SHORTEST_CORRECTED
                || word.length() > LONGEST_CORRECTED
                || word.chars().anyMatch(Character::isDigit)) {
            return Optional.empty();
        }
        int allowed = word.length() >= LONG_WORD ? 2 : 1;
        return Stream.concat(names.stream().filter(name -> name.length() >= SHORTEST_CORRECTED), correctable.stream())
                .filter(known -> known.charAt(0) == word.charAt(0) || word.length() > 5)
                .filter(known -> EditDistance.within(word, known, allowed))
                .min(Comparator.comparingInt((String known) -> EditDistance.of(word, known))
                        .thenComparing(known -> known.charAt(0) != word.charAt(0))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The categories that a wish for {@code category} is met by: itself, or the kinds of a family such as shoes. */
    List<String> kindsOf(String category) {
        List<String> kinds = new ArrayList<>(families.getOrDefault(category, List.of()));
        kinds.add(category);
        return kinds;
    }

    static String singular(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.length() > 4 && (word.endsWith("sses") || word.endsWith("shes") || word.endsWith("ches"))) {
            return word.substring(0, word.length() - 2);
        }
        return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                ? word.substring(0, word.length() - 1)
                : word;
    }

    private static Vocabulary read() {
        try (InputStream file = Vocabulary.class.getResourceAsStream("vocabulary.txt")) {
            if (file == null) {
                throw new IllegalStateException("vocabulary.txt is not on the classpath beside Vocabulary");
            }
            return new Vocabulary(new String(file.readAllBytes(), StandardCharsets.UTF_8).lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
