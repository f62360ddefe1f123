package io.journeyman.activities.conversation;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a message means to an open question when it is nothing but a yes or a no. */
enum YesOrNo {
    yes,
    no,
    neither;

    private static final Set<String> YES = Set.of(
            "yes",
            "y",
            "yes please",
            "yeah",
            "yep",
            "yup",
            "ok",
            "okay",
            "sure",
            "confirm",
            "confirmed",
            "i confirm",
            "yes confirm",
            "yes i confirm",
            "confirm it",
            "yes confirm it",
            "go ahead",
            "yes go ahead",
            "do it",
            "yes do it",
            "place the order",
            "place order",
            "yes place the order",
            "reserve it",
            "yes reserve it",
            "proceed",
            "haan",
            "haan ji",
            "ji haan",
            "ha");
    /** In words. */
    private static final int LONGEST_YES = 4;

    private static final Set<String> NO = Set.of(
            "no",
            "n",
            "nope",
            "no thanks",
            "no thank you",
            "cancel",
            "cancel it",
            "cancel that",
            "not now",
            "nahi",
            "nahin",
            "decline",
            "dont",
            "do not",
            "stop",
            "no cancel",
            "no cancel it");

    private static final Pattern CANCEL = Pattern.compile("(?:yes )?(?:please )?cancel(?: it| that)?(?: please)?");
    private static final Pattern KEEP = Pattern.compile(
            "(?:no )?(?:please )?(?:(?:dont|do not) cancel(?: it| that)?|keep (?:it|that))(?: please)?");

    /** What is left of a message that begins with a yes: one for each yes that it may begin with, the shortest first. */
    static Stream<String> besideYes(String message) {
        List<String> words = List.of(message.strip().split("\\s+"));
        return IntStream.range(1, Math.min(words.size(), LONGEST_YES + 1))
                .filter(first -> of(String.join(" ", words.subList(0, first))) == yes)
                .mapToObj(first -> String.join(" ", words.subList(first, words.size())))
                .map(rest -> rest.replaceFirst("(?i)^(?:and |then |[^\\p{L}\\p{N}]+)+", ""));
    }

    static YesOrNo of(String message) {
        String words = words(message);
        return YES.contains(words) ? yes : NO.contains(words) ? no : neither;
    }

    /** Where what was asked is whether something shall be cancelled; whatever is a yes or a no elsewhere is one here, too. */
    static YesOrNo toCancelling(String message) {
        String words = words(message);
        return CANCEL.matcher(words).matches() ? yes : KEEP.matcher(words).matches() ? no : of(message);
    }

    private static String words(String message) {
        return message.toLowerCase(Locale.ROOT)
                .replace("'", "")
                .replace("’", "")
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }
}
