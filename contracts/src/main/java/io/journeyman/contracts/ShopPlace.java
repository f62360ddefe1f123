package io.journeyman.contracts;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a shop is: the country that it delivers in, and its time. A process works for one shop, and is told its place from outside once, as it
 * is told its {@link ShopCurrency}: by JOURNEYMAN_COUNTRY (ISO 3166; IN) and JOURNEYMAN_TIME_ZONE (Asia/Kolkata), as environment
 * variables, or as system properties of the same names, which win.
 *
 * @param country two letters, one of those whose postal codes are known ({@link PostalCode#COUNTRIES})
 * @param zone where the shop's days begin and end, and its clocks are read
 */
public record ShopPlace(String country, ZoneId zone) {
    public static final String COUNTRY = "JOURNEYMAN_COUNTRY";
    public static final String TIME_ZONE = "JOURNEYMAN_TIME_ZONE";

    /** The shop is there where nothing else is said. */
    public static final ShopPlace INDIA = new ShopPlace("IN", ZoneId.of("Asia/Kolkata"));

    /**
     * The one of this process.
     *
     * @throws ExceptionInInitializerError when its variables are wrong; whoever starts a process reads them by {@link #of} before
     */
    public static ShopPlace here() {
        return Here.SAID;
    }

    /** @throws IllegalArgumentException naming every mistake */
    public static ShopPlace of(Map<String, String> variables) {
        List<String> mistakes = new ArrayList<>();
        String country = said(variables, COUNTRY, INDIA.country());
        if (!PostalCode.COUNTRIES.contains(country)) {
            mistakes.add(COUNTRY + " must be one of " + String.join(", ", PostalCode.COUNTRIES));
        }
        String zone = said(
                variables,
                TIME_ZONE,
                country.equals(INDIA.country()) ? INDIA.zone().getId() : "");
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            mistakes.add(TIME_ZONE + " must be a time zone such as Europe/Berlin"
                    + (zone.isEmpty() ? "; it must be said outside India" : ""));
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        return new ShopPlace(country, ZoneId.of(zone));
    }

    /** Whether it is in India: tariffs by pincode, states and taxes come with it. */
    public boolean isIndia() {
        return country.equals(INDIA.country());
    }

    /** In English: {@code Germany}. */
    public String name() {
        return Locale.of("", country).getDisplayCountry(Locale.ENGLISH);
    }

    public PostalCode postalCode() {
        return PostalCode.of(country);
    }

    private static String said(Map<String, String> variables, String name, String otherwise) {
        String value = variables.getOrDefault(name, "");
        return value.isBlank() ? otherwise : value.strip();
    }

    private static final class Here {
        static final ShopPlace SAID = of(Map.of(COUNTRY, outside(COUNTRY), TIME_ZONE, outside(TIME_ZONE)));

        private static String outside(String name) {
            return System.getProperty(name, System.getenv().getOrDefault(name, ""));
        }
    }
}
