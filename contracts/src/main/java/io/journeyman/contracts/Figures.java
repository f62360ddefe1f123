package io.journeyman.contracts;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** How people write sums and measures, whatever they count in: the catalogue's search and the model that needs no provider read both. */
public final class Figures {
    /** What stands for the zeros of a sum, as a regular expression in small letters: {@code 2k}, {@code 5 hazaar}, {@code 1.5 lakh}. */
    public static final String ZEROS = "(?:k|thousand|haza+r|la(?:kh|c)s?|crores?)\\b";

    /** What stands behind a number that is no sum, likewise. An M or L behind it may be a size, and "w/o" is no watt. */
    public static final String UNITS =
            "(?:(?:[gt]b|mah|gsm|[mk]?g|gms?|grams?|ml|lit(?:re|er)s?|[mc]m|inch(?:es)?|w(?!/)|watts?|hz|ft|feet|pcs|pieces?|pages?)\\b|%)";

    private static final Pattern UNIT = Pattern.compile(UNITS);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Figures() {}

    /** @param zeros that were found by {@link #ZEROS}, in any letters */
    public static BigDecimal times(BigDecimal number, String zeros) {
        return number.multiply(BigDecimal.valueOf(
                switch (zeros.toLowerCase(Locale.ROOT).charAt(0)) {
                    case 'l' -> 100_000;
                    case 'c' -> 10_000_000;
                    default -> 1_000;
                }));
    }

    public static boolean isUnit(String word) {
        return UNIT.matcher(word).matches();
    }

    /**
     * Whether somebody would set it as a limit, so that it needs no more words: 1600, 250, 999 and 25.50; but 270 and 1377 rather
     * belong to what is called so.
     */
    public static boolean isRoundSum(BigDecimal number) {
        var step = BigDecimal.valueOf(number.compareTo(HUNDRED) < 0 ? 5 : 50);
        return number.scale() > 0
                || number.remainder(step).signum() == 0
                || number.add(BigDecimal.ONE).remainder(step).signum() == 0;
    }
}
