package io.journeyman.api.conversation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Replaces card numbers in a message before anything is stored (design §5): 13 to 19 digits, grouped by spaces, dashes, dots
 * or underscores as people type them, that pass the Luhn check (ISO/IEC 7812-1). Digits of every script count.
 *
 * <p>Order ids, phone numbers and the numbers on products stay: our ids have ten characters, international numbers (E.164) at most 15
 * digits after a plus or 00, and article numbers a check digit of their own.
 */
public final class Redaction {
    public static final String REMOVED = "[card number removed]";

    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;
    private static final int LONGEST_PHONE = 15;
    /** Digits of a product's number (GTIN-13, EAN; ISO/IEC 15420). */
    private static final int ARTICLE = 13;

    private static final char MINUS = '\u2212';
    private static final int MOST_SEPARATORS = 8;

    private Redaction() {}

    public static String redact(String text) {
        var result = new StringBuilder(text.length());
        int copied = 0;
        int at = 0;
        while (at < text.length()) {
            if (!Character.isDigit(text.codePointAt(at))) {
                at += Character.charCount(text.codePointAt(at));
                continue;
            }
            var run = Run.from(text, at);
            for (var span : run.cards(text)) {
                result.append(text, copied, span.start()).append(REMOVED);
                copied = span.end();
            }
            at = run.end();
        }
        return result.append(text, copied, text.length()).toString();
    }

    private record Span(int start, int end) {}

    /** Neighbouring groups of digits with nothing but separators between them. */
    private record Run(List<Group> groups) {
        static Run from(String text, int start) {
            var groups = new ArrayList<Group>();
            int at = start;
            while (true) {
                var group = Group.from(text, at);
                groups.add(group);
                at = group.end();
                int separators = 0;
                while (at < text.length() && separators < MOST_SEPARATORS && isSeparator(text.charAt(at))) {
                    at++;
                    separators++;
                }
                if (separators == 0 || at >= text.length() || !Character.isDigit(text.codePointAt(at))) {
                    return new Run(List.copyOf(groups));
                }
            }
        }

        int end() {
            return groups.getLast().end();
        }

        /**
         * Every stretch of whole groups that is a card number. Stretches that overlap are one, so that no digits of the
         * true number stay behind when a neighbouring number makes two readings possible.
         */
        List<Span> cards(String text) {
            var hit = new BitSet();
            for (int first = 0; first < groups.size(); first++) {
                var digits = new StringBuilder();
                for (int last = first; last < groups.size() && digits.length() <= LONGEST; last++) {
                    digits.append(groups.get(last).digits());
                    if (isCard(digits) && !isPhone(text, first, digits)) {
                        // a bit for each group and one for the gap after it
                        hit.set(2 * first, 2 * last + 1);
                    }
                }
            }
            var spans = new ArrayList<Span>();
            for (int from = hit.nextSetBit(0); from >= 0; from = hit.nextSetBit(hit.nextClearBit(from))) {
                int until = hit.nextClearBit(from) - 1;
                spans.add(new Span(
                        groups.get(from / 2).start(), groups.get(until / 2).end()));
            }
            return spans;
        }

        private boolean isPhone(String text, int first, CharSequence digits) {
            int start = groups.get(first).start();
            boolean plus = first == 0 && start > 0 && text.charAt(start - 1) == '+' && digits.length() <= LONGEST_PHONE;
            boolean zeros = first == 0
                    && digits.charAt(0) == '0'
                    && digits.charAt(1) == '0'
                    && digits.length() <= LONGEST_PHONE + 2;
            return plus || zeros;
        }
    }

    private record Group(int start, int end, String digits) {
        static Group from(String text, int start) {
            var digits = new StringBuilder();
            int at = start;
            while (at < text.length() && Character.isDigit(text.codePointAt(at))) {
                int codePoint = text.codePointAt(at);
                digits.append(Character.digit(codePoint, 10));
                at += Character.charCount(codePoint);
            }
            return new Group(start, at, digits.toString());
        }
    }

    private static boolean isSeparator(char c) {
        return switch (Character.getType(c)) {
            case Character.SPACE_SEPARATOR,
                    Character.DASH_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.FORMAT -> true;
            default -> Character.isWhitespace(c) || c == '.' || c == MINUS;
        };
    }

    private static boolean isCard(CharSequence digits) {
        return digits.length() >= SHORTEST
                && digits.length() <= LONGEST
                && passesLuhn(digits)
                && !isArticleNumber(digits);
    }

    /** Of thirteen digits only Visa's and Maestro's are cards: they begin with 4, 5 or 6. Every tenth article number passes Luhn's check, too. */
    private static boolean isArticleNumber(CharSequence digits) {
        if (digits.length() != ARTICLE || (digits.charAt(0) >= '4' && digits.charAt(0) <= '6')) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < ARTICLE; i++) {
            sum += (i % 2 == 0 ? 1 : 3) * (digits.charAt(i) - '0');
        }
        return sum % 10 == 0;
    }

    static boolean passesLuhn(CharSequence digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit : 2 * digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }
}
