package io.journeyman.recommendation;

import io.journeyman.contracts.Figures;
import io.journeyman.contracts.ShopCurrency;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a customer typed, taken apart: a budget, a size and what they do not want are said in many ways, in English and in
 * Hindi with Latin letters; the rest are the words to look for.
 *
 * @param wanted the rest
 * @param unwanted the words after "not", "without" and their like; empty when there are none
 * @param leastMinor the lowest price that was said, in minor units
 * @param mostMinor the highest
 */
record Sentence(
        String wanted, String unwanted, Optional<String> size, Optional<Long> leastMinor, Optional<Long> mostMinor) {
    private static final String MONEY =
            ShopCurrency.here().words().stream().sorted().map(Pattern::quote).collect(Collectors.joining("|"));

    /** What stands before an amount, digits, its zeros in words, what stands after it; a measure is none. */
    private static final String AMOUNT =
            "((?<!\\p{L})(?:rs\\b\\.?|" + MONEY + "))?\\s*\\b(\\d{1,9}+(?:,\\d{2,3}){0,2}+(?:\\.\\d{1,3})?+)(?!\\d)"
                    + "(?:\\s*(" + Figures.ZEROS + "))?+(?![\\s-]*" + Figures.UNITS + ")"
                    + "\\s*((?:rs\\b\\.?|" + MONEY + "|rupa?ye?|bucks|/-)(?!\\p{L}))?";
    /** How many groups that are. */
    private static final int GROUPS = 4;

    private static final Pattern BETWEEN = pattern("(?:\\bbetween|\\bfrom)?\\s*" + AMOUNT + "\\s*(?:and|to|se|-|–)\\s*"
            + AMOUNT + "(?:\\s*(?:tak|ke beech)\\b)?");
    private static final List<Pattern> MOST = List.of(
            pattern(
                    "(?:\\b(?:under|below|less than|(?:not|no) (?:more than|over|above)|at most|up ?to|within|maximum(?: of)?|max of|max(?=:)|"
                            + "cheaper than|budget(?: is| of| ke)?)\\b:?|<=?)\\s*" + AMOUNT),
            pattern(AMOUNT + "\\s*(?:tak|ke andar|ke under|se kam|(?:se|ke) nee?che|or less|or under|max|budget)\\b"));
    /** "Shirt max 1600" sets a limit, "Air Max 270" does not. */
    private static final Pattern MAX = pattern("\\bmax\\s*" + AMOUNT);

    private static final List<Pattern> LEAST = List.of(
            pattern("(?:\\b(?:over|above|more than|at least|starting(?: at| from)?|min(?:imum)?(?: of)?)\\b:?|>=?)\\s*"
                    + AMOUNT),
            pattern(AMOUNT + "\\s*(?:(?:se (?:upar|[zj]yada)|or more|and above)\\b|\\+)"));

    private static final Pattern SIZE = pattern("\\bsize:?\\s*(xxxl|xxl|xl|xs|s|m|l|[0-9]{1,2}(?:\\.[0-9])?)\\b"
            + "|\\b(xxxl|xxl|xl|xs|[0-9]{1,2}(?:\\.[0-9])?) size\\b|\\b(xxxl|xxl|xl|xs)\\b");

    /** "Without mirror work" leaves out what has mirrors, not all that is called work. */
    private static final String WORD = "([\\p{L}-]+)(?:\\s+(?:prints?|printed|work|colou?r|colou?red)\\b)?";

    /** "No sleeves" and "non leather" are what a thing does not have, "no iron" and "non stick" what it can do. */
    private static final String NO = "no(?!\\s+(?:iron|show)\\b)|non(?!\\s+(?:stick|slip|skid|toxic|woven)\\b)";

    private static final Pattern UNWANTED = pattern("\\b(?:not|" + NO
            + "|without|w/o|except|excluding|minus|bina|don['’]?t want|do not want|don['’]?t like|do not like|dislike|hate|nothing|"
            + "avoid|anything but|other than|apart from|rather than)\\s+"
            + "(?:(?:for|in|with|any|a|an|the|too|so|very|made of|made from|of|that)\\s+)*" + WORD
            + "(?:\\s*(?:/|\\bor\\b|\\bnor\\b)\\s*" + WORD + ")?");
    private static final Pattern UNWANTED_BEFORE = pattern("([\\p{L}-]+)\\s+(?:(?:wal[aie]|rang|me|mein)\\s+)*"
            + "(?:nahin?|nai|ke bina|ke alawa|chhod ke|chhodkar|mat (?:dikha\\w*|d[eo](?:na)?))\\b");

    /** From so much on, in whole ones, a number is money by itself; smaller ones are sizes, pieces or ages, as "38 to 40". */
    private static final BigDecimal MONEY_BY_ITSELF = BigDecimal.valueOf(100);
    /** And from so much on beside "under" and its like. */
    private static final BigDecimal LEAST_BUDGET =
            BigDecimal.valueOf(ShopCurrency.here().smallestBudget());

    static Sentence of(String typed) {
        var rest = new Rest(ShopCurrency.here().plainNumbers(typed));
        Optional<MatchResult> between = rest.take(BETWEEN, match -> isMoney(match, GROUPS, MONEY_BY_ITSELF));
        Optional<BigDecimal> most = between.map(match -> amount(match, GROUPS))
                .or(() -> rest.takeAmount(MOST))
                .or(() -> rest.take(MAX, Sentence::isLimit).map(match -> amount(match, 0)));
        Optional<BigDecimal> least = between.map(Sentence::lower).or(() -> rest.takeAmount(LEAST));
        Optional<String> size = rest.take(SIZE, match -> true)
                .map(match -> groups(match).getFirst().toUpperCase(Locale.ROOT));
        List<String> unwanted = new ArrayList<>(rest.takeAll(UNWANTED));
        unwanted.addAll(rest.takeAll(UNWANTED_BEFORE));
        return new Sentence(
                rest.text, String.join(" ", unwanted), size, least.map(Sentence::minor), most.map(Sentence::minor));
    }

    /** What is said beside a product's name; in the name nothing means anything else. @param name as {@code bare_name} writes it */
    static Sentence beside(String name, String typed) {
        Sentence said = of(pattern(Stream.of(name.split(" ", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("[^\\p{L}\\p{N}]+", "(?<![\\p{L}\\p{N}])", "(?![\\p{L}\\p{N}])")))
                .matcher(typed)
                .replaceAll(" "));
        return new Sentence(name + " " + said.wanted, said.unwanted, said.size, said.leastMinor, said.mostMinor);
    }

    /** Whether it says more than words to look for. */
    boolean narrows() {
        return !unwanted.isEmpty() || size.isPresent() || leastMinor.isPresent() || mostMinor.isPresent();
    }

    /** "Between 1 and 2k" begins at a thousand. */
    private static BigDecimal lower(MatchResult between) {
        BigDecimal from = amount(between, 0);
        String zeros = between.group(GROUPS + 3);
        return from.compareTo(MONEY_BY_ITSELF) < 0 && zeros != null ? Figures.times(from, zeros) : from;
    }

    /** @param before how many groups stand before the amount's */
    private static BigDecimal amount(MatchResult match, int before) {
        var number = new BigDecimal(match.group(before + 2).replace(",", ""));
        String zeros = match.group(before + 3);
        return zeros == null ? number : Figures.times(number, zeros);
    }

    private static boolean isMoney(MatchResult match, int before, BigDecimal least) {
        return amount(match, before).compareTo(least) >= 0 || saysMoney(match, before);
    }

    private static boolean isLimit(MatchResult max) {
        return isMoney(max, 0, LEAST_BUDGET) && (saysMoney(max, 0) || Figures.isRoundSum(amount(max, 0)));
    }

    private static boolean saysMoney(MatchResult match, int before) {
        return match.group(before + 1) != null || match.group(before + 4) != null;
    }

    private static long minor(BigDecimal amount) {
        return ShopCurrency.here().nearest(amount).minor();
    }

    private static List<String> groups(MatchResult match) {
        List<String> groups = new ArrayList<>();
        for (int group = 1; group <= match.groupCount(); group++) {
            Optional.ofNullable(match.group(group)).ifPresent(groups::add);
        }
        return groups;
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** What is left of the text while it is read. */
    private static final class Rest {
        private String text;

        Rest(String text) {
            this.text = text;
        }

        Optional<MatchResult> take(Pattern pattern, Predicate<MatchResult> meant) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                MatchResult match = matcher.toMatchResult();
                if (meant.test(match)) {
                    text = text.substring(0, match.start()) + " " + text.substring(match.end());
                    return Optional.of(match);
                }
            }
            return Optional.empty();
        }

        Optional<BigDecimal> takeAmount(List<Pattern> ways) {
            for (Pattern way : ways) {
                Optional<MatchResult> match = take(way, found -> isMoney(found, 0, LEAST_BUDGET));
                if (match.isPresent()) {
                    return match.map(found -> amount(found, 0));
                }
            }
            return Optional.empty();
        }

        List<String> takeAll(Pattern pattern) {
            List<String> words = new ArrayList<>();
            Optional<MatchResult> match = take(pattern, found -> true);
            while (match.isPresent()) {
                words.addAll(groups(match.get()));
                match = take(pattern, found -> true);
            }
            return words;
        }
    }
}
