package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads an Indian address as people type it: "Asha Rao, 14 12th Main Road, Indiranagar, Bengaluru 560038, 98450 12345". */
final class AddressReader {
    private static final Pattern PINCODE = Pattern.compile("(?<!\\d)([1-9]\\d{2}) ?(\\d{3})(?!\\d)");
    private static final Pattern PHONE = Pattern.compile("(?:\\+91[ -]?|\\b0)?[6-9]\\d{4}[ -]?\\d{5}(?!\\d)");
    /** What leads to an address and is no part of it: a wish before it, words of consent, "send it to". */
    private static final Pattern LEAD = Pattern.compile("(?i)^(?:.*\\b(?:deliver|ship|send)(?: it| this| them)? to\\b"
            + "|(?:(?:ok|okay|yes|sure|please|it is|it's|its)\\b\\s*)+|(?:check ?out|buy|proceed)\\b.*)\\s*[:=-]?\\s*");

    /** Only where it is set apart: there are streets and places of these names. */
    private static final Pattern LABEL = Pattern.compile(
            "(?i)^(?:my )?(?:(?:name|address)\\b|(?:street|city|pincode|pin code|pin|phone|mobile)\\b"
                    + "(?=\\s*[:=-]| is\\b|\\s*$))(?: is\\b)?\\s*[:=-]?\\s*|\\s*\\b(?:pincode|pin code|pin|phone|mobile)\\s*[:=-]?\\s*$");

    private static final Pattern STATE = Pattern.compile(
            "(?i)(?:karnataka|maharashtra|delhi ncr|telangana|tamil nadu|kerala|gujarat|rajasthan|uttar pradesh|west bengal|punjab"
                    + "|haryana|goa state|india|bharat)");

    private AddressReader() {}

    /** What an address needs and the text does not have, or the address. */
    record Read(Optional<ObjectNode> address, List<String> missing) {}

    static boolean looksLikeOne(String text) {
        return PINCODE.matcher(PHONE.matcher(text).replaceAll(" ")).find();
    }

    static Read read(String text) {
        String rest = PHONE.matcher(text).replaceAll(",");
        Matcher pin = PINCODE.matcher(rest);
        Optional<String> pincode = pin.find() ? Optional.of(pin.group(1) + pin.group(2)) : Optional.empty();
        rest = PINCODE.matcher(rest).replaceAll(",");
        List<String> parts = new ArrayList<>(Stream.of(rest.split("[,\\n;]", -1))
                .map(part -> LEAD.matcher(part.strip()).replaceFirst(""))
                .map(part -> LABEL.matcher(part.strip()).replaceAll("").strip())
                .map(part -> part.replaceAll("^[-–. ]+|[-–. ]+$", ""))
                .filter(part -> !part.isEmpty())
                .filter(part -> !STATE.matcher(part).matches())
                .toList());
        Optional<String> name =
                parts.isEmpty() || !isName(parts.getFirst()) ? Optional.empty() : Optional.of(parts.removeFirst());
        Optional<String> city =
                parts.isEmpty() || hasDigit(parts.getLast()) ? Optional.empty() : Optional.of(parts.removeLast());
        Optional<String> street = parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
        List<String> missing = new ArrayList<>();
        need(name, "name", missing);
        need(street, "street", missing);
        need(city, "city", missing);
        need(pincode, "six-digit pincode", missing);
        if (!missing.isEmpty()) {
            return new Read(Optional.empty(), missing);
        }
        return new Read(
                Optional.of(new Arguments()
                        .with("name", cut(name.orElseThrow(), 120))
                        .with("line1", cut(street.orElseThrow(), 200))
                        .with("city", cut(city.orElseThrow(), 80))
                        .with("pincode", pincode.orElseThrow())
                        .node()),
                List.of());
    }

    private static void need(Optional<String> part, String what, List<String> missing) {
        if (part.isEmpty()) {
            missing.add(what);
        }
    }

    private static boolean isName(String part) {
        String lower = part.toLowerCase(Locale.ROOT);
        boolean place = Stream.of(
                        "road",
                        "street",
                        "nagar",
                        "lane",
                        "marg",
                        "colony",
                        "sector",
                        "flat",
                        "house",
                        "floor",
                        "block",
                        "apartment",
                        "main",
                        "cross",
                        "layout",
                        "tower")
                .anyMatch(lower::contains);
        return !hasDigit(part) && !place && Interpreter.words(part).size() <= 4;
    }

    private static boolean hasDigit(String part) {
        return part.chars().anyMatch(Character::isDigit);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
