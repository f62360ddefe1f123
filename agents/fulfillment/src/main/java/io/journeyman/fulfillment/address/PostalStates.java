package io.journeyman.fulfillment.address;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * In which state a pincode lies, and in which the large cities do. The first two digits of an India Post pincode name a postal circle,
 * which is a state or two; where a circle serves several, the first three tell them apart. Of a place that is not named here, and of
 * names that two states have, nothing is known, and nothing is refused.
 */
final class PostalStates {
    private static final Map<String, String> BY_PREFIX = prefixes("""
            11 Delhi
            12 13 Haryana
            14 15 16 Punjab
            160 Chandigarh
            17 Himachal Pradesh
            18 19 Jammu and Kashmir
            194 Ladakh
            20 21 22 23 24 25 26 27 28 Uttar Pradesh
            246 248 249 263 Uttarakhand
            30 31 32 33 34 Rajasthan
            36 37 38 39 Gujarat
            40 41 42 43 44 Maharashtra
            403 Goa
            45 46 47 48 Madhya Pradesh
            49 Chhattisgarh
            50 Telangana
            51 52 53 Andhra Pradesh
            56 57 58 59 Karnataka
            60 61 62 63 64 Tamil Nadu
            67 68 69 Kerala
            70 71 72 73 74 West Bengal
            737 Sikkim
            744 Andaman and Nicobar Islands
            75 76 77 Odisha
            78 Assam
            790 791 792 Arunachal Pradesh
            793 794 Meghalaya
            795 Manipur
            796 Mizoram
            797 798 Nagaland
            799 Tripura
            80 84 85 Bihar
            83 Jharkhand
            """);

    /** Districts that two states share; what is said of either is believed. */
    private static final List<String> SHARED =
            List.of("140", "244", "245", "247", "262", "605", "607", "609", "673", "81", "82");

    private static final Map<String, String> BY_CITY = cities("""
            Andhra Pradesh: visakhapatnam, vizag, vijayawada, guntur, tirupati, nellore
            Assam: guwahati, dibrugarh, silchar
            Bihar: patna, gaya, muzaffarpur
            Chandigarh: chandigarh
            Chhattisgarh: raipur, bhilai
            Delhi: delhi, new delhi
            Goa: panaji, margao, goa
            Gujarat: ahmedabad, surat, vadodara, baroda, rajkot, gandhinagar
            Haryana: gurugram, gurgaon, faridabad, panipat, ambala
            Himachal Pradesh: shimla, dharamshala
            Jammu and Kashmir: jammu
            Jharkhand: ranchi, jamshedpur, dhanbad
            Karnataka: bengaluru, bangalore, mysuru, mysore, mangaluru, mangalore, hubballi, hubli
            Kerala: kochi, cochin, ernakulam, thiruvananthapuram, trivandrum, kozhikode, calicut, thrissur
            Madhya Pradesh: indore, bhopal, gwalior, jabalpur, ujjain
            Maharashtra: mumbai, bombay, navi mumbai, thane, pune, nagpur, nashik, kolhapur
            Manipur: imphal
            Meghalaya: shillong
            Mizoram: aizawl
            Nagaland: kohima, dimapur
            Odisha: bhubaneswar, cuttack, puri, rourkela
            Punjab: ludhiana, amritsar, jalandhar, patiala
            Rajasthan: jaipur, jodhpur, kota, ajmer, bikaner
            Sikkim: gangtok
            Tamil Nadu: chennai, madras, coimbatore, madurai, salem, tiruchirappalli, trichy
            Telangana: hyderabad, secunderabad, warangal
            Tripura: agartala
            Uttar Pradesh: lucknow, kanpur, agra, varanasi, prayagraj, noida, ghaziabad, meerut
            Uttarakhand: dehradun, haridwar, rishikesh
            West Bengal: kolkata, calcutta, howrah, siliguri, durgapur, darjeeling
            """);

    private static final Pattern LETTERS_ONLY = Pattern.compile("[^a-z ]");

    private PostalStates() {}

    /** @param pincode six digits; empty where its district belongs to two states, or is not known */
    static Optional<String> ofPincode(String pincode) {
        if (SHARED.stream().anyMatch(pincode::startsWith)) {
            return Optional.empty();
        }
        return Optional.ofNullable(BY_PREFIX.get(pincode.substring(0, 3)))
                .or(() -> Optional.ofNullable(BY_PREFIX.get(pincode.substring(0, 2))));
    }

    /** @param city as the customer wrote it, with its state or without: {@code Bengaluru}, {@code Bengaluru, Karnataka} */
    static Optional<String> ofCity(String city) {
        for (String part : city.split("[,(]", -1)) {
            String name = LETTERS_ONLY
                    .matcher(part.toLowerCase(Locale.ROOT))
                    .replaceAll("")
                    .strip();
            if (BY_CITY.containsKey(name)) {
                return Optional.of(BY_CITY.get(name));
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> prefixes(String table) {
        var states = new HashMap<String, String>();
        table.lines().forEach(line -> {
            String state = line.replaceFirst("^[0-9 ]+", "");
            for (String prefix :
                    line.substring(0, line.length() - state.length()).strip().split(" ", -1)) {
                states.put(prefix, state);
            }
        });
        return Map.copyOf(states);
    }

    /** A state's own name stands for it too. */
    private static Map<String, String> cities(String table) {
        var states = new HashMap<String, String>();
        table.lines().forEach(line -> {
            String state = line.substring(0, line.indexOf(':'));
            states.put(state.toLowerCase(Locale.ROOT), state);
            for (String city : line.substring(line.indexOf(':') + 1).split(",", -1)) {
                states.put(city.strip(), state);
            }
        });
        return Map.copyOf(states);
    }
}
