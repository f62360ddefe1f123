package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.journeyman.contracts.PostalCode;
import io.journeyman.contracts.ShopPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads an address of the shop's country as people type it: "Asha Rao, 14 12th Main Road, Indiranagar, Bengaluru 560038, 98450 12345", or in
 * Germany "Erika Muster, Lindenstr. 4, 10969 Berlin, 030 901820".
 */
final class AddressReader {
    private static final AddressReader HERE = new AddressReader(ShopPlace.here());

    /** What leads to an address and is no part of it: a wish before it, words of consent, "send it to". */
    private static final Pattern LEAD = Pattern.compile("(?i)^(?:.*\\b(?:deliver|ship|send)(?: it| this| them)? to\\b"
            + "|(?:(?:ok|okay|yes|sure|please|it is|it's|its)\\b\\s*)+|(?:check ?out|buy|proceed)\\b.*)\\s*[:=-]?\\s*");

    /** "Send it to Meera Nair, 4 Park Street, Kolkata 7000166": of which only the postal code is to be asked for. */
    private static final Pattern MISTYPED =
            Pattern.compile("(?i)\\b(?:deliver|ship|send)(?: it| this| them)? to\\b[^,]*,.*,.*(?<!\\d)\\d{4,8}(?!\\d)");

    private static final String CODE = "pincode|pin code|pin|postal code|postcode|zip code|zip|plz";

    /** Only where it is set apart: there are streets and places of these names. */
    private static final Pattern LABEL = Pattern.compile("(?i)^(?:my )?(?:(?:name|address)\\b|(?:street|city|" + CODE
            + "|phone|mobile)\\b" + "(?=\\s*[:=-]| is\\b|\\s*$))(?: is\\b)?\\s*[:=-]?\\s*|\\s*\\b(?:" + CODE
            + "|phone|mobile)\\s*[:=-]?\\s*$");

    private static final Pattern STATE = Pattern.compile(
            "(?i)(?:karnataka|maharashtra|delhi ncr|telangana|tamil nadu|kerala|gujarat|rajasthan|uttar pradesh|west bengal|punjab"
                    + "|haryana|goa state|india|bharat)");

    private final ShopPlace place;
    private final PostalCode code;
    private final Pattern codes;

    /** @param place whose addresses are read */
    AddressReader(ShopPlace place) {
        this.place = place;
        this.code = place.postalCode();
        this.codes = code.finder();
    }

    /** What an address needs and the text does not have, or the address. */
    record Read(Optional<ObjectNode> address, List<String> missing) {}

    static boolean looksLikeOne(String text) {
        return HERE.hasPostalCode(text) || MISTYPED.matcher(text).find();
    }

    static Read read(String text) {
        return HERE.reads(text);
    }

    private boolean hasPostalCode(String text) {
        return hasDigit(text) && codes.matcher(withoutPhones(text, " ")).find();
    }

    Read reads(String text) {
        String rest = withoutPhones(text, ",");
        Matcher typed = codes.matcher(rest);
        Optional<String> pincode = typed.find() ? code.written(typed.group(1)) : Optional.empty();
        rest = codes.matcher(rest).replaceAll(",");
        List<String> parts = new ArrayList<>(Stream.of(rest.split("[,\\n;]", -1))
                .map(part -> LEAD.matcher(part.strip()).replaceFirst(""))
                .map(part -> LABEL.matcher(part.strip()).replaceAll("").strip())
                .map(part -> part.replaceAll("^[-–. ]+|[-–. ]+$", ""))
                .filter(part -> !part.isEmpty())
                .filter(part -> !STATE.matcher(part).matches() && !part.equalsIgnoreCase(place.name()))
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
        need(pincode, code.asked(), missing);
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

    /** What the shop's country dials. */
    private String withoutPhones(String text, String instead) {
        StringBuilder rest = new StringBuilder(text);
        List<PhoneNumberMatch> found = new ArrayList<>();
        PhoneNumberUtil.getInstance().findNumbers(text, place.country()).forEach(found::add);
        found.reversed().forEach(phone -> rest.replace(phone.start(), phone.end(), instead));
        return rest.toString();
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
