package io.journeyman.api.imports;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A description without its HTML, cut after a word where it is longer than the catalogue keeps. */
final class PlainText {
    private static final int LONGEST = 5_000;
    private static final Pattern UNSEEN = Pattern.compile("(?is)<(script|style)\\b.*?</\\1\\s*>|<!--.*?-->");
    private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]*>");
    private static final Pattern ENTITY = Pattern.compile("&(#x?[0-9A-Fa-f]{1,6}|[a-z]{2,6});");
    private static final Map<String, String> NAMED = Map.of(
            "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "ndash", "–", "mdash", "—",
            "hellip", "…", "rsquo", "’");

    private PlainText() {}

    static String of(String html) {
        String seen = TAG.matcher(UNSEEN.matcher(html).replaceAll(" ")).replaceAll(" ");
        String text = ENTITY.matcher(seen)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(character(found)))
                .replaceAll("\\s+", " ")
                .strip();
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = text.lastIndexOf(' ', LONGEST - 1);
        return text.substring(0, end > 0 ? end : LONGEST - 1) + "…";
    }

    private static String character(MatchResult entity) {
        String name = entity.group(1);
        if (!name.startsWith("#")) {
            return NAMED.getOrDefault(name, entity.group());
        }
        boolean hex = name.startsWith("#x");
        if (!hex && !name.matches("#[0-9]+")) {
            return entity.group();
        }
        int code = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
        return Character.isValidCodePoint(code) && !Character.isISOControl(code) ? Character.toString(code) : " ";
    }
}
