package io.journeyman.activities.conversation;

import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.ShopCurrency;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message that is nothing but how the customer pays an order that waits for it: by UPI, whose address was masked before, in cash, or with
 * a card that they had kept. Cash is paid when the order is handed over, at the door or in the store where it is collected.
 *
 * @param journeyId the order that is named, in capitals; empty when none is
 * @param card which kept one; any for other kinds
 * @param address whether a UPI address was there
 */
record PayWish(MethodKind kind, String journeyId, CardWish card, boolean address) {
    private static final String ORDER = "(?: for)?(?: my| the)?(?: order)?(?: (jm-[0-9a-z]{1,20}))?(?: please)?";
    private static final String PAY =
            "(?:please |i want to |i would like to |id like to |i will |ill |let me |i )?pay (?:it )?";
    private static final Pattern UPI = Pattern.compile(
            "(?:" + PAY + "(?:by|with|via|using|through) )?upi(?: id| address)?(?: [^ ]+@[a-z][a-z0-9]+)?" + ORDER);
    private static final Pattern CASH =
            Pattern.compile("(?:(?:" + PAY + ")?(?:(?:by|with|in) )?cash(?: on delivery| in (?:the )?store)?|" + PAY
                    + "(?:in|at) (?:the )?(?:store|shop|counter))" + ORDER);

    private static final Pattern KEPT =
            Pattern.compile("(?:" + PAY + "(?:by|with|using|from) |please |use )(?:my |the )"
                    + "(?:(?:kept|saved) )?(card|visa|mastercard|rupay|american express|amex)(?: card)?"
                    + "(?: (?:ending|that ends)(?: in| with)?)?(?: ([0-9]{4}))?" + ORDER);

    static Optional<PayWish> of(String message) {
        String words = message.toLowerCase(Locale.ROOT)
                .replace("'", "")
                .replaceAll("[\\s,:]+", " ")
                .replaceAll("[.!]+$", "")
                .strip();
        return wish(MethodKind.upi, UPI.matcher(words))
                .or(() -> wish(MethodKind.cash_on_delivery, CASH.matcher(words)))
                .or(() -> kept(KEPT.matcher(words)));
    }

    /** What stands beside a yes: "yes, pay in the store". Empty for a message that is not both, and nothing else. */
    static Optional<PayWish> besideYes(String message) {
        return YesOrNo.besideYes(message)
                .map(PayWish::of)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<PayWish> wish(MethodKind kind, Matcher wish) {
        return wish.matches()
                ? Optional.of(new PayWish(
                        kind, id(wish.group(1)), CardWish.ANY, wish.group().contains("@")))
                : Optional.empty();
    }

    private static Optional<PayWish> kept(Matcher wish) {
        return wish.matches()
                ? Optional.of(new PayWish(
                        MethodKind.card,
                        id(wish.group(3)),
                        new CardWish(
                                brand(wish.group(1)),
                                Optional.ofNullable(wish.group(2)).orElse("")),
                        false))
                : Optional.empty();
    }

    private static String brand(String said) {
        return switch (said) {
            case "card" -> "";
            case "amex" -> "American Express";
            default -> said;
        };
    }

    /** A code of the house's words: what is missing when nothing stands for what the customer pays with. */
    String lacks() {
        if (kind == MethodKind.card) {
            return "kept_card_needed";
        }
        if (!ShopCurrency.here().isRupee()) {
            return "upi_takes_rupees";
        }
        return address ? "upi_not_possible" : "upi_address_needed";
    }

    private static String id(String named) {
        return named == null ? "" : named.toUpperCase(Locale.ROOT);
    }
}
