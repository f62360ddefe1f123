package io.journeyman.activities.conversation;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that is nothing but the wish to cancel an order, a reservation or a return.
 *
 * @param kind Checkout, Reservation or Return
 * @param journeyId the one that is named, in capitals; empty when none is
 */
record CancelWish(String kind, String journeyId) {
    private static final Pattern WISH = Pattern.compile(
            "(?:please |can you |i want to |i would like to )?cancel (?:my |the |this |that )?(order|reservation|booking|return|exchange)"
                    + "(?: (?:number |no )?([a-z]{2}-[0-9a-z]{1,20}))?(?: please)?");

    static Optional<CancelWish> of(String message) {
        String words =
                message.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", " ").strip();
        Matcher wish = WISH.matcher(words);
        if (!wish.matches()) {
            return Optional.empty();
        }
        String id = wish.group(2) == null ? "" : wish.group(2).toUpperCase(Locale.ROOT);
        String kind = switch (wish.group(1)) {
            case "order" -> "Checkout";
            case "return", "exchange" -> "Return";
            default -> "Reservation";
        };
        return Optional.of(new CancelWish(kind, id));
    }

    String noun() {
        return switch (kind) {
            case "Checkout" -> "order";
            case "Return" -> "return";
            default -> "reservation";
        };
    }
}
