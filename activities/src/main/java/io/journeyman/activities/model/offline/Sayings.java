package io.journeyman.activities.model.offline;

import io.journeyman.activities.model.offline.Vocabulary.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a sentence says in set phrases, where a word means something else than it does alone: "I am Bill" pays no bill, "P-1002" is no
 * price, "not red" is not red. They are taken out, and the rest is read word by word.
 *
 * @param rest the sentence without them
 * @param name what the customer is called
 * @param store the store whose goods are asked for, as it was called
 * @param numbers of products or their variants, as the shop writes them
 * @param unwanted what it shall not be
 * @param inStock whether only what is there now is asked for
 */
record Sayings(
        String rest,
        Optional<String> name,
        Optional<String> store,
        List<String> numbers,
        List<String> unwanted,
        boolean inStock) {
    /** Read once from its beginning, however long it is. */
    private static final String WORD = "\\b(\\p{L}[\\p{L}'’-]{0,30}+)";

    private static final Pattern NAMED =
            pattern("\\b(?:my name is|my name['’]s|call me|mera naam)\\s+" + WORD + "(?:\\s+hai\\b)?");
    private static final Pattern PRESENTED =
            pattern("(?:^|[,.!]\\s*|\\b(?:hi|hello|hey|namaste)\\s+)(?:i am|i['’]m|im|this is)\\s+" + WORD
                    + "(?=\\s*(?:$|[,.!]|\\b(?:and|from|here)\\b))");

    private static final Pattern NUMBER = pattern("\\b(?!(?:JM|RS)-)[a-z]{1,6}-[0-9]{1,9}(?:-[a-z0-9]+){0,4}\\b");
    private static final Pattern IN_STOCK =
            pattern("\\b(?:only (?:what is |what['’]s |things |those )?(?:in[- ]stock|available)|in[- ]stock only|"
                    + "(?:that|which) (?:is|are) in stock|ready stock|jo stock (?:me|mein) ho)\\b");

    private static final String STORE_WORD = "(?:store|shop|outlet|branch|showroom)s?\\b";
    private static final String PLACE = "((?:[\\p{L}.'’]{1,30}+\\s+){1,3}?)";
    private static final Pattern STORE =
            pattern("\\b(?:in|at|from|of)\\s+(?:the\\s+|your\\s+|ur\\s+)?" + PLACE + STORE_WORD);
    private static final Pattern STORE_IN = pattern("\\b" + STORE_WORD
            + "\\s+(?:in|at|on)\\s+([\\p{L}.'’]+(?:\\s+(?:west|east|north|south|road|street|nagar|hills|city))?)");
    private static final Pattern HAVE_AT = pattern("\\b(?<=\\bhave\\b.{0,60})at\\s+(?:your\\s+)?([\\p{L}.'’]+)");

    /** What stands before "store" and is no store's name. */
    private static final Set<String> NO_NAMES = Set.of(
            "nearest",
            "closest",
            "local",
            "physical",
            "online",
            "offline",
            "retail",
            "nearby",
            "whole",
            "entire",
            "home",
            "wholesale");

    private static final Set<String> ROADS = Set.of("road", "street");

    /** One word, or what a pattern or a craft is called. */
    private static final String LOOK = "\\b(\\p{L}[\\p{L}'’-]{0,30}+(?:\\s+(?:print|prints|work|checks|stripes)\\b)?)";

    private static final Pattern WITHOUT = pattern(
            "\\b(?:without|w/o|except|excluding|bina|anything but|other than|apart from)\\s+(?:any\\s+|an?\\s+)?" + LOOK
                    + "(?:\\s+(?:or|nor)\\s+" + LOOK + ")?");
    private static final Pattern NOT = pattern("\\b(?:not|no|dont want|don['’]t want|do not want)\\s+"
            + "(?:(?:in|too|so|any|made of)\\s+)?" + LOOK + "(?:\\s+(?:or|nor)\\s+" + LOOK + ")?");
    private static final Pattern NAHI = pattern(WORD
            + "\\s+(?:(?:wala|wali|wale|color|colour|rang|me|mein|ke)\\s+)*(?:nahin?|nai|alawa|bina|mat dikha\\w*)\\b");

    private static final Set<String> LOOKS = Set.of("colour", "style");
    private static final Set<String> GOODS = Set.of("colour", "style", "category");
    private static final Set<String> ANYTHING = Set.of("colour", "style", "category", "unknown");

    /** A sentence in which nothing of the kind is looked for, such as an address. */
    static Sayings none(String text) {
        return new Sayings(text, Optional.empty(), Optional.empty(), List.of(), List.of(), false);
    }

    static Sayings of(String text) {
        var rest = new Rest(text);
        Optional<String> name = rest.take(NAMED, Sayings::mayBeCalled)
                .or(() -> rest.take(PRESENTED, Sayings::isCalled))
                .map(match -> match.group(1));
        List<String> numbers = rest.takeAll(NUMBER, Sayings::isNumber).stream()
                .map(number -> number.group().toUpperCase(Locale.ROOT))
                .toList();
        boolean inStock = rest.take(IN_STOCK, any -> true).isPresent();
        Optional<String> store = rest.takeStore();
        List<String> unwanted = new ArrayList<>();
        unwanted.addAll(rest.takeWords(WITHOUT, ANYTHING));
        unwanted.addAll(rest.takeWords(NAHI, GOODS));
        unwanted.addAll(rest.takeWords(NOT, LOOKS));
        return new Sayings(rest.text, name, store, numbers, unwanted, inStock);
    }

    private static boolean mayBeCalled(MatchResult said) {
        return !isOfKind(said.group(1), Set.of("ordinary"));
    }

    /** "I am Asha", "i am bill"; but "I am done", "I am XL" and "I am interested" say something else. */
    private static boolean isCalled(MatchResult said) {
        String word = said.group(1);
        boolean capital = Character.isUpperCase(word.charAt(0)) && word.length() > 1;
        boolean pays = found(word)
                .filter(found -> found.meaning().equals(new Vocabulary.Meaning("act", "checkout")))
                .isPresent();
        return pays || (capital && isOfKind(word, Set.of("unknown", "colour")));
    }

    /** "Size-9" and "under-2000" are none. */
    private static boolean isNumber(MatchResult said) {
        return isOfKind(said.group().substring(0, said.group().indexOf('-')), Set.of("unknown"));
    }

    private static boolean isOfKind(String words, Set<String> kinds) {
        return kinds.contains(found(words).map(found -> found.meaning().kind()).orElse("unknown"));
    }

    private static Optional<Found> found(String word) {
        return Vocabulary.INSTANCE.phraseAt(Interpreter.words(word), 0);
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** What is left of the sentence while it is read. */
    private static final class Rest {
        /** A sentence says no more than this of one kind; what a longer one repeats is read word by word. */
        private static final int MOST = 8;

        private String text;

        Rest(String text) {
            this.text = text;
        }

        Optional<MatchResult> take(Pattern pattern, Predicate<MatchResult> meant) {
            return take(pattern, meant, match -> " ");
        }

        private Optional<MatchResult> take(
                Pattern pattern, Predicate<MatchResult> meant, Function<MatchResult, String> instead) {
            Matcher matcher = pattern.matcher(text);
            int from = 0;
            for (int tries = 0; tries < MOST && matcher.find(from); tries++) {
                MatchResult match = matcher.toMatchResult();
                if (meant.test(match)) {
                    text = text.substring(0, match.start()) + instead.apply(match) + text.substring(match.end());
                    return Optional.of(match);
                }
                from = match.start() + 1;
            }
            return Optional.empty();
        }

        List<MatchResult> takeAll(Pattern pattern, Predicate<MatchResult> meant) {
            return Stream.generate(() -> take(pattern, meant))
                    .limit(MOST)
                    .takeWhile(Optional::isPresent)
                    .flatMap(Optional::stream)
                    .toList();
        }

        List<String> takeWords(Pattern pattern, Set<String> kinds) {
            return takeAll(pattern, match -> words(match).allMatch(word -> word.length() > 2 && isOfKind(word, kinds)))
                    .stream()
                    .flatMap(Rest::words)
                    .toList();
        }

        private static Stream<String> words(MatchResult match) {
            return IntStream.rangeClosed(1, match.groupCount())
                    .mapToObj(match::group)
                    .filter(Objects::nonNull)
                    .map(word -> word.toLowerCase(Locale.ROOT));
        }

        /** That a store is spoken of stays in the sentence, and in which city. */
        Optional<String> takeStore() {
            return Stream.of(STORE, STORE_IN, HAVE_AT)
                    .flatMap(way -> take(way, Rest::isAPlace, Rest::cityAndStore).stream())
                    .findFirst()
                    .map(match -> match.group(1).strip());
        }

        private static boolean isAPlace(MatchResult match) {
            List<String> words = Interpreter.words(match.group(1));
            return !words.isEmpty()
                    && words.stream()
                            .allMatch(word -> !NO_NAMES.contains(word)
                                    && (ROADS.contains(word) || isOfKind(word, Set.of("city", "unknown"))));
        }

        private static String cityAndStore(MatchResult match) {
            return Interpreter.words(match.group(1)).stream()
                            .filter(word -> isOfKind(word, Set.of("city")))
                            .collect(Collectors.joining(" ", " ", " "))
                    + "store ";
        }
    }
}
