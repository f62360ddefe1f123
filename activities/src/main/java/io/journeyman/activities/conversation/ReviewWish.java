package io.journeyman.activities.conversation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message that is nothing but what the customer thinks of something, in stars, or whether they want to be asked for that. */
sealed interface ReviewWish {
    /** @param stars 1 to 5 @param words what they say beside the stars; as much of it as a review may have */
    record Rates(int stars, Optional<String> words) implements ReviewWish {}

    /** Whether they want to be asked from now on. */
    record Asks(boolean wanted) implements ReviewWish {}

    int LONGEST_WORDS = 1_000;

    /** Who says more says something else, too. */
    int LONGEST_WISH = 120;

    List<String> NUMBERS = List.of("one", "two", "three", "four", "five");

    String NUMBER = "(?:[1-5]|" + String.join("|", NUMBERS) + ")";

    /** "5 stars", "4/5", "three out of five", "★★★★☆", with or without "I give the kurta" before it, and words behind it. */
    Pattern RATES = Pattern.compile(
            "(?:(?:i|i'd|i’d|i would|please) )?(?<gives>(?:give|rate) (?:it|this|that|them|(?:the|my) .{1,80}?) )?(?:an? )?"
                    + "(?:(?<drawn>★{1,5})☆{0,4}|(?<of>" + NUMBER
                    + ") ?(?:/|(?:out )?of) ?(?:5|five)\\b(?: stars?)?|(?<said>"
                    + NUMBER + ")[ -]?stars?\\b)(?<rest>.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /**
     * What is behind the stars where nothing else says that they are a review: nothing, punctuation, or the beginning of a sentence about
     * the piece. "2 of 5 kurtas came torn", "4/5 seater", "5 star ac" and "4 stars and above" go on with other words.
     */
    Pattern APART = Pattern.compile(
            "\\s*$|\\s*[,.:;!…](?!\\d)|\\s*[(\\n\\p{So}]|\\s+[–—-]|[–—-]+\\s|\\s+(?:the|it|it['’]?s|for (?:the|my))\\b",
            Pattern.CASE_INSENSITIVE);

    /** Which piece is meant, before what is said of it. */
    Pattern ABOUT = Pattern.compile("(?i)for (?:the|my) [^,.:;!\\n]{1,80}(?:[,.:;!\\n]+|$)");

    String REVIEWS = "(?:(?:a|any|more|the|your|these) ?)*(?:reviews?|ratings?|feedback|stars)(?: requests?)?"
            + "(?: (?:again|any ?more|please|ever|from me))*";

    Pattern STOP = Pattern.compile(
            "(?:please )?(?:(?:stop|quit|no more|never|do not|dont|you need not) ?(?:ever )?(?:ask(?:ing)?|send(?:ing)?|bother(?:ing)?)?"
                    + "|i (?:do not|dont) want to be asked)(?: me)?(?: again| any ?more)?(?: (?:for|about|with|to give|to write))? ?"
                    + REVIEWS);

    Pattern GO_ON = Pattern.compile(
            "(?:please )?(?:you (?:may|can) |i want to be |start )?ask(?:ed|ing)?(?: me)?(?: again)?(?: for| about) "
                    + REVIEWS);

    static Optional<ReviewWish> of(String message) {
        String text = message.strip();
        String plain = text.toLowerCase(Locale.ROOT)
                .replaceAll("['’]", "")
                .replaceAll("[^a-z0-9]+", " ")
                .strip();
        if (plain.length() <= LONGEST_WISH && STOP.matcher(plain).matches()) {
            return Optional.of(new Asks(false));
        }
        if (plain.length() <= LONGEST_WISH && GO_ON.matcher(plain).matches()) {
            return Optional.of(new Asks(true));
        }
        Matcher rates = RATES.matcher(text);
        return rates.matches() && isReview(rates)
                ? Optional.of(new Rates(stars(rates), words(rates.group("rest"))))
                : Optional.empty();
    }

    private static boolean isReview(Matcher rates) {
        return rates.group("gives") != null
                || rates.group("drawn") != null
                || APART.matcher(rates.group("rest")).lookingAt();
    }

    private static int stars(Matcher rates) {
        if (rates.group("drawn") != null) {
            return rates.group("drawn").length();
        }
        String number = Optional.ofNullable(rates.group("of"))
                .orElse(rates.group("said"))
                .toLowerCase(Locale.ROOT);
        return NUMBERS.contains(number) ? NUMBERS.indexOf(number) + 1 : Integer.parseInt(number);
    }

    private static Optional<String> words(String rest) {
        String said = plain(rest);
        Matcher about = ABOUT.matcher(said);
        String words = plain(about.lookingAt() ? said.substring(about.end()) : said);
        int most = words.offsetByCodePoints(0, Math.min(LONGEST_WORDS, words.codePointCount(0, words.length())));
        return Optional.of(words.substring(0, most)).filter(any -> !any.isEmpty());
    }

    /** Without the punctuation before it. */
    private static String plain(String text) {
        return text.replaceFirst("^[\\s,.:;!–—-]+", "").strip();
    }
}
