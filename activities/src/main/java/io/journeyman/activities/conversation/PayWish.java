package io.journeyman.activities.conversation;

import io.journeyman.contracts.Payment.MethodKind;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that is nothing but how the customer pays an order that waits for it: by UPI, whose address was masked before, or in cash.
 *
 * @param journeyId the order that is named, in capitals; empty when none is
 */
record PayWish(MethodKind kind, String journeyId) {
    private static final String ORDER = "(?: for)?(?: my| the)?(?: order)?(?: (jm-[0-9a-z]{1,20}))?(?: please)?";
    private static final String PAY = "(?:please |i want to |i would like to |id like to |i )?pay (?:it )?";
    private static final Pattern UPI = Pattern.compile(
            "(?:" + PAY + "(?:by|with|via|using|through) )?upi(?: id| address)?(?: [^ ]+@[a-z][a-z0-9]+)?" + ORDER);
    private static final Pattern CASH =
            Pattern.compile("(?:" + PAY + ")?(?:(?:by|with|in) )?cash(?: on delivery)?" + ORDER);

    static Optional<PayWish> of(String message) {
        String words = message.toLowerCase(Locale.ROOT)
                .replace("'", "")
                .replaceAll("[\\s,:]+", " ")
                .replaceAll("[.!]+$", "")
                .strip();
        return wish(MethodKind.upi, UPI.matcher(words))
                .or(() -> wish(MethodKind.cash_on_delivery, CASH.matcher(words)));
    }

    private static Optional<PayWish> wish(MethodKind kind, Matcher wish) {
        return wish.matches()
                ? Optional.of(new PayWish(
                        kind, wish.group(1) == null ? "" : wish.group(1).toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }
}
