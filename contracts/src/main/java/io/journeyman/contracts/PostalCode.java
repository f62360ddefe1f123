package io.journeyman.contracts;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a country writes its postal codes: after Unicode CLDR's postalCodeData, and, since that has not been kept since 2014, after its post where
 * it writes them otherwise by now (Ireland, Israel, Korea, Latvia, Lithuania, Serbia, Taiwan). Whether there is such a code, only the post can tell.
 *
 * @param country ISO 3166, two letters
 * @param forms d: a digit, n: one from 1 to 9, a: a letter, x: either; a capital is itself, a blank or dash may be left out by who types it,
 *     and _ is a place where one may be typed
 */
public record PostalCode(String country, List<String> forms) {
    private static final Map<String, List<String>> FORMS = forms("""
            AT nddd
            AU dddd
            BD dddd
            BE nddd
            BG nddd
            BR ddddd-ddd
            CA ada dad
            CH nddd
            CN dddddd
            CY dddd
            CZ ddd dd
            DE ddddd
            DK dddd
            EE ddddd
            ES ddddd
            FI ddddd
            FR ddddd
            GB ad daa|add daa|aad daa|aadd daa|ada daa|aada daa
            GR ddd dd
            HR ddddd
            HU nddd
            ID ddddd
            IE adx xxxx
            IL ddddddd
            IN ndd_ddd
            IT ddddd
            JP ddd-dddd
            KR ddddd
            LK ddddd
            LT LT-ddddd|ddddd
            LU dddd
            LV LV-dddd
            MT aaa dddd
            MX ddddd
            MY ddddd
            NL nddd aa
            NO dddd
            NP ddddd
            NZ dddd
            PH dddd
            PK ddddd
            PL dd-ddd
            PT nddd-ddd
            RO dddddd
            RS ddddd
            SA ddddd
            SE ddd dd
            SG dddddd
            SI dddd
            SK ddd dd
            TH ddddd
            TR ddddd
            TW ddd|ddddd|dddddd
            UA ddddd
            US ddddd|ddddd-dddd
            ZA dddd
            """);

    /** Those that are known. */
    public static final Set<String> COUNTRIES = Collections.unmodifiableSet(new TreeSet<>(FORMS.keySet()));

    /** The country's. @throws IllegalArgumentException nothing is known of its codes */
    public static PostalCode of(String country) {
        if (!FORMS.containsKey(country)) {
            throw new IllegalArgumentException("nothing is known of postal codes in " + country);
        }
        return new PostalCode(country, FORMS.get(country));
    }

    /** As the country writes it, whatever blanks, dashes and small letters were typed; empty when it is none. */
    public Optional<String> written(String typed) {
        String bare = bare(typed);
        return forms.stream()
                .filter(form -> Pattern.matches(pattern(bareForm(form)), bare))
                .findFirst()
                .map(form -> filled(form.replace("_", ""), bare));
    }

    /** Finds what may be one in a text, in its first group. */
    public Pattern finder() {
        return Pattern.compile(forms.stream()
                .sorted((one, other) -> other.length() - one.length())
                .map(PostalCode::typed)
                .collect(Collectors.joining("|", "(", ")")));
    }

    /** What people call it. */
    public String called() {
        return isIndias() ? "pincode" : "postal code";
    }

    /** As it is asked for: {@code six-digit pincode}, {@code postal code (like 12345)}. */
    public String asked() {
        return isIndias() ? "six-digit pincode" : "postal code (like " + example() + ")";
    }

    /** One of the country's form, which need not exist. */
    public String example() {
        String form = forms.getFirst().replace("_", "");
        StringBuilder made = new StringBuilder();
        int digit = 0;
        char letter = 'A';
        for (int at = 0; at < form.length(); at++) {
            switch (form.charAt(at)) {
                case 'd', 'n', 'x' -> made.append((char) ('1' + digit++));
                case 'a' -> made.append(letter++);
                default -> made.append(form.charAt(at));
            }
        }
        return made.toString();
    }

    private boolean isIndias() {
        return country.equals("IN");
    }

    private static String bare(String typed) {
        return typed.toUpperCase(Locale.ROOT).replaceAll("[\\s-]", "");
    }

    private static String bareForm(String form) {
        return form.replaceAll("[ _-]", "");
    }

    private static String filled(String form, String bare) {
        StringBuilder filled = new StringBuilder(bare);
        for (int at = 0; at < form.length(); at++) {
            if (form.charAt(at) == ' ' || form.charAt(at) == '-') {
                filled.insert(at, form.charAt(at));
            }
        }
        return filled.toString();
    }

    /** Not a part of a longer number or word. */
    private static String typed(String form) {
        boolean digits = form.matches("[dn _-]+");
        String beside = digits ? "\\d" : "\\p{L}\\d";
        return "(?<![" + beside + "])" + (digits ? "" : "(?i:") + pattern(form) + (digits ? "" : ")") + "(?![" + beside
                + "])";
    }

    private static String pattern(String form) {
        return form.chars()
                .mapToObj(sign -> switch (sign) {
                    case 'd' -> "\\d";
                    case 'n' -> "[1-9]";
                    case 'a' -> "[A-Z]";
                    case 'x' -> "[A-Z0-9]";
                    case ' ', '-' -> "[ -]?";
                    case '_' -> " ?";
                    default -> String.valueOf((char) sign);
                })
                .collect(Collectors.joining());
    }

    private static Map<String, List<String>> forms(String table) {
        var forms = new TreeMap<String, List<String>>();
        table.lines()
                .forEach(line -> forms.put(
                        line.substring(0, 2), List.of(line.substring(3).split("\\|"))));
        return Map.copyOf(forms);
    }
}
